"""The start screen: recent studies, a new one, another folder, the example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kodebok.errors import KodebokError, WrongUseError
from kodebok.i18n import translator
from kodebok.study.card import local_today, recent_warnings
from kodebok.tui import state
from kodebok.tui.base import FramedScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.widgets.dialogs import AskText
from kodebok.tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from kodebok.study.opening import Study

_ = translator("tui")

_RECENT = "recent:"
_EXAMPLE_FOLDER = "kodebok-eksempel"


class StartScreen(FramedScreen):
    """What one sees without a study."""

    SCOPE: ClassVar[str] = "start"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("start")]

    DEFAULT_CSS = """
    StartScreen > Vertical { padding: 1 4; }
    StartScreen .about { margin-bottom: 1; }
    StartScreen OptionList {
        height: auto; max-height: 1fr; border: none; background: $background; margin-bottom: 1;
    }
    """

    def compose_body(self) -> ComposeResult:
        """A few words, and one list."""
        with Vertical():
            yield PlainText(
                _("From interviews to coded quotes in Word. Nothing leaves this machine."),
                classes="about",
            )
            yield OptionList(compact=True, markup=False)
            yield PlainText("", id="how")

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one("#how", PlainText).update(
            _(
                "Move with the arrows and choose with Enter, or click. "
                "Escape goes back, and F1 always shows the keys."
            )
        )
        self._fill()

    def on_screen_resume(self) -> None:
        """Show new recent studies."""
        self._fill()

    def title_text(self) -> str:
        """Where one is."""
        return _("Start")

    def help_text(self) -> str:
        """What the screen is for."""
        return _("A study is a folder on this machine. Make one here, or open one that you have.")

    def footer_scopes(self) -> tuple[str, ...]:
        """No study, nothing to undo."""
        return (self.SCOPE, "app")

    def help_scopes(self) -> tuple[str, ...]:
        """The same."""
        return (self.SCOPE, "list", "app")

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [
                _option("new", _("New study"), _("a title, a folder, and you are under way")),
                _option("open", _("Open a folder"), _("a study that lies somewhere else")),
                _option("example", _("Example study"), _("finished, to try everything on")),
            ]
        )
        folders = state.recent_folders()
        if folders:
            options.add_option(Option(Text(_("Studies you had open"), style=_BOLD), disabled=True))
        for folder in folders:
            said = recent_warnings(folder, local_today())
            words = f"! {said[0]}" if said else _short(folder.parent)
            options.add_option(
                _option(f"{_RECENT}{folder}", folder.name, words, is_urgent=bool(said))
            )
        options.highlighted = 4 if folders else 0
        options.focus()

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        if chosen.startswith(_RECENT):
            self._open(Path(chosen.removeprefix(_RECENT)))
        else:
            {
                "new": self.action_new_study,
                "open": self.action_open_folder,
                "example": self.action_open_example,
            }[chosen]()

    def action_new_study(self) -> None:
        """Ask for what a new study needs."""
        from kodebok.tui.screens.new_study import NewStudy

        self.app.push_screen(NewStudy(self.kodebok.folder), self._use)

    def action_open_folder(self) -> None:
        """Ask for a folder, and open the study in it."""
        self.app.push_screen(
            AskText(
                _("Which folder is the study in?"),
                _("Type or paste its path, or drag the folder into this window."),
                value=str(self.kodebok.folder),
            ),
            self._open_typed,
        )

    def _open_typed(self, typed: str | None) -> None:
        from kodebok.tui.typed_paths import parse_paths

        paths = parse_paths(typed or "", self.kodebok.folder)
        if paths:
            self._open(paths[0])

    def _open(self, folder: Path) -> None:
        from kodebok.study.opening import open_study

        self._use(self._tried(lambda: open_study(folder)))

    def action_open_example(self) -> None:
        """Ask where the example is to lie, and make it, or open it where it lies."""
        self.app.push_screen(
            AskText(
                _("Where shall the example study lie?"),
                _("A new folder is made. You can delete it when you are done."),
                value=str(self.kodebok.folder / _EXAMPLE_FOLDER),
            ),
            self._make_example,
        )

    def _make_example(self, typed: str | None) -> None:
        from kodebok.paths import DATABASE_NAME
        from kodebok.study.example import make_example
        from kodebok.tui.typed_paths import parse_paths

        paths = parse_paths(typed or "", self.kodebok.folder)
        if not paths:
            return
        folder = paths[0]
        if (folder / DATABASE_NAME).is_file():
            self._open(folder)
        else:
            self._use(self._tried(lambda: make_example(folder)))

    def _tried(self, make: Callable[[], Study]) -> Study | None:
        try:
            return make()
        except KodebokError as error:
            self.kodebok.show_error(error)
        except OSError:
            self.kodebok.show_error(
                WrongUseError(
                    _("the folder cannot be read or written"), _("choose another folder"), "K703"
                )
            )
        return None

    def _use(self, study: Study | None) -> None:
        if study is not None:
            self.kodebok.use_study(study)


_BOLD = Style(bold=True)
_LABEL_WIDE = 18


def _option(option_id: str, label: str, explanation: str, *, is_urgent: bool = False) -> Option:
    text = Text(label.ljust(_LABEL_WIDE) + "  ", style=_BOLD)
    text.append(explanation, style=Style(bold=is_urgent))
    text.no_wrap = True
    return Option(text, id=option_id)


def _short(folder: Path) -> str:
    """A folder with the home folder as `~`."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)
