"""What somebody has compared with the sound, and what nobody has.

Text from speech recognition that nobody has heard is never called verbatim.
"""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.domain.quote import Quote
from kodebok.domain.span import Span, merge_spans
from kodebok.domain.timeline import TimeLine
from kodebok.storage import quotes, recordings, sounding, sources
from kodebok.storage.database import Store

HEARD_KIND, UNHEARD_KIND = "heard.add", "heard.remove"


def load_unheard(store: Store) -> dict[str, tuple[Span, ...]]:
    """By source id: the passages of recognised speech that nobody has heard."""
    heard = sounding.load_heard(store)
    return {
        made.id: tuple(_gaps(sources.load_text(store, made.id), heard.get(made.id, ())))
        for made in recordings.load_transcriptions(store)
    }


def unheard_spans(store: Store, source_id: str) -> list[Span]:
    """The passages of a source that come from speech recognition and that nobody has heard."""
    if not is_recognised(store, source_id):
        return []
    heard = sounding.load_heard(store, source_id).get(source_id, [])
    return list(_gaps(sources.load_text(store, source_id), heard))


def is_recognised(store: Store, source_id: str) -> bool:
    """Whether the words of a source were recognised by a machine."""
    return any(made.id == source_id for made in recordings.load_transcriptions(store))


def _gaps(text: str, heard: Iterable[Span]) -> list[Span]:
    """What lies between the passages; white space alone is no passage."""
    borders = [0]
    for span in merge_spans(heard):
        borders += [span.start, span.end]
    borders.append(len(text))
    gaps = (Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=True))
    return [gap for gap in gaps if text[gap.start : gap.end].strip()]


def mark_heard(store: Store, coder_id: str, source_id: str, span: Span) -> bool:
    """Note that a passage was compared with the sound; False when all of it was noted already."""
    known = sounding.load_heard(store, source_id).get(source_id, [])
    if not span or any(part.contains(span) for part in known):
        return False
    with store.act(HEARD_KIND, coder_id, source_id) as act:
        sounding.add_heard(act, source_id, span)
    return True


def unmark_heard(store: Store, coder_id: str, source_id: str, span: Span) -> bool:
    """Take back that a passage was heard; False when nothing of it was."""
    with store.act(UNHEARD_KIND, coder_id, source_id) as act:
        return sounding.remove_heard(act, source_id, span)


def unheard_quotes(store: Store, source_id: str | None = None) -> list[Quote]:
    """Chosen quotes of which some part comes from recognition that nobody has heard."""
    unheard = load_unheard(store)
    return [
        quote
        for quote in quotes.load_quotes(store, source_id)
        if any(quote.span.overlaps(part) for part in unheard.get(quote.source_id, ()))
    ]


def load_timeline(store: Store, source_id: str) -> TimeLine:
    """The times of a source's words."""
    return TimeLine(
        sounding.load_word_times(store, source_id), sources.load_turns(store, source_id)
    )
