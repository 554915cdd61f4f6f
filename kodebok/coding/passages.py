"""Coding a passage, and changing or removing what was coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kodebok.coding import codebook
from kodebok.domain.code import Code, Origin
from kodebok.domain.coding import Coding, CodingOrigin, Weight
from kodebok.domain.ids import new_id
from kodebok.domain.span import Span
from kodebok.domain.text import find_folded
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codings
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.sources import load_text

_ = translator("coding")

Passage = tuple[str, Span]  # source id and where in its text


def code_passage(
    store: Store,
    coder_id: str,
    source_id: str,
    span: Span,
    code_ids: Sequence[str],
    origin: CodingOrigin = CodingOrigin.HAND,
) -> list[Coding]:
    """Put codes on a passage, as one act.

    White space at its ends is left out. What this coder has coded so already stays as it is.

    Returns:
        The new codings.

    Raises:
        WrongUseError: The passage is empty, or not in the text.
    """
    return code_passages(store, coder_id, [(source_id, span)], code_ids, origin)


def code_passages(
    store: Store,
    coder_id: str,
    passages: Iterable[Passage],
    code_ids: Sequence[str],
    origin: CodingOrigin = CodingOrigin.SEARCH,
) -> list[Coding]:
    """Put codes on many passages, as one act; see `code_passage`."""
    subject = code_ids[0] if code_ids else ""
    with store.act("coding.add", coder_id, subject) as act:
        return [
            coding
            for source_id, span in passages
            for coding in add_codings(act, source_id, span, code_ids, origin)
        ]


def code_in_vivo(
    store: Store, coder_id: str, source_id: str, span: Span, parent_id: str | None = None
) -> tuple[Code, list[Coding]]:
    """Make a code whose name is the passage's own words, and put it on the passage."""
    span = trim_passage(load_text(store, source_id), span)
    words = load_text(store, source_id)[span.start : span.end]
    with store.act("code.in-vivo", coder_id, source_id) as act:
        name = codebook.name_in_vivo(words)
        code = codebook.add_code(store, coder_id, name, parent_id, origin=Origin.EMPIRICAL)
        return code, add_codings(act, source_id, span, [code.id], CodingOrigin.IN_VIVO)


def add_codings(
    act: Act,
    source_id: str,
    span: Span,
    code_ids: Sequence[str],
    origin: CodingOrigin,
    coder_id: str = "",
) -> list[Coding]:
    """Put codes on a passage within an act; `coder_id` is the act's coder when not given."""
    text = load_text(act.store, source_id)
    trimmed = trim_passage(text, span)
    added = []
    for code_id in code_ids:
        coding = Coding(
            id=new_id(),
            source_id=source_id,
            code_id=code_id,
            coder_id=coder_id or act.coder_id,
            start=trimmed.start,
            end=trimmed.end,
            text=text[trimmed.start : trimmed.end],
            origin=origin,
            created=act.at,
        )
        if codings.find_same_coding(act.store, coding) is None:
            codings.add_coding(act, coding)
            added.append(coding)
    return added


def trim_passage(text: str, span: Span) -> Span:
    """The span without white space at its ends.

    Raises:
        WrongUseError: Nothing is left, or it reaches outside the text.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise WrongUseError(
            _("the passage does not lie in the text, which has {n} characters", n=len(text)),
            _("give --start and --end as offsets from 0, the end not included"),
            "K303",
        )
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    if start >= end:
        raise WrongUseError(
            _("the passage is empty"), _("mark at least one character that is not a space"), "K304"
        )
    return Span(start, end)


def find_passage(text: str, passage: str, nth: int | None = None) -> Span:
    """Where a passage stands in a text, white space folded.

    Args:
        text: The source's text.
        passage: The words to find.
        nth: Which of several places, from 1; None demands that there is just one.

    Raises:
        WrongUseError: The words are not there, or stand in several places.
    """
    places = find_folded(text, passage)
    if not places:
        raise WrongUseError(
            _("those words are not in the source"),
            _("copy them from the source; only white space may differ"),
            "K305",
        )
    if nth is None and len(places) > 1:
        offsets = ", ".join(f"{place.start}-{place.end}" for place in places[:20])
        raise WrongUseError(
            _("those words stand in {n} places: {offsets}", n=len(places), offsets=offsets),
            _("choose one with --nth, or give --start and --end"),
            "K306",
        )
    if nth is not None and not 1 <= nth <= len(places):
        raise WrongUseError(
            _("those words stand in {n} places", n=len(places)),
            _("choose --nth from 1 to {n}", n=len(places)),
            "K307",
        )
    return places[(nth or 1) - 1]


def uncode(store: Store, coder_id: str, coding_ids: Iterable[str]) -> None:
    """Remove codings, as one act."""
    listed = list(coding_ids)
    with store.act("coding.remove", coder_id, listed[0] if listed else "") as act:
        for coding_id in listed:
            codings.remove_coding(act, coding_id)


def adjust_coding(store: Store, coder_id: str, coding_id: str, span: Span) -> bool:
    """Move the borders of a coding; False when they stood there.

    Raises:
        WrongUseError: The new passage is empty, or not in the text.
    """
    coding = codings.load_coding(store, coding_id)
    text = load_text(store, coding.source_id)
    new = trim_passage(text, span)
    words = text[new.start : new.end]
    with store.act("coding.adjust", coder_id, coding_id) as act:
        return codings.change_coding(act, coding_id, start=new.start, end=new.end, text=words)


def recode(store: Store, coder_id: str, coding_ids: Iterable[str], code_id: str) -> int:
    """Move codings to another code, as one act; one that is there already is merged into it.

    Returns:
        How many codings changed.
    """
    with store.act("coding.recode", coder_id, code_id) as act:
        return sum(
            codings.move_coding(act, codings.load_coding(store, i), code_id) for i in coding_ids
        )


def weigh_coding(store: Store, coder_id: str, coding_id: str, weight: Weight | None) -> bool:
    """Say whether a passage supports, nuances or contradicts its code."""
    with store.act("coding.weigh", coder_id, coding_id) as act:
        return codings.change_coding(act, coding_id, weight=weight)
