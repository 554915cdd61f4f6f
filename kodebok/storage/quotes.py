"""Quotes: passages chosen for the text."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from kodebok.domain.ids import now
from kodebok.domain.quote import Insertion, Quote
from kodebok.domain.span import Span
from kodebok.storage.blind import seen
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import column_list, from_values, only, to_row

_CHANGEABLE = frozenset(
    "start end text code_id degree cuts insertions wording used_in note position".split()
)

_NAMES = [item.name for item in fields(Quote)]
_CUTS, _INSERTIONS = _NAMES.index("cuts"), _NAMES.index("insertions")


def load_quotes(store: Store, source_id: str | None = None) -> list[Quote]:
    """The chosen quotes in their order, of one source or of all."""
    condition, values = seen(store)
    conditions = [condition] if condition else []
    if source_id:
        conditions.append("source_id = ?")
        values.append(source_id)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = store.rows(
        f"SELECT {column_list(Quote)} FROM quotes {where} ORDER BY position, created, id", values
    )
    return [_quote(row) for row in rows]


def _quote(row: tuple[Any, ...]) -> Quote:
    values = list(row)
    values[_CUTS] = tuple(Span(*cut) for cut in json.loads(values[_CUTS]))
    values[_INSERTIONS] = tuple(Insertion(*item) for item in json.loads(values[_INSERTIONS]))
    return from_values(Quote, tuple(values))


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    stored = dict(values)
    if "cuts" in stored:
        stored["cuts"] = json.dumps([[cut.start, cut.end] for cut in stored["cuts"]])
    if "insertions" in stored:
        pairs = [[item.offset, item.text] for item in stored["insertions"]]
        stored["insertions"] = json.dumps(pairs, ensure_ascii=False)
    return stored


def add_quote(act: Act, quote: Quote) -> None:
    """Write a new quote, after the others."""
    last = act.store.rows("SELECT max(position) FROM quotes")[0][0]
    position = quote.position or (0 if last is None else last + 1)
    row = to_row(quote, position=position, created=quote.created or now())
    act.insert("quotes", _stored(row))


def change_quote(act: Act, quote_id: str, **values: Any) -> bool:
    """Change fields of a quote; False when they were so."""
    return act.update("quotes", quote_id, **_stored(only(values, _CHANGEABLE)))


def remove_quote(act: Act, quote_id: str) -> None:
    """Let a quote go; the coding stays."""
    act.delete("quotes", quote_id)
