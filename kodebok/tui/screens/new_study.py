"""The window that asks for what a new study needs: a title, a folder, a language, a way of work."""

from __future__ import annotations

import re
from pathlib import Path

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Select

from kodebok.domain.project import Method
from kodebok.errors import KodebokError
from kodebok.i18n import language, translator
from kodebok.study.opening import Study, create_study
from kodebok.tui.widgets.dialogs import Dialog
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.words import method_words

_ = translator("tui")

# The names of languages stand in their own language.
_LANGUAGES = (("Bokmål", "nb"), ("Nynorsk", "nn"), ("English", "en"))


def folder_name(title: str) -> str:
    """A folder's name for a title: letters, digits and hyphens, never empty."""
    kept = re.sub(r"[^\w]+", "-", title.strip().lower()).strip("-_")
    return kept[:40].rstrip("-_") or _("my-study")


class NewStudy(Dialog[Study]):
    """Asks, and makes the study.

    Args:
        folder: The folder in which the study's own folder is made.
    """

    DEFAULT_CSS = """
    NewStudy Horizontal.field { height: 1; margin-bottom: 1; }
    NewStudy Horizontal.field PlainText { width: 16; }
    NewStudy Horizontal.field Input, NewStudy Horizontal.field Select { width: 1fr; }
    NewStudy #on-method { height: 2; margin-left: 16; }
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("A new study"), _("Tab goes to the next line. All can be changed later.")
        )
        self._folder = folder
        self._proposed = ""

    def compose_body(self) -> ComposeResult:
        """Four fields."""
        with Horizontal(classes="field"):
            yield PlainText(_("Title"))
            yield Input(placeholder=_("for example: One municipality"), id="title", compact=True)
        with Horizontal(classes="field"):
            yield PlainText(_("Folder"))
            yield Input(id="folder", compact=True)
        with Horizontal(classes="field"):
            yield PlainText(_("Language"))
            yield Select(
                _LANGUAGES, value=language(), allow_blank=False, id="language", compact=True
            )
        with Horizontal(classes="field"):
            yield PlainText(_("Way of working"))
            yield Select(
                [(method_words(method)[0], str(method)) for method in _ordered_methods()],
                value=str(Method.UNDECIDED),
                allow_blank=False,
                id="method",
                compact=True,
            )
        yield PlainText("", id="on-method")

    def compose_buttons(self) -> ComposeResult:
        """Make it, or not."""
        yield Button(Text(_("Make the study")), variant="primary", id="accept", compact=True)
        yield Button(Text(_("Cancel")), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Propose a folder."""
        self._propose("")

    @on(Input.Changed, "#title")
    def _on_title(self, event: Input.Changed) -> None:
        self._propose(event.value)

    def _propose(self, title: str) -> None:
        """The folder follows the title until the user has written one."""
        field = self.query_one("#folder", Input)
        if field.value == self._proposed:
            self._proposed = str(self._folder / folder_name(title))
            field.value = self._proposed

    @on(Select.Changed, "#method")
    def _on_method(self, event: Select.Changed) -> None:
        self.query_one("#on-method", PlainText).update(method_words(Method(str(event.value)))[1])

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.focus_next()

    def action_accept(self) -> None:
        """Make the study; what is wrong is told, and the fields stay."""
        from kodebok.tui.typed_paths import parse_paths

        typed = self.query_one("#folder", Input).value
        paths = parse_paths(typed, self._folder) or [self._folder / folder_name("")]
        try:
            study = create_study(
                paths[0],
                self.query_one("#title", Input).value,
                str(self.query_one("#language", Select).value),
                Method(str(self.query_one("#method", Select).value)),
            )
        except KodebokError as error:
            self._tell(error)
            return
        self.dismiss(study)

    def _tell(self, error: KodebokError) -> None:
        from kodebok.tui.app import KodebokApp

        if isinstance(self.app, KodebokApp):
            self.app.show_error(error)


def _ordered_methods() -> list[Method]:
    return [Method.UNDECIDED, *(method for method in Method if method is not Method.UNDECIDED)]
