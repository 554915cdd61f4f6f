"""Recordings as they are listed, and the line that tells how a transcription goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, clock, for_terminal, show
from kodebok.cli.session import Session, ask_text, can_ask, tell
from kodebok.cli.words import decimal
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, plural_translator, translator

if TYPE_CHECKING:
    from kodebok.domain.speech import Chunk
    from kodebok.storage.database import Store
    from kodebok.study.sound_deletion import SoundToDelete
    from kodebok.study.transcribing import Progress

_ = translator("cli")
_n = plural_translator("cli")

_STATES = {
    "waiting": mark("waiting"),
    "begun": mark("begun"),
    "heard": mark("heard to the end"),
    "finished": mark("finished"),
    "deleted": mark("sound deleted"),
}
_PERCENT = 100
_SECONDS_IN_MINUTE = 60


def recording_items(store: Store) -> list[Item]:
    """Recordings by the schema `recordings`."""
    from kodebok.storage.sources import load_sources
    from kodebok.study.recorded import list_recordings

    names = {source.id: source.name for source in load_sources(store)}
    return [
        {
            "id": known.recording.id,
            "name": known.recording.name,
            "state": str(known.state),
            "source": names.get(known.source_id or ""),
            "path": known.recording.path,
            "duration_ms": known.recording.duration_ms,
            "done_ms": known.done_ms,
            "total_ms": known.total_ms,
            "speakers": known.recording.speakers,
            "language": known.recording.language,
            "engine": known.recording.engine,
            "deleted": known.recording.deleted_at or None,
        }
        for known in list_recordings(store)
    ]


def show_recordings(session: Session, typed: str | None = None) -> None:
    """Print all recordings, or one: how far it has come, and where its sound lies."""
    from kodebok.study.recorded import find_recording

    items = recording_items(session.store)
    if typed is not None:
        wanted = find_recording(session.store, typed).recording.id
        items = [item for item in items if item["id"] == wanted]
    if not session.json:
        items = [
            {
                **item,
                "state": _(_STATES[item["state"]]),
                "length": clock(item["duration_ms"] or None),
                "done": _share(item["done_ms"], item["total_ms"]),
            }
            for item in items
        ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("State"), "state"),
        Column(_("Source"), "source"),
        Column(_("Length"), "length"),
        Column(_("Done"), "done", is_number=True),
        Column(_("Voices"), "speakers", is_number=True),
        Column(_("Where the sound lies"), "path"),
    ]
    show(session, "recordings", items, columns)


def _share(done: int, total: int) -> str:
    return f"{done * _PERCENT // total} %" if total else ""


class ProgressLine:
    """Tells on stderr how far a recording has come, and on a terminal what was heard.

    The words themselves are written to a terminal alone: a file that stderr goes to is a log.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_terminal = sys.stderr.isatty()
        self._is_open = False
        self._last = ""

    def show(self, told: Progress) -> None:
        """Tell what has happened."""
        from kodebok.study.transcribing import Step

        if told.step is Step.FAILED:
            self.end()
            tell(f"{told.recording.name}: {told.error}")
        elif self._session.quiet:
            return
        elif told.chunk is not None:
            self._tell_chunk(told, told.chunk)
        elif told.source is not None:
            self.end()
            tell(_("{name}: done.", name=told.source.name))
        elif told.step is Step.SPEECH:
            self._rewrite(_("{name}: looking for speech …", name=told.recording.name))
        elif told.step is Step.VOICES:
            self._rewrite(_("{name}: telling the voices apart …", name=told.recording.name))
        for doubt in told.doubts:
            self.end()
            tell(f"{told.recording.name}: {doubt}")

    def _tell_chunk(self, told: Progress, chunk: Chunk) -> None:
        words = " ".join(s.text for s in chunk.segments if s.words) or _("[unclear]")
        if self._is_terminal:
            self.end()
            tell(f"{clock(chunk.start_ms)}  {for_terminal(words)}")
        self._rewrite(
            _(
                "{name}: {share} done, about {left} left",
                name=told.recording.name,
                share=_share(told.done_ms, told.total_ms),
                left=time_in_words(told.left_s or 0.0),
            )
        )

    def _rewrite(self, text: str) -> None:
        """Write over the line before, on a terminal; else a line of its own."""
        if not self._is_terminal:
            if text != self._last:
                tell(text)
            self._last = text
            return
        sys.stderr.write(f"\r\x1b[K{for_terminal(text)}")
        sys.stderr.flush()
        self._is_open = True

    def end(self) -> None:
        """Leave the line that is written over."""
        if self._is_open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._is_open = False


def time_in_words(seconds: float) -> str:
    """A time that is left: minutes, or hours with one decimal."""
    minutes = max(1, round(seconds / _SECONDS_IN_MINUTE))
    if minutes < 2 * _SECONDS_IN_MINUTE:
        return _("{n} min", n=minutes)
    return _("{n} hours", n=decimal(minutes / _SECONDS_IN_MINUTE))


def delete_sound_of(session: Session, typed: str) -> None:
    """Show what can no longer be checked afterwards, ask for a typed yes, and delete.

    `--yes` does not answer: what is deleted does not come back.

    Raises:
        WrongUseError: There is no such sound (K528, K529), or nobody to answer (K666).
    """
    from kodebok.study.sound_deletion import delete_sound, look_before_deleting

    going = look_before_deleting(session.study, typed)
    _tell_what_goes(session, going)
    if not can_ask():
        raise WrongUseError(
            _("deleting sound is final, and there is no one to answer"),
            _("run the command in a terminal, and type the answer"),
            "K666",
        )
    word = _("delete")
    if ask_text(_("Type “{word}” to delete the sound for good:", word=word) + " ") != word:
        session.say(_("Nothing was changed."))
        return
    delete_sound(session.study, going)
    session.say(
        _(
            "The sound is deleted. No program can promise that a disk forgets: only an encrypted "
            "disk protects what was on it. Remember your backups and the recorder."
        )
    )


def _tell_what_goes(session: Session, going: SoundToDelete) -> None:
    name = going.recording.name
    tell(_("The sound of {name} is about to go: {path}", name=name, path=going.path))
    if going.is_copy:
        tell(_("It is the study's copy; the file that it was copied from is not touched."))
    else:
        tell(_("It is the file itself: no copy is in the study."))
    if going.unheard:
        words = sum(len(span) for span in going.unheard)
        tell(_("Not compared with the sound: {n} characters of the text.", n=words))
    if going.quotes:
        tell(
            _n(
                "{n} chosen quote was never compared with it, and cannot be afterwards:",
                "{n} chosen quotes were never compared with it, and cannot be afterwards:",
                len(going.quotes),
            )
        )
        from kodebok.cli.chosen import chosen_items, show_some

        unheard = {quote.id for quote in going.quotes}
        show_some(session, [i for i in chosen_items(session.store) if i["id"] in unheard])
