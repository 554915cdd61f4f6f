"""Making one export out of the options of a command."""

from __future__ import annotations

import shlex
from typing import Any

import click

from kodebok.cli.output import show_json, write
from kodebok.cli.session import Session, can_ask, tell
from kodebok.errors import WrongUseError
from kodebok.i18n import translator

_ = translator("cli")

_NOT_OF_THE_FILE = frozenset({"output", "overwrite", "despite", "harmless"})
_FILTERS = ("code", "below", "case", "source", "coder", "variable", "overlapping")


def export_file(session: Session, kind: str, given: dict[str, Any]) -> None:
    """Make the file, say what the gate said, and print where the file lies.

    Raises:
        WrongUseError: The file's ending is not one that the export can have (K614).
    """
    from kodebok.study.exporting import ExportKind, ExportOptions, export_formats, run_export

    path = given.pop("output")
    made = ExportKind(kind)
    has_filters = isinstance(given.get("source"), tuple)
    if has_filters:
        from kodebok.cli.filters import chosen_filter

        filters = {name: given.pop(name) for name in _FILTERS}
        given["wanted"] = chosen_filter(session.store, filters)
    if path is not None:
        given["format"] = _ending(path.suffix, export_formats(made), given.get("format"))
    told = {name: value for name, value in given.items() if value is not None}
    options = ExportOptions(command=_this_command(), **told)
    open_key_for_gate(session)
    result = run_export(session.study, made, path, options)
    for sentence in result.sentences:
        tell(sentence)
    if session.json:
        item = {"path": str(result.path), "kind": kind, "bytes": result.bytes_written}
        show_json("exports", [item])
    else:
        write(f"{result.path}\n")


def open_key_for_gate(session: Session) -> None:
    """Ask for the passphrase where the gate needs the key and there is somebody to ask."""
    from kodebok.cli.passphrase import ask_passphrase
    from kodebok.study.gating import needs_passphrase
    from kodebok.study.unlocking import unlock

    if can_ask() and needs_passphrase(session.study):
        unlock(session.study, ask_passphrase(twice=False))


def _ending(suffix: str, possible: tuple[str, ...], wanted: str | None) -> str:
    """The format that a file's name asks for, which must be one that the export can have."""
    ending = suffix.lower().removeprefix(".")
    if ending not in possible or wanted not in {None, ending}:
        raise WrongUseError(
            _("that export cannot be a file of that ending"),
            _("let the name end in one of: {choices}", choices=", ".join(possible)),
            "K614",
        )
    return ending


def _this_command() -> str:
    """The line that makes the export again, without paths, which may hold names."""
    ctx = click.get_current_context()
    words = ctx.command_path.split()
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if (
            param.name in {"output", "overwrite", "despite", "harmless"}
            or not value
            or value == param.default
        ):
            continue
        words += _as_typed(param, value)
    return shlex.join(words)


def _as_typed(param: click.Parameter, value: Any) -> list[str]:
    if isinstance(param, click.Argument):
        return [str(value)]
    name = param.opts[0]
    if value is True:
        return [name]
    values = value if isinstance(value, tuple) else (value,)
    return [word for item in values for word in (name, str(item))]
