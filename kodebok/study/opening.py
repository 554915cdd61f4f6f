"""Making and opening a study, and who works in it."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kodebok.coding.naming import find_coder
from kodebok.config import Settings
from kodebok.domain.ids import new_id
from kodebok.domain.project import Method, Project, User
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.paths import SETTINGS_NAME, find_project
from kodebok.storage import projects
from kodebok.storage.database import Store

if TYPE_CHECKING:
    from kodebok.anonymise.key_file import OpenKey

_ = translator("study")

_SETTINGS_TEXT = """\
# Settings of this study; 'kodebok config' lists them.
"""


@dataclass(frozen=True, slots=True)
class GateWish:
    """What the researcher says to the gate in this sitting.

    Attributes:
        despite: Why a file is to be written although the gate stops it; it is logged.
        harmless: Numbers, from 1, of places that are judged harmless when it stops.
    """

    despite: str = ""
    harmless: frozenset[int] = frozenset()


@dataclass(slots=True)
class Study:
    """An open study and the coder who works in it.

    Attributes:
        store: The project file; closed by `close`.
        key: The key file, once it was opened in this sitting.
        wish: What the gate is told.
    """

    store: Store
    coder: User
    settings: Settings
    key: OpenKey | None = None
    wish: GateWish = GateWish()

    def __post_init__(self) -> None:
        self.work_as(self.coder)

    def work_as(self, coder: User) -> None:
        """Let another coder go on; where she codes blind, she sees her own work alone."""
        self.coder = coder
        self.store.viewer = coder.id

    @property
    def folder(self) -> Path:
        """The project's folder."""
        return self.store.folder

    def project(self) -> Project:
        """The project as it stands."""
        return projects.load_project(self.store)

    def close(self) -> None:
        """Close the project file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()


def user_name() -> str:
    """What to call a coder who has not said a name: the account's name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("me")


def create_study(
    folder: Path,
    title: str = "",
    language: str = "nb",
    method: Method = Method.UNDECIDED,
    coder: str | None = None,
) -> Study:
    """Make a study in a folder, with its first coder.

    Raises:
        WrongUseError: There is one already, or the folder cannot be written.
    """
    folder = folder.expanduser().absolute()
    store = Store.create(folder)
    settings = Settings(folder)
    name = fold_space(canonicalise(coder or settings.get("coder") or user_name()))
    project = Project(new_id(), fold_space(canonicalise(title)) or folder.name, language, method)
    user = User(new_id(), name)
    with store.act("project.create", user.id, project.id) as act:
        projects.add_project(act, project)
        projects.insert_user(act, user)
    if not (folder / SETTINGS_NAME).exists():
        (folder / SETTINGS_NAME).write_text(_SETTINGS_TEXT, encoding="utf-8")
    return Study(store, user, settings)


def open_study(start: Path, coder: str | None = None) -> Study:
    """Open the study in a folder or above it, as a coder that it knows.

    Args:
        start: The folder to look in, and upwards from.
        coder: Name or id; None takes the setting, else the study's first coder.

    Raises:
        WrongUseError: There is no study, or no such coder.
        DamagedProjectError: The file is not a project, or is damaged.
    """
    folder = find_project(start)
    if folder is None:
        raise WrongUseError(
            _("there is no study in this folder or above it"),
            _("make one with 'kodebok init', or name its folder with -C"),
            "K501",
        )
    store = Store.open(folder)
    try:
        settings = Settings(folder)
        wanted = settings.get("coder", coder)
        return Study(store, _choose_coder(store, wanted, asked=coder is not None), settings)
    except BaseException:
        store.close()
        raise


def _choose_coder(store: Store, wanted: str, *, asked: bool) -> User:
    known = projects.load_users(store)
    if wanted and (asked or any(user.name == wanted for user in known)):
        return find_coder(store, wanted)
    return projects.first_user(store)


def add_coder(study: Study, name: str, role: str = "") -> User:
    """Add a coder to the study.

    Raises:
        WrongUseError: There is one of that name.
    """
    folded = fold_space(canonicalise(name))
    if not folded or projects.find_user(study.store, folded):
        raise WrongUseError(
            _("there is a coder of that name already, or the name is empty"),
            _("choose another name"),
            "K502",
        )
    with study.store.act("coder.add", study.coder.id) as act:
        return projects.add_user(act, folded, role)
