"""`python -m benchmarks.merging`: two copies of the corpus, one of which coded, merged.

The study holds half of the corpus's codings. The other copy codes the other half one by one, each
an act of its own (2,500 at scale 1); or this copy corrects a word in each source besides. CPU time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.corpus import Corpus, make_corpus
from benchmarks.kodebok_study import Loaded, load
from benchmarks.timing import Stopwatch
from kodebok.coding import passages
from kodebok.coding.corrections import correct_text
from kodebok.domain.coding import CodingOrigin
from kodebok.domain.merge import Choice
from kodebok.domain.span import Span
from kodebok.domain.text import word_spans
from kodebok.storage import sources
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from kodebok.study.merging import open_merge
from kodebok.study.opening import Study, open_study


def code_half(loaded: Loaded, study: Study, corpus: Corpus, *, one_by_one: bool) -> None:
    """Code every other coding of the corpus, from the first or the second."""
    for coding in corpus.codings[1::2] if one_by_one else ():
        passages.code_passage(
            study.store,
            loaded.coder_ids[coding.coder],
            loaded.source_ids[coding.source],
            Span(coding.start, coding.end),
            [loaded.code_ids[coding.code]],
        )
    if not one_by_one:
        with study.store.act("coding.add", loaded.coder_ids[0]) as act:
            for coding in corpus.codings[::2]:
                passages.add_codings(
                    act,
                    loaded.source_ids[coding.source],
                    Span(coding.start, coding.end),
                    [loaded.code_ids[coding.code]],
                    CodingOrigin.IMPORT,
                    loaded.coder_ids[coding.coder],
                )


def correct_one_word_each(study: Study) -> None:
    for source in sources.load_sources(study.store):
        text = sources.load_text(study.store, source.id)
        word = next(word_spans(text, len(text) // 2))
        new = text[word.start : word.end] + "s"
        correct_text(study.store, study.coder.id, source.id, word, new)


def merge(folder: Path, other: Path) -> dict[str, float]:
    """CPU seconds to look at the other copy, to take it in, and to take that back."""
    look, take, back = Stopwatch(), Stopwatch(), Stopwatch()
    with ExitStack() as stack, open_study(folder) as study:
        with look:
            merging = stack.enter_context(open_merge(study, other))
            if merging is None:
                raise RuntimeError("the other copy holds nothing new")
            merging.always = Choice.MINE
            preview = merging.preview()
        with take:
            merging.take(preview)
        if check_store(study.store):
            raise RuntimeError("the merged study is not whole")
        with back:
            undo(study.store, study.coder.id)
    return {"look": look.seconds, "take": take.seconds, "undo": back.seconds}


def measure(scale: int) -> dict[str, float]:
    corpus = make_corpus(scale)
    with tempfile.TemporaryDirectory() as name:
        here, there = Path(name, "here"), Path(name, "there")
        loaded = load(corpus, here, coded=False)
        code_half(loaded, loaded.study, corpus, one_by_one=False)
        loaded.study.close()
        shutil.copytree(here, there)
        with open_study(there) as study:
            study.store.db.execute("PRAGMA synchronous=OFF")
            code_half(loaded, study, corpus, one_by_one=True)
        figures = {f"codings: {key}": value for key, value in merge(here, there).items()}
        with open_study(here) as study:
            correct_one_word_each(study)
        corrected = merge(here, there)
        return {**figures, **{f"and corrections here: {k}": v for k, v in corrected.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--growth", action="store_true")
    asked = parser.parse_args()
    scales = [asked.scale, *([asked.scale * 10] if asked.growth else [])]
    reports = {scale: measure(scale) for scale in scales}
    for name in reports[asked.scale]:
        figures = [report[name] for report in reports.values()]
        ratio = f"{figures[-1] / figures[0]:>8.1f}" if asked.growth else ""
        shown = "".join(f"{1000 * figure:>12,.0f} ms" for figure in figures)
        print(f"{name:<38}{shown}{ratio}", file=sys.stderr)
    print(json.dumps({"seconds_by_scale": reports}, indent=1))


if __name__ == "__main__":
    main()
