"""The made-up study as files that arrive: transcripts with speaker labels, as text, HTML or Word.

The standard library alone.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.corpus import Corpus, Source

BLANK_LINE = "\n\n"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONSHIPS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


class PrintedSource:
    """A source as a transcript shows it: each turn after its speaker's label.

    Args:
        source: the source.
        between: what stands between two turns.
    """

    def __init__(self, source: Source, between: str = BLANK_LINE) -> None:
        self.turns = [f"{turn.speaker}: {turn.text}" for turn in source.turns]
        self.between = between
        self._labels = [len(turn.speaker) + 2 for turn in source.turns]
        self._starts = _starts([len(turn.text) for turn in source.turns], gap=1)
        self._printed_starts = _starts([len(turn) for turn in self.turns], gap=len(between))

    @cached_property
    def text(self) -> str:
        """The whole transcript."""
        return self.between.join(self.turns)

    def offset(self, canonical: int) -> int:
        """Where an offset of the canonical text stands in the transcript."""
        turn = bisect_right(self._starts, canonical) - 1
        within = canonical - self._starts[turn]
        return self._printed_starts[turn] + self._labels[turn] + within


def _starts(lengths: list[int], gap: int) -> list[int]:
    return [0, *accumulate(length + gap for length in lengths[:-1])]


def write_text_files(corpus: Corpus, folder: Path) -> list[Path]:
    """One UTF-8 text file for each source, a blank line between turns."""
    return _write(corpus, folder, ".txt", lambda source: f"{PrintedSource(source).text}\n".encode())


def write_html_files(corpus: Corpus, folder: Path) -> list[Path]:
    """One HTML page for each source, a paragraph for each turn."""
    return _write(corpus, folder, ".html", _html_page)


def write_docx_files(corpus: Corpus, folder: Path) -> list[Path]:
    """One Word file for each source, a paragraph for each turn."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{source.name}.docx" for source in corpus.sources]
    for path, source in zip(paths, corpus.sources, strict=True):
        _write_docx(path, PrintedSource(source).turns)
    return paths


def _write(
    corpus: Corpus, folder: Path, suffix: str, content: Callable[[Source], bytes]
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{source.name}{suffix}" for source in corpus.sources]
    for path, source in zip(paths, corpus.sources, strict=True):
        path.write_bytes(content(source))
    return paths


def _html_page(source: Source) -> bytes:
    paragraphs = "\n".join(f"<p>{escape(turn)}</p>" for turn in PrintedSource(source).turns)
    head = f'<head><meta charset="UTF-8"><title>{escape(source.name)}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{paragraphs}</body></html>".encode()


def _write_docx(path: Path, paragraphs: list[str]) -> None:
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    document = f'{_XML}<w:document xmlns:w="{_WORD_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    with ZipFile(path, "w") as package:
        for name, part in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONSHIPS),
            ("word/document.xml", document),
        ):
            # A fixed date, so that the same study gives the same bytes.
            package.writestr(ZipInfo(name, ZIP_EPOCH), part, compress_type=ZIP_DEFLATED)
