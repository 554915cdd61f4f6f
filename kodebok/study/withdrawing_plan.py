"""What a withdrawal would touch, before anything is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kodebok.coding.naming import find_case
from kodebok.domain.case import Case, CaseKind
from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.departure import Departure
from kodebok.domain.erasure import CellPlace, cell_stone, turn_stone
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import departures, entities, recordings, sources
from kodebok.storage.codes import load_code_tree
from kodebok.storage.codings import load_codings
from kodebok.storage.database import Store
from kodebok.storage.erasing import own_sources, rows_about
from kodebok.storage.notes import load_notes
from kodebok.storage.quotes import load_quotes
from kodebok.storage.suggestions import load_suggestions
from kodebok.storage.typed_texts import SOURCE_WORDS, typed_texts
from kodebok.study.anonymising_files import find_files
from kodebok.study.key_acts import key_persons
from kodebok.study.opening import Study
from kodebok.study.withdrawing_words import OwnWords

_ = translator("study")

_SHOWN = 240  # code points of a place


@dataclass(frozen=True, slots=True)
class Found:
    """A place outside a participant's own words that tells of them; each is decided on.

    Attributes:
        stone: The tombstone it gets when it is erased.
        table: What kind of text it is: `texts` for what another one says.
        text: The words around it.
        is_quoted: Whether their own words stand there, and not only their name.
    """

    stone: str
    table: str
    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """A category that rests on this voice.

    Attributes:
        path: The code's path.
        own, all: Codings on this voice, and all of them.
    """

    path: str
    own: int
    all: int


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """What a withdrawal would touch.

    Attributes:
        case: The participant.
        stones: Ids that are erased in any case: the participant, and their entries in the key.
        sources: Names of the sources that go as a whole.
        shared: Names of those in which their turns become a mark.
        sound: How many recordings go.
        turns, codings, quotes, memos, suggestions: How many go.
        resting: Categories that rest on this voice, the most dependent first.
        found: Places that tell of them, to be decided on.
        files: Files of the study that go.
        own_files: Files of the researcher's own in which they are told of; those stay.
        left: What has left the study, with to whom.
        backups: How many backups still hold it all.
        entities: Ids of their entries in the list of names.
    """

    case: Case
    stones: frozenset[str]
    sources: tuple[str, ...]
    shared: tuple[str, ...]
    sound: int
    turns: int
    codings: int
    quotes: int
    memos: int
    suggestions: int
    resting: tuple[Resting, ...]
    found: tuple[Found, ...]
    files: tuple[Path, ...]
    own_files: tuple[Path, ...]
    left: tuple[Departure, ...]
    backups: int
    entities: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """Where a participant speaks.

    Attributes:
        whole: Ids of sources that are theirs.
        spans: Their turns in other sources.
        turns: Their turns, all of them.
    """

    whole: frozenset[str]
    spans: dict[str, tuple[Span, ...]]
    turns: int

    def holds(self, source_id: str, span: Span) -> bool:
        """Whether a passage stands on their words."""
        if source_id in self.whole:
            return True
        return any(span.overlaps(one) for one in self.spans.get(source_id, ()))


def plan_withdrawal(study: Study, typed: str) -> WithdrawalPlan:
    """Look at what a withdrawal would touch; nothing is changed.

    Args:
        study: The study; with its key open, if it has one.
        typed: The participant's name or id.

    Raises:
        WrongUseError: There is no such participant, or it is a site (K573).
    """
    case = find_case(study.store, typed)
    if case.kind is not CaseKind.PARTICIPANT:
        raise WrongUseError(
            _("a site cannot withdraw"), _("name a participant; see 'kodebok cases'"), "K573"
        )
    store = study.store
    places = own_places(store, case.id)
    names = names_of(study, case)
    words = own_words(store, places, names)
    codings = load_codings(store)
    own = [one for one in codings if places.holds(one.source_id, one.span)]
    named = {one.id: one.name for one in sources.load_sources(store)}
    in_list = own_entities(study, case, names)
    files, own_files = _files(study, case.id, words)
    return WithdrawalPlan(
        case=case,
        stones=frozenset({case.id, *in_list, *learned_from(store, words)}),
        sources=tuple(sorted(named[key] for key in places.whole)),
        shared=tuple(sorted(named[key] for key in places.spans)),
        sound=_count_sound(store, places),
        turns=places.turns,
        codings=len(own),
        quotes=sum(places.holds(one.source_id, one.span) for one in load_quotes(store)),
        memos=_count_memos(store, case.id, places, {one.id for one in own}),
        suggestions=len(learned_from(store, words) | _suggested(store, places)),
        resting=tuple(_resting(load_code_tree(store), codings, own)),
        found=tuple(_found(store, case.id, places, words, own)),
        files=files,
        own_files=own_files,
        left=tuple(departures.load_departures(store)),
        backups=len(departures.load_backups(store)),
        entities=in_list,
    )


def own_places(store: Store, case_id: str) -> OwnPlaces:
    """Where a participant speaks."""
    whole = frozenset(own_sources(store, case_id))
    voices = {v.id for v in sources.load_speakers(store) if v.case_id == case_id}
    spans: dict[str, tuple[Span, ...]] = {}
    count = 0
    for source in sources.load_sources(store):
        turns = sources.load_turns(store, source.id)
        if source.id in whole:
            count += len(turns)
            continue
        own = tuple(Span(turn.start, turn.end) for turn in turns if turn.speaker_id in voices)
        if own:
            spans[source.id] = own
            count += len(own)
    return OwnPlaces(whole, spans, count)


def names_of(study: Study, case: Case) -> set[str]:
    """What a participant is called: in the study, in transcripts, and in the open key."""
    labels = {v.label for v in sources.load_speakers(study.store) if v.case_id == case.id}
    names = {case.name} | {label for label in labels if len(label) > 1}
    if study.key is not None:
        names |= {p.person for p in key_persons(study, study.key) if p.case_id == case.id}
    for one in own_entities(study, case, names, as_names=True):
        names.add(one)
    return names


def own_entities(
    study: Study, case: Case, names: set[str], *, as_names: bool = False
) -> frozenset[str]:
    """Ids of the list's entries that are this participant, or what they are called there."""
    wanted = {name.casefold() for name in names | {case.name}}
    kept = dict(study.key.content.entities) if study.key is not None else {}
    found = []
    for one in entities.load_entities(study.store):
        whole = kept.get(one.id, one)
        called = {name.casefold() for name in (*whole.originals, whole.replacement) if name}
        if not wanted.isdisjoint(called):
            found.append(whole)
    if as_names:
        return frozenset(name for one in found for name in (*one.originals, one.replacement))
    return frozenset(one.id for one in found)


def own_words(store: Store, places: OwnPlaces, names: set[str]) -> OwnWords:
    """What tells a participant's words from those of all others."""
    own: list[str] = []
    others: list[str] = []
    for source in sources.load_sources(store):
        text = sources.load_text(store, source.id)
        for turn in sources.load_turns(store, source.id):
            is_own = places.holds(source.id, Span(turn.start, turn.end))
            (own if is_own else others).append(text[turn.start : turn.end])
    return OwnWords(own, others, names)


def learned_from(store: Store, words: OwnWords) -> set[str]:
    """Ids of suggestions whose evidence has words that this participant alone said."""
    return {
        one.row_id
        for one in typed_texts(store)
        if one.table == "suggestions" and words.tells(one.text)
    }


def _count_sound(store: Store, places: OwnPlaces) -> int:
    there = places.whole | places.spans.keys()
    made = {t.recording_id for t in recordings.load_transcriptions(store) if t.id in there}
    return sum(one.id in made and not one.deleted_at for one in recordings.load_recordings(store))


def _suggested(store: Store, places: OwnPlaces) -> set[str]:
    return {
        one.id
        for one in load_suggestions(store)
        if any(places.holds(p.source_id, Span(p.start, p.end)) for p in one.passages)
    }


def _count_memos(store: Store, case_id: str, places: OwnPlaces, coding_ids: set[str]) -> int:
    targets = {case_id, *places.whole, *coding_ids}
    found = 0
    for note in load_notes(store):
        on_passage = note.start is not None and note.end is not None and note.target_id is not None
        found += note.target_id in targets or (
            on_passage and places.holds(str(note.target_id), Span(note.start or 0, note.end or 0))
        )
    return found


def _resting(tree: CodeTree, codings: list[Coding], own: list[Coding]) -> Iterator[Resting]:
    """Codes of which half the codings or more are on this voice."""
    total = Counter(one.code_id for one in codings)
    theirs = Counter(one.code_id for one in own)
    shares = sorted(theirs, key=lambda key: (-theirs[key] / total[key], tree.path(key)))
    for code_id in shares:
        if theirs[code_id] * 2 >= total[code_id]:
            yield Resting(tree.path(code_id), theirs[code_id], total[code_id])


def _found(
    store: Store, case_id: str, places: OwnPlaces, words: OwnWords, own: list[Coding]
) -> Iterator[Found]:
    yield from _said_by_others(store, places, words)
    in_vivo = {one.code_id for one in own if one.origin is CodingOrigin.IN_VIVO}
    gone = rows_about(store, {case_id, *places.whole, *(one.id for one in own)})
    gone |= {("quotes", q.id) for q in load_quotes(store) if places.holds(q.source_id, q.span)}
    for one in typed_texts(store):
        place = CellPlace(one.table, one.column, one.row_id)
        if (
            one.table == "suggestions"
            or (one.table, one.row_id) in gone
            or (one.table, one.column) in SOURCE_WORDS
        ):
            continue
        is_in_vivo = one.table == "codes" and one.column == "name" and one.row_id in in_vivo
        is_quoted = is_in_vivo or words.quotes(one.text)
        if is_quoted or words.names(one.text):
            yield Found(cell_stone(place), one.table, _shortened(one.text), is_quoted)


def _said_by_others(store: Store, places: OwnPlaces, words: OwnWords) -> Iterator[Found]:
    for source in sources.load_sources(store):
        if source.id in places.whole:
            continue
        text = sources.load_text(store, source.id)
        for turn in sources.load_turns(store, source.id):
            said = text[turn.start : turn.end]
            is_own = places.holds(source.id, Span(turn.start, turn.end))
            if not is_own and words.names(said):
                yield Found(turn_stone(turn.id), "texts", _shortened(said), is_quoted=False)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _files(
    study: Study, case_id: str, words: OwnWords
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Files in which a participant is told of: those that go, and the researcher's own."""
    made = {one.digest for one in departures.load_departures(study.store)}
    came = {
        one.file_name
        for one in sources.load_sources(study.store)
        if one.id in own_sources(study.store, case_id) and one.file_name
    }
    goes, stays = [], []
    for path, digest, texts in find_files(study.folder):
        is_named = words.names(path.stem.replace("_", " "))
        if path.name in came or digest in made:
            is_theirs = path.name in came or is_named or any(map(words.tells, texts))
            if is_theirs:
                goes.append(path)
        elif is_named or any(map(words.tells, texts)):
            stays.append(path)
    return tuple(goes), tuple(stays)
