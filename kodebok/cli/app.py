"""The command line itself: finds the command that is meant, and answers for what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from kodebok.cli.base import Command, Option, write_parameters
from kodebok.cli.session import Front, Session, current_session, tell
from kodebok.cli.table import COMMANDS, SECTIONS
from kodebok.cli.words import choose_language, teach_click
from kodebok.errors import ExitCode, KodebokError, WrongUseError
from kodebok.i18n import mark, translator

_ = translator("cli")

PROGRAM = "kodebok"

_EXPLAINED = mark(
    "From interviews to coded quotes in Word, in the terminal, with no network.\n\n"
    "Without a command it opens the study that you are in, or the start screen."
)


class Root(Command, click.Group):
    """The program, which knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module and take the command out of it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = import_module(f"kodebok.cli.{entry.module}").command
        found.name = cmd_name
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands by section, without importing one of them; then options."""
        for section in SECTIONS:
            rows = [(n, _(e.explained)) for n, e in COMMANDS.items() if e.section == section]
            with formatter.section(_(section)):
                formatter.write_dl(rows)
        write_parameters(self, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; a name not in the table is answered with the nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = _("Did you mean {possibility}?").format(possibility=near[0]) if near else ""
            unknown = _("No such command {name!r}.").format(name=args[0])
            raise click.UsageError(f"{unknown} {hint}".strip(), ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 - the program has one name
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run one line, and end with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        choose_language(words)
        teach_click()

        def run() -> Any:
            return super(Root, self).main(
                args=args,
                prog_name=PROGRAM,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )

        code = answer_for(run, with_traceback="--debug" in words)
        if standalone_mode:
            sys.exit(code)
        return code


def answer_for(run: Callable[[], Any], *, with_traceback: bool) -> int:
    """Run, and turn what goes wrong into one line for the user and an exit code."""
    try:
        result = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return ExitCode.FAILED
    except (click.Abort, KeyboardInterrupt, EOFError):
        tell(_("Interrupted."))
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _answer(_from_click(error), error, with_traceback=with_traceback)
    except KodebokError as error:
        return _answer(error, error, with_traceback=with_traceback)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        return _answer(_unexpected(error), error, with_traceback=with_traceback)
    return result if isinstance(result, int) else ExitCode.DONE


def _answer(told: KodebokError, error: Exception, *, with_traceback: bool) -> int:
    if with_traceback:
        from traceback import format_exception

        tell("".join(format_exception(error)).rstrip())
    tell(
        _(
            "kodebok: error {code}: {message}; {remedy}",
            code=told.code,
            message=told.message,
            remedy=told.remedy,
        )
    )
    return told.exit_code


def _from_click(error: click.ClickException) -> KodebokError:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else PROGRAM
    message = " ".join(error.format_message().split()).rstrip(".")
    remedy = _("see '{command} --help'", command=path)
    return WrongUseError(message[:1].lower() + message[1:], remedy, "K601")


def _unexpected(error: Exception) -> KodebokError:
    """An error that no one foresaw; its own words may hold words of the study."""
    return KodebokError(
        _("something failed inside kodebok ({kind})", kind=type(error).__name__),
        _("nothing half-done was kept; do it again with --debug to see where, and report that"),
        "K699",
    )


def _forget_stdout() -> None:
    """Nobody reads any more: what is left in the buffer goes nowhere, without a complaint."""
    import os

    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def _open_screen() -> int | None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return None
    return open_screen(current_session())


def open_screen(session: Session) -> int:
    """Open the screen on the study that is there, or its start.

    Raises:
        WrongUseError: There is no terminal (K604).
    """
    from kodebok.paths import find_project

    if not session.has_terminal:
        raise WrongUseError(
            _("the screen needs a terminal"),
            _("name a command instead; see 'kodebok --help'"),
            "K604",
        )
    is_there = session.is_open or find_project(session.folder) is not None
    return session.front.open_screen(session.study if is_there else None, session.folder)


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from kodebok import __version__
    from kodebok.cli.output import write

    write(f"{PROGRAM} {__version__}\n")
    ctx.exit()


_VERSION = Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help=mark("Print the version, and stop."),
)

root = Root(
    PROGRAM,
    callback=_open_screen,
    params=[_VERSION],
    help=_EXPLAINED,
    invoke_without_command=True,
)


def run_command_line(front: Front) -> None:
    """Run the line that the program was called with, and end the process."""
    root.main(obj=front)
