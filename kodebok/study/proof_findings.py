"""What a manuscript's author should know of a quotation, a name or the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kodebok.study.proof_matching import Change


class Kind(StrEnum):
    """What was found, the most pressing first."""

    NAME = "name"
    MISSING = "missing"
    DRIFTED = "drifted"
    OTHER_VOICE = "other-voice"
    AFTER_NOTES = "after-notes"
    UNHEARD = "unheard"
    REPEATED = "repeated"
    LONGER = "longer"
    INDIRECT = "indirect"
    DOMINANT = "dominant-voice"
    LITERATURE = "literature"
    IDENTICAL = "identical"


SERIOUS = frozenset(
    {
        Kind.NAME,
        Kind.MISSING,
        Kind.DRIFTED,
        Kind.OTHER_VOICE,
        Kind.AFTER_NOTES,
        Kind.UNHEARD,
    }
)
"""What has to be mended, or to be explained, before the manuscript is handed in."""

QUIET = frozenset({Kind.LITERATURE, Kind.IDENTICAL})
"""What is counted, and shown only when it is asked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        paragraph: Number in the manuscript's list; None for the manuscript as a whole.
        first, last: Half-open, in code points of that paragraph's text.
        text: The manuscript's words.
        source: Name of the source; empty when there is none.
        start, end: Half-open, in code points of the source's canonical text.
        changes: Where the words differ.
        voice: How the one who said it is called in print, such as "Informant 2".
        named: How the manuscript calls them, when that is another.
        other: The paragraph where the same words stand otherwise, or the text that was chosen.
        times: How many places it stands for.
    """

    kind: Kind
    paragraph: int | None = None
    first: int = 0
    last: int = 0
    text: str = ""
    source: str = ""
    start: int | None = None
    end: int | None = None
    changes: tuple[Change, ...] = ()
    voice: str = ""
    named: str = ""
    other: int | None = None
    times: int = 1

    @property
    def is_serious(self) -> bool:
        """Whether it has to be mended."""
        return self.kind in SERIOUS


ORDER = {kind: place for place, kind in enumerate(Kind)}


def in_order(findings: list[Finding]) -> list[Finding]:
    """The most pressing kind first, each in the order of the manuscript."""
    return sorted(findings, key=lambda f: (ORDER[f.kind], f.paragraph or 0, f.first))
