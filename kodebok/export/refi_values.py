"""The small parts of REFI-QDA's XML: elements, times, and values in their variable's type."""

from __future__ import annotations

import re
from datetime import datetime

from kodebok.domain.case import VariableKind
from kodebok.domain.code import Code
from kodebok.export.xml_text import element_text
from kodebok.i18n import translator_to

ORIGIN = "kodebok"
XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
VARIABLE_TYPES = {
    VariableKind.TEXT: "Text",
    VariableKind.NUMBER: "Float",
    VariableKind.DATE: "Date",
    VariableKind.BOOLEAN: "Boolean",
}
_TYPED_VALUES = {
    VariableKind.NUMBER: ("FloatValue", re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)),
    VariableKind.BOOLEAN: ("BooleanValue", re.compile("true|false|0|1")),
    VariableKind.DATE: ("DateValue", re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)),
}


def code_description(code: Code, language: str) -> str:
    """All that is said of a code in one text, since REFI-QDA has one field for it."""
    words = translator_to(language, "export")
    parts = (
        ("", code.definition),
        (words("When it is used") + ": ", code.use_when),
        (words("When it is not used") + ": ", code.not_when),
        (words("Example") + ": ", code.example),
    )
    return "\n\n".join(head + text for head, text in parts if text)


def optional_element(tag: str, text: str) -> str:
    """An element of a text, or nothing for none."""
    return f"<{tag}>{element_text(text)}</{tag}>" if text else ""


def optional_group(tag: str, content: str) -> str:
    """An element of elements, or nothing for none: the schema allows no empty lists."""
    return f"<{tag}>{content}</{tag}>" if content else ""


def date_time(text: str) -> str:
    """The text if it is a time as XML Schema writes it, else nothing."""
    return text if _DATE_TIME.fullmatch(text) and _is_in_calendar(text) else ""


def _is_in_calendar(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def time_attribute(name: str, text: str) -> str:
    """An attribute of a time, with the space before, or nothing."""
    return f' {name}="{text}"' if date_time(text) else ""


def typed_value(kind: VariableKind, value: str) -> str:
    """The value in its variable's own type when it can be, else as text."""
    tag, pattern = _TYPED_VALUES.get(kind, ("TextValue", None))
    fits = pattern is not None and pattern.fullmatch(value)
    if not fits or (kind is VariableKind.DATE and not _is_in_calendar(value)):
        tag = "TextValue"
    return f"<{tag}>{element_text(value)}</{tag}>"
