"""`kodebok models`: the speech models on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kodebok.cli.base import argument, new_group, option
from kodebok.cli.output import Column, show
from kodebok.cli.session import Session, with_session
from kodebok.errors import ExitCode
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.transcribe.catalogue import RemoteModel

_ = translator("cli")


@new_group(mark("List, add, fetch or check speech models; without a command: list."))
def command() -> None:
    """Models."""


@command.command(
    "list", help=mark("List the models on this machine, and those that can be fetched.")
)
@with_session
def list_models(session: Session) -> None:
    """Print all."""
    from kodebok.transcribe.catalogue import remote_models
    from kodebok.transcribe.models import installed_models

    here = {model.name: model for model in installed_models()}
    items = [
        {
            "name": model.name,
            "engine": str(model.engine),
            "installed": True,
            "megabytes": _megabytes(model.size_bytes),
            "licence": model.licence,
            "source": model.source,
        }
        for model in here.values()
    ]
    items += [
        {
            "name": model.name,
            "engine": str(model.engine),
            "installed": False,
            "megabytes": _megabytes(model.size_bytes),
            "licence": model.licence,
            "source": model.page,
        }
        for model in remote_models()
        if model.name not in here
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Engine"), "engine"),
        Column(_("Here"), "installed"),
        Column(_("MB"), "megabytes", is_number=True),
        Column(_("Licence"), "licence"),
        Column(_("From"), "source"),
    ]
    show(session, "models", items, columns)


@command.command(
    "add",
    help=mark(
        "Take in a model that lies on this machine: a .pt file, a CTranslate2 folder, or a "
        "Hugging Face folder. It is copied, converted where needed, and checked."
    ),
)
@argument("file", mark("The file or folder."), type=click.Path(path_type=Path))
@option("--name", default="", metavar="NAME", help=mark("What it is to be called."))
@option("--licence", default="", metavar="TEXT", help=mark("Its licence."))
@with_session
def add(session: Session, file: Path, name: str, licence: str) -> None:
    """Add one."""
    from kodebok.transcribe.model_add import add_model

    model = add_model(file.expanduser(), name, licence=licence)
    session.say(_("Added {name} for {engine}.", name=model.name, engine=model.engine))


@command.command(
    "download",
    help=mark(
        "Fetch a model from its makers, after a question. This is the only command that opens a "
        "network connection; nothing of the study is sent."
    ),
)
@argument("name", mark("The model's name, from the list."))
@with_session
def download(session: Session, name: str) -> None:
    """Fetch one."""
    from kodebok.transcribe.model_download import download_model, remote_model
    from kodebok.transcribe.models import checked_name

    model = remote_model(checked_name(name))
    question = _("Fetch it?")
    session.check_answerable(question)
    session.say(_about(model))
    if not session.ask(question):
        session.say(_("Nothing was fetched."))
        return
    last = [""]

    def watch(file: str, done: int, total: int) -> None:
        told = f"{file} {done * 10 // total * 10} %" if total else file
        if told != last[0]:
            session.say(told)
            last[0] = told

    added = download_model(model, watch)
    session.say(_("Added {name} for {engine}.", name=added.name, engine=added.engine))


@command.command("check", help=mark("Check that the models' files are what they were."))
@with_session
def check(session: Session) -> int:
    """Compare checksums."""
    from kodebok.transcribe.models import damaged_files, installed_models

    items = [
        {"name": model.name, "damaged": damaged_files(model), "files": len(model.files)}
        for model in installed_models()
    ]
    columns = [
        Column(_("Name"), "name"),
        Column(_("Files"), "files", is_number=True),
        Column(_("Damaged"), "damaged"),
    ]
    show(session, "model_checks", items, columns)
    return ExitCode.FAILED if any(item["damaged"] for item in items) else ExitCode.DONE


@command.command("remove", help=mark("Delete a model from this machine."))
@argument("name", mark("The model's name, from the list."))
@with_session
def remove(session: Session, name: str) -> None:
    """Delete one."""
    from kodebok.transcribe.models import find_model, remove_model

    model = find_model(name)
    if session.ask(_("Delete {name} from this machine?", name=model.name)):
        remove_model(model)
        session.say(_("Deleted {name}.", name=model.name))


def _about(model: RemoteModel) -> str:
    """What will be fetched, from where, how large, under which licence."""
    files = ", ".join(file.name for file in model.files)
    return "\n".join(
        (
            _("{name} by {maker}, licence {licence}", name=model.name, maker=model.maker,
              licence=model.licence),
            _("From: {address}", address=model.files[0].address.rsplit("/", maxsplit=1)[0]),
            _("About {megabytes} MB: {files}", megabytes=_megabytes(model.size_bytes), files=files),
            _("Nothing is sent but the request for these files."),
        )
    )  # fmt: skip


def _megabytes(size: int) -> int:
    return max(1, round(size / 1_000_000))
