"""Trying suggestions on the user's own codes, with whole interviews left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.suggest.codes import LEAST_EXAMPLES, MOST_CODES, learn_codes
from kodebok.suggest.keywords import area_under_curve
from kodebok.suggest.passages import Example, Material, Passage, fold_number
from kodebok.suggest.unexplained import judge_uncoded

_ = translator("suggest")

MOST_FOLDS = 5
LEAST_SOURCES = 2
MOST_CODES_HELD_OUT = 8
LEAST_HELD_OUT = 5  # passages of a code, for its absence to be told from chance


@dataclass(frozen=True, slots=True)
class CodeTrial:
    """How suggested codes fared against the coder's own.

    Attributes:
        passages: How many own coded passages were tried, each without its interview.
        first: Share of them whose first suggestion was a code that the coder had given.
        among: Share of the coder's codes on them that were among the first three.
        usual_first, usual_among: The same for always naming the codes most used.
    """

    passages: int
    first: float
    among: float
    usual_first: float
    usual_among: float


@dataclass(frozen=True, slots=True)
class UnexplainedTrial:
    """Whether a code would have been found, had the coder never made it.

    Attributes:
        codes: How many codes were taken out, one after the other.
        curve: The chance that a passage of it ranks above another uncoded one; 0.5 is a toss.
    """

    codes: int
    curve: float


Guesser = Callable[[Sequence[Example], Sequence[Example]], tuple[set[str], list[list[str]]]]


def guess_by_letters(
    train: Sequence[Example], held: Sequence[Example]
) -> tuple[set[str], list[list[str]]]:
    """Known codes, and the first three for each passage held out, by the default recipe."""
    model = learn_codes(train, (example.text for example in (*train, *held)))
    guessed = model.guess([example.text for example in held])
    return set(model.lines), [[guess.code_id for guess in guesses] for guesses in guessed]


def try_codes(examples: Sequence[Example], guess: Guesser = guess_by_letters) -> CodeTrial | None:
    """Suggest codes for each interview from all the others; None where that cannot be done."""
    sources = sorted({example.source_id for example in examples})
    if len(sources) < LEAST_SOURCES:
        return None
    folds = {source: place % MOST_FOLDS for place, source in enumerate(sources)}
    tally = _Tally()
    for fold in sorted(set(folds.values())):
        train = [example for example in examples if folds[example.source_id] != fold]
        held = sorted(
            (example for example in examples if folds[example.source_id] == fold), key=_by_place
        )
        known, guessed = guess(train, held)
        counted = Counter(code for e in train for code in e.code_ids & known)
        usual = [code for code, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
        for example, codes in zip(held, guessed, strict=True):
            tally.add(example.code_ids & known, codes, usual)
    return tally.trial()


def _by_place(example: Example) -> tuple[str, str, int, int]:
    return (example.text, example.source_id, example.start, example.end)


@dataclass(slots=True)
class _Tally:
    """What was counted of each passage held out."""

    first: list[bool] = field(default_factory=list)
    among: list[float] = field(default_factory=list)
    usual_first: list[bool] = field(default_factory=list)
    usual_among: list[float] = field(default_factory=list)

    def add(self, true: frozenset[str], codes: list[str], usual: list[str]) -> None:
        if true:
            self.first.append(codes[0] in true)
            self.among.append(len(true & set(codes)) / len(true))
            self.usual_first.append(usual[0] in true)
            self.usual_among.append(len(true & set(usual[:MOST_CODES])) / len(true))

    def trial(self) -> CodeTrial | None:
        if not self.first:
            return None
        shares = (self.first, self.among, self.usual_first, self.usual_among)
        return CodeTrial(len(self.first), *(_mean(share) for share in shares))


def try_unexplained(
    passages: Sequence[Passage], examples: Sequence[Example], seed: int
) -> UnexplainedTrial | None:
    """Take one code after the other out, and see whether its passages rank as unexplained."""
    read = [passage for passage in passages if passage.is_read]
    counted = Counter(code for example in examples for code in example.code_ids)
    ranked = sorted(counted, key=lambda code: fold_number(code, seed, 1 << 62))
    curves = []
    for code in [code for code in ranked if counted[code] >= LEAST_HELD_OUT][:MOST_CODES_HELD_OUT]:
        kept = [example for example in examples if code not in example.code_ids]
        gone = [example for example in examples if code in example.code_ids]
        without = [replace(p, is_coded=_touches(p, kept)) for p in read]
        judged = judge_uncoded(without, seed)
        if judged is None:
            continue
        is_gone = [_touches(passage, gone) for passage in judged.passages]
        if LEAST_HELD_OUT <= sum(is_gone) < len(is_gone):
            curves.append(area_under_curve(judged.scores, is_gone))
    return UnexplainedTrial(len(curves), _mean(curves)) if curves else None


def try_suggestions(
    material: Material, seed: int, guess: Guesser = guess_by_letters
) -> tuple[CodeTrial | None, UnexplainedTrial | None]:
    """Both trials on a coder's own codings; nothing is suggested or kept.

    Raises:
        WrongUseError: There is too little to try it on (K863).
    """
    found = (
        try_codes(material.examples, guess),
        try_unexplained(material.passages, material.examples, seed),
    )
    if found == (None, None):
        raise WrongUseError(
            _("there is too little coding of your own to try it on"),
            _(
                "code at least {n} passages with each of two codes, in more than one source",
                n=LEAST_EXAMPLES,
            ),
            "K863",
        )
    return found


def _touches(passage: Passage, examples: Sequence[Example]) -> bool:
    return any(
        example.source_id == passage.source_id
        and example.start < passage.end
        and passage.start < example.end
        for example in examples
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 6)
