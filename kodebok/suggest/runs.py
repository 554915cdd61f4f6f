"""Runs in a study: what they may look at, and the record of what they saw and suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from kodebok.storage.blind import is_blind
from kodebok.storage.codes import load_code_tree
from kodebok.storage.database import Store
from kodebok.suggest import computing
from kodebok.suggest.computing import Row, Task
from kodebok.suggest.drift import CodeToReread, Drifted, codes_to_reread
from kodebok.suggest.passages import Example, load_material, uncoded
from kodebok.suggest.trial import CodeTrial, UnexplainedTrial
from kodebok.suggest.verdicts import judged_places

_ = translator("suggest")

DEFAULT_LIMIT = 10
DEFAULT_SEED = 1
LIBRARIES = ("numpy", "scipy", "scikit-learn")
RECIPE = 2  # counts up when the same material would give other suggestions
STAGE = "kodebok.suggest.computing:suggest"
DRIFT_STAGE = "kodebok.suggest.computing:drift"
SUGGESTER = "kodebok.suggest.computing:Suggester"  # makes the stage, for a child that is kept
TRIAL_STAGE = "kodebok.suggest.computing:trial"

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


def run_here(name: str, arguments: Mapping[str, Any]) -> Iterator[Row]:
    """Run a stage in this process."""
    stages = {STAGE: computing.suggest, DRIFT_STAGE: computing.drift, TRIAL_STAGE: computing.trial}
    return stages[name](arguments)


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
    check_on(store)
    task = Task(
        kind=kind,
        material=load_material(store, coder_id, unread=wish.unread),
        source_ids=wish.source_ids,
        limit=wish.limit,
        without=wish.without,
        seed=wish.seed,
        rejected=frozenset(judged_places(store, coder_id, Verdict.REJECTED)),
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


def check_on(store: Store) -> None:
    """Nothing is computed while suggestions are off.

    Raises:
        WrongUseError: They are (K850), or who asks is coding blind (K371).
    """
    if not suggestions.load_switch(store).is_on:
        raise WrongUseError(
            _("suggestions are off in this study"),
            _("turn them on with 'kodebok suggest on', if that is what you want"),
            "K850",
        )
    if is_blind(store):
        raise WrongUseError(
            _("you are coding blind, and get no suggestions until you have finished"),
            _("mark the sources as read, or end it with 'kodebok coders blind --end'"),
            "K371",
        )


def keep(
    store: Store, coder_id: str, task: Task, wish: Wish, rows: Iterable[Row]
) -> list[Suggestion]:
    """Write a run and what it suggests."""
    run = begin_run(coder_id, task, wish)
    kept = made(run, rows)
    with store.act(suggestions.RUN_KIND, coder_id, run.id) as act:
        suggestions.add_run(act, run, kept)
    return kept


def begin_run(coder_id: str, task: Task, wish: Wish) -> SuggestionRun:
    """A run with what it saw and how it is computed, not kept yet."""
    return SuggestionRun(
        id=new_id(),
        kind=task.kind,
        coder_id=coder_id,
        at=now(),
        seed=wish.seed,
        seen=task.material.fingerprint(),
        recipe=_recipe(task.kind, wish),
    )


def made(run: SuggestionRun, rows: Iterable[Row]) -> list[Suggestion]:
    """What a stage's rows suggest."""
    return [_suggestion(run, row["suggestion"]) for row in rows if "suggestion" in row]


def offer_members(store: Store, coder_id: str, group: Suggestion, code_id: str) -> list[Suggestion]:
    """Offer a candidate's passages one by one, once the researcher has made a code of it.

    Each becomes a suggestion of the code, to be accepted or rejected by itself; the counter-example
    is not among them.

    Args:
        store: The project.
        coder_id: Who made the code.
        group: The candidate.
        code_id: The code that it led to.
    """
    members = [p for p in group.passages if p.role is not PassageRole.COUNTER_EXAMPLE]
    wish = Wish(limit=len(members))
    run = SuggestionRun(
        id=new_id(),
        kind=SuggestionKind.CODE,
        coder_id=coder_id,
        at=now(),
        seed=wish.seed,
        seen=next(r.seen for r in suggestions.load_runs(store) if r.id == group.run_id),
        recipe={**_recipe(SuggestionKind.CODE, wish), "name": "candidate/1"},
    )
    evidence = {
        "candidate": group.id,
        "keywords": list(group.evidence["keywords"]),
        "words": [],
        "others": 0.0,
        "bias": 0.0,
        "examples": [],
        "accepted_so_far": 0,
        "judged_so_far": 0,
    }
    kept = [
        Suggestion(
            id=new_id(),
            run_id=run.id,
            kind=SuggestionKind.CODE,
            rank=1,
            score=0.0,
            passages=(replace(member, role=PassageRole.ITSELF),),
            code_id=code_id,
            evidence=evidence,
        )
        for member in members
    ]
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


def load_drift(
    store: Store, coder_id: str, seed: int, *, runner: Runner = run_here
) -> tuple[list[Drifted], list[CodeToReread]]:
    """Codings that sit nearer another code, and codes to read again; nothing is kept.

    Raises:
        WrongUseError: Suggestions are off (K850).
    """
    arguments, examples = plan_drift(store, coder_id, seed)
    found = drift_of(examples, runner(DRIFT_STAGE, arguments))
    return found, codes_to_reread(list(examples.values()), _all_codes(store))


def plan_drift(store: Store, coder_id: str, seed: int) -> tuple[Row, dict[str, Example]]:
    """Arguments of the stage that finds drift, and the examples by the coding they stand for.

    Raises:
        WrongUseError: Suggestions are off (K850).
    """
    check_on(store)
    material = load_material(store, coder_id)
    task = Task(SuggestionKind.CODE, material, (), 0, (), seed, frozenset(), {})
    definitions = {code.id: code.definition for code in load_code_tree(store)}
    examples = {example.coding_id: example for example in material.examples}
    return {**task.arguments(), "definitions": definitions}, examples


def drift_of(examples: Mapping[str, Example], rows: Iterable[Row]) -> list[Drifted]:
    """What the stage found, as objects."""
    return [
        Drifted(examples[row["drifted"][0]], *row["drifted"][1:])
        for row in rows
        if "drifted" in row
    ]


def _all_codes(store: Store) -> list[str]:
    return [code.id for code in load_code_tree(store)]


@dataclass(frozen=True, slots=True)
class Trials:
    """The self-test of a study; None where a part of it could not be made.

    Attributes:
        embedding: Codes suggested from an embedding of the user's instead of the default.
    """

    codes: CodeTrial | None
    unexplained: UnexplainedTrial | None
    embedding: CodeTrial | None


def load_trials(
    store: Store, coder_id: str, seed: int, embedding: str | None = None, runner: Runner = run_here
) -> Trials:
    """Try suggestions on a coder's own codings; nothing is suggested or kept.

    Raises:
        WrongUseError: There is too little to try it on (K863), or no model there (K862, K864).
        MissingComponentError: The embedding's library is not installed (K861).
    """
    return trials_of(runner(TRIAL_STAGE, plan_trial(store, coder_id, seed, embedding)))


def plan_trial(store: Store, coder_id: str, seed: int, embedding: str | None = None) -> Row:
    """Arguments of the stage that tries suggestions."""
    material = load_material(store, coder_id)
    task = Task(SuggestionKind.CODE, material, (), 0, (), seed, frozenset(), {})
    return {**task.arguments(), "embedding": embedding}


def trials_of(rows: Iterable[Row]) -> Trials:
    """What the stage found, as objects."""
    (told,) = (row for row in rows if "codes" in row)
    return Trials(
        codes=told["codes"] and CodeTrial(*told["codes"]),
        unexplained=told["unexplained"] and UnexplainedTrial(*told["unexplained"]),
        embedding=told["embedding"] and CodeTrial(*told["embedding"]),
    )
