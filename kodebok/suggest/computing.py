"""Computing suggestions: a stage from plain values to rows, which may run in a child process.

It knows nothing of who asked, of the project's file or of the screen. A row is `{"step": n, "of":
m}`, how far it has come, or `{"suggestion": {...}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from kodebok.domain.suggestion import PassageRole, SuggestionKind
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.suggest.codes import LEAST_EXAMPLES, CodeModel, learn_codes
from kodebok.suggest.drift import find_drift
from kodebok.suggest.groups import Group, search_groups
from kodebok.suggest.learning import on_one_core
from kodebok.suggest.passages import Example, Material, Passage, uncoded
from kodebok.suggest.remembering import CodeMemory
from kodebok.suggest.trial import try_codes, try_suggestions
from kodebok.suggest.unexplained import (
    LEAST_FLAGS,
    LEAST_OF_EACH,
    Judged,
    judge_like_flagged,
    judge_uncoded,
)

_ = translator("suggest")

Row = dict[str, Any]

CODE_FITS = 0.0  # log-odds from which a passage is more like a code's excerpts than the others'
# How finely groups tell how far they have come: learning, then the read, then the unread.
LEARNING_STEPS = 20
GROUP_STEPS = 3 * LEARNING_STEPS
MOST_NEAR = 3  # existing codes that a candidate is compared with


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be computed, and all that it may look at.

    Attributes:
        source_ids: Suggest for these sources alone; for all of the material's when empty.
        rejected: Source, start, end and code (or kind) of what the coder has said no to.
        judged: By code: how many of its suggestions were accepted, and how many were judged.
    """

    kind: SuggestionKind
    material: Material
    source_ids: tuple[str, ...]
    limit: int
    without: tuple[str, ...]
    seed: int
    rejected: frozenset[tuple[str, int, int, str]]
    judged: Mapping[str, tuple[int, int]]

    def arguments(self) -> dict[str, Any]:
        """The task as plain JSON values."""
        return {
            "kind": str(self.kind),
            "passages": [_plain_passage(passage) for passage in self.material.passages],
            "examples": [_plain_example(example) for example in self.material.examples],
            "background": list(self.material.background),
            "source_ids": list(self.source_ids),
            "limit": self.limit,
            "without": list(self.without),
            "seed": self.seed,
            "rejected": [list(place) for place in sorted(self.rejected)],
            "judged": {code_id: list(counts) for code_id, counts in self.judged.items()},
        }

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Task:
        """The task that `arguments` gave."""
        examples = tuple(
            Example(text, source_id, start, end, frozenset(code_ids), coding_id)
            for text, source_id, start, end, code_ids, coding_id in arguments["examples"]
        )
        passages = tuple(Passage(*plain) for plain in arguments["passages"])
        return cls(
            kind=SuggestionKind(arguments["kind"]),
            material=Material(passages, examples, tuple(arguments["background"])),
            source_ids=tuple(arguments["source_ids"]),
            limit=arguments["limit"],
            without=tuple(arguments["without"]),
            seed=arguments["seed"],
            rejected=frozenset((a, b, c, d) for a, b, c, d in arguments["rejected"]),
            judged={code: (yes, all_) for code, (yes, all_) in arguments["judged"].items()},
        )

    def looked_at(self, passages: Sequence[Passage]) -> list[Passage]:
        """Those in the sources that were asked for."""
        return [p for p in passages if not self.source_ids or p.source_id in self.source_ids]

    def is_rejected(self, passage: Passage, what: str) -> bool:
        """Whether the coder has said no to a code (or kind) on a passage."""
        return (passage.source_id, passage.start, passage.end, what) in self.rejected


def _plain_passage(passage: Passage) -> list[Any]:
    return [
        passage.text,
        passage.source_id,
        passage.start,
        passage.end,
        passage.informant,
        passage.is_read,
        passage.is_coded,
        passage.is_flagged,
    ]


def _plain_example(example: Example) -> list[Any]:
    place = [example.text, example.source_id, example.start, example.end]
    return [*place, sorted(example.code_ids), example.coding_id]


def suggest(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """The stage: a task's arguments in, suggestions out.

    Raises:
        WrongUseError: No code has examples enough (K852), too little is coded or left without a
            code (K853), or there are too few wonderings (K854).
    """
    yield from Suggester()(arguments)


class Suggester:
    """The same stage, for a child that is kept: one more coding is learned in a moment."""

    def __init__(self) -> None:
        self._memory = CodeMemory()

    def __call__(self, arguments: Mapping[str, Any]) -> Iterator[Row]:
        """Suggest, as `suggest` does."""
        task = Task.of(arguments)
        computers: dict[SuggestionKind, Callable[[Task], Iterator[Row]]] = {
            SuggestionKind.CODE: lambda task: _codes(task, self._memory),
            SuggestionKind.UNEXPLAINED: _unexplained,
            SuggestionKind.MORE: _more,
            SuggestionKind.GROUP: _groups,
        }
        with on_one_core():
            yield from computers[task.kind](task)


def _step(number: int, of: int) -> Row:
    return {"step": number, "of": of}


def _codes(task: Task, memory: CodeMemory) -> Iterator[Row]:
    yield _step(1, 2)
    model = memory.learn(task.material, task.without)
    if not model.lines:
        raise WrongUseError(
            _("no code has {n} passages that you coded yourself", n=LEAST_EXAMPLES),
            _("code some more, in at least two codes, and ask again"),
            "K852",
        )
    yield _step(2, 2)
    looked_at = task.looked_at(uncoded(task.material.passages))
    fitting = []
    for passage, guesses in zip(looked_at, memory.guess(model, looked_at), strict=True):
        kept = [
            guess
            for guess in guesses
            if guess.score > CODE_FITS and not task.is_rejected(passage, guess.code_id)
        ]
        if kept:
            fitting.append((passage, kept))
    fitting.sort(key=lambda pair: (-pair[1][0].score, pair[0]))
    suggested = fitting[: task.limit]
    likeness = model.likeness_to([passage.text for passage, _ in suggested])
    for (passage, kept), alike_all in zip(suggested, likeness, strict=True):
        for rank, guess in enumerate(kept, start=1):
            accepted, judged = task.judged.get(guess.code_id, (0, 0))
            nearest = model.nearest_examples(passage.text, guess.code_id, alike_all)
            evidence = {
                **model.explain(passage.text, guess.code_id).as_dict(),
                "examples": [{"coding": e.coding_id, "likeness": alike} for e, alike in nearest],
                "accepted_so_far": accepted,
                "judged_so_far": judged,
            }
            yield _row(rank, guess.score, [_place(passage, guess.score)], evidence, guess.code_id)


def _unexplained(task: Task) -> Iterator[Row]:
    yield _step(1, 1)
    judged = judge_uncoded(task.material.passages, task.seed, without=task.without)
    if judged is None:
        raise WrongUseError(
            _("there is too little to learn from what you left without a code"),
            _(
                "read more sources through; {n} coded and {n} uncoded passages are needed",
                n=LEAST_OF_EACH,
            ),
            "K853",
        )
    yield from _judged(task, judged)


def _more(task: Task) -> Iterator[Row]:
    yield _step(1, 1)
    judged = judge_like_flagged(task.material.passages, task.seed, without=task.without)
    if judged is None:
        raise WrongUseError(
            _("there are fewer than {n} passages with a wondering of yours", n=LEAST_FLAGS),
            _("mark wonderings in what you have read, with 'kodebok wonder' or on the screen"),
            "K854",
        )
    yield from _judged(task, judged)


def _judged(task: Task, judged: Judged) -> Iterator[Row]:
    wanted = set(task.looked_at(judged.passages))
    ranked = [
        (passage, score)
        for passage, score in judged.ranked()
        if passage in wanted and not task.is_rejected(passage, str(task.kind))
    ]
    for rank, (passage, score) in enumerate(ranked[: task.limit], start=1):
        evidence = {**judged.explain(passage).as_dict(), "read": passage.is_read}
        yield _row(rank, score, [_place(passage, score)], evidence)


def _groups(task: Task) -> Iterator[Row]:
    passages = task.material.passages
    yield _step(0, GROUP_STEPS)
    judged = judge_uncoded(passages, task.seed)
    scores = dict(zip(judged.passages, judged.scores, strict=True)) if judged else {}
    yield _step(LEARNING_STEPS // 2, GROUP_STEPS)
    model = learn_codes(task.material.examples, task.material.texts)
    rest = task.looked_at(uncoded(passages))
    found = 0
    for number, is_read in enumerate((True, False), start=1):
        there = [passage for passage in rest if passage.is_read == is_read]
        room = max(0, task.limit - found)
        search = search_groups(there, task.seed, beside=passages, unexplained=scores, most=room)
        for group in (yield from _steps_of(search, after=number * LEARNING_STEPS)):
            found += 1
            yield _group_row(group, found, model, is_weaker=not is_read)


def _steps_of(
    search: Generator[float, None, list[Group]], after: int
) -> Generator[Row, None, list[Group]]:
    """Tell how far a search has come, in whole steps, and give back what it found."""
    told = after
    while True:
        try:
            share = next(search)
        except StopIteration as end:
            found: list[Group] = end.value
            return found
        step = after + round(share * LEARNING_STEPS)
        if step > told:
            told = step
            yield _step(step, GROUP_STEPS)


def _group_row(group: Group, rank: int, model: CodeModel, *, is_weaker: bool) -> Row:
    roles = (
        (PassageRole.TYPICAL, group.typical),
        (PassageRole.BORDERLINE, group.borderline),
        (PassageRole.COUNTER_EXAMPLE, (group.counter_example,) if group.counter_example else ()),
        (PassageRole.MEMBER, group.others),
    )
    evidence = {
        "keywords": list(group.keywords),
        "fidelity": round(group.fidelity, 6),
        "together": group.together,
        "samples": group.samples,
        "passages": len(group.members),
        "informants": group.informants,
        "unexplained": round(group.unexplained, 6),
        "nearest_codes": _nearest_codes(model, group),
        "weaker": is_weaker,
    }
    places = [_place(p, 0.0, role) for role, listed in roles for p in listed]
    return _row(rank, round(group.stability, 6), places, evidence)


def _nearest_codes(model: CodeModel, group: Group) -> list[dict[str, Any]]:
    """Codes that would be suggested first for members, with how many."""
    counted: dict[str, int] = {}
    for guesses in model.guess([member.text for member in group.members], most=1):
        for guess in guesses:
            if guess.score > CODE_FITS:
                counted[guess.code_id] = counted.get(guess.code_id, 0) + 1
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"code": code_id, "passages": count} for code_id, count in ranked[:MOST_NEAR]]


def _place(passage: Passage, score: float, role: PassageRole = PassageRole.ITSELF) -> list[Any]:
    """Source, start, end, words, role and score."""
    return [passage.source_id, passage.start, passage.end, passage.text, str(role), score]


def _row(
    rank: int,
    score: float,
    passages: Sequence[list[Any]],
    evidence: Mapping[str, Any],
    code_id: str | None = None,
) -> Row:
    told = {"rank": rank, "score": score, "passages": passages, "evidence": evidence}
    return {"suggestion": {**told, "code_id": code_id}}


def drift(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """The stage that finds codings nearer another code than their own.

    Its arguments are a task's, and `definitions` of codes by their ids. A row
    is `{"drifted": [coding id, code id, nearer code id, own, nearer, definition]}`.
    """
    yield _step(1, 1)
    task = Task.of(arguments)
    for found in find_drift(
        task.material.examples, task.material.texts, arguments["definitions"], task.seed
    ):
        scores = [found.own, found.nearer, found.definition]
        yield {"drifted": [found.example.coding_id, found.code_id, found.nearer_id, *scores]}


def trial(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """The stage of the self-test.

    Its arguments are a task's, and `embedding`, the folder of a model to try too, or None. A row
    is `{"codes": [...], "unexplained": [...], "embedding": [...]}`: the fields of the trials, each
    None where it could not be made.
    """
    task = Task.of(arguments)
    encoder = None
    if arguments["embedding"]:
        from kodebok.suggest.embedding import load_encoder

        encoder = load_encoder(Path(arguments["embedding"]))
    yield _step(1, 2)
    codes, unexplained = try_suggestions(task.material, task.seed)
    embedded = None
    if encoder is not None:
        from kodebok.suggest.embedding import guess_by

        yield _step(2, 2)
        embedded = try_codes(task.material.examples, guess_by(encoder))
    yield {
        "codes": codes and list(astuple(codes)),
        "unexplained": unexplained and list(astuple(unexplained)),
        "embedding": embedded and list(astuple(embedded)),
    }
