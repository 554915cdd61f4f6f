"""What a person makes of suggestions: the switch, accepting one, rejecting one, and the record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kodebok.coding.passages import trim_passage
from kodebok.domain.code import SHORTEST_ID
from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.ids import new_id
from kodebok.domain.span import Span
from kodebok.domain.suggestion import (
    SuggestedPassage,
    Suggestion,
    SuggestionKind,
    SuggestionRun,
    Verdict,
    VerdictGiven,
)
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes, codings, suggestions
from kodebok.storage.blind import is_blind
from kodebok.storage.database import Store
from kodebok.storage.sources import load_reads, load_text

_ = translator("suggest")

REFRESHED = "refreshed"  # in the recipe of a run that nobody asked for: how long its list was

Place = tuple[str, int, int, str]


def turn(store: Store, coder_id: str, *, is_on: bool) -> bool:
    """Turn suggestions on or off for the study; False when they were so."""
    kind = suggestions.SWITCH_ON if is_on else suggestions.SWITCH_OFF
    with store.act(kind, coder_id) as act:
        return suggestions.turn_switch(act, is_on=is_on)


def find_suggestion(store: Store, coder_id: str, typed: str) -> Suggestion:
    """The coder's own suggestion of that id, or of its first signs (four at least).

    Raises:
        WrongUseError: There is none, or more than one (K855).
    """
    own = _runs_to_show(store, coder_id)
    wanted = typed.strip()
    found = [
        suggestion
        for suggestion in _shown(store, coder_id, own)
        if len(wanted) >= SHORTEST_ID and suggestion.id.startswith(wanted)
    ]
    if len(found) != 1:
        raise WrongUseError(
            _("no suggestion made to you has that id, or more than one has"),
            _("see 'kodebok suggest list', and give more of the id"),
            "K855",
        )
    return found[0]


def open_suggestions(store: Store, coder_id: str) -> list[Suggestion]:
    """What the coder's last run of each kind suggested, and has no verdict yet."""
    mine = _runs_to_show(store, coder_id)
    last = {run.kind: run for run in mine if not is_refreshed(run)}
    later = {r.id for r in mine if is_refreshed(r) and r.kind in last and r.at >= last[r.kind].at}
    judged = {verdict.suggestion_id for verdict in suggestions.load_verdicts(store)}
    found = _shown(store, coder_id, [r for r in mine if r.id in later or r in last.values()])
    places = {place_of(s) for s in found if s.run_id in later and s.id in judged}
    return [
        s
        for s in found
        if s.run_id not in later and s.id not in judged and place_of(s) not in places
    ]


def _runs_to_show(store: Store, coder_id: str) -> list[SuggestionRun]:
    """A coder's runs, oldest first; none while she codes blind."""
    if is_blind(store):
        return []
    return [run for run in suggestions.load_runs(store) if run.coder_id == coder_id]


def _shown(store: Store, coder_id: str, runs: list[SuggestionRun]) -> list[Suggestion]:
    """What some runs suggested, but for sources that are not read through any more.

    A run that was asked for unread sources too shows them all.
    """
    read = {source_id for source_id, who in load_reads(store).items() if coder_id in who}
    asked = {run.id for run in runs if run.recipe.get("unread_too")}
    return [
        suggestion
        for suggestion in suggestions.load_suggestions(store, [run.id for run in runs])
        if suggestion.run_id in asked or all(p.source_id in read for p in suggestion.passages)
    ]


def is_refreshed(run: SuggestionRun) -> bool:
    """Whether a run followed a coding, without being asked for."""
    return REFRESHED in run.recipe


def judged_places(store: Store, coder_id: str, verdict: Verdict | None = None) -> set[Place]:
    """What a coder has judged, or judged so, group or passage, and where."""
    judged = {
        given.suggestion_id
        for given in suggestions.load_verdicts(store)
        if given.coder_id == coder_id and verdict in {None, given.verdict}
    }
    return {place_of(s) for s in suggestions.load_suggestions(store) if s.id in judged}


def place_of(suggestion: Suggestion) -> Place:
    """Source, start, end, and the code (or the kind) that is suggested there."""
    passage, what = suggestion.passage, suggestion.code_id or str(suggestion.kind)
    return (passage.source_id, passage.start, passage.end, what)


def accept(
    store: Store,
    coder_id: str,
    suggestion: Suggestion,
    *,
    code_id: str | None = None,
    span: Span | None = None,
) -> Coding | None:
    """Accept one suggestion: the verdict, and the coding that it allows.

    A group is accepted as worth following; its passages are coded one by one.

    Args:
        store: The project.
        coder_id: Who accepts; the suggestion was made to this coder.
        suggestion: What is accepted.
        code_id: Another code than the one suggested, or the code where none was.
        span: Other borders than the passage's.

    Returns:
        The coding, or None for a group, and where the coder has coded it so already.

    Raises:
        WrongUseError: It has a verdict already (K856), its words are not there any more (K858), a
            code is needed (K859), or the borders are not in the text.
    """
    _check_open(store, suggestion)
    coding = None
    if suggestion.kind is not SuggestionKind.GROUP:
        coding = _coding(store, coder_id, suggestion, code_id, span)
    with store.act(suggestions.ACCEPT_KIND, coder_id, suggestion.id) as act:
        is_new = coding is not None and codings.find_same_coding(store, coding) is None
        suggestions.add_verdict(
            act,
            VerdictGiven(
                id=new_id(),
                suggestion_id=suggestion.id,
                coder_id=coder_id,
                verdict=Verdict.ACCEPTED,
                at=act.at,
                coding_id=coding.id if coding and is_new else None,
            ),
        )
        if coding and is_new:
            codings.add_coding(act, coding)
    return coding if is_new else None


def reject(store: Store, coder_id: str, suggestion: Suggestion, reason: str) -> None:
    """Reject one suggestion; it is not made again.

    Raises:
        WrongUseError: It has a verdict already (K856), or there is no reason (K857).
    """
    _check_open(store, suggestion)
    told = canonicalise(reason).strip()
    if not told:
        raise WrongUseError(
            _("a rejection needs a reason"), _("say in a few words why it does not fit"), "K857"
        )
    with store.act(suggestions.REJECT_KIND, coder_id, suggestion.id) as act:
        suggestions.add_verdict(
            act,
            VerdictGiven(
                new_id(), suggestion.id, coder_id, Verdict.REJECTED, at=act.at, reason=told
            ),
        )


def has_its_words(store: Store, passage: SuggestedPassage) -> bool:
    """Whether a suggested passage's words stand where they stood."""
    text = load_text(store, passage.source_id)
    return text[passage.start : passage.end] == passage.text


def _check_open(store: Store, suggestion: Suggestion) -> None:
    if any(v.suggestion_id == suggestion.id for v in suggestions.load_verdicts(store)):
        raise WrongUseError(
            _("that suggestion has been judged already"),
            _("take the verdict back with 'kodebok undo' while it is the last act"),
            "K856",
        )


def _coding(
    store: Store, coder_id: str, suggestion: Suggestion, code_id: str | None, span: Span | None
) -> Coding:
    passage = suggestion.passage
    chosen = code_id or suggestion.code_id
    if chosen is None:
        raise WrongUseError(_("that suggestion names no code"), _("choose one with --code"), "K859")
    if chosen not in codes.load_code_tree(store) or not has_its_words(store, passage):
        raise WrongUseError(
            _("the passage or the code has changed since it was suggested"),
            _("ask for suggestions again"),
            "K858",
        )
    text = load_text(store, passage.source_id)
    place = trim_passage(text, span or Span(passage.start, passage.end))
    return Coding(
        id=new_id(),
        source_id=passage.source_id,
        code_id=chosen,
        coder_id=coder_id,
        start=place.start,
        end=place.end,
        text=text[place.start : place.end],
        origin=CodingOrigin.SUGGESTION,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """Facts about the use of suggestions in a study, for its method chapter.

    Attributes:
        computed: How often any were computed, runs that were undone included.
        runs: How many runs stand, by kind.
        unread_too: How often sources not read through were looked at, undone runs included.
        refreshed: How many of them followed a coding, and were kept for what was judged of them.
        codings: How many codings there are whose origin is a suggestion, and in all.
    """

    is_on: bool
    chosen_at: str
    computed: int
    runs: dict[str, int]
    unread_too: int
    refreshed: int
    suggested: dict[str, int]
    accepted: dict[str, int]
    rejected: dict[str, int]
    codings: tuple[int, int]


def load_record(store: Store) -> Record:
    """What the project's file says about its suggestions."""
    switch = suggestions.load_switch(store)
    runs = suggestions.load_runs(store)
    made = suggestions.load_suggestions(store)
    kinds = {suggestion.id: str(suggestion.kind) for suggestion in made}
    verdicts = suggestions.load_verdicts(store)
    everything = codings.load_codings(store)

    def count(verdict: Verdict) -> dict[str, int]:
        return dict(Counter(kinds[v.suggestion_id] for v in verdicts if v.verdict is verdict))

    return Record(
        is_on=switch.is_on,
        chosen_at=switch.at,
        computed=suggestions.count_acts_of_computing(store),
        runs=dict(Counter(str(run.kind) for run in runs)),
        unread_too=suggestions.count_acts_in_unread(store),
        refreshed=sum(is_refreshed(run) for run in runs),
        suggested=dict(Counter(kinds.values())),
        accepted=count(Verdict.ACCEPTED),
        rejected=count(Verdict.REJECTED),
        codings=(
            sum(coding.origin is CodingOrigin.SUGGESTION for coding in everything),
            len(everything),
        ),
    )
