"""What the exporters are given: a study as it stands, read once, never changed.

A `StudyView` is filled from the database by the caller; every exporter is a pure function of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from kodebok.domain.case import Case, CaseKind, Variable
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding, Excerpt
from kodebok.domain.note import Condensation, Note, Theme
from kodebok.domain.project import Project, User
from kodebok.domain.quote import Quote
from kodebok.domain.source import Source, Speaker, Turn
from kodebok.domain.span import Span

PRINTED_ROLE = "rolle trykt"

_NUMBERED_NAME = re.compile(
    r"(?:[a-zæøå]|informant|deltaker|deltakar|participant|respondent)[ .-]?(\d{1,4})\b",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ChosenQuote:
    """A quote, and what its source says today where the quote stands.

    Attributes:
        words: `source text[quote.start:quote.end]` as it is now.
        case_id: The participant whose words they are: the turn's, else the source's.
        speaker: Label of the voice, to tell voices without a case apart.
    """

    quote: Quote
    words: str
    case_id: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class StudyView:
    """A study as the exporters see it. Only `project` and `codes` are always needed.

    Attributes:
        sources: By id, in the order in which they are to be listed.
        cases: By id, in the order in which they are numbered.
        excerpts: Every coded passage, for chapters, appendices and counts.
        quotes: The passages chosen for the text.
        summaries: Mini-summaries by code id.
        texts: Canonical text by source id (whole interviews, REFI-QDA, plain text).
        turns: Turns by source id, in order.
        speakers: By id.
        codings: The same passages as `excerpts`, as stored (REFI-QDA, comments in the margin).
        unheard: By source id, the spans that come from speech recognition and that nobody has
            compared with the sound.
        questions: Research questions, in their order.
        role_variable: Name of the variable that holds the role to print. No other is printed.
    """

    project: Project
    codes: CodeTree
    sources: Mapping[str, Source] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    excerpts: tuple[Excerpt, ...] = ()
    quotes: tuple[ChosenQuote, ...] = ()
    themes: tuple[Theme, ...] = ()
    condensations: tuple[Condensation, ...] = ()
    summaries: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, tuple[Turn, ...]] = field(default_factory=dict)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    codings: tuple[Coding, ...] = ()
    notes: tuple[Note, ...] = ()
    users: tuple[User, ...] = ()
    variables: tuple[Variable, ...] = ()
    unheard: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    role_variable: str = PRINTED_ROLE
    questions: tuple[str, ...] = ()
    _numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", _number_people(self.cases.values()))

    def is_heard(self, source_id: str, span: Span) -> bool:
        """Whether no part of the passage is unchecked speech recognition."""
        return not any(span.overlaps(part) for part in self.unheard.get(source_id, ()))

    def printed_role(self, case_id: str | None) -> str:
        """The role that may be printed, or nothing; never another variable's value."""
        case = self.cases.get(case_id or "")
        wanted = self.role_variable.casefold()
        values = case.values.items() if case else ()
        return next((value.strip() for name, value in values if name.casefold() == wanted), "")

    def case_numbers(self) -> Mapping[str, int]:
        """A number for each participant, by case id: a name itself is never printed.

        "Informant 3", "I3" and "D3" keep their number, the first of two that claim the same;
        everyone else gets, in order, the numbers that are free.
        """
        return self._numbers

    def case_ids_by_name(self) -> dict[str, str]:
        """Case ids by name, since excerpts name their case."""
        return {case.name: case.id for case in self.cases.values()}

    def code_path(self, code_id: str | None) -> str:
        """The code's path, or nothing when it is not in the codebook."""
        return self.codes.path(code_id) if code_id and code_id in self.codes else ""

    def theme_of(self, code_id: str) -> str:
        """Names of the themes that gather the code or a code above it, joined by a semicolon."""
        if code_id not in self.codes:
            return ""
        family = {code_id, *(code.id for code in self.codes.ancestors(code_id))}
        return "; ".join(t.name for t in self.themes if family.intersection(t.code_ids))


def _number_people(cases: Iterable[Case]) -> dict[str, int]:
    people = [case for case in cases if case.kind is CaseKind.PARTICIPANT]
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for case in people:
        match = _NUMBERED_NAME.match(case.name)
        if match and int(match.group(1)) not in taken:
            numbers[case.id] = int(match.group(1))
            taken.add(numbers[case.id])
    free = (number for number in count(1) if number not in taken)
    return {case.id: numbers[case.id] if case.id in numbers else next(free) for case in people}
