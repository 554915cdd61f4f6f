"""The memo after coding: asked for when a source is read through, beside the first impression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kodebok.domain.ids import new_id
from kodebok.domain.note import Note, NoteKind, Target
from kodebok.domain.text import canonicalise, fold_space
from kodebok.i18n import translator
from kodebok.storage import notes, sources
from kodebok.tui.widgets.dialogs import AskText

if TYPE_CHECKING:
    from kodebok.tui.base import StudyScreen

_ = translator("tui")

_LONGEST_IMPRESSION = 240  # characters of the first impression that the question repeats


def ask_after_coding(screen: StudyScreen, source_id: str) -> None:
    """Ask what was found, unless it is written already; nothing is stored when it is skipped."""
    study = screen.study
    written = notes.load_notes(study.store, Target.SOURCE, source_id)
    if any(note.kind is NoteKind.AFTER_CODING for note in written):
        return
    name = sources.load_source(study.store, source_id).name

    def keep(text: str | None) -> None:
        if text:
            note = Note(
                new_id(),
                Target.SOURCE,
                source_id,
                study.coder.id,
                canonicalise(text),
                NoteKind.AFTER_CODING,
            )
            screen.act(lambda: _write(screen, note))

    title = _("After coding {source}", source=name)
    screen.app.push_screen(AskText(title, _question(written), lines=True), keep)


def _question(written: list[Note]) -> str:
    impressions = [note.text for note in written if note.kind is NoteKind.FIRST_IMPRESSION]
    skip = _("Ctrl+S saves, Esc skips it.")
    if not impressions:
        return _("What did the text say that you had not expected?") + " " + skip
    text = fold_space(impressions[-1])
    if len(text) > _LONGEST_IMPRESSION:
        text = text[:_LONGEST_IMPRESSION].rsplit(" ", 1)[0] + "…"
    return _("Your first impression was: “{text}” Does it hold?", text=text) + " " + skip


def _write(screen: StudyScreen, note: Note) -> None:
    with screen.study.store.act("memo.add", note.coder_id, note.id) as act:
        notes.add_note(act, note)
