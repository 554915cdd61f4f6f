"""Reading one row of a study that is not open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from kodebok.paths import DATABASE_NAME

_TIMEOUT_S = 0.1


def peek_row(folder: Path, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """One row of a study that is not open, without migrating or locking it.

    Returns:
        The row; None when there is none, or the study has no such table, is in use, or cannot be
        read.
    """
    address = f"{(folder / DATABASE_NAME).resolve().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_TIMEOUT_S)) as connection:
            row: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
    except (sqlite3.Error, OSError):
        return None
    return row
