"""Tables in documents: transcripts in columns (speaker, text, time), and all others as lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kodebok.sources import labels
from kodebok.sources.drafts import Cue
from kodebok.sources.times import leading_stamp, parse_clock

if TYPE_CHECKING:
    from kodebok.sources.drafts import Table

_HEADINGS = frozenset(
    """
    taler talar speaker hvem kven hva kva who what når when
    navn namn name person deltaker deltakar rolle role id stemme
    tekst text utsagn utsegn transkripsjon transcript transcription ytring replikk innhold innhald
    tid time times tidspunkt tidskode start slutt end nr nummer linje
    """.split()
)
_MOST_COLUMNS = 6
_FEWEST_ROWS = 2
_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int
    speaker: int | None
    time: int | None


def transcript_cues(table: Table) -> list[Cue] | None:
    """The rows of a table as turns, when its columns are those of a transcript; else None."""
    rows = [tuple(cell.strip() for cell in row) for row in table.rows if any(map(str.strip, row))]
    width = max((len(row) for row in rows), default=0)
    if not 1 < width <= _MOST_COLUMNS:
        return None
    rows = [row + ("",) * (width - len(row)) for row in rows]
    if all(not cell or cell.casefold().rstrip(":.") in _HEADINGS for cell in rows[0]):
        rows = rows[1:]
    if len(rows) < _FEWEST_ROWS:
        return None
    columns = _columns(rows, width)
    return _cues(rows, columns) if columns else None


def _columns(rows: list[tuple[str, ...]], width: int) -> _Columns | None:
    cells = [[row[column] for row in rows if row[column]] for column in range(width)]
    sizes = [sum(map(len, column)) for column in cells]
    filled = [column for column in range(width) if cells[column]]
    time = next((column for column in filled if _holds_times(cells[column])), None)
    if filled in ([], [time]):
        return None
    text = max((column for column in filled if column != time), key=lambda column: sizes[column])
    others = [column for column in filled if column != text]
    speaker = next(
        (column for column in others if column != time and _holds_speakers(cells[column])), None
    )
    return None if speaker is None and time is None else _Columns(text, speaker, time)


def _holds_times(cells: list[str]) -> bool:
    stamps = [stamp for stamp in map(leading_stamp, cells) if stamp and not stamp.rest]
    return len(stamps) >= _SHARE * len(cells)


def _holds_speakers(cells: list[str]) -> bool:
    names = [name for name in (_speaker(cell)[0] for cell in cells) if name]
    if len(names) < _SHARE * len(cells):
        return False
    known = sum(1 for name in names if labels.is_known(name))
    recurring = len(set(names)) * 2 <= len(names) and all(labels.is_name(name) for name in names)
    return known >= _SHARE * len(names) or recurring


def _speaker(cell: str) -> tuple[str | None, int | None]:
    """The label and the time of a speaker's cell, such as `Intervjuer (00:12):`."""
    timed = labels.header(cell)
    if timed is not None:
        return timed.label, parse_clock(timed.clock)
    found = labels.alone(cell.rstrip(": "))
    return (found.label if found else None), None


def _cues(rows: list[tuple[str, ...]], columns: _Columns) -> list[Cue]:
    cues: list[Cue] = []
    for row in rows:
        text = row[columns.text]
        speaker, start = (
            _speaker(row[columns.speaker]) if columns.speaker is not None else (None, None)
        )
        if columns.speaker is not None and row[columns.speaker] and speaker is None:
            text = f"{row[columns.speaker]} {text}".strip()
        stamp = leading_stamp(row[columns.time]) if columns.time is not None else None
        end = stamp.end_ms if stamp else None
        start = stamp.start_ms if stamp else start
        if cues and speaker is None and stamp is None:
            last = cues.pop()
            cues.append(
                Cue(f"{last.text}\n{text}".strip(), last.speaker, last.start_ms, last.end_ms)
            )
        else:
            speaker = speaker or (cues[-1].speaker if cues else None)
            cues.append(Cue(text, speaker, start, end))
    return cues


def as_lines(table: Table) -> str:
    """A table that is no transcript: one line a row, its cells parted by bars."""
    rows = ([cell.strip().replace("\n", " ") for cell in row] for row in table.rows)
    return "\n\n".join(" | ".join(cell for cell in row if cell) for row in rows)
