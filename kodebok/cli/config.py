"""`kodebok config`: settings."""

from __future__ import annotations

import os

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, show, write
from kodebok.cli.session import Session, with_session
from kodebok.domain.project import Method
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")


@new_group(mark("List, get or set settings; without a command: list."))
def command() -> None:
    """Settings."""


@command.command("list", help=mark("List the settings, their values and where each comes from."))
@with_session
def list_settings(session: Session) -> None:
    """Print all."""
    from kodebok.config import SETTINGS

    settings = session.settings()
    items = [
        {
            "key": setting.key,
            "value": settings.get(setting.key),
            "default": setting.default,
            "choices": list(setting.choices),
            "variable": setting.variable,
            "from_environment": bool(os.environ.get(setting.variable)),
        }
        for setting in SETTINGS.values()
    ]
    columns = [
        Column(_("Setting"), "key"),
        Column(_("Value"), "value"),
        Column(_("Default"), "default"),
        Column(_("Possible values"), "choices"),
        Column(_("Environment variable"), "variable"),
    ]
    show(session, "config", items, columns)


@command.command("get", help=mark("Print the value of a setting."))
@argument("key", mark("The setting's name."))
@with_session
def get_setting(session: Session, key: str) -> None:
    """Print one."""
    from kodebok.config import SETTINGS

    if key not in SETTINGS:
        raise WrongUseError(
            _("there is no setting of that name"),
            _("use one of: {choices}", choices=", ".join(SETTINGS)),
            "K647",
        )
    value = session.settings().get(key)
    if session.json:
        show(session, "config", [{"key": key, "value": value}], ())
    else:
        write(f"{value}\n")


@command.command("set", help=mark("Set a setting for the study, or with --user for all studies."))
@argument("key", mark("The setting's name."))
@argument("value", mark("The new value."))
@option("--user", "for_all", is_flag=True, help=mark("For all your studies."))
@with_session
def set_setting(session: Session, key: str, value: str, for_all: bool) -> None:
    """Set one."""
    from kodebok.config import write_setting
    from kodebok.paths import find_project

    folder = None if for_all else find_project(session.folder)
    if folder is None and not for_all:
        raise WrongUseError(
            _("there is no study in this folder or above it"),
            _("name its folder with -C, or set it for all studies with --user"),
            "K648",
        )
    path = write_setting(folder, key, value)
    session.say(_("Wrote {key} to {file}.", key=key, file=path.name))


@command.command(
    "method",
    help=mark(
        "Print the study's way of working, or choose another.\n\n"
        "It shapes words and defaults, never what is possible; what is done already stays as it is."
    ),
)
@argument(
    "name", mark("The way of working."), required=False, metavar="METHOD",
    type=click.Choice([str(method) for method in Method]),
)  # fmt: skip
@with_session
def choose_method(session: Session, name: str | None) -> None:
    """Choose it, or print what follows from it."""
    from kodebok.cli.methods import show_method
    from kodebok.storage import projects

    project = session.study.project()
    if name is not None and name != project.method:
        with session.store.act("project.change", session.coder_id, project.id) as act:
            projects.change_project(act, project.id, method=name)
    show_method(session, Method(name or project.method))
