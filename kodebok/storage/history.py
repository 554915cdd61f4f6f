"""Acts: every change with its event in one transaction; undo, redo, and the chain.

What a change is, `changes` says. Strings that were typed or imported stand beside the event as
salted payloads: in the change they are `{"$": number}`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kodebok.domain.event import GENESIS, Event, chain_hash, dump, payload_digest
from kodebok.domain.ids import new_id, now
from kodebok.domain.span import Edit
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import text_edits
from kodebok.storage.act_kinds import (
    APPLY_KIND,
    DONE,
    ERASING_KINDS,
    FINAL,
    FINAL_KINDS,
    GONE,
    LOG_KINDS,
    RESTORE_KIND,
    UNDONE,
)
from kodebok.storage.changes import (
    Change,
    apply_change,
    column_names,
    invert_change,
    map_texts,
    text_collector,
)

if TYPE_CHECKING:
    from kodebok.storage.database import Store

_ = translator("storage")

SALT_BYTES = 16


class Act:
    """The changes of one act, made as they are named and recorded together at its end."""

    def __init__(self, store: Store, kind: str, coder_id: str, subject: str) -> None:
        self.store = store
        self.kind = kind
        self.coder_id = coder_id
        self.subject = subject
        self.at = now()
        self.changes: list[Change] = []
        self.when_recorded: list[Callable[[], object]] = []

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add a row."""
        self._make(["+", table, row])

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Add many rows without text columns, such as the turns of a source."""
        self._make(["+*", table, list(columns), [list(row) for row in rows]])

    def update(self, table: str, row_id: str | int, **values: Any) -> bool:
        """Change columns of a row; False when they had these values already."""
        names = list(values)
        if not names:
            return False
        now_there = self.store.row(
            f"SELECT {column_names(names)} FROM {table} WHERE id = ?", [row_id]
        )
        if now_there is None:
            raise KeyError(row_id)
        pairs = zip(names, now_there, values.values(), strict=True)
        different = {name: [old, new] for name, old, new in pairs if old != new}
        if different:
            self._make(["=", table, row_id, different])
        return bool(different)

    def delete(self, table: str, row_id: str | int) -> None:
        """Remove a row; nothing happens when it is not there."""
        self.delete_where(table, "id", row_id)

    def delete_where(self, table: str, column: str, value: str | int) -> None:
        """Remove every row whose column has that value."""
        cursor = self.store.db.execute(f"SELECT * FROM {table} WHERE {column} = ?", [value])
        names = [item[0] for item in cursor.description]
        for row in cursor.fetchall():
            self._make(["-", table, dict(zip(names, row, strict=True))])

    def delete_many(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Remove many rows without text columns, given whole."""
        self._make(["-*", table, list(columns), [list(row) for row in rows]])

    def edit_text(self, source_id: str, edit: Edit) -> None:
        """Edit a source's text and carry every offset of it; nothing when the words are the same.

        Raises:
            ValueError: The edit reaches out of its turn, does not fit the text, or would leave a
                text that is not canonical.
        """
        if edit.removed == edit.inserted:
            return
        touched = text_edits.plan_touched(self.store, source_id, edit)
        self._make(["edit", source_id, edit.start, edit.removed, edit.inserted, touched])

    def _make(self, change: Change) -> None:
        apply_change(self.store, change)
        self.changes.append(change)

    def record(self) -> None:
        """Write the event of what was done, if anything was."""
        if not self.changes:
            return
        execute = self.store.db.conn.execute
        may_cut_redo = self.kind not in LOG_KINDS
        if may_cut_redo and execute("SELECT 1 FROM events WHERE undone = 1 LIMIT 1").fetchone():
            execute("UPDATE events SET undone = ? WHERE undone = 1", [GONE])
        payloads: list[str] = []
        coded = [map_texts(change, text_collector(payloads)) for change in self.changes]
        _append_event(self.store, self, coded, payloads)
        for follow in self.when_recorded:
            follow()


def _append_event(store: Store, act: Act, coded: list[Change], payloads: list[str]) -> int:
    return append_event(
        store,
        {
            "id": new_id(),
            "at": act.at,
            "coder": act.coder_id,
            "kind": act.kind,
            "subject": act.subject,
            "changes": coded,
        },
        payloads,
    )


def append_event(
    store: Store, body: dict[str, Any], payloads: Sequence[str], target: int | None = None
) -> int:
    """Add an event to the chain.

    Returns:
        Its number.
    """
    execute = store.db.conn.execute
    last = execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    rows = []
    for number, text in enumerate(payloads):
        salt = os.urandom(SALT_BYTES)
        rows.append((seq, number, salt, text, payload_digest(salt, text)))
    body_json = dump(body)
    digest = chain_hash(previous, body_json, "".join(row[4] for row in rows))
    state = FINAL if body["kind"] in FINAL_KINDS else DONE
    execute(
        "INSERT INTO events (seq, id, body, hash, target, undone) VALUES (?, ?, ?, ?, ?, ?)",
        (seq, body["id"], body_json, digest, target, state),
    )
    if rows:
        store.db.conn.executemany(
            "INSERT INTO payloads (seq, number, salt, text, digest) VALUES (?, ?, ?, ?, ?)", rows
        )
    return seq


def undo(store: Store, coder_id: str, unseal: Callable[[], object] | None = None) -> Event:
    """Take back the last act that is in force.

    Args:
        store: The study's file.
        coder_id: Who does it.
        unseal: Puts back, first and in the same transaction, texts that are in the key file; only
            with it an applied anonymisation is taken back.

    Raises:
        WrongUseError: There is nothing to undo, its texts were erased for good (K212) or are in
            the key file (K236), or it was done before the originals were restored (K237).
    """
    return _turn_back(store, coder_id, "undo", unseal)


def redo(store: Store, coder_id: str) -> Event:
    """Do again the act that was undone last.

    Raises:
        WrongUseError: There is nothing to redo, or its texts were erased for good; or it is an
            anonymisation, which is applied anew instead (K238).
    """
    return _turn_back(store, coder_id, "redo")


def _turn_back(
    store: Store, coder_id: str, kind: str, unseal: Callable[[], object] | None = None
) -> Event:
    undoing = kind == "undo"
    store.keep_copy_of_the_day()
    with store.transaction():
        if unseal is not None:
            unseal()
        seq = undo_target(store) if undoing else redo_target(store)
        if seq is None:
            raise WrongUseError(
                _("there is nothing to undo") if undoing else _("there is nothing to redo"),
                _("see 'kodebok history' for what was done"),
                "K211",
            )
        _check_barriers(store, seq, undoing=undoing, has_key=unseal is not None)
        changes = load_changes(store, seq)
        ordered = [invert_change(c) for c in reversed(changes)] if undoing else changes
        for change in ordered:
            apply_change(store, change)
        store.db.conn.execute(
            "UPDATE events SET undone = ? WHERE seq = ?", [UNDONE if undoing else DONE, seq]
        )
        body = {"id": new_id(), "at": now(), "coder": coder_id, "kind": kind, "target": seq}
        append_event(store, body, (), target=seq)
        return load_event(store, seq)


def _check_barriers(store: Store, seq: int, *, undoing: bool, has_key: bool) -> None:
    """See that no original comes back into an anonymised study, and no offset goes astray."""
    is_apply = load_event(store, seq).kind == APPLY_KIND
    if is_apply and not undoing:
        raise WrongUseError(
            _("the anonymisation is not done again by itself"),
            _("run 'kodebok anonymise --apply'"),
            "K238",
        )
    if is_apply and not has_key:
        raise _needs_key()
    final = {event.kind for event in _final_since(store, seq)} if undoing else set()
    if not final.isdisjoint(ERASING_KINDS):
        raise WrongUseError(
            _("what was done before something was erased for good cannot be undone"),
            _("go on from here"),
            "K578",
        )
    if RESTORE_KIND in final:
        raise WrongUseError(
            _("what was done before the originals were put back cannot be undone"),
            _("go on from here"),
            "K237",
        )


def _needs_key() -> WrongUseError:
    return WrongUseError(
        _("the originals are in the key file alone"),
        _("put them back with 'kodebok anonymise --restore' and the passphrase"),
        "K236",
    )


def _final_since(store: Store, seq: int) -> list[Event]:
    rows = store.rows(
        f"SELECT {_EVENT_COLUMNS} FROM events WHERE seq > ? AND undone = ?", [seq, FINAL]
    )
    return [_event(row) for row in rows]


def applies_in_force(store: Store) -> list[int]:
    """Numbers of the acts that replaced originals since they were last put back."""
    rows = store.rows(
        "SELECT seq, json_extract(body, '$.kind') FROM events "
        "WHERE json_extract(body, '$.kind') IN (?, ?) AND undone IN (?, ?) ORDER BY seq",
        [APPLY_KIND, RESTORE_KIND, DONE, FINAL],
    )
    last = max((seq for seq, kind in rows if kind == RESTORE_KIND), default=0)
    return [seq for seq, kind in rows if kind == APPLY_KIND and seq > last]


def is_apply_next(store: Store) -> bool:
    """Whether undo would come to an anonymisation, which is taken back by restoring it."""
    seq = undo_target(store)
    return seq is not None and load_event(store, seq).kind == APPLY_KIND


def undo_target(store: Store) -> int | None:
    """The act that undo would take back, or None."""
    last = store.row("SELECT coalesce(target, seq) FROM events ORDER BY seq DESC LIMIT 1")
    found = store.row(
        "SELECT seq FROM events WHERE seq <= ? AND undone = 0 AND target IS NULL "
        "ORDER BY seq DESC LIMIT 1",
        last or [0],
    )
    return found[0] if found else None


def redo_target(store: Store) -> int | None:
    """The act that redo would do again, or None."""
    found: int | None = store.rows("SELECT min(seq) FROM events WHERE undone = 1")[0][0]
    return found


def load_changes(store: Store, seq: int) -> list[Change]:
    """The changes of an act, with their texts.

    Raises:
        WrongUseError: A text was erased for good (K212), or is in the key file alone (K236).
    """
    found = store.row("SELECT body FROM events WHERE seq = ?", [seq])
    body = json.loads(found[0]) if found else {}
    rows = store.rows("SELECT number, text, sealed FROM payloads WHERE seq = ?", [seq])
    texts = {number: text for number, text, _sealed in rows}
    if any(sealed for _number, _text, sealed in rows):
        raise _needs_key()

    def fill(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        text = texts.get(value["$"])
        if text is None:
            raise WrongUseError(
                _("the texts of that act were erased for good"),
                _("what is erased cannot come back; go on from here"),
                "K212",
            )
        return text

    return [map_texts(change, fill) for change in body.get("changes", [])]


def _event(row: tuple[Any, ...]) -> Event:
    seq, body_json, digest, target, undone = row
    body = json.loads(body_json)
    return Event(
        seq=seq,
        id=body["id"],
        at=body["at"],
        coder_id=body["coder"],
        kind=body["kind"],
        subject=body.get("subject", ""),
        target=target,
        undone=undone in {UNDONE, GONE},
        hash=digest,
    )


_EVENT_COLUMNS = "seq, body, hash, target, undone"


def load_event(store: Store, seq: int) -> Event:
    """One event; KeyError when there is none of that number."""
    found = store.row(f"SELECT {_EVENT_COLUMNS} FROM events WHERE seq = ?", [seq])
    if found is None:
        raise KeyError(seq)
    return _event(found)


def load_events(store: Store, limit: int = 200, before: int | None = None) -> list[Event]:
    """The newest events first; `before` pages on to older ones."""
    rows = store.rows(
        f"SELECT {_EVENT_COLUMNS} FROM events WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        [before if before is not None else 1 << 62, limit],
    )
    return [_event(row) for row in rows]


def has_kind(store: Store, kind: str) -> bool:
    """Whether an act of that kind was ever done."""
    pattern = f'%"kind":{dump(kind)}%'
    return store.row("SELECT 1 FROM events WHERE body LIKE ? LIMIT 1", [pattern]) is not None
