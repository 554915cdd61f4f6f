"""The recordings: how far each has come, what was heard, and what one can do with them."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button

from kodebok.domain.recording import RecordingState, has_words
from kodebok.i18n import plural_translator, translator
from kodebok.storage import recordings, sources
from kodebok.study.recorded import SoundRequest, begin_anew, list_recordings
from kodebok.study.sound_deletion import SoundToDelete, delete_sound, look_before_deleting
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.recordings_form import SoundForm
from kodebok.tui.screens.recordings_rows import RecordingRow, draw_recording, heard_text
from kodebok.tui.widgets.dialogs import AskText
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("sound_screen")
_n = plural_translator("sound_screen")

LOOK_SECONDS = 0.5
_SHOWN_CHUNKS = 40  # of what was heard, the last
_QUOTES_SHOWN = 5
_UNFINISHED = frozenset({RecordingState.WAITING, RecordingState.BEGUN, RecordingState.HEARD})


class AskDelete(AskText):
    """Asks for the word that deletes; no is the first answer."""

    def compose_buttons(self) -> ComposeResult:
        """No first."""
        yield Button(Text(_("No")), id="cancel", compact=True)
        yield Button(Text(_("Delete the sound")), variant="error", id="accept", compact=True)


class RecordingsScreen(StudyScreen):
    """The list, and below it the text of the one at the cursor as it comes."""

    SCOPE: ClassVar[str] = "recordings"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("recordings")]
    AUTO_FOCUS = "Rows"
    DEFAULT_CSS = """
    RecordingsScreen Rows { height: 1fr; }
    RecordingsScreen #heard { height: 1fr; border-top: solid $panel; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, str] = ("", "")
        self._was_busy = False
        self.rows: Rows[RecordingRow] = Rows(
            lambda row, width: draw_recording(row, width, self.kodebok.look),
            lambda row: row.id,
            height=2,
        )

    def compose_body(self) -> ComposeResult:
        """The list and the text."""
        self.rows.empty = _("No recordings yet: a brings in sound files")
        yield self.rows
        with VerticalScroll(id="heard"):
            yield PlainText(id="heard-text")

    def on_mount(self) -> None:
        """Look at the queue again and again."""
        self.set_interval(LOOK_SECONDS, self._look)

    def title_text(self) -> str:
        """Where one is."""
        return _("Recordings")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Sound becomes text on this machine, one recording after the other, while you code. "
            "What is heard is kept, whatever breaks off the work. Nobody has compared the text "
            "with the sound before you have: quotes from it say so."
        )

    def reload(self) -> None:
        """Read how far each has come."""
        self._fill()

    def _look(self) -> None:
        is_busy = self.kodebok.is_transcribing
        if self.is_current and (is_busy or self._was_busy):
            self._was_busy = is_busy
            self._fill()

    def _fill(self) -> None:
        store, queue = self.study.store, self.kodebok.transcribing
        names = {source.id: source.name for source in sources.load_sources(store)}
        waiting = queue.waiting
        self.rows.show(
            [
                RecordingRow(
                    known,
                    names.get(known.source_id or "", ""),
                    queue.progress_of(known.recording.id),
                    known.recording.id == queue.current,
                    waiting.index(known.recording.id) + 1 if known.recording.id in waiting else 0,
                )
                for known in list_recordings(store)
            ]
        )
        self._show_text()

    @on(Rows.Highlighted)
    def _show_text(self) -> None:
        """What was heard of the recording at the cursor, its end in sight."""
        row = self.rows.item
        words = self._words_of(row) if row is not None else ""
        shown = (row.id if row is not None else "", words)
        if shown != self._shown:
            self._shown = shown
            self.query_one("#heard-text", PlainText).update(words)
            self.query_one("#heard", VerticalScroll).scroll_end(animate=False)

    def _words_of(self, row: RecordingRow) -> str:
        if row.told is not None and row.told.error is not None:
            error = row.told.error
            return f"{error.message}\n{error.remedy} ({error.code})"
        if row.known.state is RecordingState.FINISHED:
            return _("Enter opens {source}", source=row.source)
        chunks = recordings.load_chunks(self.study.store, row.id)
        return heard_text([chunk for chunk in chunks if has_words(chunk)][-_SHOWN_CHUNKS:])

    # Acts ----------------------------------------------------------------------------------

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        row: RecordingRow = event.item
        if row.known.source_id is not None:
            self.kodebok.open_source(row.known.source_id)
        else:
            self.action_begin()

    def action_begin(self) -> None:
        """Begin with the recording at the cursor, or go on with it."""
        row = self.rows.item
        if row is not None and row.known.state in _UNFINISHED:
            self.kodebok.transcribing.add(row.id)
            self._fill()

    def action_begin_all(self) -> None:
        """Let every unfinished recording be transcribed, one after the other."""
        for row in self.rows.items:
            if row.known.state in _UNFINISHED:
                self.kodebok.transcribing.add(row.id)
        self._fill()

    def action_stop(self) -> None:
        """Stop the recording at the cursor; what was heard is kept."""
        row = self.rows.item
        if row is not None:
            self.kodebok.transcribing.stop(row.id)
            self._fill()

    def action_anew(self) -> None:
        """Throw away what was heard, and begin again, perhaps with another model."""
        row = self.rows.item
        if row is None or row.known.state not in _UNFINISHED or row.is_current or row.place:
            self.app.notify(_("Stop it first; one that is finished is a source"), markup=False)
            return

        def answered(request: SoundRequest | None) -> None:
            if request is not None:
                self.act(lambda: begin_anew(self.study, row.id, request))
                self.kodebok.transcribing.add(row.id)
                self._fill()

        self.app.push_screen(SoundForm([row.name], row.known.recording.language), answered)

    def action_add_files(self) -> None:
        """Choose sound files."""
        self.kodebok.switch_mode("import")

    def action_delete_sound(self) -> None:
        """Say what nobody can check any more, ask for a typed word, and delete the sound."""
        row = self.rows.item
        if row is None:
            return
        going = self.act(lambda: look_before_deleting(self.study, row.known.source_id or row.id))
        if going is None:
            return
        if row.is_current or row.place:
            self.app.notify(_("Stop it first; one that is finished is a source"), markup=False)
            return
        word = _("delete")

        def answered(typed: str | None) -> None:
            if typed is not None and typed.casefold() == word:
                self._delete(going)
            elif typed:
                self.app.notify(_("Nothing was deleted."), markup=False)

        hint = "\n".join([*loss_words(going), _("Type “{word}” to delete for good.", word=word)])
        title = _("Delete the sound of {name}?", name=row.name)
        self.app.push_screen(AskDelete(title, hint), answered)

    def _delete(self, going: SoundToDelete) -> None:
        def delete() -> bool:
            delete_sound(self.study, going)
            return True

        if self.act(delete):
            self.app.notify(_("The sound is deleted. A receipt is left."), markup=False)


def loss_words(going: SoundToDelete) -> list[str]:
    """What is lost with a sound file: the quotes first that nobody has heard."""
    lines = []
    if going.quotes:
        count = len(going.quotes)
        lines.append(_n("Nobody has heard {n} quote:", "Nobody has heard {n} quotes:", count))
        lines += [f"  «{quote.text[:48]}…»" for quote in going.quotes[:_QUOTES_SHOWN]]
        if count > _QUOTES_SHOWN:
            lines.append(_("  and {n} more", n=count - _QUOTES_SHOWN))
    elif going.unheard:
        lines.append(_("Parts of the text were never compared with it."))
    if going.source_id is None:
        lines.append(_("It has no source yet: what was heard goes with it."))
    if going.is_copy:
        lines.append(_("This is the study's own copy; the file it came from lies elsewhere still."))
    return [*lines, _("It does not come back, by undo either.")]
