"""`kodebok completion`: what a shell needs to complete commands."""

from __future__ import annotations

import click

from kodebok.cli.base import argument, new_command
from kodebok.cli.output import write
from kodebok.i18n import mark

SHELLS = ("bash", "zsh", "fish")


@new_command(
    mark(
        "Print the script that lets your shell complete kodebok's commands and options.\n\n"
        "For bash: kodebok completion bash >> ~/.bashrc"
    )
)
@argument("shell", mark("bash, zsh or fish."), type=click.Choice(SHELLS), metavar="SHELL")
def command(shell: str) -> None:
    """Print the script."""
    from click.shell_completion import ShellComplete, get_completion_class

    from kodebok.cli.app import PROGRAM, root

    kind = get_completion_class(shell)
    if kind is not None:
        # The class for bash would start bash to ask its version, which need not be installed.
        write(ShellComplete.source(kind(root, {}, PROGRAM, "_KODEBOK_COMPLETE")))
