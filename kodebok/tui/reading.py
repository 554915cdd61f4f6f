"""Reading a file in a process of its own, so that the screen answers while a large one is read.

The process gets a pickled request on its standard input and gives a pickled answer on its
standard output; both ends are this module.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from pathlib import Path

from kodebok.domain.source import Arrival
from kodebok.errors import KodebokError
from kodebok.i18n import language, set_language, translator
from kodebok.sources import ReadOptions, read_file

_ = translator("tui")

Answer = list[Arrival] | tuple[str, str, str]


async def read_elsewhere(path: Path, options: ReadOptions) -> list[Arrival]:
    """What a file holds.

    Raises:
        KodebokError: It cannot be read; the error says why.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        answered, _nothing = await process.communicate(pickle.dumps((path, options, language())))
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise KodebokError(
            _("the file could not be read to its end"),
            _("save the text anew in its own program, or bring it in as plain text"),
            "K710",
        )
    answer: Answer = pickle.loads(answered)  # noqa: S301 - from our own process
    if isinstance(answer, tuple):
        raise KodebokError(*answer)
    return answer


def answer_request(request: bytes) -> bytes:
    """The other end: read the file that a request names; an error goes back as its parts."""
    path, options, code = pickle.loads(request)  # noqa: S301 - from our own process
    set_language(code)
    answer: Answer
    try:
        answer = read_file(path, options)
    except KodebokError as error:
        answer = (error.message, error.remedy, error.code)
    return pickle.dumps(answer)


if __name__ == "__main__":
    sys.stdout.buffer.write(answer_request(sys.stdin.buffer.read()))
