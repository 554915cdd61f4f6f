"""`python -m benchmarks.proof`: how well and how quickly a manuscript is checked.

Two manuscripts are made. One quotes the example study, which is real Norwegian, 60 times, with
planted drift, cuts, wrong marks, words that nobody said, and literature: recall and false alarms.
The other is as large as a thesis gets (40,000 words) against the corpus (300,000): CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import docx

from benchmarks.corpus import make_corpus
from benchmarks.timing import Stopwatch
from kodebok.domain.code import CodeTree
from kodebok.domain.project import Project
from kodebok.domain.source import Source
from kodebok.domain.text import sentence_spans
from kodebok.export.model import StudyView
from kodebok.study.example import make_example
from kodebok.study.proof import proof_manuscript
from kodebok.study.proof_findings import Kind
from kodebok.study.view import load_view

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = ("«»", "“”", "””", '""', "„“", "»«", "‘’", "«”", "« »")
BARE = ("« ", " »")
EXAMPLE_QUOTATIONS = 60
THESIS_WORDS, THESIS_QUOTATIONS = 40_000, 300
SWAPS = (("ikke", "aldri"), ("det", "dette"), ("vi", "man"), ("jeg", "vi"), ("er", "var"))
NEVER_SAID = (
    "Vi hadde egentlig ventet at regnskapet skulle vise noe helt annet enn dette",
    "Ingen av kommunestyrets medlemmer leste rapporten før den ble vedtatt i juni",
    "For meg var flyttingen den beste perioden i hele arbeidslivet mitt så langt",
    "Det nye fagsystemet sparte avdelingen for omtrent tre stillinger i året",
    "Pasientene klaget aldri på bilene, men de klaget alltid på kjøkkenet",
    "Når styreleder ringte, gikk alle som hadde et kontor og lukket døra",
)
LITERATURE = (
    ("Tillit er en forventning om at andre vil en vel også når de kan la være", "Grimen, 2009"),
    ("Analyse er en vei fra tekst til mening der ingen sti er gitt på forhånd", "Tjora, 2021:12"),
    ("Læring i praksis krever at noen tør å vise fram det de ikke kan", "Wadel, 2002, s. 45"),
    ("Endring begynner når noen oppdager at det gamle ikke lenger bærer", "Lewin, 1951, s. 7"),
    ("Organisasjonen er summen av samtalene som føres når ledelsen har gått", "Stacey, 2008"),
    ("Trygghet er å kunne spørre uten å betale for spørsmålet etterpå", "Edmondson, 1999"),
)
PROSE = (
    "Begrepet «psykologisk trygghet» brukes ofte i denne sammenhengen.",
    "I dette kapitlet legges funnene fram, og de drøftes i neste kapittel.",
    "Utvalget besto av ledere og ansatte, slik tabell 2 viser: fire intervjuer og en gruppe.",
    "Metoden kalles «tekstkondensering», og den er mye brukt (Malterud, 2017).",
    "Vi så etter tre ting: hvem som snakker, hva de snakker om, og når de tier.",
)


@dataclass(frozen=True)
class Planted:
    """A paragraph of the manuscript, and what ought to be said of it."""

    text: str
    expected: Kind
    is_block: bool = False


def plant(view: StudyView, dice: random.Random) -> list[Planted]:
    """60 quotations of the example, drawn from its interviews, in any order."""
    spoken = _sentences(view, dice)
    planted: list[Planted] = []
    for number in range(EXAMPLE_QUOTATIONS - len(NEVER_SAID) - len(LITERATURE)):
        words = spoken[number]
        is_block = number % 6 == 0
        if number % 2:
            words = _set(_drifted(words, dice), dice, is_block=is_block)
            planted.append(Planted(words, Kind.DRIFTED, is_block))
        else:
            shortened = _cut(words, dice) if number % 4 == 0 else words
            planted.append(
                Planted(_set(shortened, dice, is_block=is_block), Kind.IDENTICAL, is_block)
            )
    planted += [Planted(_set(words, dice), Kind.MISSING) for words in NEVER_SAID]
    planted += [
        Planted(f"Det heter at «{words}» ({reference}).", Kind.LITERATURE)
        for words, reference in LITERATURE
    ]
    dice.shuffle(planted)
    return planted


def _sentences(view: StudyView, dice: random.Random) -> list[str]:
    """Stretches of one to three sentences that one participant says."""
    found: list[str] = []
    for source in view.sources.values():
        text = view.texts[source.id]
        for turn in view.turns[source.id]:
            spans = sentence_spans(text, turn.start, turn.end)
            for at in range(0, len(spans) - 2, 3):
                words = text[spans[at].start : spans[at + dice.randint(0, 2)].end]
                if 8 <= len(words.split()) <= 60 and not set("[(") & set(words):
                    found.append(words)
    dice.shuffle(found)
    return found


def _drifted(words: str, dice: random.Random) -> str:
    """One to three words changed, left out or put in, as happens when a text is polished."""
    listed = words.split()
    for _ in range(1 if len(listed) < 12 else dice.randint(1, 3)):
        at = dice.randrange(1, len(listed) - 1)
        swap = dict(SWAPS).get(listed[at].lower())
        way = dice.choice(("out", "in", "change"))
        if swap or way == "change":
            listed[at] = swap or f"{listed[at].rstrip('.,')}ene"
        elif way == "out":
            del listed[at]
        else:
            listed.insert(at, "virkelig")
    return " ".join(listed)


def _cut(words: str, dice: random.Random) -> str:
    listed = words.split()
    if len(listed) < 14:
        return words
    mark = dice.choice(("(…)", "[…]", "…", "(...)"))
    return " ".join([*listed[:5], mark, *listed[8:]])


def _set(words: str, dice: random.Random, *, is_block: bool = False) -> str:
    if is_block:
        return words
    opening, closing = BARE if (marks := dice.choice(MARKS)) == "« »" else tuple(marks)
    way = dice.random()
    if way < 0.1:
        return f"En av dem sier: {words}{closing}"
    if way < 0.2:
        return f"En av dem sier {opening}{words}"
    return f"En av dem sier at {opening}{words}{closing}, og det gjør inntrykk."


def write_docx(path: Path, paragraphs: Sequence[Planted]) -> None:
    document = docx.Document()
    for planted in paragraphs:
        document.add_paragraph(planted.text, style="Quote" if planted.is_block else None)
    document.save(str(path))


def measure_quality(folder: Path, seed: int) -> dict[str, object]:
    """Recall by kind, and what was said of paragraphs where nothing was wrong."""
    dice = random.Random(seed)
    with make_example(folder / f"study{seed}") as study:
        view = load_view(study)
    planted = plant(view, dice)
    prose = [Planted(text, Kind.LITERATURE) for text in PROSE]
    path = folder / "thesis.docx"
    write_docx(path, [*planted, *prose])
    proof = proof_manuscript(view, path)
    told: dict[int, set[Kind]] = {}
    for finding in proof.findings:
        if finding.paragraph is not None:
            told.setdefault(finding.paragraph, set()).add(finding.kind)
    there, found, wrong = Counter[Kind](), Counter[Kind](), 0
    judged = {Kind.IDENTICAL, Kind.DRIFTED, Kind.MISSING, Kind.LITERATURE}
    for number, one in enumerate(planted):
        kinds = told.get(number, set()) & judged
        there[one.expected] += 1
        found[one.expected] += one.expected in kinds
        is_alarm = bool(kinds & {Kind.DRIFTED, Kind.MISSING})
        wrong += is_alarm and one.expected in {Kind.IDENTICAL, Kind.LITERATURE}
        if kinds != {one.expected}:
            print(f"  {one.expected}: {sorted(kinds)}: {one.text[:70]}", file=sys.stderr)
    wrong += sum(bool(told.get(len(planted) + n)) for n in range(len(prose)))
    recall = {str(kind): [found[kind], there[kind]] for kind in there}
    return {"recall": recall, "false_alarms": wrong, "quotations": len(planted)}


def measure_speed(folder: Path) -> dict[str, float]:
    """CPU seconds for a long thesis against the corpus."""
    dice = random.Random(1)
    corpus = make_corpus()
    view = StudyView(
        Project("p", "Benchmark"),
        CodeTree(()),
        sources={s.name: Source(s.name, s.name) for s in corpus.sources},
        texts={s.name: s.text for s in corpus.sources},
    )
    path = folder / "long.docx"
    write_docx(path, _long_thesis(view, dice))
    with Stopwatch() as watch:
        proof = proof_manuscript(view, path)
    counts = proof.counts()
    return {
        "seconds": round(watch.seconds, 2),
        "words": proof.manuscript.words,
        "identical": counts[Kind.IDENTICAL],
        "drifted": counts[Kind.DRIFTED],
        "missing": counts[Kind.MISSING],
    }


def _long_thesis(view: StudyView, dice: random.Random) -> list[Planted]:
    texts = [text.split() for text in view.texts.values()]
    paragraphs: list[Planted] = []
    words, quoted = 0, 0
    while words < THESIS_WORDS:
        if quoted < THESIS_QUOTATIONS:
            source = dice.choice(texts)
            at = dice.randrange(len(source) - 60)
            said = " ".join(source[at : at + dice.randint(8, 60)])
            said = _drifted(said, dice) if quoted % 2 else _cut(said, dice)
            paragraphs.append(Planted(_set(said, dice), Kind.IDENTICAL))
            quoted += 1
            words += len(said.split())
        own = " ".join(dice.choices(dice.choice(texts), k=100))
        paragraphs.append(Planted(f"Vi mener dette: {own}.", Kind.IDENTICAL))
        words += 100
    return paragraphs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proof", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="manuscripts of 60 quotations")
    parser.add_argument("--json", type=Path, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quality = [measure_quality(folder, seed) for seed in range(1, asked.seeds + 1)]
        speed = measure_speed(folder)
    for row in quality:
        print(json.dumps(row, ensure_ascii=False))
    print(json.dumps(speed))
    if asked.json:
        content = {"quality": quality, "speed": speed}
        asked.json.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
