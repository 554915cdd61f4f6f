"""Labelled passages to try suggestions on: read from a file, or made up from a seed.

Made-up interviews have themes with words of their own (in several forms, shared in part between
neighbours), a common stock of everyday words, each informant's pet words, and passages that are
about nothing in particular. They say how the recipe behaves, not how it does on real talk.

NorNE's newspapers are real Norwegian: there a stretch of text is a theme, and what is asked is
whether its sentences, torn apart and without their names, are recognised as belonging together.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.norne import FOLDER
from benchmarks.words import cumulative_weights, make_vocabulary
from kodebok.suggest.passages import Example, Passage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENDINGS = ("", "en", "er", "ene", "et", "e", "ing", "s")
THEME_WORDS, PET_WORDS = 18, 12
SHARE_OF_THEME, SHARE_OF_PET = 0.12, 0.05
SHARE_FROM_NEIGHBOUR = 0.35
SHARE_ABOUT_NOTHING = 0.2
SHARE_WITH_TWO_CODES = 0.15
LEAST_WORDS = 14  # of a sentence that is a passage by itself
MASK = "X"


@dataclass(frozen=True)
class Labelled:
    """A passage and the codes that a person gave it; none for one that was left without."""

    text: str
    source: str
    codes: tuple[str, ...]


def as_example(place: int, item: Labelled) -> Example:
    """A labelled passage as one that was coded."""
    return Example(item.text, item.source, place, place + 1, frozenset(item.codes), str(place))


def as_passage(place: int, item: Labelled, **state: bool) -> Passage:
    """A labelled passage as one of an interview; it can be found again by its `start`."""
    return Passage(item.text, item.source, place, place + 1, item.source, **state)


def read_labelled(path: Path) -> list[Labelled]:
    """One JSON object a line: `text`, `source` (or `informant`), `codes` (or `code`)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        item = json.loads(line)
        codes = item.get("codes", item.get("code") or [])
        codes = [codes] if isinstance(codes, str) else codes
        source = item.get("source") or item.get("informant") or "?"
        found.append(Labelled(item["text"], str(source), tuple(dict.fromkeys(codes))))
    return found


def make_labelled(
    passages: int = 600,
    themes: int = 12,
    interviews: int = 10,
    seed: int = 1,
    clarity: float = SHARE_OF_THEME,
) -> list[Labelled]:
    """Made-up interviews; the same for the same arguments.

    `clarity` is the share of a passage's words that are its theme's own.
    """
    dice = random.Random(seed)
    stems = make_vocabulary(dice)
    weights = cumulative_weights(len(stems))
    rare = stems[len(stems) // 10 :]
    own = [dice.sample(rare, THEME_WORDS) for _ in range(themes)]
    pets = [dice.sample(stems, PET_WORDS) for _ in range(interviews)]
    popularity = [1 / (rank + 2) for rank in range(themes)]
    made = []
    for number in range(passages):
        interview = number % interviews
        about: list[int] = []
        if dice.random() > SHARE_ABOUT_NOTHING:
            about = dice.choices(range(themes), popularity, k=1)
            if dice.random() < SHARE_WITH_TWO_CODES:
                about.append(dice.randrange(themes))
        count = min(12 + int(dice.expovariate(1 / 30)), 200)
        words = []
        for _ in range(count):
            draw = dice.random()
            if about and draw < clarity:
                theme = dice.choice(about)
                if dice.random() < SHARE_FROM_NEIGHBOUR:
                    theme = (theme + 1) % themes
                words.append(dice.choice(own[theme]) + dice.choice(ENDINGS))
            elif draw > 1 - SHARE_OF_PET:
                words.append(dice.choice(pets[interview]))
            else:
                words += dice.choices(stems, cum_weights=weights, k=1)
        codes = tuple(f"tema {theme + 1:02d}" for theme in sorted(set(about)))
        made.append(Labelled(" ".join(words) + ".", f"Intervju {interview + 1:02d}", codes))
    return made


def cut_articles(
    sentences: Sequence[str],
    themes: int,
    passages_each: int,
    sentences_each: int,
    interviews: int,
    articles_each: int,
    seed: int,
) -> list[Labelled]:
    """Real Norwegian text with labels: what stands near each other in a newspaper is one theme.

    Args:
        sentences: Running text, names masked, one article after the other.
        themes: How many stretches of text become themes.
        passages_each: About how many passages a theme has; from half as many to half more.
        sentences_each: Sentences of a passage, more where they are short.
        interviews: How many the passages are spread over, whatever their theme.
        articles_each: From how many places of the text a theme is put together.
        seed: Of the choice.
    """
    dice = random.Random(seed)
    room = passages_each * sentences_each // articles_each * 2 + 20
    places = list(range(0, len(sentences) - 2 * room, room))
    dice.shuffle(places)
    made: list[tuple[str, str]] = []
    for theme in range(themes):
        count = max(6, round(passages_each * dice.uniform(0.5, 1.6))) // articles_each
        for _ in range(articles_each):
            at = places.pop()
            for _ in range(max(1, count)):
                taken: list[str] = []
                while len(taken) < sentences_each or _words(taken) < LEAST_WORDS * sentences_each:
                    taken.append(sentences[at])
                    at += 1
                made.append((" ".join(taken), f"tema {theme + 1:02d}"))
    dice.shuffle(made)
    return [
        Labelled(text, f"Intervju {place % interviews + 1:02d}", (code,))
        for place, (text, code) in enumerate(made)
    ]


def _words(taken: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in taken)


def load_masked_sentences(part: str) -> list[str]:
    """The sentences of a part of NorNE, every name masked; spaCy reads them."""
    import spacy
    from spacy.tokens import DocBin

    vocabulary = spacy.blank("nb").vocab
    sentences = []
    for doc in DocBin().from_disk(FOLDER / f"{part}.spacy").get_docs(vocabulary):
        for sentence in doc.sents:
            text = sentence.text
            for name in reversed(sentence.ents):
                start = name.start_char - sentence.start_char
                text = text[:start] + MASK + text[start + len(name.text) :]
            sentences.append(text)
    return sentences


def norne_sets(half: str) -> dict[str, list[Labelled]]:
    """Sets like short quotes and like paragraphs, from one half of NorNE's training parts.

    Settings are tried on the half `dev`; the half `report` is for reporting alone.
    """
    found = {}
    for part, short in (("nob-train", "nb"), ("nno-train", "nn")):
        everything = load_masked_sentences(part)
        middle = len(everything) // 2
        text = everything[:middle] if half == "dev" else everything[middle:]
        found[f"quotes {short} 1"] = cut_articles(text, 12, 18, 1, 8, 1, 1)
        found[f"quotes {short} 2"] = cut_articles(text, 12, 18, 1, 8, 1, 2)
        found[f"mixed quotes {short}"] = cut_articles(text, 12, 18, 1, 8, 2, 3)
        found[f"paragraphs {short}"] = cut_articles(text, 16, 40, 3, 12, 1, 4)
    return found
