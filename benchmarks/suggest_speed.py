"""How quick suggestions are: CPU seconds of all that they do, and of one more coding."""

from __future__ import annotations

import random
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.suggest_material import as_example, as_passage, make_labelled
from benchmarks.timing import Stopwatch
from kodebok.suggest.codes import CodeLearner, learn_codes
from kodebok.suggest.groups import find_groups
from kodebok.suggest.unexplained import judge_uncoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from kodebok.suggest.passages import Passage

NORMAL_PASSAGES, NORMAL_CODES, NORMAL_INTERVIEWS, NORMAL_EXAMPLES = 1_500, 30, 8, 600
SHOWN_PASSAGES = 10
RUNS = 7


def measure_speed(count: int) -> dict[str, float]:
    """CPU seconds of codes, the unexplained and groups, on so many made-up passages."""
    labelled = make_labelled(count, themes=30, interviews=max(10, count // 200), seed=2)
    dice = random.Random(1)
    coded = {p for p, i in enumerate(labelled) if i.codes and dice.random() < 1_500 / count}
    passages = [as_passage(p, i, is_read=True, is_coded=p in coded) for p, i in enumerate(labelled)]
    examples = [as_example(p, labelled[p]) for p in sorted(coded)]
    uncoded = [p for p in passages if not p.is_coded]
    scores: dict[Passage, float] = {}

    def judge() -> None:
        judged = judge_uncoded(passages, 1)
        scores.update(judged.ranked() if judged else ())

    acts: dict[str, Callable[[], object]] = {
        "codes": lambda: learn_codes(examples, (p.text for p in passages)).guess(
            [p.text for p in uncoded]
        ),
        "unexplained": judge,
        "groups": lambda: find_groups(uncoded, 1, beside=passages, unexplained=scores),
    }
    found = {}
    for name, act in acts.items():
        with Stopwatch() as watch:
            act()
        found[f"{count:,} passages, {name}, CPU s"] = watch.seconds
    found[f"{count:,} passages, all, CPU s"] = sum(found.values())
    found[f"{count:,} passages, peak MB"] = peak_megabytes()
    return found


def measure_one_more() -> dict[str, float]:
    """CPU milliseconds from one more coding to new suggestions, explained, in a normal study."""
    labelled = make_labelled(NORMAL_PASSAGES, NORMAL_CODES, NORMAL_INTERVIEWS, seed=3)
    coded = [place for place, item in enumerate(labelled) if item.codes]
    later = set(coded[NORMAL_EXAMPLES:])
    uncoded = [i.text for p, i in enumerate(labelled) if not i.codes or p in later]
    learner = CodeLearner(item.text for item in labelled)
    rows = learner.vocabulary.weigh(uncoded)
    examples = [as_example(place, labelled[place]) for place in coded[:NORMAL_EXAMPLES]]
    learner.learn(examples).guess_rows(rows)
    seconds = []
    for place in coded[NORMAL_EXAMPLES : NORMAL_EXAMPLES + RUNS]:
        examples.append(as_example(place, labelled[place]))
        with Stopwatch() as watch:
            model = learner.learn(examples)
            guessed = model.guess_rows(rows)
            best = sorted(range(len(uncoded)), key=lambda at: -guessed[at][0].score)
            for at in best[:SHOWN_PASSAGES]:
                for guess in guessed[at]:
                    model.explain(uncoded[at], guess.code_id)
                    model.nearest_examples(uncoded[at], guess.code_id)
        seconds.append(watch.seconds)
    return {"one more coding, CPU ms": median(seconds) * 1000}


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
