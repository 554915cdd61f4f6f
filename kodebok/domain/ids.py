"""Identities of rows that a person made, and the clock."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime


def new_id() -> str:
    """A new random UUID (RFC 4122, version 4) in its usual form."""
    return str(uuid.uuid4())


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds, as events store it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
