"""Recordings as they are listed, and the line that tells how a transcription goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kodebok.cli.output import Column, Item, clock, for_terminal, show
from kodebok.cli.session import Session, tell
from kodebok.cli.words import decimal
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.speech import Chunk
    from kodebok.storage.database import Store
    from kodebok.study.transcribing import Progress

_ = translator("cli")

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


def show_recordings(session: Session) -> None:
    """Print all recordings: how far each has come, and where its sound lies."""
    items = recording_items(session.store)
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
            tell(text)
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
