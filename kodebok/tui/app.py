"""The app: the open study, its screens by name, and what all of them share."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.tui.keymap import KeyAction, bindings_for, checked_overrides
from kodebok.tui.themes import THEMES

if TYPE_CHECKING:
    from kodebok.study.opening import Study
    from kodebok.tui.reader.palette import Look

_ = translator("tui")

# Section → module and class; a module is imported when its section is first opened.
SCREENS = {
    "start": ("start", "StartScreen"),
    "project": ("project", "ProjectScreen"),
    "import": ("bring_in", "ImportScreen"),
    "coding": ("coding", "CodingScreen"),
    "codebook": ("codebook", "CodebookScreen"),
    "matrix": ("matrix", "MatrixScreen"),
    "quotes": ("quotes", "QuotesScreen"),
    "export": ("export", "ExportScreen"),
    "history": ("history", "HistoryScreen"),
    "settings": ("settings", "SettingsScreen"),
}
WITHOUT_STUDY = frozenset({"start"})

POLL_SECONDS = 1.0


def _maker(name: str) -> Callable[[], Screen[Any]]:
    module_name, class_name = SCREENS[name]

    def make() -> Screen[Any]:
        module = importlib.import_module(f"kodebok.tui.screens.{module_name}")
        screen: Screen[Any] = getattr(module, class_name)()
        return screen

    return make


class KodebokApp(App[int]):
    """kodebok's screen.

    Args:
        study: The open study, or None for the start screen.
        folder: Where the user stands, for what is made or opened from the start screen.
    """

    TITLE = "kodebok"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("app")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        name: _maker(name) for name in SCREENS
    }

    def __init__(self, study: Study | None, folder: Path) -> None:
        super().__init__()
        self.study = study
        self.folder = folder
        self.animation_level = "none"
        self.overrides: dict[str, str] = {}
        self._title = study.project().title if study else ""
        for theme in THEMES.values():
            self.register_theme(theme)
        self._apply_settings()
        # Textual's own first mode would show an empty screen before ours.
        self._current_mode = "project" if study else "start"
        self._screen_stacks = {self._current_mode: []}

    def _setting(self, key: str) -> str:
        from kodebok.config import Settings

        settings = self.study.settings if self.study else Settings()
        return settings.get(key)

    def _apply_settings(self) -> None:
        self.theme = THEMES[self._setting("theme")].name
        self._ascii = self._setting("signs") == "ascii"
        if self.study:
            self.overrides = checked_overrides(self.study.settings.table("keys"))
        self.set_keymap(self.overrides)

    @property
    def ellipsis(self) -> str:
        """The mark for a text that was cut."""
        return "~" if self._ascii else "…"

    @property
    def look(self) -> Look:
        """How the reader is to be drawn."""
        from kodebok.tui.reader.palette import Look

        return Look(color=self.theme != THEMES["plain"].name, ascii=self._ascii)

    def study_title(self) -> str:
        """The open study's title; empty without one."""
        return self._title

    def keys_of(self, action: KeyAction) -> str:
        """The keys that an action has now."""
        return self.overrides.get(action.id, action.keys)

    def on_mount(self) -> None:
        """Begin to look for changes by other programs."""
        self.set_interval(POLL_SECONDS, self.reload_if_changed)

    def reload_if_changed(self) -> None:
        """Let the screen at hand catch up with the project file."""
        from kodebok.tui.base import StudyScreen

        if self.study and isinstance(self.screen, StudyScreen):
            self.screen.reload_if_changed()

    def show_error(self, error: KodebokError) -> None:
        """Tell what could not be done, and what to do next."""
        self.notify(
            f"{error.message}.\n{error.remedy} ({error.code})", severity="warning", markup=False
        )

    def action_open_screen(self, name: str) -> None:
        """Go to a screen; without a study there is the start screen alone."""
        if self.study or name in WITHOUT_STUDY:
            self.switch_mode(name)

    def open_source(
        self, source_id: str, offset: int | None = None, end: int | None = None
    ) -> None:
        """Show a source in the coding screen, at an offset, or with a passage marked.

        The coding screen has `show_source(source_id, offset, end)`, which may be called before it
        is mounted.
        """
        self.switch_mode("coding")
        cast("Any", self.screen).show_source(source_id, offset, end)


def run_app(study: Study | None, folder: Path) -> int:
    """Show the screen until the user leaves.

    Returns:
        The exit status.
    """
    app = KodebokApp(study, folder)
    status = app.run()
    return status or app.return_code or 0
