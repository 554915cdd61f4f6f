"""A qualitative-coding project, worked in through the functions behind its `qc` commands.

The program codes lines, not passages: a coding here is its code on every line that the passage
touches. Lines are wrapped at 80 columns, as the program's own importers wrap them, or each turn is
one long line: coarser, and quicker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING

import yaml
from qualitative_coding.corpus import QCCorpus
from qualitative_coding.logs import configure_logger
from qualitative_coding.refi_qda.writer import REFIQDAWriter
from qualitative_coding.views.viewer import QCCorpusViewer

from benchmarks.files import PrintedSource

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from benchmarks.codes import Code
    from benchmarks.corpus import Coding, Corpus, Source

COLUMNS = 80
EDITED = "edited.txt"


class WrappedSource:
    """A source as lines of a text file.

    Args:
        source: the source.
        columns: the longest line; None keeps a turn on one line.
    """

    def __init__(self, source: Source, columns: int | None) -> None:
        self._printed = PrintedSource(source)
        turns = self._printed.turns
        paragraphs = [wrap(turn, columns) if columns else [turn] for turn in turns]
        self.lines = [line for paragraph in paragraphs for line in [*paragraph, ""]][:-1]
        # Wrapping trades a space for a line end, and a blank line is a line end of its own:
        # every offset stays where it was.
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    @property
    def text(self) -> str:
        """The file."""
        return "\n".join(self.lines) + "\n"

    def lines_of(self, coding: Coding) -> range:
        """The lines, from 0, that a coding touches."""
        first = self._line_at(self._printed.offset(coding.start))
        return range(first, self._line_at(self._printed.offset(coding.end) - 1) + 1)

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def code_name(code: Code) -> str:
    """A code's name in the letters that the program takes."""
    plain = code.path.rsplit("/", 1)[-1].lower().translate(str.maketrans("æøå", "aoa"))
    return re.sub(r"[^a-z0-9]+", "_", plain)


class QualitativeCoding:
    """One project.

    Args:
        corpus: gives the codebook; documents and codings are added by the methods.
        folder: where the project is made.
    """

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.settings = folder / "settings.yaml"
        QCCorpus.initialize(self.settings)
        self._use_our_editor(folder)
        (folder / "codebook.yaml").write_text(yaml.dump(_codebook(corpus.codes)), encoding="utf-8")
        configure_logger(self.settings)
        self._folder = folder
        self.corpus = QCCorpus(self.settings)
        self.viewer = QCCorpusViewer(self.corpus)

    def _use_our_editor(self, folder: Path) -> None:
        """An "editor" that saves what the researcher would have typed."""
        settings = yaml.safe_load(self.settings.read_text(encoding="utf-8"))
        command = f'cp "{folder / EDITED}" "{{codes_file_path}}"'
        settings["editor"] = "ours"
        settings["editors"] = {
            "ours": {"name": "ours", "code_command": command, "memo_command": "true"}
        }
        self.settings.write_text(yaml.dump(settings), encoding="utf-8")

    def import_folder(self, folder: Path, importer: str = "verbatim") -> None:
        """`qc corpus import --recursive`."""
        with self.corpus.session():
            self.corpus.import_media(folder, recursive=True, importer=importer)

    def type_codes(self, line_count: int, codes_by_line: dict[int, list[str]]) -> None:
        """Lay ready what the researcher types: every code of the document, line by line."""
        lines = [", ".join(codes_by_line.get(line, ())) for line in range(line_count)]
        (self._folder / EDITED).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def code(self, document: str, coder: str) -> None:
        """`qc code`: open a document, let the editor change its codes, and keep them."""
        self.viewer.open_editor(document, coder)

    def excerpts(self, code: str) -> list[dict[str, Any]]:
        """`qc codes find --json -B 0 -C 0`, before it is printed."""
        records: list[dict[str, Any]] = self.viewer.get_coded_text_json([code], before=0, after=0)
        return records

    def cooccurrence(self) -> Any:
        """`qc codes crosstab`, before it is printed."""
        with self.corpus.session():
            return self.corpus.get_code_matrix([])

    def export_refi(self, path: Path) -> None:
        """`qc export`."""
        with self.corpus.session():
            self.corpus.update_codebook()
        REFIQDAWriter(self.settings).write(path)


class Typist:
    """Knows which codes each coder has put on each line so far.

    Args:
        corpus: the whole study.
        program: where it is typed in.
        columns: the longest line of a document; None keeps a turn on one line.
    """

    def __init__(
        self, corpus: Corpus, program: QualitativeCoding, columns: int | None = COLUMNS
    ) -> None:
        self._corpus = corpus
        self._program = program
        self._names = [code_name(code) for code in corpus.codes]
        self._sources = [WrappedSource(source, columns) for source in corpus.sources]
        self._typed: dict[tuple[int, int], dict[int, list[str]]] = defaultdict(dict)

    def add(self, coding: Coding) -> None:
        """One more coding."""
        by_line = self._typed[coding.source, coding.coder]
        for line in self._sources[coding.source].lines_of(coding):
            codes = by_line.setdefault(line, [])
            if self._names[coding.code] not in codes:
                codes.append(self._names[coding.code])

    def lay_ready(self, source: int, coder: int) -> tuple[str, str]:
        """Type all of one coder's codes in a document; the arguments of `code`."""
        line_count = len(self._sources[source].lines)
        self._program.type_codes(line_count, self._typed[source, coder])
        return f"{self._corpus.sources[source].name}.txt", self._corpus.coders[coder]

    def write_files(self, folder: Path) -> None:
        """The documents as wrapped text files."""
        folder.mkdir(parents=True, exist_ok=True)
        for source, wrapped in zip(self._corpus.sources, self._sources, strict=True):
            (folder / f"{source.name}.txt").write_text(wrapped.text, encoding="utf-8")


def _codebook(codes: tuple[Code, ...]) -> list[Any]:
    """The tree of codes as the program keeps it in `codebook.yaml`."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for index, code in enumerate(codes):
        children[code.parent].append(index)

    def node(index: int) -> Any:
        name = code_name(codes[index])
        return {name: [node(child) for child in children[index]]} if children[index] else name

    return [node(index) for index in children[None]]
