"""Verbatim marks put on a transcript by hand: pauses, cut words, sounds, overlap."""

from __future__ import annotations

from kodebok.domain.ids import new_id
from kodebok.domain.span import Edit, Span
from kodebok.domain.text import canonicalise, fold_space
from kodebok.domain.verbatim import Mark, MarkKind, unclear_text
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import sounding, sources
from kodebok.storage.database import Store

_ = translator("coding")

_ON_A_PLACE = frozenset({MarkKind.PAUSE, MarkKind.SOUND})
_MS = 1_000


def put_mark(
    store: Store, coder_id: str, source_id: str, span: Span, kind: MarkKind, value: str = ""
) -> Mark:
    """Put a mark on a passage; the same mark is put once.

    A pause and a sound stand at the end of the passage, whatever its length.

    Args:
        store: The project.
        coder_id: Who does it.
        source_id: The source.
        span: The passage.
        kind: What it says.
        value: Of a pause its seconds; of a sound what it is, such as `ler`.

    Raises:
        WrongUseError: The passage is empty or outside the text, or the value does not fit.
    """
    length = len(sources.load_text(store, source_id))
    is_place = kind in _ON_A_PLACE
    if not 0 <= span.start <= span.end <= length or not (span or is_place):
        raise WrongUseError(
            _("the mark has no words to stand on"), _("give the words it belongs to"), "K329"
        )
    place = Span(span.end, span.end) if is_place else span
    mark = Mark(new_id(), source_id, place.start, place.end, kind, _stored_value(kind, value))
    for known in sounding.load_marks(store, source_id):
        if (known.span, known.kind, known.value) == (place, kind, mark.value):
            return known
    with store.act("mark.put", coder_id, source_id) as act:
        sounding.add_mark(act, mark)
    return mark


def _stored_value(kind: MarkKind, value: str) -> str:
    folded = fold_space(canonicalise(value))
    if kind is MarkKind.SOUND and not folded:
        raise WrongUseError(
            _("it is not said what the sound is"), _("name it, such as 'ler'"), "K336"
        )
    if kind is not MarkKind.PAUSE:
        return folded if kind is MarkKind.SOUND else ""
    try:
        seconds = float(folded.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise WrongUseError(
            _("a pause needs its length in seconds"), _("give a number, such as 3"), "K337"
        )
    return str(round(seconds * _MS))


def take_marks(
    store: Store, coder_id: str, source_id: str, span: Span, kind: MarkKind | None = None
) -> int:
    """Take away the marks on a passage, its edges included, of one kind or of all.

    Returns:
        How many went.
    """
    with store.act("mark.take", coder_id, source_id) as act:
        going = [
            mark
            for mark in sounding.load_marks(store, source_id)
            if mark.start <= span.end and mark.end >= span.start and kind in {None, mark.kind}
        ]
        for mark in going:
            sounding.remove_mark(act, mark.id)
    return len(going)


def put_unclear(store: Store, coder_id: str, source_id: str, span: Span, start_ms: int) -> Mark:
    """Let `[uklart 00:12:03]` stand where nobody can hear what is said, as one act.

    Args:
        store: The project.
        coder_id: Who does it.
        source_id: The source.
        span: The words that it replaces; an empty one puts it before the word that follows.
        start_ms: When that is in the recording, in milliseconds.

    Raises:
        WrongUseError: The passage is outside the text, or reaches over the end of a turn.
    """
    text = sources.load_text(store, source_id)
    written = unclear_text(start_ms)
    with store.act("mark.put", coder_id, source_id) as act:
        if not 0 <= span.start <= span.end <= len(text) or "\n" in text[span.start : span.end]:
            raise WrongUseError(
                _("the mark has no words to stand on"), _("give the words it belongs to"), "K335"
            )
        old = text[span.start : span.end]
        act.edit_text(source_id, Edit(span.start, old, written if old else f"{written} "))
        place = Span(span.start, span.start + len(written))
        return put_mark(store, coder_id, source_id, place, MarkKind.UNCLEAR)
