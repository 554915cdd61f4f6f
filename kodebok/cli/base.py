"""What all commands share: the options that work everywhere, and help in the user's language.

Help texts are English keys, marked with `mark`, and translated when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from inspect import cleandoc
from typing import Any, TypeVar

import click

from kodebok.i18n import LANGUAGES, mark, translator

_ = translator("cli")

F = TypeVar("F", bound=Callable[..., Any])

FLAGS = "kodebok.flags"


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The names and the help, in the language in force."""
        shown = copy(self)
        shown.help = _(self.help) if self.help else None
        return click.Option.get_help_record(shown, ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """The word for the value, in the language in force."""
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument with a help text.

    Args:
        explained: The help text, as an English key.
    """

    def __init__(self, decls: list[str], *, explained: str = "", **attrs: Any) -> None:
        super().__init__(decls, **attrs)
        self.explained = explained

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """The argument's name, in the language in force."""
        name = _(self.metavar or self.human_readable_name)
        if self.nargs != 1 and not name.endswith("..."):
            name += "..."
        return name if self.required else f"[{name}]"

    def get_error_hint(self, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The argument's name as errors give it."""
        name = _(self.metavar or self.human_readable_name)
        return f"'{name}'"


class _WholeNumber(click.types.IntParamType):
    """A whole number, which errors name in the language in force."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """What such a value is called."""
        return _("whole number")


def _note(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and value is not False:
        ctx.meta.setdefault(FLAGS, {})[param.name] = value


def _everywhere(*decls: str, explained: str, **attrs: Any) -> Option:
    return Option(list(decls), help=explained, expose_value=False, callback=_note, **attrs)


EVERYWHERE = (
    _everywhere(
        "-C",
        "study_folder",
        metavar="DIR",
        explained=mark("The study's folder, or one inside it; else the one you are in."),
    ),
    _everywhere("--coder", metavar="NAME", explained=mark("Who does it: a coder of the study.")),
    _everywhere(
        "--lang", type=click.Choice(LANGUAGES), explained=mark("The language of this program.")
    ),
    _everywhere("--json", is_flag=True, explained=mark("Print data as JSON.")),
    _everywhere("--yes", "-y", is_flag=True, explained=mark("Answer yes to every question.")),
    _everywhere(
        "--quiet", "-q", is_flag=True, explained=mark("Say nothing beside data and warnings.")
    ),
    _everywhere(
        "--debug", is_flag=True, explained=mark("Show where in the program an error arose.")
    ),
)


class Command(click.Command):
    """A command in the user's language, which takes the options that work everywhere."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own options, those that work everywhere, and help."""
        *own, last = super().get_params(ctx)
        taken = {name for param in self.params for name in param.opts}
        shared = [option for option in EVERYWHERE if not taken.intersection(option.opts)]
        return [*own, *shared, last]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the command's name, in the language in force."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            for part in cleandoc(_(self.help or "")).split("\n\n"):
                formatter.write_text(part)
                formatter.write_paragraph()

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing: `format_options` writes them, under every version of click."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments, the command's own options, then those that work everywhere."""
        write_parameters(self, ctx, formatter)


class Group(Command, click.Group):
    """A command with commands below it; without one named, the first is meant."""

    command_class = Command

    def __init__(self, *args: Any, **attrs: Any) -> None:
        attrs["invoke_without_command"] = True
        super().__init__(*args, **attrs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands below it, then options."""
        rows = [(name, _first_paragraph(item.help or "")) for name, item in self.commands.items()]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)
        write_parameters(self, ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order in which the commands were made."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named, or the first."""
        result = super().invoke(ctx)
        if ctx.invoked_subcommand is not None:
            return result
        name, first = next(iter(self.commands.items()))
        with ctx, first.make_context(name, [], parent=ctx) as inner:
            return first.invoke(inner)


def _first_paragraph(text: str) -> str:
    """The beginning of a help text, translated."""
    return cleandoc(_(text)).split("\n\n")[0].replace("\n", " ")


def write_parameters(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write arguments and options in their sections."""
    parameters = command.get_params(ctx)
    described = [
        (param.make_metavar(ctx), _(param.explained))
        for param in parameters
        if isinstance(param, Argument) and param.explained
    ]
    shared = [param for param in parameters if param in EVERYWHERE]
    own = [p for p in parameters if p not in shared and not isinstance(p, click.Argument)]
    for title, rows in (
        (_("Arguments"), described),
        (_("Options"), _records(own, ctx)),
        (_("Options that work everywhere"), _records(shared, ctx)),
    ):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _records(parameters: Sequence[click.Parameter], ctx: click.Context) -> list[tuple[str, str]]:
    return [record for record in (p.get_help_record(ctx) for p in parameters) if record]


def new_command(explained: str, **attrs: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command of its own."""
    return click.command(cls=Command, help=explained, **attrs)


def new_group(explained: str, **attrs: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a command with commands below it."""
    return click.group(cls=Group, help=explained, **attrs)


def argument(name: str, explained: str, **attrs: Any) -> Callable[[F], F]:
    """An argument with its help text."""
    return click.argument(name, cls=Argument, explained=explained, **attrs)


def option(*decls: str, help: str, **attrs: Any) -> Callable[[F], F]:  # noqa: A002 - click's word
    """An option with its help text."""
    if attrs.get("type") is int:
        attrs["type"] = _WholeNumber()
    return click.option(*decls, cls=Option, help=help, **attrs)
