"""Text on its way into XML: what XML cannot hold is taken out, what it would read is escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# XML 1.0, production 2 (Char): everything else is illegal, even as a character reference.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029|\x85")


def xml_safe(text: str) -> str:
    r"""The text without what XML cannot hold; every kind of line break as `\n`."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def element_text(text: str) -> str:
    """The text as an element's content."""
    return escape(xml_safe(text))


def attribute(name: str, text: str) -> str:
    """` name="text"`, with the space before; line breaks and tabs kept by reference."""
    return f" {name}={quoteattr(xml_safe(text))}"
