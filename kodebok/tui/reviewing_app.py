"""The program as a supervisor sees it: one package, and no study."""

from __future__ import annotations

from pathlib import Path

from kodebok.errors import KodebokError
from kodebok.review.content import PackageContent
from kodebok.review.supervisor import Given
from kodebok.tui.app import KodebokApp
from kodebok.tui.screens.package import PackageScreen, Save


class ReviewApp(KodebokApp):
    """kodebok's screen with a package on it.

    Args:
        content, given, save: As `PackageScreen`.
    """

    def __init__(self, content: PackageContent, given: list[Given], save: Save) -> None:
        super().__init__(None, Path.cwd())
        self.package = PackageScreen(content, given, save)

    def on_mount(self) -> None:
        """Show the package."""
        self.push_screen(self.package)

    def study_title(self) -> str:
        """There is none; the package's own title stands there."""
        return ""

    async def action_quit(self) -> None:
        """Leave, once every answer is in the file."""
        try:
            self.package.save_now()
        except KodebokError as error:
            self.show_error(error)
            return
        self.exit(0)


def run_review(content: PackageContent, given: list[Given], save: Save) -> int:
    """Show a package until the supervisor leaves.

    Returns:
        The exit status.
    """
    app = ReviewApp(content, given, save)
    status = app.run()
    return status or app.return_code or 0
