"""What the app does beside the screen at hand: the queue of recordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.study.opening import Study
    from kodebok.tui.transcribing_queue import TranscribingQueue

_ = translator("sound_screen")


class BackgroundApp(App[int]):
    """An app that transcribes while its user does something else."""

    study: Study | None
    _transcribing: TranscribingQueue | None = None

    @property
    def transcribing(self) -> TranscribingQueue:
        """The queue of the open study."""
        if self._transcribing is None:
            from kodebok.tui.transcribing_queue import TranscribingQueue

            if self.study is None:
                raise RuntimeError("a queue needs a study")
            self._transcribing = TranscribingQueue(self.study.folder, self.study.coder.id)
        return self._transcribing

    @property
    def is_transcribing(self) -> bool:
        """Whether a recording is at work or waits."""
        return self._transcribing is not None and self._transcribing.is_busy

    def end_transcribing(self) -> None:
        """Stop all recordings; what is done of them is kept."""
        if self._transcribing is not None:
            self._transcribing.close()
            self._transcribing = None

    def tell_of_recordings(self) -> None:
        """Tell what was finished, and what could not be done."""
        for told in self._transcribing.take_news() if self._transcribing is not None else ():
            if told.error is not None:
                self.show_error(told.error)
            elif told.source is not None:
                name = told.source.name
                self.notify(_("{source} is transcribed: open it with o", source=name), markup=False)

    def ask_before_leaving(self, leave: Callable[[], None]) -> None:
        """Say that a recording is at work, and leave when that is wanted still."""
        from kodebok.tui.widgets.dialogs import Confirm

        question = _("A recording is being transcribed. Leave all the same?")
        hint = _("What was heard is kept, and it goes on from there when you start it again.")
        self.push_screen(
            Confirm(question, hint, yes=_("Leave")), lambda yes: leave() if yes else None
        )

    def show_error(self, error: Any) -> None:
        """Tell what could not be done, and what to do next."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Leave no work behind."""
        self.end_transcribing()
