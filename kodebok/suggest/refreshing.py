"""Suggestions that follow the coding: computed anew after each, and kept when one is judged.

A list that was computed because something was coded is shown, and gives way to the next one. Of it
the file keeps what the coder judged, with all that was suggested for that passage, and says that
the run was such a one; else hours of coding would fill the file with lists that nobody read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kodebok.domain.ids import new_id
from kodebok.domain.suggestion import Suggestion, SuggestionKind, SuggestionRun
from kodebok.storage import codings, suggestions
from kodebok.storage.database import Store
from kodebok.suggest import runs
from kodebok.suggest.computing import Row, Task
from kodebok.suggest.runs import Wish
from kodebok.suggest.verdicts import REFRESHED, is_refreshed


@dataclass(frozen=True, slots=True)
class Draft:
    """A run that is shown and not kept yet, in the order of its list."""

    run: SuggestionRun
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a coder's suggested codes depend on; another state asks for another list."""

    codings: frozenset[tuple[str, str, int, int]]
    verdicts: int
    without: tuple[str, ...]


def state_of(store: Store, coder_id: str, without: tuple[str, ...]) -> State:
    """Where a coder's coding stands."""
    own = (c for c in codings.load_codings(store) if c.coder_id == coder_id)
    judged = suggestions.load_verdicts(store)
    return State(
        codings=frozenset((c.id, c.code_id, c.start, c.end) for c in own),
        verdicts=sum(verdict.coder_id == coder_id for verdict in judged),
        without=without,
    )


def draft(coder_id: str, task: Task, wish: Wish, rows: Iterable[Row]) -> Draft:
    """What a stage computed, as a list to show."""
    run = runs.begin_run(coder_id, task, wish)
    return Draft(run, tuple(runs.made(run, rows)))


def keep_judged(store: Store, shown: Draft, judged: Suggestion) -> Suggestion:
    """Keep what a draft suggested for the passage that is judged now.

    Call it inside the act of the verdict.

    Returns:
        The suggestion as it is kept, for the verdict to be about.
    """
    recipe = {**shown.run.recipe, REFRESHED: len(shown.suggestions)}
    run = replace(shown.run, id=new_id(), recipe=recipe)
    of_passage = [s for s in shown.suggestions if s.passage == judged.passage]
    kept = {s.id: replace(s, id=new_id(), run_id=run.id) for s in of_passage}
    with store.act(suggestions.RUN_KIND, run.coder_id, run.id) as act:
        suggestions.add_run(act, run, kept.values())
    return kept[judged.id]


def follows_coding(store: Store, coder_id: str) -> bool:
    """Whether the coder's list of codes may be computed anew: no candidate is being offered."""
    mine = (run for run in suggestions.load_runs(store) if run.coder_id == coder_id)
    last = [run for run in mine if run.kind is SuggestionKind.CODE and not is_refreshed(run)]
    return bool(last) and not str(last[-1].recipe["name"]).startswith("candidate/")
