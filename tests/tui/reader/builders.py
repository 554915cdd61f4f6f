"""Sources for the reader, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kodebok.domain.code import Color
from kodebok.domain.source import Role, Speaker, Turn
from kodebok.domain.span import Span
from kodebok.tui.reader.cursor import Cursor, Ground
from kodebok.tui.reader.document import CodedSpan, ReaderDocument
from kodebok.tui.reader.lanes import Lanes
from kodebok.tui.reader.layout import Layout

SPEAKERS = {
    "i": Speaker("i", "s", "Intervjuer", Role.INTERVIEWER),
    "p": Speaker("p", "s", "Informant 1"),
}

INTERVIEW = (
    "i: Hva er du mest fornøyd med?",
    "p: Morgenmøtet. Uten tvil. Alle faggrupper står rundt tavla.",
    "i: Brukes de fire meterne?",
    "p: Ja. [latter] Noen mer enn andre.",
)


def turns_of(*lines: str) -> tuple[Turn, ...]:
    """Turns from lines such as `p: Ja.`; without a label a turn has no speaker."""
    turns, start = [], 0
    for number, line in enumerate(lines):
        label, colon, words = line.partition(": ")
        words = words if colon and label in SPEAKERS else line
        speaker = label if colon and label in SPEAKERS else None
        time = number * 61_000 if speaker else None
        turns.append(Turn(number, "s", start, start + len(words), speaker, time))
        start += len(words) + 1
    return tuple(turns)


def turns_of_lines(lines: Iterable[str]) -> Iterator[Turn]:
    """A turn for each line, with no speaker."""
    start = 0
    for number, line in enumerate(lines):
        yield Turn(number, "s", start, start + len(line))
        start += len(line) + 1


def document(*lines: str) -> ReaderDocument:
    """A document of those turns."""
    words = [line.partition(": ")[2] if line[:3] in {"i: ", "p: "} else line for line in lines]
    return ReaderDocument("\n".join(words), turns_of(*lines), SPEAKERS)


def coded(source: ReaderDocument, words: str, coding_id: str = "", **fields) -> CodedSpan:
    """A coding on the first place where the words stand."""
    start = source.text.index(words)
    return CodedSpan(
        coding_id or words, start, start + len(words), **{"color": Color.ORANGE, **fields}
    )


def ground(source: ReaderDocument, *spans: CodedSpan, width: int = 20, page: int = 5) -> Ground:
    """What a cursor moves over."""
    layout = Layout(source.text, source.turns, width)
    return Ground(source, layout, Lanes(spans, layout.row_of), page)


def at(source: ReaderDocument, words: str) -> Cursor:
    """A cursor where the words begin."""
    return Cursor(source.text.index(words))


def words_of(source: ReaderDocument, span: Span | None) -> str | None:
    """The words of a span."""
    return None if span is None else source.text[span.start : span.end]
