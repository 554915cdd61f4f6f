"""`python -m benchmarks.gate`: how long the gate takes on the corpus, fresh and cached.

The study counts as anonymised, with 200 entities that the open key knows. *Fresh* is with nothing
remembered: the finders read every source, and every line is looked through. *Cached* is a new gate
on the same study, as the next command makes it. Opening the key (2 s on purpose) is apart.
`--scale N` takes a corpus N times the size; `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.corpus import make_corpus
from benchmarks.kodebok_study import load
from benchmarks.timing import Fresh, Stopwatch
from kodebok.anonymise.finders_version import finders_version
from kodebok.anonymise.gate import ExportContent, ExportText, GateVerdict
from kodebok.anonymise.key_file import KeyContent, OpenKey
from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.pseudonym_stock import Style, given_names, place_stock
from kodebok.domain.entity import Action, Entity
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.ids import new_id
from kodebok.export.chapter import make_chapter
from kodebok.export.contents import texts_in
from kodebok.export.presets import choose_preset
from kodebok.export.word import word_bytes
from kodebok.storage import anonymisation, entities, gate_memory, sources
from kodebok.storage.anonymisation import AnonymisationState
from kodebok.study.gating import study_gate
from kodebok.study.opening import Study
from kodebok.study.view import load_view

ENTITIES = 200
RUNS = 5
BUDGETS = {"corpus_fresh": 40.0, "corpus_cached": 1.0, "word_5000_cached": 1.0}


def anonymise(study: Study) -> list[Entity]:
    """Let the study count as anonymised, with names that its key knows."""
    dice = random.Random(1)
    given = [*given_names(Style.FEMALE), *given_names(Style.MALE)]
    known = []
    with study.store.act("entity.add", study.coder.id) as act:
        for number in range(ENTITIES):
            is_place = number % 4 == 0
            last = dice.choice(place_stock())
            name = last if is_place else f"{dice.choice(given)} {last}"
            type_ = IdentifierType.PLACE if is_place else IdentifierType.PERSON
            one = Entity(new_id(), type_, name, (), Action.TAG, f"[NAVN-{number}]")
            known.append(entities.add_entity(act, one))
        project = study.project().id
        anonymisation.write_state(act, AnonymisationState(project, "2026", 1, is_applied=True))
    study.key = OpenKey(study.folder / "key", KeyContent(project, 1), "passphrase")
    return known


def measure(study: Study, known: list[Entity]) -> dict[str, float]:
    """CPU seconds by what was done."""
    texts = {one.name: sources.load_text(study.store, one.id)
             for one in sources.load_sources(study.store)}  # fmt: skip
    corpus = ExportContent("text", "korpus.txt", tuple(ExportText(n, t) for n, t in texts.items()))

    def word() -> bytes:
        view = load_view(study)
        return word_bytes(make_chapter(view, choose_preset("code-id"), from_codings=True))

    def word_with_gate() -> GateVerdict:
        content = ExportContent("word", "funn.docx", tuple(texts_in(word())))
        return study_gate(study).check(content)

    found: dict[str, float] = {}
    found["mentions"] = _median(lambda: list(map(MentionFinder(known).find, texts.values())))
    gate_memory.forget_what_was_read(study.store)
    found["corpus_fresh"], verdict = _timed(lambda: study_gate(study).check(corpus))
    if not verdict.passes:
        _let_pass(study)
        gate_memory.keep_clean(study.store, gate_memory.load_clean(study.store, "none"))
        found["lines_fresh"], verdict = _timed(lambda: study_gate(study).check(corpus))
    found["corpus_cached"] = _median(lambda: study_gate(study).check(corpus))
    found["word_5000_fresh_lines"], _verdict = _timed(word_with_gate)
    found["word_5000_cached"] = _median(word_with_gate)
    found["word_5000_alone"] = _median(word)
    found["passes"] = float(verdict.passes)
    return found


def _let_pass(study: Study) -> None:
    """The corpus is of invented words: what the finders take for names is decided to be none."""
    with study.store.act("entity.add", study.coder.id) as act:
        seen = set()
        for source_id, spans in gate_memory.load_found(study.store, finders_version()).items():
            text = sources.load_text(study.store, source_id)
            for span in spans:
                name = text[span.start : span.end]
                if name.lower() not in seen:
                    seen.add(name.lower())
                    entities.add_entity(act, Entity(new_id(), span.type, name, (), Action.KEEP))


def _timed(act: Callable[[], Fresh]) -> tuple[float, Fresh]:
    with Stopwatch() as watch:
        made = act()
    return watch.seconds, made


def _median(act: Callable[[], object]) -> float:
    return median(_timed(act)[0] for _ in range(RUNS))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--json", type=Path, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(make_corpus(asked.scale), Path(folder) / "study")
        with loaded.study as study:
            found = measure(study, anonymise(study))
    for name, seconds in found.items():
        budget = f"{BUDGETS[name]:8.1f} s" if name in BUDGETS else " " * 10
        print(f"{name:<24}{seconds:10.3f} s{budget}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
