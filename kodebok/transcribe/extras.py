"""What the sound needs beside the plain install, and the line that installs it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kodebok.errors import MissingComponentError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

_ = translator("transcribe")


@contextmanager
def needed(extra: str) -> Iterator[None]:
    """Turn a failed import within into an error that says what to install.

    Args:
        extra: The extra of kodebok that brings the library: `whisper` or `faster`.

    Raises:
        MissingComponentError: K900, the library is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingComponentError(
            _("{library} is not installed", library=error.name or extra),
            _('install it: pip install "kodebok[{extra}]"', extra=extra),
            "K900",
        ) from error
