"""What goes for good when a participant withdraws: whose a source is, and tombstones.

A tombstone names what was erased, so that another copy of the study or a backup can be told to
erase it too. It is the id of a row; or, where the row stays, the id of a turn whose words are gone
(`turn:ID`), or a value that is gone (`cell:TABLE.COLUMN:ID`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.source import Role, Source, SourceType, Speaker

_TURN, _CELL = "turn:", "cell:"

# What stands in the text where somebody's words were, by the study's language.
MARKERS = {"nb": "[ytring slettet]", "nn": "[ytring sletta]", "en": "[statement deleted]"}
# What stands where a name was that the study cannot be without.
EMPTY_NAMES = {"nb": "(slettet)", "nn": "(sletta)", "en": "(deleted)"}


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A value of a row."""

    table: str
    column: str
    row_id: str


def turn_stone(turn_id: int) -> str:
    """The tombstone of a turn's words."""
    return f"{_TURN}{turn_id}"


def cell_stone(place: CellPlace) -> str:
    """The tombstone of a value."""
    return f"{_CELL}{place.table}.{place.column}:{place.row_id}"


def read_turn_stone(stone: str) -> int | None:
    """The turn that a tombstone names; None when it names something else."""
    number = stone.removeprefix(_TURN)
    return int(number) if stone.startswith(_TURN) and number.isdecimal() else None


def read_cell_stone(stone: str) -> CellPlace | None:
    """The value that a tombstone names; None when it names something else."""
    if not stone.startswith(_CELL):
        return None
    column, _colon, row_id = stone.removeprefix(_CELL).partition(":")
    table, _dot, name = column.partition(".")
    return CellPlace(table, name, row_id) if table and name and row_id else None


def is_own_source(source: Source, speakers: Iterable[Speaker], case_id: str) -> bool:
    """Whether a source is a participant's own, and goes as a whole when they withdraw.

    One in which other participants speak too is not: there the turns of one voice go.
    """
    voices = [one for one in speakers if one.source_id == source.id]
    if any(voice.case_id not in {None, case_id} for voice in voices):
        return False
    if source.case_id == case_id:
        return True
    has_voice = any(voice.case_id == case_id for voice in voices)
    unknown = any(v.case_id is None and v.role is not Role.INTERVIEWER for v in voices)
    return has_voice and not unknown and source.type is not SourceType.GROUP
