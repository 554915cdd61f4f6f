"""Computing suggestions in a study: what is looked at, what is found, and the record of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from kodebok.storage.database import Store
from kodebok.suggest.codes import LEAST_EXAMPLES, CodeModel, learn_codes
from kodebok.suggest.groups import Group, find_groups
from kodebok.suggest.passages import Material, Passage, load_material, uncoded
from kodebok.suggest.unexplained import (
    LEAST_FLAGS,
    LEAST_OF_EACH,
    Judged,
    judge_like_flagged,
    judge_uncoded,
)

_ = translator("suggest")

DEFAULT_LIMIT = 10
DEFAULT_SEED = 1
LIBRARIES = ("numpy", "scipy", "scikit-learn")
CODE_FITS = 0.0  # log-odds from which a passage is more like a code's excerpts than the others'


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


def suggest_codes(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Codes for uncoded passages, at most three each, learned from the coder's own codings.

    Raises:
        WrongUseError: Suggestions are off (K850), nothing may be looked at (K851), or no code has
            examples enough (K852).
    """
    material = _material(store, coder_id, wish)
    looked_at = _chosen(uncoded(material.passages), wish)
    texts = [passage.text for passage in material.passages]
    model = learn_codes(material.examples, texts, without=wish.without)
    if not model.lines:
        raise WrongUseError(
            _("no code has {n} passages that you coded yourself", n=LEAST_EXAMPLES),
            _("code some more, in at least two codes, and ask again"),
            "K852",
        )
    found = _code_suggestions(store, coder_id, model, looked_at, wish.limit)
    return _keep(store, coder_id, SuggestionKind.CODE, material, wish, found)


def suggest_unexplained(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Uncoded passages that the codes explain least.

    Raises:
        WrongUseError: Suggestions are off (K850), nothing may be looked at (K851), or too little
            is coded or left without a code in what was read (K853).
    """
    material = _material(store, coder_id, wish)
    judged = judge_uncoded(material.passages, wish.seed, without=wish.without)
    if judged is None:
        raise WrongUseError(
            _("there is too little to learn from what you left without a code"),
            _(
                "read more sources through; {n} coded and {n} uncoded passages are needed",
                n=LEAST_OF_EACH,
            ),
            "K853",
        )
    kind = SuggestionKind.UNEXPLAINED
    found = _judged_suggestions(store, coder_id, judged, kind, wish)
    return _keep(store, coder_id, kind, material, wish, found)


def suggest_more(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Uncoded passages that are like those with a wondering.

    Raises:
        WrongUseError: Suggestions are off (K850), nothing may be looked at (K851), or there are
            too few wonderings (K854).
    """
    material = _material(store, coder_id, wish)
    judged = judge_like_flagged(material.passages, wish.seed, without=wish.without)
    if judged is None:
        raise WrongUseError(
            _("there are fewer than {n} passages with a wondering of yours", n=LEAST_FLAGS),
            _("write memos of the kind wondering on passages in what you have read"),
            "K854",
        )
    found = _judged_suggestions(store, coder_id, judged, SuggestionKind.MORE, wish)
    return _keep(store, coder_id, SuggestionKind.MORE, material, wish, found)


def suggest_groups(store: Store, coder_id: str, wish: Wish) -> list[Suggestion]:
    """Small groups of uncoded passages, candidates for a new category.

    First among what was read; then, as weaker, among the unread where that may be looked at.

    Raises:
        WrongUseError: Suggestions are off (K850), or nothing may be looked at (K851).
    """
    material = _material(store, coder_id, wish)
    rest = _chosen(uncoded(material.passages), wish)
    judged = judge_uncoded(material.passages, wish.seed)
    scores = dict(zip(judged.passages, judged.scores, strict=True)) if judged else {}
    model = learn_codes(material.examples, (p.text for p in material.passages))
    found: list[Suggestion] = []
    for is_read in (True, False):
        there = [passage for passage in rest if passage.is_read == is_read]
        room = wish.limit - len(found)
        for group in find_groups(there, wish.seed, unexplained=scores, most=room):
            found.append(_group_suggestion(group, len(found) + 1, model, is_weaker=not is_read))
    return _keep(store, coder_id, SuggestionKind.GROUP, material, wish, found)


def _material(store: Store, coder_id: str, wish: Wish) -> Material:
    if not suggestions.load_switch(store).is_on:
        raise WrongUseError(
            _("suggestions are off in this study"),
            _("turn them on with 'kodebok suggest on', if that is what you want"),
            "K850",
        )
    material = load_material(store, coder_id, unread=wish.unread)
    if not _chosen(uncoded(material.passages), wish):
        raise WrongUseError(
            _("there is no uncoded passage in what you have read"),
            _("mark a source as read with 'kodebok read', or use --all"),
            "K851",
        )
    return material


def _chosen(passages: Iterable[Passage], wish: Wish) -> list[Passage]:
    return [p for p in passages if not wish.source_ids or p.source_id in wish.source_ids]


def _code_suggestions(
    store: Store, coder_id: str, model: CodeModel, looked_at: Sequence[Passage], limit: int
) -> list[Suggestion]:
    judged = suggestions.count_verdicts_by_code(store, coder_id)
    rejected = _rejected_places(store, coder_id)
    fitting = []
    for passage, guesses in zip(looked_at, model.guess([p.text for p in looked_at]), strict=True):
        place = (passage.source_id, passage.start, passage.end)
        kept = [g for g in guesses if g.score > CODE_FITS and (*place, g.code_id) not in rejected]
        if kept:
            fitting.append((passage, kept))
    fitting.sort(key=lambda pair: (-pair[1][0].score, pair[0]))
    return [
        Suggestion(
            id=new_id(),
            run_id="",
            kind=SuggestionKind.CODE,
            rank=rank,
            score=guess.score,
            passages=(_place(passage, guess.score),),
            code_id=guess.code_id,
            evidence=_code_evidence(model, passage, guess.code_id, judged.get(guess.code_id, {})),
        )
        for passage, guesses in fitting[:limit]
        for rank, guess in enumerate(guesses, start=1)
    ]


def _code_evidence(
    model: CodeModel, passage: Passage, code_id: str, judged: Mapping[Verdict, int]
) -> dict[str, Any]:
    nearest = model.nearest_examples(passage.text, code_id)
    return {
        **model.explain(passage.text, code_id).as_dict(),
        "examples": [{"coding": e.coding_id, "likeness": likeness} for e, likeness in nearest],
        "accepted_so_far": judged.get(Verdict.ACCEPTED, 0),
        "judged_so_far": sum(judged.values()),
    }


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


def _judged_suggestions(
    store: Store, coder_id: str, judged: Judged, kind: SuggestionKind, wish: Wish
) -> list[Suggestion]:
    rejected = _rejected_places(store, coder_id)
    wanted = set(_chosen(judged.passages, wish))
    ranked = [
        (passage, score)
        for passage, score in judged.ranked()
        if passage in wanted
        and (passage.source_id, passage.start, passage.end, str(kind)) not in rejected
    ]
    return [
        Suggestion(
            id=new_id(),
            run_id="",
            kind=kind,
            rank=rank,
            score=score,
            passages=(_place(passage, score),),
            evidence={**judged.explain(passage).as_dict(), "read": passage.is_read},
        )
        for rank, (passage, score) in enumerate(ranked[: wish.limit], start=1)
    ]


def _group_suggestion(group: Group, rank: int, model: CodeModel, *, is_weaker: bool) -> Suggestion:
    roles = (
        (PassageRole.TYPICAL, group.typical),
        (PassageRole.BORDERLINE, group.borderline),
        (PassageRole.COUNTER_EXAMPLE, (group.counter_example,) if group.counter_example else ()),
    )
    return Suggestion(
        id=new_id(),
        run_id="",
        kind=SuggestionKind.GROUP,
        rank=rank,
        score=round(group.stability, 6),
        passages=tuple(_place(p, 0.0, role) for role, listed in roles for p in listed),
        evidence={
            "keywords": list(group.keywords),
            "fidelity": round(group.fidelity, 6),
            "together": group.together,
            "samples": group.samples,
            "passages": len(group.members),
            "informants": group.informants,
            "unexplained": round(group.unexplained, 6),
            "nearest_codes": _nearest_codes(model, group),
            "weaker": is_weaker,
        },
    )


def _nearest_codes(model: CodeModel, group: Group) -> list[dict[str, Any]]:
    """Codes that would be suggested first for members, with how many."""
    counted: dict[str, int] = {}
    for guesses in model.guess([member.text for member in group.members], most=1):
        for guess in guesses:
            if guess.score > CODE_FITS:
                counted[guess.code_id] = counted.get(guess.code_id, 0) + 1
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"code": code_id, "passages": count} for code_id, count in ranked[:3]]


def _place(
    passage: Passage, score: float, role: PassageRole = PassageRole.ITSELF
) -> SuggestedPassage:
    return SuggestedPassage(
        passage.source_id, passage.start, passage.end, passage.text, role, score
    )


def _keep(
    store: Store,
    coder_id: str,
    kind: SuggestionKind,
    material: Material,
    wish: Wish,
    found: Sequence[Suggestion],
) -> list[Suggestion]:
    """Write the run and what it suggests, also when that is nothing."""
    run = SuggestionRun(
        id=new_id(),
        kind=kind,
        coder_id=coder_id,
        at=now(),
        seed=wish.seed,
        seen=material.fingerprint(),
        recipe=_recipe(kind, wish),
    )
    kept = [replace(suggestion, run_id=run.id) for suggestion in found]
    with store.act(suggestions.RUN_KIND, coder_id, run.id) as act:
        suggestions.add_run(act, run, kept)
    return kept


def _recipe(kind: SuggestionKind, wish: Wish) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "name": f"{kind}/1",
        "sources": list(wish.source_ids),
        "unread_too": wish.unread,
        "limit": wish.limit,
        "without": list(wish.without),
        "versions": {
            "kodebok": kodebok.__version__,
            **{name: version(name) for name in LIBRARIES},
        },
    }
