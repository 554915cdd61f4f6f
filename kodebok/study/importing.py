"""Bringing in sources: what was understood is shown first, then stored as one act.

The way: file → `read_file` → Arrival → `plan_source` (names, voices, participants) → `store_plans`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kodebok.domain.case import Case, CaseKind, Variable
from kodebok.domain.ids import new_id, now
from kodebok.domain.source import Arrival, Mode, Role, Source, SourceType, Speaker, Turn
from kodebok.domain.text import canonicalise, count_words, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import cases, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("study")

# Labels of the one who asks, in the forms that students write; compared in lower case.
_ASKING = re.compile(
    r"(?:i|int|intervjuer(?:en|ar|aren)?|interviewer|moderator(?:en)?|forsker(?:en)?|"
    r"forskar(?:en)?|spørsmål|spm|q|m|mod|student(?:en)?|observatør(?:en)?)[ .]*\d?",
    re.IGNORECASE,
)
# Labels that say no more than that someone answers: the source gives the participant its name.
_GENERIC = re.compile(
    r"(?:r|s|a|inf|informant(?:en)?|respondent(?:en)?|deltaker(?:en)?|deltakar(?:en)?|svar|"
    r"speaker|taler|participant|kandidat)[ .]*",
    re.IGNORECASE,
)


SELDOM = 5  # a voice with less than a fifth of the participant's turns is not interviewed


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the user says of the sources of one import; None leaves it open.

    Attributes:
        case: Name of the participant; for each source when several are brought in.
        with_cases: Whether participants are proposed at all.
    """

    type: SourceType | None = None
    case: str | None = None
    name: str | None = None
    language: str = "nb"
    date: str | None = None
    place: str | None = None
    mode: Mode | None = None
    interviewer: str | None = None
    observer: str | None = None
    with_cases: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as it will be stored.

    Attributes:
        case: Name of the participant whose voice it is; None for those who ask.
    """

    label: str
    role: Role
    case: str | None
    turns: int


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A source as it will be stored, to be looked at and changed before.

    Attributes:
        case: Name of the participant of the whole source.
        warnings: Sentences for the user.
    """

    arrival: Arrival
    name: str
    type: SourceType
    case: str | None
    voices: tuple[Voice, ...]
    facts: SourceFacts
    words: int
    warnings: tuple[str, ...] = ()


def plan_source(
    store: Store, arrival: Arrival, facts: SourceFacts, taken: Iterable[str] = ()
) -> SourcePlan:
    """How an arrival would be stored.

    An interview with one answering voice belongs to a participant: the one that was named, else
    the label when it tells participants apart ("Informant 3"), else the source's own name; a
    voice that hardly speaks is no participant. In a group each answering voice is one, named
    after the group and the voice, since a "Sykepleier 1" of another group is someone else. Notes
    and documents have none.

    Args:
        store: The project, for the names that are taken.
        arrival: What was read.
        facts: What the user said.
        taken: Names that other plans of the same import have.
    """
    kind = facts.type or _guess_type(arrival)
    used = {source.name for source in sources.load_sources(store)} | set(taken)
    wanted = fold_space(canonicalise(facts.name or arrival.name)) or _("source")
    name = _free_name(wanted, used)
    warnings = list(arrival.doubts)
    if name != wanted:
        warnings.append(_("there is a source of that name already; this one gets a new name"))
    voices = _plan_voices(arrival, kind, name, facts)
    return SourcePlan(
        arrival=arrival,
        name=name,
        type=kind,
        case=_case_of_source(arrival, kind, voices, name, facts),
        voices=voices,
        facts=facts,
        words=sum(count_words(turn.text) for turn in arrival.turns),
        warnings=tuple(warnings),
    )


def _guess_type(arrival: Arrival) -> SourceType:
    answering = [label for label in arrival.speakers if not _ASKING.fullmatch(label)]
    if arrival.type is SourceType.INTERVIEW and len(answering) > 2:  # noqa: PLR2004 - a third voice makes a group
        return SourceType.GROUP
    if arrival.type is SourceType.INTERVIEW and not arrival.speakers:
        return SourceType.DOCUMENT
    return arrival.type


def _free_name(wanted: str, used: set[str]) -> str:
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted} ({number})", number + 1
    return name


def _plan_voices(
    arrival: Arrival, kind: SourceType, name: str, facts: SourceFacts
) -> tuple[Voice, ...]:
    if kind is SourceType.ANSWERS:
        return tuple(Voice(label, Role.INTERVIEWER, None, 1) for label in arrival.speakers)
    counts = dict.fromkeys(arrival.speakers, 0)
    for turn in arrival.turns:
        if turn.speaker:
            counts[turn.speaker] += 1
    asking = _who_asks(arrival)
    answering = [label for label in counts if label not in asking]
    aside = _voices_aside(counts, answering) if kind is SourceType.INTERVIEW else set()
    answering = [label for label in answering if label not in aside]
    voices = []
    for label, turns in counts.items():
        role = Role.OTHER if label in aside else Role.PARTICIPANT
        role = Role.INTERVIEWER if label in asking else role
        case = None
        if facts.with_cases and role is Role.PARTICIPANT:
            case = _case_of_voice(label, answering, name, facts)
        voices.append(Voice(label, role, case, turns))
    return tuple(voices)


def _voices_aside(counts: Mapping[str, int], answering: list[str]) -> set[str]:
    """Voices that hardly speak in an interview, such as a colleague at the door."""
    most = max((counts[label] for label in answering), default=0)
    return {label for label in answering if counts[label] * SELDOM < most}


def _who_asks(arrival: Arrival) -> set[str]:
    legend = {label for label, meaning in arrival.legend.items() if _ASKING.match(meaning)}
    answers = set(arrival.legend) - legend
    named = {label for label in arrival.speakers if _ASKING.fullmatch(label)}
    return legend | (named - answers)


def _case_of_voice(label: str, answering: list[str], name: str, facts: SourceFacts) -> str:
    if len(answering) == 1:
        if facts.case:
            return facts.case
        return name if _GENERIC.fullmatch(label) else label
    return f"{name} {label}"


def _case_of_source(
    arrival: Arrival, kind: SourceType, voices: tuple[Voice, ...], name: str, facts: SourceFacts
) -> str | None:
    if facts.case:
        return facts.case
    if arrival.case_name:
        return arrival.case_name
    if not facts.with_cases:
        return None
    if kind is SourceType.ANSWERS:
        return name
    named = [voice.case for voice in voices if voice.case]
    return named[0] if kind is SourceType.INTERVIEW and len(named) == 1 else None


def store_plans(store: Store, coder_id: str, plans: Iterable[SourcePlan]) -> list[Source]:
    """Store the sources as one act: all of them or none.

    Participants and variables that are not there yet are made.

    Raises:
        WrongUseError: A source has no words.
    """
    listed = list(plans)
    if any(not plan.words for plan in listed):
        raise WrongUseError(
            _("there are no words to bring in"), _("look at the file in its own program"), "K510"
        )
    with store.act("source.import", coder_id) as act:
        known = _Known(act)
        return [_store_plan(act, plan, known) for plan in listed]


class _Known:
    """Participants and variables, made when they are first needed."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.cases = {case.name: case for case in cases.load_cases(act.store)}
        self.variables = {item.name: item for item in cases.load_variables(act.store)}

    def case(self, name: str | None, kind: CaseKind = CaseKind.PARTICIPANT) -> Case | None:
        if not name:
            return None
        if name not in self.cases:
            self.cases[name] = cases.add_case(self.act, name, kind)
        return self.cases[name]

    def variable(self, name: str) -> Variable:
        if name not in self.variables:
            self.variables[name] = cases.add_variable(self.act, name)
        return self.variables[name]


def _store_plan(act: Act, plan: SourcePlan, known: _Known) -> Source:
    case = known.case(plan.case)
    if case is not None:
        for name, value in plan.arrival.values.items():
            case = cases.set_value(act, case, known.variable(name), value.strip())
        known.cases[case.name] = case
    source = Source(
        id=new_id(),
        name=plan.name,
        type=plan.type,
        case_id=case.id if case else None,
        language=plan.facts.language,
        date=plan.facts.date,
        place=plan.facts.place,
        mode=plan.facts.mode,
        interviewer=plan.facts.interviewer,
        observer=plan.facts.observer,
        file_name=plan.arrival.name,
        words=plan.words,
        created=now(),
    )
    speakers = []
    for voice in plan.voices:
        owner = known.case(voice.case)
        speaker = Speaker(new_id(), source.id, voice.label, voice.role)
        speakers.append(replace(speaker, case_id=owner.id if owner else None))
    text, turns = lay_out_turns(source.id, plan.arrival, {s.label: s.id for s in speakers})
    sources.add_source(act, source, text, speakers, turns)
    return source


def lay_out_turns(
    source_id: str, arrival: Arrival, speaker_ids: dict[str, str]
) -> tuple[str, list[Turn]]:
    r"""The canonical text (turns joined by `\n`) and where each turn stands in it."""
    ids = sources.new_turn_ids(len(arrival.turns))
    turns = []
    at = 0
    for turn_id, read in zip(ids, arrival.turns, strict=True):
        end = at + len(read.text)
        speaker_id = speaker_ids.get(read.speaker or "")
        turns.append(Turn(turn_id, source_id, at, end, speaker_id, read.start_ms, read.end_ms))
        at = end + 1
    return "\n".join(turn.text for turn in arrival.turns), turns
