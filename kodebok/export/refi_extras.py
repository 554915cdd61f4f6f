"""What REFI-QDA has no place for, kept beside it in the same file.

A .qdpx is a zip; other programs read `project.qde` and the sources in it and leave the rest alone.
kodebok adds a part that holds, for each row, the fields that would otherwise be lost.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable
from dataclasses import fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

EXTRAS_NAME = "kodebok.json"
EXTRAS_SCHEMA = "kodebok.refi/1"
SOURCES_FOLDER = "Sources"

_NAMESPACE = uuid.UUID("5f0a7c86-33c2-4f0e-9a55-0f6d2f4f6f0b")

Row = TypeVar("Row")


def derived_guid(*parts: object) -> str:
    """A GUID that is the same each time for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts)))


def differences(given: Any, read: Any) -> dict[str, Any]:
    """The fields of a row that REFI-QDA would not give back, with the values that they have."""
    if given == read:
        return {}
    return {
        field.name: getattr(given, field.name)
        for field in fields(given)
        if getattr(given, field.name) != getattr(read, field.name)
    }


def restored(row: Row, extras: dict[str, Any]) -> Row:
    """The row with its extra fields as they were; fields that it does not have are passed over."""
    if not extras:
        return row
    converters = _converters(cast("Hashable", type(row)))
    values = {
        name: converters[name](value) if value is not None else None
        for name, value in extras.items()
        if name in converters
    }
    return replace(row, **values)  # type: ignore[type-var]


@cache
def _converters(kind: Hashable) -> dict[str, Any]:
    """What makes a JSON value a field's value again, by the field's name."""
    return {name: _converter(hint) for name, hint in get_type_hints(cast("type", kind)).items()}


def _converter(hint: Any) -> Any:
    for candidate in (hint, *get_args(hint)):
        if isinstance(candidate, type) and issubclass(candidate, StrEnum):
            return candidate
    return tuple if str(hint).startswith("tuple") else lambda value: value
