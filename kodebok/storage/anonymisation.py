"""How far the anonymisation of a study has come, and what stands where in its texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kodebok.domain.entity import Replacement
from kodebok.domain.ids import new_id
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row
from kodebok.storage.text_edits import load_text

_REPLACEMENT_COLUMNS = ("id", "source_id", "start", "end", "entity_id", "number")


@dataclass(frozen=True, slots=True)
class AnonymisationState:
    """The state of a study's text.

    Attributes:
        id: The project's.
        at: When it was last applied, or restored.
        revision: The key file's number at that time, from 1; 0 without a key file.
        is_applied: Whether originals are replaced now.
        mentions: How many were replaced in the sources, all in all.
        no_replacements, no_persons: Whether that part of the key was destroyed.
        exported: How many copies of the key were written elsewhere.
    """

    id: str
    at: str = ""
    revision: int = 0
    is_applied: bool = False
    mentions: int = 0
    no_replacements: bool = False
    no_persons: bool = False
    exported: int = 0

    @property
    def is_destroyed(self) -> bool:
        """Whether nothing of the key is left."""
        return self.no_replacements and self.no_persons


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file in the project's folder in which originals stand.

    Attributes:
        folder: The folder of the project that it lies in; empty for the project's own.
        digest: SHA-256 of its content, in hex.
        is_kept: Whether the researcher said that it stays.
    """

    id: str
    folder: str
    digest: str
    is_kept: bool = False


def load_state(store: Store) -> AnonymisationState:
    """The state; that of a study in which nothing was applied when there is none."""
    found = load_all(store, AnonymisationState, "anonymisation")
    if found:
        return found[0]
    project = store.row("SELECT id FROM project")
    return AnonymisationState(project[0] if project else "")


def is_applied(store: Store) -> bool:
    """Whether originals are replaced in this study now."""
    return load_state(store).is_applied


def write_state(act: Act, state: AnonymisationState) -> None:
    """Write the state."""
    values = {name: int(v) if isinstance(v, bool) else v for name, v in to_row(state).items()}
    if act.store.row("SELECT 1 FROM anonymisation"):
        act.update("anonymisation", values.pop("id"), **values)
    else:
        act.insert("anonymisation", values)


def load_replacements(store: Store, source_id: str | None = None) -> list[Replacement]:
    """What stands for an original, by source and place."""
    where, values = ("WHERE source_id = ? ", [source_id]) if source_id else ("", [])
    rest = f'{where}ORDER BY source_id, "start", "end", number, id'
    return load_all(store, Replacement, "replacements", rest, values)


def add_replacements(act: Act, placed: Iterable[Replacement]) -> None:
    """Note where replacements stand."""
    rows = [[getattr(one, name) for name in _REPLACEMENT_COLUMNS] for one in placed]
    if rows:
        act.insert_many("replacements", _REPLACEMENT_COLUMNS, rows)


def remove_replacements(act: Act, placed: Iterable[Replacement]) -> None:
    """Forget replacements, which must be as they stand now."""
    rows = [[getattr(one, name) for name in _REPLACEMENT_COLUMNS] for one in placed]
    if rows:
        act.delete_many("replacements", _REPLACEMENT_COLUMNS, rows)


def put_border(act: Act, table: str, row_id: str, column: str, place: tuple[int, int]) -> bool:
    """Move a border of a passage from one place to another, if it still stands there.

    A passage keeps at least one code point; a coding gets the words that it then covers.

    Args:
        act: The act.
        table: The passage's table.
        row_id: Its row.
        column: `start` or `end`.
        place: Where the border is to stand now, and where it is to go.
    """
    row = act.store.row(f'SELECT "start", "end" FROM {table} WHERE id = ?', [row_id])
    if row is None or row[column == "end"] != place[0]:
        return False
    start, end = (row[0], place[1]) if column == "end" else (place[1], row[1])
    if start >= end:
        return False
    values: dict[str, int | str] = {column: place[1]}
    if table == "codings":
        source = act.store.rows("SELECT source_id FROM codings WHERE id = ?", [row_id])[0][0]
        values["text"] = load_text(act.store, source)[start:end]
    return act.update(table, row_id, **values)


def note_applied_texts(act: Act) -> None:
    """Note that every source is anonymised as it stands now."""
    known = dict(act.store.rows("SELECT id, version FROM applied_texts"))
    for source_id, version in act.store.rows("SELECT id, version FROM sources ORDER BY id"):
        if source_id not in known:
            act.insert("applied_texts", {"id": source_id, "version": version})
        else:
            act.update("applied_texts", source_id, version=version)


def forget_applied_texts(act: Act) -> None:
    """Note that no source is anonymised."""
    for (source_id,) in act.store.rows("SELECT id FROM applied_texts ORDER BY id"):
        act.delete("applied_texts", source_id)


def sources_not_applied(store: Store) -> list[str]:
    """Ids of sources that came, or were corrected, after anonymisation was last applied."""
    rows = store.rows(
        "SELECT s.id FROM sources s LEFT JOIN applied_texts a ON a.id = s.id "
        "WHERE a.version IS NULL OR a.version != s.version ORDER BY s.name"
    )
    return [row[0] for row in rows]


def knows_sound(store: Store) -> bool:
    """Whether a recording is known that was not deleted."""
    return store.row("SELECT 1 FROM recordings WHERE deleted_at = ''") is not None


def load_leftovers(store: Store) -> list[Leftover]:
    """Files in which originals stood when it was last looked."""
    return load_all(store, Leftover, "leftovers", "ORDER BY folder, id")


def write_leftovers(act: Act, found: Iterable[tuple[str, str]]) -> None:
    """Write the files found now, folder and digest; what was said of one that stays is kept."""
    wanted = set(found)
    for known in load_leftovers(act.store):
        if (known.folder, known.digest) in wanted:
            wanted.discard((known.folder, known.digest))
        else:
            act.delete("leftovers", known.id)
    for folder, digest in sorted(wanted):
        row = to_row(Leftover(new_id(), folder, digest), is_kept=0)
        act.insert("leftovers", row)


def keep_leftover(act: Act, leftover: Leftover) -> Leftover:
    """Note that a file stays as it is."""
    act.update("leftovers", leftover.id, is_kept=1)
    return replace(leftover, is_kept=True)


def remove_leftover(act: Act, leftover: Leftover) -> None:
    """Note that a file is gone."""
    act.delete("leftovers", leftover.id)
