"""Word documents, read from their XML: text as the final version shows it, tables, bold labels."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kodebok.i18n import plural_translator, translator
from kodebok.sources import labels
from kodebok.sources.drafts import Draft
from kodebok.sources.flow import Flow
from kodebok.sources.limits import Archive, parse_xml
from kodebok.sources.survey import survey

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kodebok.sources.drafts import Block

_ = translator("sources")
_n = plural_translator("sources")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "sectPr", "tblPr"})
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
# Cannot stand in XML, so they can mark where a bold start of a paragraph begins and ends.
_BOLD_START, _BOLD_END = "\x01", "\x02"
_BOLD_SHARE = (0.15, 0.85)


def read_word(data: bytes) -> Draft:
    """The words of a docx, tracked insertions accepted and deletions left out."""
    archive = Archive(data)
    root = parse_xml(archive.read("word/document.xml"))
    walk = _Walk()
    walk.through(root)
    blocks = _with_bold_labels(walk.flow.blocks(), walk.bold_starts)
    return Draft(
        blocks, "docx", doubts=(*walk.doubts(), *_notes_doubt(archive), *_bold_doubt(walk, blocks))
    )


class _Walk:
    """One pass over the document's tree."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.bold_starts: Counter[str] = Counter()
        self.paragraphs = 0
        self.bold_paragraphs = 0
        self._tracked = 0
        self._bold_until: int | None = None
        self._plain_seen = False
        self._run_is_bold = False

    def through(self, root: _Element) -> None:
        """Walk the whole tree."""
        from lxml import etree

        silent = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = _local_name(element)
            is_silent = name in _SILENT or element.tag == _FALLBACK
            if event == "start":
                silent += is_silent
                self._tracked += name in {"ins", "del"}
                if not silent:
                    self._start(name, element)
            else:
                if not silent:
                    self._end(name)
                silent -= is_silent

    def _start(self, name: str, element: _Element) -> None:
        if name == "t":
            self._add_text(element.text or "")
        elif name in _SIGNS:
            self.flow.add(_SIGNS[name])
        elif name == "br":
            self.flow.add("\f" if "page" in element.attrib.values() else "\n")
        elif name == "r":
            self._run_is_bold = _is_bold(element)
        elif name == "tbl":
            self.flow.start_table()

    def _end(self, name: str) -> None:
        if name == "p":
            self._end_paragraph()
        elif name == "tc":
            self.flow.end_cell()
        elif name == "tr":
            self.flow.end_row()
        elif name == "tbl":
            self.flow.end_table()

    def _add_text(self, text: str) -> None:
        if not self._run_is_bold and text.strip():
            if not self._plain_seen and self.flow.open_text().strip():
                self._bold_until = len(self.flow.open_text())
            self._plain_seen = True
        self.flow.add(text)

    def _end_paragraph(self) -> None:
        text = self.flow.open_text()
        if text.strip():
            self.paragraphs += 1
            self.bold_paragraphs += not self._plain_seen
        if self._bold_until is not None:
            self._mark_bold_start(text, self._bold_until)
        self._bold_until, self._plain_seen = None, False
        self.flow.end_paragraph()

    def _mark_bold_start(self, text: str, until: int) -> None:
        start = text[:until].strip()
        found = labels.alone(start)
        if found is not None and text[until:].lstrip()[:1] != ":" and not labels.is_prose(start):
            self.bold_starts[start] += 1
            self.flow.replace_open(f"{_BOLD_START}{start}{_BOLD_END}{text[until:]}")

    def doubts(self) -> tuple[str, ...]:
        """What a reader of the document ought to know about its tracked changes."""
        if not self._tracked:
            return ()
        return (_("The document has tracked changes; it was read as if all were accepted"),)


def _local_name(element: _Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag.startswith((_W, _W_STRICT)) else ""


def _is_bold(run: _Element) -> bool:
    for properties in run:
        if _local_name(properties) == "rPr":
            for child in properties:
                if _local_name(child) == "b":
                    return not {"0", "false", "off"} & set(map(str, child.attrib.values()))
    return False


def _with_bold_labels(blocks: tuple[Block, ...], starts: Counter[str]) -> tuple[Block, ...]:
    """Bold words that begin several paragraphs become labels with a colon; others stay text."""

    def resolved(text: str) -> str:
        for start, count in starts.items():
            colon = ":" if count > 1 else ""
            text = text.replace(f"{_BOLD_START}{start}{_BOLD_END}", f"{start}{colon}")
        return text

    if not starts:
        return blocks
    return tuple(resolved(block) if isinstance(block, str) else _table(block) for block in blocks)


def _table(block: Block) -> Block:
    from kodebok.sources.drafts import Table

    if not isinstance(block, Table):
        return block
    signs = str.maketrans("", "", _BOLD_START + _BOLD_END)
    return Table(tuple(tuple(cell.translate(signs) for cell in row) for row in block.rows))


def _notes_doubt(archive: Archive) -> tuple[str, ...]:
    count = 0
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in archive:
            notes = parse_xml(archive.read(part))
            count += sum(1 for note in notes if "".join(map(str, note.itertext())).strip())
    if not count:
        return ()
    return (_n("{n} footnote was left out", "{n} footnotes were left out", count),)


def _bold_doubt(walk: _Walk, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    low, high = (share * walk.paragraphs for share in _BOLD_SHARE)
    text = "\n".join(block for block in blocks if isinstance(block, str))
    if walk.paragraphs < 4 or not low < walk.bold_paragraphs < high or survey(text).has_speakers:  # noqa: PLR2004
        return ()
    return (_("Some paragraphs are in bold; perhaps they are the interviewer's"),)
