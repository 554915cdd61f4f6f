"""Sound files on their way in: known by their ending, asked about, taken into the study."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from textual import work

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.study.opening import open_study
from kodebok.study.recorded import SoundRequest, admit_sound
from kodebok.transcribe.decoding import SUFFIXES
from kodebok.tui.base import StudyScreen
from kodebok.tui.screens.recordings_form import SoundForm
from kodebok.tui.widgets.plain import PlainText

_ = translator("sound_screen")


def is_sound(path: Path) -> bool:
    """Whether a file is one that can be transcribed, by its ending."""
    return path.suffix.lower() in SUFFIXES


def take_in(
    folder: Path, coder: str, path: Path, request: SoundRequest
) -> tuple[str, KodebokError | None]:
    """Take a sound file into the study in a folder, which is opened for it.

    A file may be large: this is called in a thread.

    Returns:
        The recording's id, or an empty one with the reason.
    """
    try:
        with closing(open_study(folder, coder)) as study:
            return admit_sound(study, path, request).recording.id, None
    except KodebokError as error:
        return "", error


class SoundImport(StudyScreen):
    """What the import screen does with sound."""

    def ask_for_sound(self, paths: Sequence[Path]) -> None:
        """Ask what must be known of sound files, then let them be transcribed."""

        def answered(request: SoundRequest | None) -> None:
            if request is not None:
                self.admit_sounds(paths, request)

        language = self.study.project().language
        self.app.push_screen(SoundForm([path.name for path in paths], language), answered)

    @work(group="reading")
    async def admit_sounds(self, paths: Sequence[Path], request: SoundRequest) -> None:
        """Take the files in, put them in the queue, and show the recordings."""
        busy = self.query_one("#busy", PlainText)
        busy.display = True
        taken = 0
        for path in paths:
            busy.update(_("Taking in {file} …", file=path.name))
            folder, coder = self.study.folder, self.study.coder.id
            recording_id, error = await asyncio.to_thread(take_in, folder, coder, path, request)
            if error is not None:
                self.kodebok.show_error(error)
            else:
                taken += 1
                self.kodebok.transcribing.add(recording_id)
        busy.display = False
        if taken:
            self.kodebok.switch_mode("recordings")
