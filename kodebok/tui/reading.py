"""Reading files in a process of its own, so that the screen answers while a large one is read."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from kodebok.domain.source import Arrival
from kodebok.errors import KodebokError
from kodebok.i18n import language, set_language, translator
from kodebok.sources import ReadOptions, read_file

_ = translator("tui")


def _read(path: Path, options: ReadOptions) -> list[Arrival] | tuple[str, str, str]:
    """Runs in the other process; an error comes back as its three parts."""
    try:
        return read_file(path, options)
    except KodebokError as error:
        return error.message, error.remedy, error.code


class FileReader:
    """One other process that reads files, begun when the first is read."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def read(self, path: Path, options: ReadOptions) -> list[Arrival]:
        """What the file holds.

        Raises:
            KodebokError: It cannot be read; the error says why.
        """
        loop = asyncio.get_running_loop()
        try:
            read = await loop.run_in_executor(self._started(), _read, path, options)
        except BrokenProcessPool as error:
            self.close()
            raise KodebokError(
                _("reading the file took the reading program down"),
                _("save the text anew in its own program, or bring it in as plain text"),
                "K710",
            ) from error
        if isinstance(read, tuple):
            raise KodebokError(*read)
        return read

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=set_language,
                initargs=(language(),),
            )
        return self._pool

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
