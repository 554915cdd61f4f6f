"""Opening a project file, and the one way to change it: an act.

WAL with `synchronous=FULL`: when an act has returned, it is on the disk. Locks last one act.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from kodebok.errors import DamagedProjectError, KodebokError, ProjectInUseError, WrongUseError
from kodebok.i18n import translator
from kodebok.paths import DATABASE_NAME, PROJECT_FOLDERS
from kodebok.storage import copies, schema

if TYPE_CHECKING:
    from kodebok.storage.history import Act

_ = translator("storage")

BUSY_TIMEOUT_MS = 5_000


def _import_database_class() -> Any:
    """`sqlite_utils.Database`, without numpy: it would take 0.15 s and is not needed."""
    if "sqlite_utils" not in sys.modules and "numpy" not in sys.modules:
        sys.modules["numpy"] = None  # type: ignore[assignment]
        try:
            from sqlite_utils import Database
        finally:
            del sys.modules["numpy"]
        return Database
    from sqlite_utils import Database

    return Database


def sqlite_version() -> str:
    """The version of SQLite that this Python brings."""
    return sqlite3.sqlite_version


class Store:
    """An open project file.

    Attributes:
        folder: The project's folder.
        db: The `sqlite_utils.Database`; only the storage room uses it.
        viewer: Id of the coder who looks; nobody's while empty, and nothing is left out then.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.db = _import_database_class()(connection, execute_plugins=False)
        self.viewer = ""
        self._act: Act | None = None

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make a new, empty project file in `folder` and open it.

        Raises:
            WrongUseError: There is a project there already, or the folder cannot be written.
        """
        path = folder / DATABASE_NAME
        if path.exists():
            raise WrongUseError(
                _("there is a project in this folder already"),
                _("open it with 'kodebok', or choose another folder"),
                "K202",
            )
        try:
            for name in ("", *PROJECT_FOLDERS):
                (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WrongUseError(
                _("the folder cannot be written to"),
                _("choose a folder of your own, or ask for the right to write there"),
                "K203",
            ) from error
        with translated_errors():
            _make_empty_project(path)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the project in `folder`; an older file is copied first, then migrated.

        Raises:
            WrongUseError: There is no project there.
            DamagedProjectError: The file is not a project, or is damaged.
        """
        path = folder / DATABASE_NAME
        if not path.is_file():
            raise WrongUseError(
                _("there is no project in this folder"),
                _("make one with 'kodebok init', or name its folder with -C"),
                "K204",
            )
        with translated_errors():
            store = cls(folder, _connect(path))
            try:
                store._bring_up_to_date()
                store._finish_scrub()
            except BaseException:
                store.close()
                raise
        return store

    def _bring_up_to_date(self) -> None:
        unknown, pending = schema.compare_migrations(self.db)
        if unknown:
            raise WrongUseError(
                _("the project was made by a newer kodebok"),
                _("install the newest kodebok, and open the project with that"),
                "K213",
            )
        if not pending:
            return
        if not self.has_table("_sqlite_migrations"):
            raise DamagedProjectError(
                _("the file kodebok.db is not a kodebok project"),
                _("take the newest file from the folder 'copies', or your own backup"),
                "K205",
            )
        try:
            copies.copy_before_migration(self.db.conn, self.folder)
        except OSError as error:
            raise KodebokError(
                _("the project could not be copied before it is brought up to date"),
                _("see that there is room, and that you may write in the folder"),
                "K215",
            ) from error
        schema.apply_migrations(self.db)

    def _finish_scrub(self) -> None:
        """What was taken out of the file, but is not gone from the disk yet, goes now."""
        if self.db.execute("SELECT 1 FROM scrub_pending").fetchone():
            from kodebok.storage.scrubbing import finish_scrub

            finish_scrub(self)

    def has_table(self, name: str) -> bool:
        """Whether the file has that table."""
        found = self.db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone()
        return found is not None

    def close(self) -> None:
        """Close the file. Everything confirmed is on the disk already."""
        self.db.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with translated_errors():
            found: list[tuple[Any, ...]] = self.db.execute(sql, parameters).fetchall()
        return found

    def row(self, sql: str, parameters: Any = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with translated_errors():
            found: tuple[Any, ...] | None = self.db.execute(sql, parameters).fetchone()
        return found

    def change_count(self) -> tuple[int, int]:
        """A value that differs after any act, by this process or another."""
        seq = self.rows("SELECT max(seq) FROM events")[0][0]
        return self.rows("PRAGMA data_version")[0][0], seq or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction, all or nothing.

        Raises:
            ProjectInUseError: Another process held the file for longer than five seconds.
        """
        connection = self.db.conn
        if connection.in_transaction:
            raise RuntimeError("another act is under way on this connection")
        with translated_errors():
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("PRAGMA defer_foreign_keys=ON")
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def act(self, kind: str, coder_id: str, subject: str = "") -> Iterator[Act]:
        """One act of a person: durable, in the history, and undone as a whole.

        An act inside another becomes part of it. An act that changed nothing leaves no trace.

        Args:
            kind: What is done, `noun.verb`.
            coder_id: Who does it.
            subject: Id of what it is done to.
        """
        from kodebok.storage.history import Act

        if self._act is not None:
            yield self._act
            return
        self.keep_copy_of_the_day()
        with self.transaction():
            try:
                self._act = Act(self, kind, coder_id, subject)
                yield self._act
                self._act.record()
            finally:
                self._act = None

    def keep_copy_of_the_day(self) -> None:
        """Copy the file before the day's first change, once a day."""
        with translated_errors():
            copies.copy_of_the_day(self.db.conn, self.folder)


def _make_empty_project(path: Path) -> None:
    """Build the file under another name first: a half-made project never bears the real one."""
    with TemporaryDirectory(prefix=".kodebok-", dir=path.parent) as folder:
        unfinished = Path(folder) / DATABASE_NAME
        with closing(_connect(unfinished)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            schema.apply_migrations(_import_database_class()(connection, execute_plugins=False))
        unfinished.replace(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-32000")
        connection.execute("PRAGMA secure_delete=ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translated_errors() -> Iterator[None]:
    """SQLite's errors as the program's own, with what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        raise own_error(error) from error
    except UnicodeEncodeError as error:
        raise WrongUseError(
            _("a text holds signs that are no letters in any alphabet, and cannot be kept"),
            _("write the text anew, or save the file as UTF-8"),
            "K214",
        ) from error


def own_error(error: sqlite3.Error) -> KodebokError:
    """The program's own error for one of SQLite's."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ProjectInUseError(
            _("another program holds the project"),
            _("wait until it is done, or close it, and try again"),
            "K201",
        )
    if name.startswith("SQLITE_FULL"):
        return KodebokError(
            _("the disk is full, and nothing was changed"),
            _("free some space and do it again"),
            "K206",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return ProjectInUseError(
            _("the project file cannot be written"),
            _("see that the disk is there and that you may write in the folder"),
            "K207",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedProjectError(
            _("the project file is damaged"),
            _("take the newest file from the folder 'copies', and name it kodebok.db"),
            "K208",
        )
    if name.startswith("SQLITE_CONSTRAINT"):
        return WrongUseError(
            _("that would break the order of the project, and nothing was changed"),
            _("choose another name, or run 'kodebok check'"),
            "K209",
        )
    return DamagedProjectError(
        _("the project file could not be read"), _("run 'kodebok check'"), "K210"
    )
