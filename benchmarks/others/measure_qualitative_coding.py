"""qualitative-coding (`qc`), measured through the functions behind its commands.

Runs inside its own environment; see `environments`.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from itertools import count, product
from shutil import which
from typing import TYPE_CHECKING

from benchmarks.files import write_docx_files
from benchmarks.others.options import Options, report_to_stdout
from benchmarks.others.qualitative_coding_program import (
    COLUMNS,
    QualitativeCoding,
    Typist,
    code_name,
)
from benchmarks.timing import Report, Stopwatch, cpu_seconds, nothing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.corpus import Corpus

LEAST_RUNS_OF_SHORT_ACTS = 21

LACKS = {
    "word_5000": "no export to Word; REFI-QDA, CSV and the terminal only",
    "search_first_100": "no search in the text, only for codes",
}


class Measurement:
    """Takes the figures one after the other; each method answers for its keys.

    Args:
        corpus: the study.
        options: which figures, and how often.
        folder: for projects and files.
        report: where the figures go.
        columns: the longest line of a document; None keeps a turn on one line.
    """

    def __init__(
        self, corpus: Corpus, options: Options, folder: Path, report: Report, columns: int | None
    ) -> None:
        self.corpus = corpus
        self.options = options
        self.folder = folder
        self.report = report
        self.columns = columns
        self._numbers = count()

    def all(self) -> None:
        """Every figure that was asked for."""
        program = self._new_program()
        typist = Typist(self.corpus, program, self.columns)
        typist.write_files(self.folder / "text")
        program.import_folder(self.folder / "text")
        for key, take in {
            "import_30": self.import_documents,
            "codings_5000": self.code_all,
        }.items():
            if key in self.options.keys:
                take()
        self.code_by_document(program, typist)
        for key, take_from in {
            "excerpts_one_code": self.excerpts,
            "cooccurrence": self.cooccurrence,
            "refi_out": self.refi,
        }.items():
            if key in self.options.keys:
                take_from(program)
        if "one_coding" in self.options.keys:
            self.one_coding(program, typist)

    def import_documents(self) -> None:
        """Text as it is; Word through pandoc."""

        def import_text(program: QualitativeCoding) -> None:
            program.import_folder(self.folder / "text")

        seconds = cpu_seconds(import_text, self._new_program, self.options.runs)
        self._put("import_30", seconds, "text files, the importer 'verbatim'")
        if self.columns and which("pandoc"):
            self._import_word()

    def _import_word(self) -> None:
        write_docx_files(self.corpus, self.folder / "docx")

        def import_word(program: QualitativeCoding) -> None:
            program.import_folder(self.folder / "docx", "pandoc")

        runs = self.options.runs
        seconds = cpu_seconds(import_word, self._new_program, runs, with_children=True)
        note = "Word files through pandoc, one process a document; child processes counted"
        self._put("import_30_docx", seconds, note)

    def code_all(self) -> None:
        """Every coding of the corpus kept by itself: a session in the editor for each."""
        program = self._new_program()
        program.import_folder(self.folder / "text")
        typist = Typist(self.corpus, program, self.columns)
        watch = Stopwatch()
        for coding in self.corpus.codings:
            typist.add(coding)
            document, coder = typist.lay_ready(coding.source, coding.coder)
            with watch:
                program.code(document, coder)
        note = "open_editor per coding (the program has no smaller act), less the editor itself"
        self._put("codings_5000", [watch.seconds], note)

    def code_by_document(self, program: QualitativeCoding, typist: Typist) -> None:
        """The whole corpus, one session in the editor for each document and coder."""
        for coding in self.corpus.codings:
            typist.add(coding)
        watch = Stopwatch()
        for source, coder in product(
            range(len(self.corpus.sources)), range(len(self.corpus.coders))
        ):
            document, name = typist.lay_ready(source, coder)
            with watch:
                program.code(document, name)
        note = "as its users work: a session in the editor per document and coder"
        self._put("codings_5000_by_document", [watch.seconds], note)

    def one_coding(self, program: QualitativeCoding, typist: Typist) -> None:
        """One more coding in the coded project."""
        seconds = []
        for coding in self.corpus.codings[: max(self.options.runs, LEAST_RUNS_OF_SHORT_ACTS)]:
            typist.add(replace(coding, start=0, end=20))
            document, coder = typist.lay_ready(coding.source, coding.coder)
            watch = Stopwatch()
            with watch:
                program.code(document, coder)
            seconds.append(watch.seconds)
        note = "open_editor with one code more: codes file, database, codebook.yaml written anew"
        self._put("one_coding", seconds, note)

    def excerpts(self, program: QualitativeCoding) -> None:
        """All lines of the biggest code."""
        name = code_name(self.corpus.codes[self.corpus.biggest_code])
        found = len(program.excerpts(name))
        note = f"get_coded_text_json: {found} coded lines, which the program does not join"
        self._take("excerpts_one_code", lambda: program.excerpts(name), note)

    def cooccurrence(self, program: QualitativeCoding) -> None:
        """All codes against all, by line."""
        note = "get_code_matrix: a query for each pair of codes, counted by line"
        self._take("cooccurrence", program.cooccurrence, note)

    def refi(self, program: QualitativeCoding) -> None:
        """The project as .qdpx."""
        note = "qc export: a selection for each coded line"
        self._take("refi_out", lambda: program.export_refi(self.folder / "out.qdpx"), note)

    def _take(self, key: str, act: Callable[[], object], note: str) -> None:
        self._put(key, cpu_seconds(lambda _: act(), nothing, self.options.runs), note)

    def _put(self, key: str, seconds: list[float], note: str) -> None:
        if self.columns:
            self.report.put(key, seconds, note)
        else:
            self.report.put(f"{key}_by_turn", seconds, f"a turn a line; {note}")

    def _new_program(self) -> QualitativeCoding:
        return QualitativeCoding(self.corpus, self.folder / f"project-{next(self._numbers)}")


def measure(corpus: Corpus, options: Options, folder: Path) -> Report:
    """The program's report on a corpus."""
    report = Report("qualitative-coding", version("qualitative-coding"), options.scale)
    Measurement(corpus, options, folder / "wrapped", report, COLUMNS).all()
    Measurement(corpus, options, folder / "by-turn", report, None).all()
    for key in set(LACKS) & set(options.keys):
        report.lacks(key, LACKS[key])
    return report


if __name__ == "__main__":
    report_to_stdout(measure)
