"""Marking what surprises: a wondering on a passage, changed and taken away."""

from __future__ import annotations

from kodebok.coding.passages import trim_passage
from kodebok.domain.code import SHORTEST_ID
from kodebok.domain.ids import new_id
from kodebok.domain.span import Span
from kodebok.domain.text import canonicalise
from kodebok.domain.wondering import Wondering
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import wonderings
from kodebok.storage.database import Store
from kodebok.storage.sources import load_text

_ = translator("coding")


def wonder(
    store: Store, coder_id: str, source_id: str, span: Span, surprise: str = "", theory: str = ""
) -> Wondering:
    """Mark a wondering on a passage; a second one on the same words changes the first.

    Args:
        store: The project.
        coder_id: Who wonders.
        source_id: Where.
        span: The passage, half-open code points; white space at its edges is left out.
        surprise: What surprises here.
        theory: Against which theory.

    Raises:
        WrongUseError: The passage is empty or not in the text.
    """
    place = trim_passage(load_text(store, source_id), span)
    for known in wonderings.load_wonderings(store, source_id):
        if known.coder_id == coder_id and known.span == place:
            return rewrite(store, coder_id, known, surprise, theory)
    wondering = Wondering(
        new_id(), source_id, coder_id, place.start, place.end, _typed(surprise), _typed(theory)
    )
    with store.act(wonderings.ADD_KIND, coder_id, source_id) as act:
        wonderings.add_wondering(act, wondering)
    return wondering


def rewrite(
    store: Store, coder_id: str, wondering: Wondering, surprise: str, theory: str
) -> Wondering:
    """Write anew what surprises, and against which theory; nothing when it is so already."""
    told = (_typed(surprise), _typed(theory))
    if told != (wondering.surprise, wondering.theory):
        with store.act(wonderings.CHANGE_KIND, coder_id, wondering.id) as act:
            wonderings.change_wondering(act, wondering.id, surprise=told[0], theory=told[1])
    return next(w for w in wonderings.load_wonderings(store) if w.id == wondering.id)


def forget(store: Store, coder_id: str, wondering: Wondering) -> None:
    """Take a wondering away."""
    with store.act(wonderings.REMOVE_KIND, coder_id, wondering.id) as act:
        wonderings.remove_wondering(act, wondering.id)


def find_wondering(store: Store, typed: str) -> Wondering:
    """The wondering of that id, or of its first signs (four at least).

    Raises:
        WrongUseError: There is none, or more than one (K345).
    """
    wanted = typed.strip()
    found = wonderings.find_wondering_ids(store, wanted) if len(wanted) >= SHORTEST_ID else []
    if len(found) != 1:
        raise WrongUseError(
            _("no wondering has that id, or more than one has"),
            _("see 'kodebok wonder', and give more of the id"),
            "K345",
        )
    return next(w for w in wonderings.load_wonderings(store) if w.id == found[0])


def _typed(words: str) -> str:
    return canonicalise(words).strip()
