"""Exports in words, and what a file would say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kodebok.i18n import mark, translator
from kodebok.study.exporting import ExportKind

_ = translator("tui")

KINDS = {
    ExportKind.WORD: (
        mark("Word: findings chapter"),
        mark("your quotes under their codes, with attributions, ready to be written on"),
    ),
    ExportKind.INTERVIEW: (
        mark("Word: a whole interview"),
        mark("the text of one source, its codes as comments in the margin"),
    ),
    ExportKind.ANALYSIS_TABLE: (
        mark("Analysis table"),
        mark("quote, condensed, code and category, a row each"),
    ),
    ExportKind.EXCEL: (mark("Excel: all coded passages"), mark("sheets to sort and filter")),
    ExportKind.CSV: (mark("CSV: all coded passages"), mark("for R, SPSS and spreadsheets")),
    ExportKind.HTML: (
        mark("Web page: coded passages"),
        mark("one page to search in; it needs no network"),
    ),
    ExportKind.APPENDIX: (
        mark("Appendix for the thesis"),
        mark("every code with its passages, so that readers can follow you"),
    ),
    ExportKind.CODEBOOK: (mark("Word: the codebook"), mark("codes with their definitions")),
    ExportKind.REFI: (
        mark("Project for NVivo, ATLAS.ti, MAXQDA"),
        mark("REFI-QDA, the format that they share"),
    ),
    ExportKind.REFI_CODEBOOK: (
        mark("Codebook for other programs"),
        mark("REFI-QDA codebook, without texts"),
    ),
    ExportKind.TEXT: (mark("Plain text of a source"), mark("speakers and words, nothing else")),
    ExportKind.MEMBER_CHECK: (
        mark("Word: for a participant to check"),
        mark("what this source's participant said, and how it was understood"),
    ),
    ExportKind.FIGURES: (
        mark("Figure: codes by participant"),
        mark("bars to put in the thesis; other figures with 'kodebok export figures'"),
    ),
    ExportKind.CAPTIONS: (
        mark("Captions of a recording"),
        mark("words with their times, for a film, ELAN or Praat"),
    ),
}

PRESETS = {
    "inline-first": mark("in the running text, a block from 40 words, “ ”, en av informantene"),
    "block-first": mark("a block from 15 words, “ ”, the role in the lead-in"),
    "report": mark("always a block, in italics, (Interview, date) after it"),
    "source-note": mark("paraphrase, « », (date. role) after it"),
    "paraphrase": mark("paraphrase alone: an informant, another, a third"),
    "code-id": mark("« », (I3, leader) after it, a block from 40 words"),
}

_SHOWN_FORMATS = frozenset({"docx", "csv", "txt", "html"})
_MOST_LINES = 200
# What Word replaces by a number when it opens the file.
_FIELD_CODE = re.compile(r"\s*SEQ \w+ \\\* ARABIC\s*")


def kind_words(kind: ExportKind) -> tuple[str, str]:
    """An export's name, and one line on it."""
    name, explanation = KINDS[kind]
    return _(name), _(explanation)


def preset_words(name: str) -> str:
    """One line on a preset."""
    return _(PRESETS[name]) if name in PRESETS else name


def preview_lines(content: bytes, ending: str) -> list[str]:
    """The first lines that a reader of the file would see; empty for formats of programs."""
    if ending not in _SHOWN_FORMATS:
        return []
    lines: list[str] = []
    for text in _readable(content, ending):
        plain = _FIELD_CODE.sub(" ", text)
        lines += [line.strip() for line in plain.splitlines() if line.strip()]
        if len(lines) >= _MOST_LINES:
            break
    return lines[:_MOST_LINES]


def _readable(content: bytes, ending: str) -> Iterator[str]:
    if ending in {"csv", "txt"}:
        yield content[:40_000].decode("utf-8-sig", "replace")
        return
    from kodebok.export.contents import texts_in

    wanted = "word/document.xml" if ending == "docx" else ""
    for text in texts_in(content):
        if text.where == wanted and text.text != wanted:
            yield text.text
