"""Runs in a study: what they may look at, and the record of what they saw and suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import kodebok
from kodebok.domain.ids import new_id, now
from kodebok.domain.suggestion import (
    PassageRole,
    SuggestedPassage,
    Suggestion,
    SuggestionKind,
    SuggestionRun,
    Verdict,
)
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import suggestions
from kodebok.storage.database import Store
from kodebok.suggest import computing
from kodebok.suggest.computing import Row, Task
from kodebok.suggest.passages import load_material, uncoded

_ = translator("suggest")

DEFAULT_LIMIT = 10
DEFAULT_SEED = 1
LIBRARIES = ("numpy", "scipy", "scikit-learn")
RECIPE = 2  # counts up when the same material would give other suggestions
STAGE = "kodebok.suggest.computing:suggest"

# Runs the stage and gives its rows, here or in a child process.
Runner = Callable[[str, Mapping[str, Any]], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a run.

    Attributes:
        source_ids: Suggest for these sources alone; all that may be looked at when empty.
        unread: Also sources that the coder has not read through.
        limit: The most passages or groups that are suggested.
        without: Words that are not to count as evidence.
        seed: Of everything that is drawn.
    """

    source_ids: tuple[str, ...] = ()
    unread: bool = False
    limit: int = DEFAULT_LIMIT
    without: tuple[str, ...] = ()
    seed: int = DEFAULT_SEED


def run_here(_name: str, arguments: Mapping[str, Any]) -> Iterator[Row]:
    """Run the stage in this process."""
    return computing.suggest(arguments)


def compute(
    store: Store,
    coder_id: str,
    kind: SuggestionKind,
    wish: Wish,
    *,
    runner: Runner = run_here,
    tell: Callable[[int, int], None] = lambda _step, _of: None,
) -> list[Suggestion]:
    """Compute suggestions, and keep the run with what it suggests, also when that is nothing.

    Args:
        store: The project.
        coder_id: Whose codings are learned from, and to whom suggestions are made.
        kind: Of suggestion.
        wish: What is asked.
        runner: Where it is computed.
        tell: Is told how far it has come: the step, and how many there are.

    Raises:
        WrongUseError: Suggestions are off (K850), nothing may be looked at (K851), or there is too
            little to learn from (K852 to K854).
    """
    task = plan(store, coder_id, kind, wish)
    rows = []
    for row in runner(STAGE, task.arguments()):
        if "step" in row:
            tell(row["step"], row["of"])
        else:
            rows.append(row)
    return keep(store, coder_id, task, wish, rows)


def plan(store: Store, coder_id: str, kind: SuggestionKind, wish: Wish) -> Task:
    """What a run has to compute, with all that it may look at.

    Raises:
        WrongUseError: Suggestions are off (K850), or nothing may be looked at (K851).
    """
    if not suggestions.load_switch(store).is_on:
        raise WrongUseError(
            _("suggestions are off in this study"),
            _("turn them on with 'kodebok suggest on', if that is what you want"),
            "K850",
        )
    task = Task(
        kind=kind,
        material=load_material(store, coder_id, unread=wish.unread),
        source_ids=wish.source_ids,
        limit=wish.limit,
        without=wish.without,
        seed=wish.seed,
        rejected=frozenset(_rejected_places(store, coder_id)),
        judged={
            code_id: (verdicts.get(Verdict.ACCEPTED, 0), sum(verdicts.values()))
            for code_id, verdicts in suggestions.count_verdicts_by_code(store, coder_id).items()
        },
    )
    if not task.looked_at(uncoded(task.material.passages)):
        raise WrongUseError(
            _("there is no uncoded passage in what you have read"),
            _("mark a source as read with 'kodebok read', or use --all"),
            "K851",
        )
    return task


def _rejected_places(store: Store, coder_id: str) -> set[tuple[str, int, int, str]]:
    """Passages and codes that this coder has said no to."""
    rejected = {
        verdict.suggestion_id
        for verdict in suggestions.load_verdicts(store)
        if verdict.verdict is Verdict.REJECTED and verdict.coder_id == coder_id
    }
    return {
        (s.passage.source_id, s.passage.start, s.passage.end, s.code_id or str(s.kind))
        for s in suggestions.load_suggestions(store)
        if s.id in rejected
    }


def keep(
    store: Store, coder_id: str, task: Task, wish: Wish, rows: Iterable[Row]
) -> list[Suggestion]:
    """Write a run and what it suggests."""
    run = SuggestionRun(
        id=new_id(),
        kind=task.kind,
        coder_id=coder_id,
        at=now(),
        seed=wish.seed,
        seen=task.material.fingerprint(),
        recipe=_recipe(task.kind, wish),
    )
    kept = [_suggestion(run, row["suggestion"]) for row in rows]
    with store.act(suggestions.RUN_KIND, coder_id, run.id) as act:
        suggestions.add_run(act, run, kept)
    return kept


def _suggestion(run: SuggestionRun, told: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        id=new_id(),
        run_id=run.id,
        kind=run.kind,
        rank=told["rank"],
        score=told["score"],
        passages=tuple(
            SuggestedPassage(source_id, start, end, text, PassageRole(role), score)
            for source_id, start, end, text, role, score in told["passages"]
        ),
        code_id=told["code_id"],
        evidence=told["evidence"],
    )


def _recipe(kind: SuggestionKind, wish: Wish) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "name": f"{kind}/{RECIPE}",
        "sources": list(wish.source_ids),
        "unread_too": wish.unread,
        "limit": wish.limit,
        "without": list(wish.without),
        "versions": {
            "kodebok": kodebok.__version__,
            **{name: version(name) for name in LIBRARIES},
        },
    }
