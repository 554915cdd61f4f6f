"""Where kodebok begins: the command line, which is handed the function that opens the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kodebok.review.content import PackageContent
    from kodebok.review.supervisor import Given
    from kodebok.study.opening import Study


def _open_screen(study: Study | None, folder: Path) -> int:
    from kodebok.tui.app import run_app

    return run_app(study, folder)


def _open_review(
    content: PackageContent, given: list[Given], save: Callable[[list[Given]], None]
) -> int:
    from kodebok.tui.reviewing_app import run_review

    return run_review(content, given, save)


def _screen_keys() -> list[tuple[str, str, str]]:
    from kodebok.tui.keymap import all_actions

    return [(action.id, action.keys, action.tip_text()) for action in all_actions()]


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    from kodebok.cli.app import run_command_line
    from kodebok.cli.session import Front

    run_command_line(Front(_open_screen, _screen_keys, _open_review))


if __name__ == "__main__":
    main()
