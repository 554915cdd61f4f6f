"""Whose words a passage is, and whose the manuscript says that they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from kodebok.domain.case import CaseKind
from kodebok.domain.source import Role, Turn
from kodebok.export.model import StudyView
from kodebok.export.voices import participant_label
from kodebok.study.proof_citing import Surroundings, named_numbers


@dataclass(frozen=True, slots=True)
class Said:
    """Who said a passage: most of its words, when it goes over several turns.

    Attributes:
        case_id: The participant, when known.
        is_question: Whether it is the interviewer who speaks.
    """

    case_id: str | None
    is_question: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A manuscript that names another than the one who said it.

    Attributes:
        named: How the manuscript calls them.
    """

    named: str


class Voices:
    """The voices of a study, as a manuscript may call them.

    Args:
        view: The study.
    """

    def __init__(self, view: StudyView) -> None:
        self._view = view
        self._numbers = view.case_numbers()
        self._cases = {number: case_id for case_id, number in self._numbers.items()}
        self._names = {
            case.name.casefold(): case.id
            for case in view.cases.values()
            if case.kind is CaseKind.PARTICIPANT
        }
        self._starts = {key: [t.start for t in turns] for key, turns in view.turns.items()}
        self._roles = sorted({view.printed_role(i).casefold() for i in view.cases} - {""})
        self._role_patterns = {
            role: re.compile(rf"\b{re.escape(role)}(?:en|n|a|et|ene|er|ne)?\b")
            for role in self._roles
        }

    def at(self, source_id: str, start: int, end: int) -> Said:
        """Who says most of a passage of a source."""
        source = self._view.sources[source_id]
        shares: Counter[str | None] = Counter()
        for turn in self._turns(source_id, start, end):
            shares[turn.speaker_id] += min(end, turn.end) - max(start, turn.start)
        if not shares:
            return Said(source.case_id, is_question=False)
        speaker = self._view.speakers.get(shares.most_common(1)[0][0] or "")
        if speaker is None:
            return Said(source.case_id, is_question=False)
        if speaker.role is Role.INTERVIEWER:
            return Said(None, is_question=True)
        return Said(speaker.case_id or source.case_id, is_question=False)

    def _turns(self, source_id: str, start: int, end: int) -> list[Turn]:
        turns = self._view.turns.get(source_id, ())
        first = max(bisect_right(self._starts.get(source_id, []), start) - 1, 0)
        inside: list[Turn] = []
        for turn in turns[first:]:
            if turn.start >= end:
                break
            inside.append(turn)
        return inside

    def label(self, case_id: str | None) -> str:
        """How a participant is called in print: never by name."""
        number = self._numbers.get(case_id or "")
        if number is None:
            return ""
        project = self._view.project
        return participant_label(number, project.language, project.case_word)

    def named_cases(self, around: Surroundings) -> set[str]:
        """Ids of the participants that the words around a quotation name."""
        text = around.text
        found = {self._cases[n] for n in named_numbers(text) if n in self._cases}
        folded = text.casefold()
        return found | {
            case_id
            for name, case_id in self._names.items()
            if any(sign.isdigit() for sign in name) and re.search(rf"\b{re.escape(name)}\b", folded)
        }

    def doubt(self, said: Said, source_id: str, around: Surroundings) -> Doubt | None:
        """Whether the manuscript names another than the one who spoke."""
        named = self.named_cases(around)
        if named:
            return self._doubt_of_names(said, source_id, around, named)
        role = self._other_role(said, around)
        return Doubt(role) if role else None

    def _doubt_of_names(
        self, said: Said, source_id: str, around: Surroundings, named: set[str]
    ) -> Doubt | None:
        source = self._view.sources[source_id]
        is_source_named = bool(re.search(rf"\b{re.escape(source.name)}\b", around.text))
        if said.case_id in named or (is_source_named and not said.is_question):
            return None
        if said.case_id is None and not said.is_question:
            return None
        return Doubt(", ".join(sorted(self.label(case_id) for case_id in named)))

    def _other_role(self, said: Said, around: Surroundings) -> str:
        """The one role that a lead-in with a colon, or an attribution, names wrongly."""
        own = self._view.printed_role(said.case_id).casefold()
        if not own:
            return ""
        text = self._attribution(around).casefold()
        named = {role for role, pattern in self._role_patterns.items() if pattern.search(text)}
        return next(iter(named)) if len(named) == 1 and own not in named else ""

    @staticmethod
    def _attribution(around: Surroundings) -> str:
        inside = re.match(r"[»”\"'’.,;\s]*[(–—-]([^()]*)", around.after)
        led_in = around.before if around.before.rstrip(' »”"“«').endswith(":") else ""
        return f"{led_in} {inside.group(1) if inside else ''}"
