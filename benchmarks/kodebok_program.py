"""Times kodebok's own acts: CPU seconds in process after imports, the median of several runs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

import kodebok
from benchmarks.corpus import Corpus, make_corpus
from benchmarks.files import write_text_files
from benchmarks.kodebok_study import (
    Loaded,
    arrivals,
    bring_in,
    code_one_by_one,
    load,
)
from benchmarks.timing import Report, Stopwatch, cpu_seconds, nothing
from kodebok.anonymise.gate import ExportContent, UnappliedGate
from kodebok.coding import corrections
from kodebok.coding.finding import find
from kodebok.coding.retrieval import load_cooccurrence, load_coverage, load_matrix
from kodebok.domain.span import Span
from kodebok.export.chapter import make_chapter
from kodebok.export.contents import texts_in
from kodebok.export.presets import choose_preset
from kodebok.export.refi import qdpx_bytes
from kodebok.export.word import word_bytes
from kodebok.storage import codes, history
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.storage.integrity import check_store
from kodebok.study.opening import create_study
from kodebok.study.view import load_view

# Seconds at scale 1, from the table of budgets; infinite where there is none.
BUDGETS = {
    "help": 0.060,
    "import_30": 0.13,
    "index_30": 0.3,
    "one_coding": 0.005,
    "codings_5000": 1.0,
    "floor_5000": float("inf"),
    "undo_5000": float("inf"),
    "correction": float("inf"),
    "excerpts_one_code": 0.006,
    "matrix": float("inf"),
    "coverage": float("inf"),
    "cooccurrence": 0.030,
    "word_5000": 1.0,
    "refi_out": 0.2,
    "search_first_100": 0.050,
    "search_prefix_100": 0.050,
    "check": float("inf"),
}


def measure_kodebok(scale: int, runs: int, keys: tuple[str, ...]) -> Report:
    """One report; the study lies in a folder for temporary files."""
    report = Report("kodebok", kodebok.__version__, scale)
    corpus = make_corpus(scale)
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(report, corpus, Path(folder), runs)
        for key in keys:
            getattr(bench, key)()
    return report


class _Bench:
    """One method for each figure."""

    def __init__(self, report: Report, corpus: Corpus, folder: Path, runs: int) -> None:
        self.report = report
        self.corpus = corpus
        self.folder = folder
        self.runs = runs
        self._made = 0
        self._loaded: Loaded | None = None

    def _new_folder(self) -> Path:
        self._made += 1
        return self.folder / f"study-{self._made}"

    @property
    def loaded(self) -> Loaded:
        """The coded study, made when it is first needed."""
        if self._loaded is None:
            self._loaded = load(self.corpus, self._new_folder())
        return self._loaded

    def _time(self, key: str, act: Callable[[], object], note: str) -> None:
        seconds = cpu_seconds(lambda _: act(), nothing, self.runs)
        self.report.put(key, seconds, note)

    def help(self) -> None:
        """A whole process, with the interpreter's own start."""
        seconds = []
        for _ in range(max(self.runs, 9)):
            process = subprocess.Popen(
                [sys.executable, "-m", "kodebok", "--help"], stdout=subprocess.DEVNULL
            )
            _pid, _status, usage = os.wait4(process.pid, 0)
            process.returncode = 0
            seconds.append(usage.ru_utime + usage.ru_stime)
        self.report.put("help", seconds, "whole process, user + system")

    def import_30(self) -> None:
        """Reading 30 text files and storing them; the index is timed apart."""
        from kodebok.sources import read_file
        from kodebok.storage import history as writing

        files = self.folder / "files"
        files.mkdir()
        write_text_files(self.corpus, files)
        paths = sorted(files.iterdir())
        index = writing.text_edits.index_turns
        whole, indexing = [], []
        for _ in range(self.runs):
            study = create_study(self._new_folder(), "Korpus")
            watch = Stopwatch()

            def timed(store, source_id, watch=watch):  # noqa: ANN001, ANN202
                with watch:
                    index(store, source_id)

            writing.text_edits.index_turns = timed
            with Stopwatch() as all_of_it:
                bring_in(study, [arrival for path in paths for arrival in read_file(path)])
            writing.text_edits.index_turns = index
            indexing.append(watch.seconds)
            whole.append(all_of_it.seconds - watch.seconds)
        self.report.put("import_30", whole, "txt with labels: read, plan, store; index apart")
        self.report.put("index_30", indexing, "the full-text index of the same")

    def index_30(self) -> None:
        """Measured with `import_30`."""

    def one_coding(self) -> None:
        """Median over 500 codings, each an act."""
        loaded = load(self.corpus, self._new_folder(), coded=False)
        code_one_by_one(loaded, self.corpus, 100)
        singles = []
        for number in range(100, 600):
            rest = self.corpus.codings[number : number + 1]
            one = Corpus(self.corpus.sources, self.corpus.codes, self.corpus.coders, rest)
            with Stopwatch() as watch:
                code_one_by_one(loaded, one)
            singles.append(watch.seconds)
        self.report.put("one_coding", [median(singles)], "median of 500 acts, each durable")

    def codings_5000(self) -> None:
        """Each coding its own act with its event."""
        seconds = cpu_seconds(
            lambda loaded: code_one_by_one(loaded, self.corpus),
            lambda: load(self.corpus, self._new_folder(), coded=False),
            self.runs,
        )
        self.report.put("codings_5000", seconds, "WAL, synchronous=FULL")

    def floor_5000(self) -> None:
        """What 5,000 transactions of one small row cost on this disk, with the same settings."""
        path = self._new_folder()
        with closing(sqlite3.connect(path, isolation_level=None)) as bare:
            bare.execute("PRAGMA journal_mode=WAL")
            bare.execute("PRAGMA synchronous=FULL")
            bare.execute("CREATE TABLE act (id INTEGER PRIMARY KEY, body TEXT)")
            with Stopwatch() as watch:
                for _ in range(5_000):
                    bare.execute("BEGIN IMMEDIATE")
                    bare.execute("INSERT INTO act (body) VALUES (?)", ["x" * 300])
                    bare.execute("COMMIT")
        self.report.put("floor_5000", [watch.seconds], "one row each, nothing else")

    def undo_5000(self) -> None:
        """5,000 acts taken back one by one."""
        loaded = load(self.corpus, self._new_folder(), coded=False)
        code_one_by_one(loaded, self.corpus)
        with Stopwatch() as watch:
            for _ in self.corpus.codings:
                history.undo(loaded.study.store, loaded.coder_ids[0])
        self.report.put("undo_5000", [watch.seconds], "each durable")

    def correction(self) -> None:
        """A word put in at the beginning of a source and taken out again."""
        store, me = self.loaded.study.store, self.loaded.coder_ids[0]
        source = self.loaded.source_ids[0]

        def act() -> None:
            corrections.correct_text(store, me, source, Span(0, 0), "Ja, ")
            history.undo(store, me)

        self._time("correction", act, "a correction and its undo, codings behind it shifted")

    def excerpts_one_code(self) -> None:
        """The biggest code."""
        store = self.loaded.study.store
        tree = codes.load_code_tree(store)
        wanted = ExcerptFilter(code_ids=(self.loaded.code_ids[self.corpus.biggest_code],))
        found = len(load_excerpts(store, tree, wanted))
        self._time(
            "excerpts_one_code", lambda: load_excerpts(store, tree, wanted), f"{found} excerpts"
        )

    def matrix(self) -> None:
        """Codes against participants."""
        self._time("matrix", lambda: load_matrix(self.loaded.study.store), "codes x participants")

    def coverage(self) -> None:
        """Coverage of every source."""
        self._time("coverage", lambda: load_coverage(self.loaded.study.store), "every source")

    def cooccurrence(self) -> None:
        """All pairs of codes."""
        store = self.loaded.study.store
        self._time("cooccurrence", lambda: load_cooccurrence(store), "40 x 40")

    def word_5000(self) -> None:
        """From the database to bytes, looked through by the gate."""
        study = self.loaded.study

        def act() -> None:
            view = load_view(study)
            content = word_bytes(make_chapter(view, choose_preset("code-id"), from_codings=True))
            texts = tuple(texts_in(content))
            UnappliedGate().check(ExportContent("word", "funn.docx", texts))

        self._time("word_5000", act, "read, chapter, docx, gate (nothing anonymised yet)")

    def refi_out(self) -> None:
        """The whole study as .qdpx."""
        study = self.loaded.study
        self._time("refi_out", lambda: qdpx_bytes(load_view(study)), "read and packed")

    def search_first_100(self) -> None:
        """A common word."""
        store = self.loaded.study.store
        self._time("search_first_100", lambda: find(store, "samarbeid", limit=100), "a word")

    def search_prefix_100(self) -> None:
        """A prefix."""
        store = self.loaded.study.store
        self._time("search_prefix_100", lambda: find(store, "sam*", limit=100), "a prefix")

    def check(self) -> None:
        """`kodebok check`."""
        self._time("check", lambda: check_store(self.loaded.study.store), "everything verified")


__all__ = ["BUDGETS", "arrivals", "measure_kodebok"]
