"""Web pages: noScribe's own, with times in its anchors, and ordinary ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kodebok.i18n import translator
from kodebok.sources.captions import said_by, with_their_pauses
from kodebok.sources.drafts import Cue, Draft
from kodebok.sources.flow import Flow

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kodebok.sources.drafts import Block

_ = translator("sources")

_DECLARED = re.compile(
    rb"<(?:\?xml[^>]{0,80}encoding|meta[^>]{0,200}charset)=[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_ANCHOR = re.compile(r"ts_(\d{1,12})_(\d{1,12})_(.*)\Z", re.DOTALL)
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "title"})
_BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 blockquote section article header footer ul ol dl dt dd pre "
    "main aside figure figcaption address hr body".split()
)
_SPACE = re.compile(r"\s+")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head."""
    match = _DECLARED.search(data[:2048])
    return match.group(1).decode("ascii") if match else None


def read_web_page(text: str, encoding: str | None) -> Draft:
    """The words of a web page; broken markup is read as well as it can be."""
    root = page_root(text)
    if root is None:
        return Draft((text,), "html", encoding)
    cues = _noscribe_cues(root)
    if cues:
        return Draft(tuple(cues), "html-noscribe", encoding)
    return Draft(page_blocks(root), "html", encoding)


def page_blocks(root: _Element) -> tuple[Block, ...]:
    """The running text and the tables of a page, in reading order."""
    flow = Flow()
    _walk(root, flow)
    return flow.blocks()


def page_root(text: str) -> _Element | None:
    """The page as a tree, read as well as it can be; None when nothing can be made of it."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _walk(root: _Element, flow: Flow) -> None:
    from lxml import etree

    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            if not silent:
                _open(tag, element.text, flow)
            continue
        if not silent:
            _close(tag, flow)
        silent -= tag in _SILENT
        if not silent and element.tail and element is not root:
            flow.add(_folded(element.tail, flow))


def _open(tag: str, text: str | None, flow: Flow) -> None:
    if tag == "table":
        flow.start_table()
    elif tag == "br":
        flow.add("\n")
    elif tag in _BLOCKS and flow.open_text().strip():
        flow.end_paragraph(keep_empty=False)
    if text and tag != "br":
        flow.add(text if tag == "pre" else _folded(text, flow))


def _close(tag: str, flow: Flow) -> None:
    if tag in {"td", "th"}:
        flow.end_cell()
    elif tag == "tr":
        flow.end_row()
    elif tag == "table":
        flow.end_table()
    elif tag in _BLOCKS:
        flow.end_paragraph(keep_empty=False)


def _folded(text: str, flow: Flow) -> str:
    """White space as a browser shows it, no-break spaces kept."""
    folded = re.sub(r"[ \t\r\n\f]+", " ", text)
    return folded.lstrip(" ") if flow.at_line_start() else folded


def _noscribe_cues(root: _Element) -> list[Cue]:
    """NoScribe names each segment's anchor `ts_START_END_SPEAKER`, in milliseconds.

    What a person typed between segments belongs to the segment before.
    """
    cues: list[Cue] = []
    for anchor in root.iter("a"):
        match = _ANCHOR.match(anchor.get("name") or "")
        if match is None:
            continue
        said = _SPACE.sub(" ", "".join(map(str, anchor.itertext()))).strip()
        tail = _SPACE.sub(" ", anchor.tail or "").strip()
        name = match.group(3).strip() or None
        text, speaker = said_by(name, f"{said} {tail}".strip())
        if text:
            cues.append(Cue(text, speaker, int(match.group(1)), int(match.group(2))))
    return with_their_pauses(cues)
