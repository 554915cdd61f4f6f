"""What the styles of a manuscript say of its paragraphs: headings, quotations, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kodebok.study.proof_package import attribute, child, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

LEAST_INDENT = 400  # twentieths of a point; about 7 mm, under which no one sees a block
_DEEPEST = 20  # styles that a style may rest on, one on the other
_BODY_LEVEL = 9  # ECMA-376, 17.3.1.20: an outline level of 9 is body text

_HEADING = re.compile(r"(?:heading|overskrift|title|tittel)\s*\d*", re.IGNORECASE)
_QUOTE = re.compile(r"quot|sitat|block ?text|blokk", re.IGNORECASE)
_OTHER = re.compile(
    r"toc|innhold|caption|bildetekst|bibliogra|litteratur|referan|list|liste", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks.

    Attributes:
        indent: From the left margin, in twentieths of a point; a hanging indent taken off.
        is_apart: Whether it is a list, a caption, or a line of contents or references.
    """

    is_heading: bool = False
    is_quote: bool = False
    is_apart: bool = False
    indent: int = 0

    @property
    def is_block(self) -> bool:
        """Whether it stands out as a block quotation does."""
        if self.is_heading or self.is_apart:
            return False
        return self.is_quote or self.indent >= LEAST_INDENT


PLAIN = Look()


class Styles:
    """The styles of a document.

    Args:
        root: The part with the styles; None when there is none.
    """

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        for element in root if root is not None else ():
            if local_name(element) == "style" and attribute(element, "type") == "paragraph":
                self._elements[attribute(element, "styleId")] = element
        self._looks: dict[str, Look] = {}

    def look(self, paragraph: _Element) -> Look:
        """The paragraph's look: its style's, with what the paragraph itself says."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return PLAIN
        style = child(properties, "pStyle")
        base = self._style_look(attribute(style, "val"), 0) if style is not None else PLAIN
        return _with_properties(base, properties)

    def _style_look(self, style_id: str, depth: int) -> Look:
        if style_id not in self._looks:
            self._looks[style_id] = self._read(style_id, depth)
        return self._looks[style_id]

    def _read(self, style_id: str, depth: int) -> Look:
        element = self._elements.get(style_id)
        name = style_id
        base = PLAIN
        if element is not None and depth < _DEEPEST:
            named, based = child(element, "name"), child(element, "basedOn")
            name = f"{style_id} {attribute(named, 'val') if named is not None else ''}"
            if based is not None:
                base = self._style_look(attribute(based, "val"), depth + 1)
        look = replace(
            base,
            is_heading=base.is_heading or bool(_HEADING.match(name)),
            is_quote=base.is_quote or bool(_QUOTE.search(name)),
            is_apart=base.is_apart or bool(_OTHER.search(name)),
        )
        properties = child(element, "pPr") if element is not None else None
        return look if properties is None else _with_properties(look, properties)


def _with_properties(look: Look, properties: _Element) -> Look:
    for part in properties:
        name = local_name(part)
        if name == "outlineLvl" and attribute(part, "val").isdecimal():
            look = replace(look, is_heading=int(attribute(part, "val")) < _BODY_LEVEL)
        elif name == "numPr":
            look = replace(look, is_apart=True)
        elif name == "ind":
            look = replace(look, indent=_indent(part, look.indent))
    return look


def _indent(element: _Element, inherited: int) -> int:
    left = attribute(element, "left") or attribute(element, "start")
    hanging = attribute(element, "hanging")
    value = int(left) if left.lstrip("-").isdecimal() else inherited
    return value - (int(hanging) if hanging.isdecimal() else 0)
