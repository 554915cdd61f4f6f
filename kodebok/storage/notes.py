"""Memos, themes and condensations."""

from __future__ import annotations

from collections.abc import Iterable

from kodebok.domain.ids import new_id, now
from kodebok.domain.note import Condensation, Note, Target, Theme
from kodebok.storage.blind import blind_sources_of_viewer, hidden_codings
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.rows import load_all, to_row


def load_notes(
    store: Store, target: Target | None = None, target_id: str | None = None
) -> list[Note]:
    """Memos, oldest first: all, of one kind of target, or on one thing."""
    clauses, values = [], []
    if target is not None:
        clauses.append("target = ?")
        values.append(str(target))
    if target_id is not None:
        clauses.append("target_id = ?")
        values.append(target_id)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    found = load_all(store, Note, "notes", f"{where} ORDER BY created, id", values)
    hidden = hidden_codings(store) | blind_sources_of_viewer(store)
    return [n for n in found if n.target_id not in hidden or n.coder_id == store.viewer]


def add_note(act: Act, note: Note) -> None:
    """Write a new memo."""
    at = note.created or now()
    act.insert("notes", to_row(note, created=at, changed=note.changed or at))


def change_note(act: Act, note_id: str, **values: str) -> bool:
    """Change the kind, title or text of a memo; False when they were so."""
    changed = act.update("notes", note_id, **values)
    if changed:
        act.update("notes", note_id, changed=now())
    return changed


def remove_note(act: Act, note_id: str) -> None:
    """Remove a memo."""
    act.delete("notes", note_id)


def load_themes(store: Store) -> list[Theme]:
    """Themes in their order, with the codes they gather."""
    gathered: dict[str, list[str]] = {}
    for theme_id, code_id in store.rows(
        "SELECT theme_id, code_id FROM theme_codes ORDER BY position, id"
    ):
        gathered.setdefault(theme_id, []).append(code_id)
    rows = store.rows("SELECT id, name, idea, position FROM themes ORDER BY position, name")
    return [
        Theme(theme_id, name, idea, position, tuple(gathered.get(theme_id, ())))
        for theme_id, name, idea, position in rows
    ]


def add_theme(act: Act, name: str, idea: str = "") -> Theme:
    """A new theme, after the others."""
    last = act.store.rows("SELECT max(position) FROM themes")[0][0]
    theme = Theme(new_id(), name, idea, 0 if last is None else last + 1)
    row = {"id": theme.id, "name": name, "idea": idea, "position": theme.position}
    act.insert("themes", row)
    return theme


def change_theme(act: Act, theme_id: str, **values: str | int) -> bool:
    """Change the name, idea or position of a theme; False when they were so."""
    return act.update("themes", theme_id, **values)


def set_theme_codes(act: Act, theme_id: str, code_ids: Iterable[str]) -> None:
    """Set the codes that a theme gathers, in their order."""
    wanted = list(dict.fromkeys(code_ids))
    rows = act.store.rows("SELECT code_id, id FROM theme_codes WHERE theme_id = ?", [theme_id])
    known = dict(rows)
    for code_id, row_id in known.items():
        if code_id not in wanted:
            act.delete("theme_codes", row_id)
    for position, code_id in enumerate(wanted):
        if code_id in known:
            act.update("theme_codes", known[code_id], position=position)
        else:
            row = {"id": new_id(), "theme_id": theme_id, "code_id": code_id}
            act.insert("theme_codes", {**row, "position": position})


def remove_theme(act: Act, theme_id: str) -> None:
    """Remove a theme; its codes stay."""
    act.delete_where("theme_codes", "theme_id", theme_id)
    act.delete_where("notes", "target_id", theme_id)
    act.delete("themes", theme_id)


def load_condensations(store: Store) -> list[Condensation]:
    """All condensations."""
    rows = store.rows("SELECT id, text, coding_id, code_id, case_id FROM condensations")
    hidden = hidden_codings(store)
    return [Condensation(*row) for row in rows if row[2] not in hidden]


def write_condensation(act: Act, condensation: Condensation) -> None:
    """Set the condensation of a coding, or of a code and a case; an empty one is removed."""
    keys = ("coding_id", "code_id", "case_id")
    values = [getattr(condensation, key) for key in keys]
    found = act.store.row(
        "SELECT id FROM condensations WHERE coding_id IS ? AND code_id IS ? AND case_id IS ?",
        values,
    )
    if not condensation.text.strip():
        if found:
            act.delete("condensations", found[0])
    elif found:
        act.update("condensations", found[0], text=condensation.text)
    else:
        act.insert("condensations", to_row(condensation))
