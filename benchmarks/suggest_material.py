"""Labelled passages to try suggestions on: read from a file, or made up from a seed.

Made-up interviews have themes with words of their own (in several forms, shared in part between
neighbours), a common stock of everyday words, each informant's pet words, and passages that are
about nothing in particular. They say how the recipe behaves, not how it does on real talk.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.words import cumulative_weights, make_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = ("", "en", "er", "ene", "et", "e", "ing", "s")
THEME_WORDS, PET_WORDS = 18, 12
SHARE_OF_THEME, SHARE_OF_PET = 0.12, 0.05
SHARE_FROM_NEIGHBOUR = 0.35
SHARE_ABOUT_NOTHING = 0.2
SHARE_WITH_TWO_CODES = 0.15


@dataclass(frozen=True)
class Labelled:
    """A passage and the codes that a person gave it; none for one that was left without."""

    text: str
    source: str
    codes: tuple[str, ...]


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
