"""How good and how quick suggestions are, on labelled passages.

    python -m benchmarks.suggest                      made-up interviews
    python -m benchmarks.suggest --norne dev          real Norwegian text; also `report`
    python -m benchmarks.suggest passages.jsonl       your own
    python -m benchmarks.suggest --only speed         5,000 and 100,000 passages, one more coding

A JSONL file has one object a line: `text`; `source` (or `informant`), the interview that it is
from; `codes`, a list (or `code`, one), empty for a passage that was left without. Whole interviews
are held out. Beside it stand plain k-means, which gives every passage a group, and BERTopic with
its own defaults on the same features, where it is installed (`pip install bertopic`; the sentence
models that it asks for are not used). Prints a table, then JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.suggest_bertopic import bertopic_groups, has_bertopic
from benchmarks.suggest_material import (
    Labelled,
    as_example,
    as_passage,
    make_labelled,
    norne_sets,
    read_labelled,
)
from benchmarks.suggest_round_trip import measure_round_trip
from benchmarks.suggest_speed import measure_one_more, measure_speed
from kodebok.suggest.codes import learn_codes
from kodebok.suggest.features import learn_vocabulary
from kodebok.suggest.groups import DIMENSIONS, TYPICAL, find_groups
from kodebok.suggest.keywords import area_under_curve
from kodebok.suggest.learning import along, cluster_rows, main_directions
from kodebok.suggest.passages import Example, Passage
from kodebok.suggest.unexplained import judge_like_flagged, judge_uncoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EXAMPLES = (5, 10, 20)
SLOPPY = (0.0, 0.25, 0.5)
HELD_OUT = 0.3
FLAGS = 3
LEAST_OF_CODE = 8
FIRST = 3

Figures = dict[str, float]


def held_out_sources(labelled: Sequence[Labelled], dice: random.Random) -> set[str]:
    sources = sorted({item.source for item in labelled})
    return set(dice.sample(sources, max(1, round(len(sources) * HELD_OUT))))


def measure_codes(labelled: Sequence[Labelled], rounds: int) -> Figures:
    """Precision of the first guess and recall of the first three, by examples a code."""
    found: Figures = {}
    for wanted in EXAMPLES:
        first, among, usual = [], [], []
        for seed in range(rounds):
            dice = random.Random(seed)
            held = held_out_sources(labelled, dice)
            train, test = divide(labelled, held, wanted, dice)
            texts = [item.text for item in labelled]
            model = learn_codes(train, texts, least=wanted)
            test = [item for item in test if set(item.codes) & set(model.lines)]
            popular = Counter(c for e in train for c in e.code_ids if c in model.lines)
            top = [code for code, _ in popular.most_common(FIRST)]
            for item, guesses in zip(test, model.guess([i.text for i in test]), strict=True):
                true = set(item.codes) & set(model.lines)
                codes = [guess.code_id for guess in guesses]
                first.append(codes[0] in true)
                among.append(len(true & set(codes)) / len(true))
                usual.append(len(true & set(top)) / len(true))
        if first:
            found[f"P@1, {wanted} examples"] = mean(first)
            found[f"R@3, {wanted} examples"] = mean(among)
            found[f"R@3 of the three most used codes, {wanted} examples"] = mean(usual)
    return found


def divide(
    labelled: Sequence[Labelled], held: set[str], wanted: int, dice: random.Random
) -> tuple[list[Example], list[Labelled]]:
    """At most `wanted` examples of each code outside the interviews held out, and what is in."""
    places = [p for p, i in enumerate(labelled) if i.source not in held and i.codes]
    dice.shuffle(places)
    used: Counter[str] = Counter()
    train = []
    for place in places:
        item = labelled[place]
        if any(used[code] < wanted for code in item.codes):
            train.append(as_example(place, item))
            used.update(item.codes)
    return train, [item for item in labelled if item.source in held and item.codes]


def each_held_out(
    labelled: Sequence[Labelled], sloppy: float, rounds: int
) -> Iterator[tuple[str, list[Passage], random.Random]]:
    """One code after the other is taken out of a reading, which left out some passages too.

    The interviews held out are unread.
    """
    counted = Counter(code for item in labelled for code in item.codes)
    codes = sorted(code for code, count in counted.items() if count >= LEAST_OF_CODE)
    for seed in range(rounds):
        for code in codes:
            dice = random.Random(f"{seed} {code}")
            held = held_out_sources(labelled, dice)
            passages = []
            for place, item in enumerate(labelled):
                is_read = item.source not in held
                kept = item.codes and code not in item.codes and dice.random() >= sloppy
                coded = bool(is_read and kept)
                passages.append(as_passage(place, item, is_read=is_read, is_coded=coded))
            yield code, passages, dice


def measure_unexplained(labelled: Sequence[Labelled], rounds: int) -> Figures:
    """How well the scores tell the code held out from all else, read and unread."""
    found: Figures = {}
    for sloppy in SLOPPY:
        curves: dict[str, list[float]] = defaultdict(list)
        for code, passages, dice in each_held_out(labelled, sloppy, rounds):
            truth = {p: code in labelled[p.start].codes for p in passages}
            judged = judge_uncoded(passages, seed=1)
            note_curve(curves, "read", judged and judged.ranked(), truth, is_read=True)
            note_curve(curves, "unread", judged and judged.ranked(), truth, is_read=False)
            ones = [p for p in passages if truth[p] and p.is_read]
            if len(ones) > FLAGS:
                flags = set(dice.sample(ones, FLAGS))
                marked = [replace_flag(p, is_flagged=p in flags) for p in passages]
                alike = judge_like_flagged(marked, seed=1)
                ranked = [(replace_flag(p, is_flagged=False), s) for p, s in alike.ranked()]
                note_curve(curves, "read, three flags", ranked, truth, is_read=True)
                note_curve(curves, "unread, three flags", ranked, truth, is_read=False)
        for name, values in curves.items():
            found[f"unexplained AUC, {name}, {sloppy:.0%} sloppy"] = mean(values)
    return found


def replace_flag(passage: Passage, *, is_flagged: bool) -> Passage:
    from dataclasses import replace

    return replace(passage, is_flagged=is_flagged)


def note_curve(
    curves: dict[str, list[float]],
    name: str,
    ranked: list[tuple[Passage, float]] | None,
    truth: dict[Passage, bool],
    *,
    is_read: bool,
) -> None:
    pairs = [(score, truth[p]) for p, score in ranked or () if p.is_read == is_read]
    if len({one for _, one in pairs}) > 1:
        curves[name].append(area_under_curve([s for s, _ in pairs], [one for _, one in pairs]))


def measure_candidates(labelled: Sequence[Labelled], rounds: int) -> Figures:
    """Whether the code held out is among the first groups of what was read and left uncoded."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for code, passages, _ in each_held_out(labelled, 0.25, rounds):
        rest = [p for p in passages if p.is_read and not p.is_coded]
        if sum(code in labelled[p.start].codes for p in rest) < LEAST_OF_CODE // 2:
            continue
        judged = judge_uncoded(passages, seed=1)
        scores = dict(judged.ranked()) if judged else {}
        groups = [
            g.typical for g in find_groups(rest, 1, beside=passages, unexplained=scores)[:FIRST]
        ]
        unread = [p for p in passages if not p.is_read]
        hits["read"].append(is_hit(labelled, groups, code))
        hits["k-means, read"].append(is_hit(labelled, plain_groups(rest)[:FIRST], code))
        if has_bertopic():
            topics = bertopic_groups(rest)[:FIRST]
            hits["BERTopic, read"].append(is_hit(labelled, topics, code))
        if sum(code in labelled[p.start].codes for p in unread) >= LEAST_OF_CODE // 2:
            listed = find_groups(unread, 1, beside=passages, unexplained=scores)
            groups = [g.typical for g in listed[:FIRST]]
            hits["unread"].append(is_hit(labelled, groups, code))
    return {f"held-out code in the first 3, {name}": mean(found) for name, found in hits.items()}


def is_hit(labelled: Sequence[Labelled], groups: Sequence[Sequence[Passage]], code: str) -> bool:
    """Whether at least half of a group's typical passages have the code."""
    return any(
        2 * sum(code in labelled[p.start].codes for p in typical) >= len(typical)
        for typical in groups
    )


def plain_groups(passages: Sequence[Passage]) -> list[list[Passage]]:
    """k-means once, every passage in a group: its five nearest the centre, the biggest first."""
    import numpy as np

    if len(passages) < 8:
        return []
    texts = [p.text for p in passages]
    rows = learn_vocabulary(texts).weigh(texts)
    points = along(rows, main_directions(rows, DIMENSIONS))
    labels = cluster_rows(points, max(2, round(sqrt(len(passages)))), 1)
    groups = []
    for label in np.unique(labels):
        inside = np.flatnonzero(labels == label)
        centre = points[inside].mean(axis=0)
        nearest = inside[np.argsort(-(points[inside] @ centre), kind="stable")]
        groups.append((len(inside), [passages[place] for place in nearest[:TYPICAL]]))
    return [typical for _, typical in sorted(groups, key=lambda pair: -pair[0])]


def measure_groups(labelled: Sequence[Labelled]) -> Figures:
    """Purity, fidelity, and agreement between seeds, of groups among all passages."""
    passages = [as_passage(place, item) for place, item in enumerate(labelled)]
    runs = [find_groups(passages, seed) for seed in (1, 2)]
    first = runs[0]
    shuffled = random.Random(1).sample(passages, len(passages))
    topics = bertopic_groups(passages) if has_bertopic() else []
    others = {"top-five purity, BERTopic": mean([purity(labelled, g) for g in topics] or [0])}
    return {
        **(others if topics else {}),
        "groups": len(first),
        "share of passages in a group": sum(len(g.members) for g in first) / len(passages),
        "top-five purity": mean([purity(labelled, g.typical) for g in first] or [0]),
        "top-five purity, k-means": mean(purity(labelled, g) for g in plain_groups(passages)),
        "key words' fidelity AUC": mean([g.fidelity for g in first] or [0]),
        "ARI between two seeds": agreement_of_groups(*runs),
        "another order changes nothing": float(find_groups(shuffled, 1) == first),
    }


def purity(labelled: Sequence[Labelled], typical: Sequence[Passage]) -> float:
    counted = Counter(code for p in typical for code in labelled[p.start].codes)
    return max(counted.values(), default=0) / len(typical)


def agreement_of_groups(one: Sequence, other: Sequence) -> float:
    """Adjusted Rand index over the passages that are in a group in both."""
    from sklearn.metrics import adjusted_rand_score

    labels = [{p: n for n, g in enumerate(run) for p in g.members} for run in (one, other)]
    both = sorted(labels[0].keys() & labels[1].keys())
    return float(adjusted_rand_score([labels[0][p] for p in both], [labels[1][p] for p in both]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--norne", choices=("dev", "report"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--only", choices=("codes", "unexplained", "candidates", "groups", "speed"))
    chosen = parser.parse_args()
    if chosen.file:
        sets = {chosen.file.stem: read_labelled(chosen.file)}
    else:
        sets = norne_sets(chosen.norne) if chosen.norne else {"made up": make_labelled()}
    found = {name: measure_all(name, labelled, chosen) for name, labelled in sets.items()}
    if len(sets) > 1:
        found["mean"] = mean_figures(list(found.values()))
        print_figures("mean", found["mean"])
    if chosen.speed or chosen.only == "speed":
        found["speed"] = measure_one_more() | measure_round_trip()
        for count in (5_000, 100_000):
            found["speed"] |= measure_speed(count)
        print_figures("speed", found["speed"])
    rounded = {n: {k: round(v, 4) for k, v in f.items()} for n, f in found.items()}
    json.dump(rounded, sys.stdout, indent=1)


def measure_all(name: str, labelled: Sequence[Labelled], chosen: argparse.Namespace) -> Figures:
    measures: dict[str, Callable[[], Figures]] = {
        "codes": lambda: measure_codes(labelled, chosen.rounds),
        "unexplained": lambda: measure_unexplained(labelled, max(1, chosen.rounds // 3)),
        "candidates": lambda: measure_candidates(labelled, max(1, chosen.rounds // 3)),
        "groups": lambda: measure_groups(labelled),
    }
    found: Figures = {}
    for measured, measure in measures.items():
        if chosen.only in (None, measured):
            found |= measure()
    print_figures(name, found)
    return found


def mean_figures(listed: Sequence[Figures]) -> Figures:
    names = dict.fromkeys(name for figures in listed for name in figures)
    return {name: mean(f[name] for f in listed if name in f) for name in names}


def print_figures(of: str, figures: Figures) -> None:
    for name, value in figures.items():
        print(f"{of:<20}{name:<60}{value:10.3f}", flush=True)


if __name__ == "__main__":
    main()
