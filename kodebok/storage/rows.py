"""Between rows and the frozen dataclasses of the domain, by the names of their fields."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_type_hints

if TYPE_CHECKING:
    from kodebok.storage.database import Store

T = TypeVar("T")


@cache
def _conversions(kind: Hashable) -> tuple[tuple[int, type], ...]:
    """Places of the fields that are an enumeration or a boolean, also when they may be None."""
    hints = get_type_hints(kind)
    return tuple(
        (place, option)
        for place, item in enumerate(fields(cast("Any", kind)))
        for option in getattr(hints[item.name], "__args__", (hints[item.name],))
        if isinstance(option, type) and (issubclass(option, StrEnum) or option is bool)
    )


@cache
def column_list(kind: Hashable) -> str:
    """The columns that a dataclass is made of, quoted, in its order."""
    return ", ".join(f'"{f.name}"' for f in fields(cast("Any", kind)))


def load_all(
    store: Store, kind: type[T], table: str, rest: str = "", parameters: Any = ()
) -> list[T]:
    """Rows of a table as objects; `rest` is the SQL after the table's name."""
    columns = column_list(cast("Hashable", kind))
    rows = store.rows(f"SELECT {columns} FROM {table} {rest}", parameters)
    return [from_values(kind, row) for row in rows]


def from_values(kind: type[T], values: tuple[Any, ...]) -> T:
    """One object of a row whose columns are in the order of the dataclass."""
    converted = list(values)
    for place, convert in _conversions(cast("Hashable", kind)):
        if converted[place] is not None:
            converted[place] = convert(converted[place])
    return kind(*converted)


def to_row(thing: Any, **replaced: Any) -> dict[str, Any]:
    """The row of an object; `replaced` gives columns that are not stored as they are."""
    row = {name: getattr(thing, name) for name in _names(cast("Hashable", type(thing)))}
    return {**row, **replaced}


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cast("Any", kind)))


def only(values: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """The mapping, when every key is allowed.

    Raises:
        KeyError: A key that cannot be changed.
    """
    for name in values:
        if name not in allowed:
            raise KeyError(name)
    return dict(values)
