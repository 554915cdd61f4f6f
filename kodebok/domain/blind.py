"""Double coding: sources coded blind, a coder's second self, what was settled, figures kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BlindSource:
    """A source in which a coder does not see what others have done.

    Attributes:
        begun, ended: When; `ended` is empty while it lasts.
        seed: Of the sample that drew the source; None when it was chosen.
    """

    id: str
    source_id: str
    coder_id: str
    begun: str
    ended: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Recoding:
    """A round in which a coder codes anew, without seeing her own earlier codings.

    Attributes:
        coder_id: Her second self, who has the codings of the round.
        first_id: She herself.
        round: 2 for the first recoding, and so on.
    """

    id: str
    coder_id: str
    first_id: str
    round: int
    created: str = ""


class Settling(StrEnum):
    """How a passage that was coded differently is settled."""

    AGREE = "agree"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A passage on which coders settled.

    Attributes:
        start, end: The passage, half-open code points.
        coders: Ids of the coders, in their order, with commas between.
        choice: The id of the coder whose codings stand, or `both` or `none`.
    """

    id: str
    at: str
    coder_id: str
    source_id: str
    start: int
    end: int
    coders: str
    choice: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AgreementRun:
    """Figures of agreement as they were at one time.

    Attributes:
        coders: Ids of the coders, sorted, with commas between.
        sources: Ids of the sources that were compared, in the same way.
        unit: What was judged: turns, sentences or characters.
        figures: Rows of code id (None for the whole), measure, value, low and high.
    """

    id: str
    at: str
    coder_id: str
    coders: str
    sources: str
    unit: str
    figures: tuple[tuple[str | None, str, float | None, float | None, float | None], ...]
    note: str = ""
