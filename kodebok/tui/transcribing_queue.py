"""Recordings that are transcribed one after another while the student codes on.

The queue works in a thread with a study of its own; the screen asks how it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from threading import Lock, Thread, current_thread
from typing import Any

from kodebok.errors import KodebokError
from kodebok.jobs.child import ChildStage
from kodebok.jobs.stages import Row
from kodebok.storage import recordings
from kodebok.study.opening import Study, open_study
from kodebok.study.transcribing import Progress, Step, transcribe

_END_S = 10.0


class _StoppedError(Exception):
    """The user stopped the recording that is at work."""


class TranscribingQueue:
    """The recordings of one study that are to be transcribed.

    Args:
        folder: The study's folder.
        coder: Who makes the sources: name or id.
    """

    def __init__(self, folder: Path, coder: str) -> None:
        self._folder, self._coder = folder, coder
        self._lock = Lock()
        self._waiting: list[str] = []
        self._current: str | None = None
        self._child: ChildStage | None = None
        self._is_stopped = False
        self._told: dict[str, Progress] = {}
        self._news: list[Progress] = []
        self._thread: Thread | None = None

    @property
    def current(self) -> str | None:
        """The recording that is at work, or None."""
        return self._current

    @property
    def waiting(self) -> list[str]:
        """Those that come after it, in order."""
        with self._lock:
            return list(self._waiting)

    @property
    def is_busy(self) -> bool:
        """Whether something is at work or waits."""
        return self._thread is not None

    def progress_of(self, recording_id: str) -> Progress | None:
        """What was told of a recording last; None before anything was."""
        return self._told.get(recording_id)

    def take_news(self) -> list[Progress]:
        """What was finished or failed since this was asked last."""
        with self._lock:
            news, self._news = self._news, []
        return news

    def add(self, recording_id: str) -> None:
        """Let a recording be transcribed after those that wait; one that waits stays in its place.

        Nothing that was done of it is done again.
        """
        with self._lock:
            if recording_id in self._waiting or recording_id == self._current:
                return
            self._told.pop(recording_id, None)
            self._waiting.append(recording_id)
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()

    def stop(self, recording_id: str) -> None:
        """Take a recording out; what is done of it is kept."""
        with self._lock:
            if recording_id in self._waiting:
                self._waiting.remove(recording_id)
            is_current = recording_id == self._current
            self._is_stopped = self._is_stopped or is_current
            child = self._child if is_current else None
        if child is not None:
            Thread(target=child.cancel).start()  # a child may take its time to end

    def close(self) -> None:
        """Stop all of it; waits a moment, so that no child is left behind."""
        with self._lock:
            self._waiting.clear()
            current, thread = self._current, self._thread
        if current is not None:
            self.stop(current)
        if thread is not None:
            thread.join(_END_S)

    def _work(self) -> None:
        """Take one after the other, until none waits."""
        try:
            with closing(open_study(self._folder, self._coder)) as study:
                while (recording_id := self._take_next()) is not None:
                    self._transcribe(study, recording_id)
        finally:
            with self._lock:
                if self._thread is current_thread():  # else another has begun meanwhile
                    self._current = self._thread = None

    def _take_next(self) -> str | None:
        with self._lock:
            self._is_stopped = False
            self._current = self._waiting.pop(0) if self._waiting else None
            if self._current is None:
                self._thread = None
            return self._current

    def _transcribe(self, study: Study, recording_id: str) -> None:
        try:
            with closing(transcribe(study, recording_id, self._run)) as progress:
                for told in progress:
                    self._tell(told)
        except _StoppedError:
            self._told.pop(recording_id, None)
        except KodebokError as error:
            recording = recordings.load_recording(study.store, recording_id)
            self._tell(Progress(recording, Step.FAILED, error=error))

    def _tell(self, told: Progress) -> None:
        with self._lock:
            self._told[told.recording.id] = told
            if told.step in {Step.SOURCE, Step.FAILED}:
                self._news.append(told)

    def _run(self, name: str, arguments: Mapping[str, Any]) -> Iterator[Row]:
        """A stage in a child that `stop` can end."""
        with self._lock:
            if self._is_stopped:
                raise _StoppedError
            self._child = ChildStage(name, arguments)
        try:
            with closing(self._child) as child:
                yield from child
            if self._is_stopped:
                raise _StoppedError
        finally:
            self._child = None
