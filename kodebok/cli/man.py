"""`kodebok man`: the manual page, made of the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from kodebok.cli.base import EVERYWHERE, Argument, new_command
from kodebok.cli.output import write
from kodebok.errors import ExitCode
from kodebok.i18n import mark, translator

_ = translator("cli")

_EXIT_WORDS = {
    ExitCode.DONE: mark("done"),
    ExitCode.FAILED: mark("could not be done"),
    ExitCode.WRONG_USE: mark("wrong use, or a question that no one answered"),
    ExitCode.MISSING_COMPONENT: mark("a component is missing"),
    ExitCode.IN_USE_OR_DAMAGED: mark("the study is in use or damaged"),
    ExitCode.REFUSED_TO_PROTECT: mark("refused, to protect persons"),
    ExitCode.INTERRUPTED: mark("interrupted"),
}


@new_command(mark("Print the manual page: kodebok man > kodebok.1"))
def command() -> None:
    """Print the page."""
    from kodebok.cli.app import root

    ctx = click.Context(root, info_name="kodebok")
    write("\n".join(page_lines(root, ctx)) + "\n")


def page_lines(root: click.Group, ctx: click.Context) -> Iterator[str]:
    """The page in the language in force, in the form that man(1) reads."""
    yield '.TH KODEBOK 1 "" kodebok'
    yield f".SH {_('NAME')}"
    yield f"kodebok \\- {_escaped(_(root.help or '').split(chr(10))[0])}"
    yield f".SH {_('SYNOPSIS')}"
    yield f".B kodebok\n[{_escaped(_('OPTIONS'))}] {_escaped(_('COMMAND'))} ..."
    yield f".SH {_('OPTIONS THAT WORK EVERYWHERE')}"
    for option in EVERYWHERE:
        yield from _parameter(option, ctx)
    yield f".SH {_('COMMANDS')}"
    for name in root.list_commands(ctx):
        found = root.get_command(ctx, name)
        if found is not None:
            yield from _command_lines(found, ctx, f"kodebok {name}")
    yield f".SH {_('EXIT STATUS')}"
    for code, words in _EXIT_WORDS.items():
        yield f".TP\n{int(code)}\n{_escaped(_(words))}"


def _command_lines(found: click.Command, parent: click.Context, path: str) -> Iterator[str]:
    ctx = click.Context(found, info_name=path, parent=parent)
    pieces = [p.make_metavar(ctx) for p in found.params if isinstance(p, Argument)]
    yield f".SS {_escaped(' '.join([path, *pieces]))}"
    yield _escaped(cleandoc(_(found.help or ""))).replace("\n\n", "\n.PP\n")
    for parameter in found.params:
        yield from _parameter(parameter, ctx)
    if isinstance(found, click.Group):
        for name in found.list_commands(ctx):
            inner = found.get_command(ctx, name)
            if inner is not None:
                yield from _command_lines(inner, ctx, f"{path} {name}")


def _parameter(parameter: click.Parameter, ctx: click.Context) -> Iterator[str]:
    if isinstance(parameter, Argument):
        record: tuple[str, str] | None = (parameter.make_metavar(ctx), _(parameter.explained))
    else:
        record = parameter.get_help_record(ctx)
    if record:
        yield f".TP\n.B {_escaped(record[0])}\n{_escaped(record[1])}"


def _escaped(text: str) -> str:
    """Text that man(1) takes for text: no backslash, hyphen or first full stop of its own."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in {".", "'"} else line for line in safe.split("\n"))
