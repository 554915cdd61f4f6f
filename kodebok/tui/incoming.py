"""Files on their way in: what was understood of each, and what the user has changed of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kodebok.domain.source import Arrival, Role, SourceType
from kodebok.sources import REPAIR_KINDS, ReadOptions
from kodebok.study.importing import SourceFacts, SourcePlan, Voice, plan_source

if TYPE_CHECKING:
    from kodebok.storage.database import Store


@dataclass(slots=True)
class IncomingFile:
    """One file, its arrivals, and the user's wishes.

    Attributes:
        options: How it was read; changing them means reading it again.
        refused: Kinds of repair that the user does not want.
        voices: By label, the role and the participant's name that the user gave a voice.
    """

    path: Path
    arrivals: tuple[Arrival, ...]
    options: ReadOptions
    facts: SourceFacts
    refused: frozenset[str] = frozenset()
    voices: dict[str, tuple[Role, str | None]] = field(default_factory=dict)

    def options_with(
        self, *, refused: frozenset[str] | None = None, encoding: str | None = None
    ) -> ReadOptions:
        """How the file would be read with another wish."""
        unwanted = self.refused if refused is None else refused
        repair: bool | frozenset[str] = frozenset(REPAIR_KINDS) - unwanted if unwanted else True
        return replace(self.options, repair=repair, encoding=encoding or self.options.encoding)

    @property
    def is_single(self) -> bool:
        """Whether the file holds one source; a spreadsheet of answers holds many."""
        return len(self.arrivals) == 1

    def set_type(self, kind: SourceType) -> None:
        """Say what kind of material it is."""
        self.facts = replace(self.facts, type=kind)

    def set_name(self, name: str) -> None:
        """Name the source."""
        self.facts = replace(self.facts, name=name)

    def set_voice(self, label: str, role: Role, case: str | None) -> None:
        """Say what a voice does, and whose it is."""
        self.voices[label] = (role, case if role is Role.PARTICIPANT else None)

    def plans(self, store: Store, taken: set[str]) -> list[SourcePlan]:
        """How its sources would be stored; their names are added to `taken`."""
        listed = []
        for arrival in self.arrivals:
            plan = self._with_voices(plan_source(store, arrival, self.facts, taken))
            taken.add(plan.name)
            listed.append(plan)
        return listed

    def _with_voices(self, plan: SourcePlan) -> SourcePlan:
        if not self.voices:
            return plan
        voices = tuple(self._wished(voice) for voice in plan.voices)
        named = [voice.case for voice in voices if voice.case]
        case = plan.case
        if plan.type is SourceType.INTERVIEW:
            case = named[0] if len(named) == 1 else None
        return replace(plan, voices=voices, case=case)

    def _wished(self, voice: Voice) -> Voice:
        if voice.label not in self.voices:
            return voice
        role, case = self.voices[voice.label]
        return replace(voice, role=role, case=case)


def plan_all(store: Store, files: Iterable[IncomingFile]) -> list[list[SourcePlan]]:
    """The plans of several files, no name given twice."""
    taken: set[str] = set()
    return [file.plans(store, taken) for file in files]
