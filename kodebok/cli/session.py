"""One run of the command line: its flags, its study, and how it asks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import FLAGS
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from kodebok.config import Settings
    from kodebok.review.content import PackageContent
    from kodebok.review.supervisor import Given
    from kodebok.storage.database import Store
    from kodebok.study.opening import Study

_ = translator("cli")

_SESSION = "kodebok.session"


@dataclass(frozen=True, slots=True)
class Front:
    """What the program hands the command line, since it may not know the screen.

    Attributes:
        open_screen: Opens the screen on a study, or its start for None, and returns when it is
            left; the second argument is the folder to begin in.
        screen_keys: The screen's keys: action, keys, explanation.
        open_review: Lets a supervisor answer a package on the screen; `save` is given all answers
            each time one is given.
    """

    open_screen: Callable[[Study | None, Path], int]
    screen_keys: Callable[[], list[tuple[str, str, str]]]
    open_review: Callable[[PackageContent, list[Given], Callable[[list[Given]], None]], int] = (
        lambda *_package: 0
    )


class Session:
    """The flags of this run, and the study it works on, opened when it is first asked for."""

    def __init__(self, ctx: click.Context) -> None:
        self._ctx = ctx.find_root()
        self._flags: dict[str, Any] = ctx.meta.setdefault(FLAGS, {})
        self._study: Study | None = None

    @property
    def front(self) -> Front:
        """What the program handed over."""
        front: Front = self._ctx.obj
        return front

    @property
    def folder(self) -> Path:
        """Where the study is looked for."""
        return Path(self._flags.get("study_folder", ".")).expanduser()

    @property
    def json(self) -> bool:
        """Whether data are wanted as JSON."""
        return bool(self._flags.get("json"))

    @property
    def yes(self) -> bool:
        """Whether every question is answered with yes."""
        return bool(self._flags.get("yes"))

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be said beside the data."""
        return bool(self._flags.get("quiet"))

    @property
    def coder_name(self) -> str | None:
        """The coder that was named."""
        return self._flags.get("coder")

    @property
    def has_terminal(self) -> bool:
        """Whether the screen could be opened."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()

    def settings(self) -> Settings:
        """Settings in force where the study is looked for."""
        from kodebok.config import Settings
        from kodebok.paths import find_project

        return self._study.settings if self._study else Settings(find_project(self.folder))

    @property
    def study(self) -> Study:
        """The open study.

        Raises:
            WrongUseError: There is none, or the coder is not known (K603).
        """
        if self._study is None:
            self._study = self._open()
            self._ctx.call_on_close(self._study.close)
        return self._study

    @property
    def is_open(self) -> bool:
        """Whether a study has been opened or made."""
        return self._study is not None

    def keep(self, study: Study) -> None:
        """Work on a study that was just made."""
        self._study = study
        self._ctx.call_on_close(study.close)

    @property
    def store(self) -> Store:
        """The study's file."""
        return self.study.store

    @property
    def coder_id(self) -> str:
        """Who does what is done."""
        return self.study.coder.id

    def _open(self) -> Study:
        from kodebok.storage import projects
        from kodebok.study.opening import add_coder, open_study

        name = self.coder_name
        if name is None:
            return open_study(self.folder)
        study = open_study(self.folder)
        try:
            if not _is_known(name, projects.load_users(study.store)):
                self._ask_for_coder(name)
                study.work_as(add_coder(study, name))
                return study
        except BaseException:
            study.close()
            raise
        study.close()
        return open_study(self.folder, name)

    def _ask_for_coder(self, name: str) -> None:
        """Ask whether a new coder is meant; `--yes` does not answer that, for it may be a slip."""
        if not can_ask() or not confirm(_("{name} is not a coder here. Add?", name=name)):
            raise WrongUseError(
                _("the study has no coder of that name"),
                _("see 'kodebok coders', or add one with 'kodebok coders add'"),
                "K603",
            )

    def ask(self, question: str) -> bool:
        """Whether the user says yes.

        Raises:
            WrongUseError: There is no terminal to ask on, and `--yes` was not given (K602).
        """
        self.check_answerable(question)
        return self.yes or confirm(question)

    def check_answerable(self, question: str) -> None:
        """See that a question can be answered, before anything is shown for it.

        Raises:
            WrongUseError: There is no terminal to ask on, and `--yes` was not given (K602).
        """
        if not self.yes and not can_ask():
            raise WrongUseError(
                _("there is no one to answer: {question}", question=question),
                _("answer beforehand with --yes"),
                "K602",
            )

    def say(self, text: str) -> None:
        """Tell the user something that is not data."""
        if not self.quiet:
            tell(text)


def _is_known(name: str, users: list[Any]) -> bool:
    wanted = name.strip().casefold()
    return any(user.name.casefold() == wanted or user.id.startswith(name.strip()) for user in users)


def tell(text: str) -> None:
    """Write a line to stderr, whatever letters its encoding has."""
    stream = sys.stderr
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def can_ask() -> bool:
    """Whether someone sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Ask until the answer is yes or no; an empty one is no."""
    while True:
        answer = ask_text(f"{question} {_('[y/N]')} ").casefold()
        if answer in {"j", "ja", "y", "yes"}:
            return True
        if answer in {"", "n", "nei", "no"}:
            return False


def ask_text(prompt: str) -> str:
    """What the user types.

    Raises:
        EOFError: The input ended.
    """
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def current_session() -> Session:
    """The session of this run."""
    ctx = click.get_current_context()
    session: Session = ctx.meta.setdefault(_SESSION, Session(ctx))
    return session


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand a command's function the session as its first argument."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        return function(current_session(), *args, **kwargs)

    return run
