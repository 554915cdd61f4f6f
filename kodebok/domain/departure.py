"""Files that left a study, and backups of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Recipient(StrEnum):
    """To whom a file went: what the person is to the study, never a name."""

    SELF = "self"
    SUPERVISOR = "supervisor"
    CO_CODER = "co-coder"
    PARTICIPANT = "participant"
    EXAMINER = "examiner"
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Departure:
    """A file that was made of the study's text.

    Attributes:
        kind: Kind of export, such as `word` or `review`.
        file_name: The last part of its path.
        digest: SHA-256 of the file in hex.
        recipient: To whom it went; None when nothing was said.
        made: UTC time, ISO 8601.
    """

    id: str
    kind: str
    file_name: str
    digest: str
    bytes: int
    made: str
    recipient: Recipient | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and read back.

    Attributes:
        digest: SHA-256 of the encrypted file in hex.
        made: UTC time, ISO 8601.
    """

    id: str
    file_name: str
    digest: str
    bytes: int
    made: str
