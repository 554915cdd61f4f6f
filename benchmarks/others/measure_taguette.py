"""Taguette, measured through its own request handlers and export functions.

Runs inside Taguette's own environment; see `environments`.
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import count
from shutil import which
from typing import TYPE_CHECKING

from taguette import database, export, extract

from benchmarks.files import (
    PrintedSource,
    write_docx_files,
    write_html_files,
    write_text_files,
)
from benchmarks.others.options import Options, report_to_stdout
from benchmarks.others.taguette_program import Taguette, TaguetteError
from benchmarks.timing import Report, Stopwatch, cpu_seconds, nothing

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from benchmarks.corpus import Coding, Corpus

CALIBRE = "ebook-convert"
NO_CALIBRE = "needs Calibre's ebook-convert, which is not installed here"
LEAST_RUNS_OF_SHORT_ACTS = 21


class Passages:
    """Where codings stand in Taguette's documents: offsets in UTF-8 bytes, HTML tags apart."""

    def __init__(self, corpus: Corpus) -> None:
        self._printed = [PrintedSource(source, between="\n") for source in corpus.sources]
        self._in_order = corpus.codings

    def bytes_of(self, coding: Coding) -> tuple[int, int]:
        """Start and end of a coding."""
        printed = self._printed[coding.source]
        start, end = printed.offset(coding.start), printed.offset(coding.end)
        before = len(printed.text[:start].encode())
        return before, before + len(printed.text[start:end].encode())

    def snippet(self, coding: Coding) -> str:
        """The HTML that Taguette keeps of a coding."""
        printed = self._printed[coding.source]
        words = printed.text[printed.offset(coding.start) : printed.offset(coding.end)]
        return "\n".join(f"<p>{part}</p>" for part in words.split("\n"))


class LoadedProject:
    """A Taguette project with documents and tags in place, ready to be coded."""

    def __init__(self, corpus: Corpus, pages: list[Path], folder: Path) -> None:
        self.program = Taguette(folder)
        self.documents = [self.program.add_document(page) for page in pages]
        self.tags = [self.program.add_tag(code.path) for code in corpus.codes]
        self._passages = Passages(corpus)

    def code(self, coding: Coding, watch: Stopwatch) -> None:
        """One coding, made and committed as Taguette's browser page has it made."""
        start, end = self._passages.bytes_of(coding)
        with watch:
            self.program.add_highlight(
                self.documents[coding.source], start, end, self.tags[coding.code]
            )

    def add_all(self, codings: tuple[Coding, ...]) -> None:
        """All codings at once through Taguette's models, when their time is not asked for."""
        with self.program.session() as db:
            for coding in codings:
                start, end = self._passages.bytes_of(coding)
                highlight = database.Highlight(
                    document_id=self.documents[coding.source],
                    start_offset=start,
                    end_offset=end,
                    snippet=self._passages.snippet(coding),
                )
                highlight.tags = [db.get(database.Tag, self.tags[coding.code])]
                db.add(highlight)
            db.commit()

    def check(self, codings: tuple[Coding, ...]) -> None:
        """See that Taguette cuts out the very words that the codings cover."""
        for coding in codings:
            with self.program.session() as db:
                contents = db.get(database.Document, self.documents[coding.source]).contents
            found = extract.extract(contents, *self._passages.bytes_of(coding))
            if found != self._passages.snippet(coding):
                raise ValueError(f"{found!r} is not {self._passages.snippet(coding)!r}")


class Measurement:
    """Takes the figures one after the other; each method answers for its keys."""

    def __init__(self, corpus: Corpus, options: Options, folder: Path) -> None:
        self.corpus = corpus
        self.options = options
        self.folder = folder
        self.report = Report("taguette", version("taguette"), options.scale)
        self._numbers = count()
        self.pages = write_html_files(corpus, folder / "html")

    def all(self) -> Report:
        """Every figure that was asked for."""
        if "import_30" in self.options.keys:
            self.import_documents()
        project = LoadedProject(self.corpus, self.pages, self._new_folder())
        project.check(self.corpus.codings[:20])
        if "codings_5000" in self.options.keys:
            self.code_all(project)
        else:
            project.add_all(self.corpus.codings)
        for key, take in {
            "excerpts_one_code": self.excerpts,
            "word_5000": self.word,
            "one_coding": self.one_coding,
        }.items():
            if key in self.options.keys:
                take(project)
        self.what_lacks()
        return self.report

    def import_documents(self) -> None:
        """HTML in the program itself; text and Word through Calibre."""
        self._import("import_30", self.pages, "HTML files, converted in process by bs4 and bleach")
        if which(CALIBRE) is None:
            self.report.notes["import_30_docx"] = NO_CALIBRE
            return
        note = "through Calibre, one process a document; child processes counted"
        text_files = write_text_files(self.corpus, self.folder / "text")
        self._import("import_30_text", text_files, f"text files {note}", with_children=True)
        word_files = write_docx_files(self.corpus, self.folder / "docx")
        self._import("import_30_docx", word_files, f"Word files {note}", with_children=True)

    def _import(
        self, key: str, files: list[Path], note: str, *, with_children: bool = False
    ) -> None:
        def add_all(program: Taguette) -> None:
            for file in files:
                program.add_document(file)

        def new_program() -> Taguette:
            return Taguette(self._new_folder())

        seconds = cpu_seconds(add_all, new_program, self.options.runs, with_children=with_children)
        self.report.put(key, seconds, note)

    def code_all(self, project: LoadedProject) -> None:
        """Every coding of the corpus, each committed on its own."""
        watch = Stopwatch()
        for coding in self.corpus.codings:
            project.code(coding, watch)
        note = "HighlightAdd per coding, a commit each (SQLite defaults: rollback journal, FULL)"
        self.report.put("codings_5000", [watch.seconds], note)

    def one_coding(self, project: LoadedProject) -> None:
        """One more coding in the coded project."""
        seconds = []
        for coding in self.corpus.codings[: max(self.options.runs, LEAST_RUNS_OF_SHORT_ACTS)]:
            watch = Stopwatch()
            project.code(coding, watch)
            seconds.append(watch.seconds)
        note = "HighlightAdd: cuts the words out of the document's HTML, row, event, commit"
        self.report.put("one_coding", seconds, note)

    def excerpts(self, project: LoadedProject) -> None:
        """All excerpts of the biggest code: from the database, and as the export menu has them."""
        path = self.corpus.codes[self.corpus.biggest_code].path
        program = project.program
        with program.session() as db:

            def query() -> Any:
                return export._get_highlights_for_export(db, program.project, path)  # noqa: SLF001

            note = f"the query behind every export: {len(query())} times words, document, tags"
            self._take("excerpts_one_code", query, note)
        for suffix in ("html", "csv"):
            self._take(
                f"excerpts_one_code_{suffix}",
                lambda suffix=suffix: program.export(f"highlights/{path}.{suffix}"),
                f"the same as a finished {suffix} file from the export menu",
            )

    def word(self, project: LoadedProject) -> None:
        """All quotes as Word, and the part of it that is Taguette's own."""
        if which(CALIBRE) is None:
            self.report.lacks("word_5000", NO_CALIBRE)
            return
        self._take(
            "word_5000_html", lambda: project.program.export("highlights/.html"), "the HTML alone"
        )
        note = "HTML by Taguette, Word by Calibre; child process counted"
        try:
            self._take(
                "word_5000",
                lambda: project.program.export("highlights/.docx"),
                note,
                with_children=True,
            )
        except TaguetteError as error:
            # Its limit of 180 s for Calibre ends here too: since Python 3.11 a TimeoutError is
            # an OSError, which Taguette takes for a missing Calibre.
            self.report.lacks("word_5000", str(error))

    def _take(self, key: str, act: Any, note: str, *, with_children: bool = False) -> None:
        seconds = cpu_seconds(
            lambda _: act(), nothing, self.options.runs, with_children=with_children
        )
        self.report.put(key, seconds, note)

    def what_lacks(self) -> None:
        """The keys that Taguette has no feature for."""
        for key, reason in {
            "cooccurrence": "no co-occurrence of tags",
            "refi_out": "REFI-QDA codebook (.qdc) only; a project goes out as SQLite",
            "search_first_100": "no search in the text, only in the names of tags",
        }.items():
            if key in self.options.keys:
                self.report.lacks(key, reason)

    def _new_folder(self) -> Path:
        return self.folder / f"project-{next(self._numbers)}"


def measure(corpus: Corpus, options: Options, folder: Path) -> Report:
    """Taguette's report on a corpus."""
    return Measurement(corpus, options, folder).all()


if __name__ == "__main__":
    report_to_stdout(measure)
