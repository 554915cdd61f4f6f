"""What a reader may be told before it reads a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kodebok.domain.source import SourceType


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The choices that a user can make about an import.

    Attributes:
        repair: True makes every repair, False none, a set only those kinds.
        encoding: Overrules the detected encoding of a text file.
        speakers: Whether speakers and times are recognised.
        source_type: Overrules the type that the format suggests.
        text_columns: Columns of a spreadsheet that hold answers; empty: the wordy ones.
        case_column: The column that names the participant.
        sheet: The sheet of a workbook; None is the first that holds something.
    """

    repair: bool | frozenset[str] = True
    encoding: str | None = None
    speakers: bool = True
    source_type: SourceType | None = None
    text_columns: tuple[str, ...] = ()
    case_column: str | None = None
    sheet: str | None = None
