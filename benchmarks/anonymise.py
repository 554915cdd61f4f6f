"""`python -m benchmarks.anonymise`: how many names the finders find, and how fast.

Measures NorNE's dev parts, as they are written and in lower case, each ten sentences as a study of
its own (`--as-study`: a part as one study). Thresholds were chosen on the held-out seventh of the
training parts, which `--held-out` measures (only fair with a model trained with `--hold-out`). The
dev figures were looked at twice on the way: they led to the nynorsk forms of ordinary words and to
a stricter likely tier, whose values were then chosen on the held-out part.
Installed spaCy models are measured beside. `KODEBOK_NORNE` names
the folder of the data; spaCy is needed to read them. `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks import norne
from kodebok.anonymise.finding import TextToSearch, find_identifiers
from kodebok.domain.identifier import Identifier, Tier
from kodebok.domain.text import word_spans

PARTS = ("nob-dev", "nno-dev")
HELD_OUT = 7
PACKAGES = ("nb_core_news_sm", "nb_core_news_md", "nb_core_news_lg")
GOALS = {
    "covered": (0.98, 0.93),
    "precision": (0.85, 0.65),
    "likely_precision": (0.95, None),
    "likely_recall": (0.90, None),
}
NAMED = ("person", "place", "organisation")
_WORDS_OF_AN_HOUR = 9_000

Stretch = tuple[int, int, bool]  # start, end, whether it is likely
Finder = Callable[[Sequence[str]], list[list[Stretch]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one part.

    Attributes:
        covered: Share of persons, places and organisations of which every letter is in something
            that was found, in either tier.
        precision: Share of the words found (as names) that belong to any name.
        strict_precision: The same, counting persons, places and organisations alone as names.
        likely_precision, likely_recall: Of the words of the likely tier; recall counts the words of
            persons, places and organisations.
    """

    finder: str
    part: str
    covered: float
    precision: float
    strict_precision: float
    likely_precision: float
    likely_recall: float
    words_per_second: float


def kodebok_alone(texts: Sequence[str]) -> list[list[Stretch]]:
    """Each text as a study of its own."""
    return [_names(find_identifiers([TextToSearch("", text)])) for text in texts]


def kodebok_study(texts: Sequence[str]) -> list[list[Stretch]]:
    """All texts as one study."""
    found = find_identifiers([TextToSearch(str(n), text) for n, text in enumerate(texts)])
    by_text: list[list[Identifier]] = [[] for _ in texts]
    for one in found:
        by_text[int(one.source)].append(one)
    return [_names(own) for own in by_text]


def _names(found: Iterable[Identifier]) -> list[Stretch]:
    return [(one.start, one.end, one.tier is Tier.LIKELY) for one in found if one.type.is_name]


def spacy_finder(package: str) -> Finder:
    """The entities of an installed spaCy model; all of them likely."""
    import spacy

    model = spacy.load(package)

    def find(texts: Sequence[str]) -> list[list[Stretch]]:
        docs = model.pipe(texts)
        return [[(ent.start_char, ent.end_char, True) for ent in doc.ents] for doc in docs]

    return find


def measure(name: str, find: Finder, part: str, texts: Sequence[norne.Text]) -> Figures:
    """The figures of one finder on one part."""
    begin = time.process_time()
    found = find([text.text for text in texts])
    seconds = time.process_time() - begin
    counts = {key: [0, 0] for key in ("covered", "precision", "strict", "likely", "recall")}
    words = 0
    for text, stretches in zip(texts, found, strict=True):
        words += _count(text, stretches, counts)
    share = {key: hits / of if of else 0.0 for key, (hits, of) in counts.items()}
    return Figures(name, part, share["covered"], share["precision"], share["strict"],
                   share["likely"], share["recall"], words / seconds)  # fmt: skip


def _count(text: norne.Text, stretches: Sequence[Stretch], counts: dict[str, list[int]]) -> int:
    """Add one text to the counts; gives its number of words."""
    inside, likely = _characters(stretches), _characters(s for s in stretches if s[2])
    any_name = _characters((n.start, n.end, True) for n in text.names)
    named = _characters((n.start, n.end, True) for n in text.names if n.type in NAMED)
    for name in text.names:
        if name.type in NAMED:
            letters = [at for at in range(name.start, name.end) if text.text[at].isalnum()]
            _add(counts["covered"], all(at in inside for at in letters))
    words = list(word_spans(text.text))
    for word in words:
        if word.start in inside:
            _add(counts["precision"], word.start in any_name)
            _add(counts["strict"], word.start in named)
        if word.start in likely:
            _add(counts["likely"], word.start in any_name)
        if word.start in named:
            _add(counts["recall"], word.start in likely)
    return len(words)


def _characters(stretches: Iterable[Stretch]) -> set[int]:
    return {at for start, end, _ in stretches for at in range(start, end)}


def _add(count: list[int], is_hit: bool) -> None:
    count[0] += is_hit
    count[1] += 1


def seconds_of_an_hour(texts: Sequence[norne.Text]) -> float:
    """Wall-clock seconds for a fresh process to load all and read an hour's interview."""
    words = " ".join(text.text for text in texts).split(" ")[:_WORDS_OF_AN_HOUR]
    script = (
        "import sys; from kodebok.anonymise.finding import *; "
        "find_identifiers([TextToSearch('', sys.stdin.read())])"
    )
    begin = time.perf_counter()
    content = " ".join(words).encode()
    subprocess.run([sys.executable, "-c", script], input=content, check=True)
    return time.perf_counter() - begin


def load_part(part: str, *, held_out: bool) -> list[norne.Text]:
    """A dev part, or the held-out seventh of a training part."""
    texts = norne.load_texts(part.replace("-dev", "-train") if held_out else part)
    return texts[len(texts) - len(texts) // HELD_OUT :] if held_out else texts


def table(figures: Sequence[Figures]) -> str:
    """Figures beside the goals; `*` marks a goal that was missed."""
    heads = {"covered": 9, "precision": 11, "(strict)": 10, "likely P": 10, "likely R": 10}
    head = "".join(title.rjust(width) for title, width in heads.items())
    lines = [f"{'finder':<20}{'part':<16}{head}{'words/s':>10}"]
    for one in figures:
        cells = [_cell(one, key) for key in ("covered", "precision")]
        cells += [f"{one.strict_precision:.3f} "]
        cells += [_cell(one, key) for key in ("likely_precision", "likely_recall")]
        row = "".join(cell.rjust(width) for cell, width in zip(cells, heads.values(), strict=True))
        lines.append(f"{one.finder:<20}{one.part:<16}{row}{one.words_per_second:>10,.0f}")
    return "\n".join(lines)


def _cell(one: Figures, key: str) -> str:
    value = getattr(one, key)
    goal = GOALS[key]["lower" in one.part]
    return f"{value:.3f}{'*' if goal and value < goal else ' '}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.anonymise", description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--as-study", action="store_true")
    parser.add_argument("--json", type=Path, default=None)
    asked = parser.parse_args()
    finders: dict[str, Finder] = {"kodebok": kodebok_alone}
    if asked.as_study:
        finders["kodebok, one study"] = kodebok_study
    finders |= {name: spacy_finder(name) for name in PACKAGES if find_spec(name)}
    kodebok_alone(["Kari er fra Bindal."])
    figures = []
    for part in PARTS:
        texts = load_part(part, held_out=asked.held_out)
        kinds = {part: texts, f"{part} lower": [norne.lower_cased(text) for text in texts]}
        for label, kind in kinds.items():
            figures += [measure(name, find, label, kind) for name, find in finders.items()]
    print(table(figures))
    hour = seconds_of_an_hour(texts)
    print(f"an hour's interview ({_WORDS_OF_AN_HOUR} words), fresh process: {hour:.2f} s")
    if asked.json:
        content = {"hour_seconds": hour, "figures": [asdict(one) for one in figures]}
        asked.json.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
