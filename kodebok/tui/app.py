"""The app: the open study, its screens by name, and what all of them share."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import BindingType
from textual.screen import Screen

from kodebok.config import Settings
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.tui import state, tour
from kodebok.tui.background import BackgroundApp
from kodebok.tui.keymap import KeyAction, bindings_for, checked_overrides, find_action
from kodebok.tui.themes import THEMES
from kodebok.tui.words import key_words

if TYPE_CHECKING:
    from kodebok.study.opening import Study
    from kodebok.tui.reader.palette import Look

_ = translator("tui")

# Section → module and class; a module is imported when its section is first opened.
SCREENS = {
    "start": ("start", "StartScreen"),
    "project": ("project", "ProjectScreen"),
    "import": ("bring_in", "ImportScreen"),
    "recordings": ("recordings", "RecordingsScreen"),
    "coding": ("coding", "CodingScreen"),
    "codebook": ("codebook", "CodebookScreen"),
    "matrix": ("matrix", "MatrixScreen"),
    "quotes": ("quotes", "QuotesScreen"),
    "analysis": ("analysis", "AnalysisScreen"),
    "suggestions": ("suggestions", "SuggestionsScreen"),
    "compare": ("compare", "CompareScreen"),
    "anonymise": ("anonymise", "AnonymiseScreen"),
    "review": ("review", "ReviewScreen"),
    "proof": ("proof", "ProofScreen"),
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


class KodebokApp(BackgroundApp):
    """kodebok's screen.

    Args:
        study: The open study, or None for the start screen.
        folder: Where the user stands, for what is made or opened from the start screen.
    """

    TITLE = "kodebok"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's type
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("app")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        name: _maker(name) for name in SCREENS
    }
    CSS = """
    FramedScreen { background: $background; color: $foreground; }
    Input.-textual-compact { background: $surface; }
    Input.-textual-compact:focus { background: $panel; }
    ToastRack { margin-bottom: 1; }
    RowTable:focus, OptionList:focus, DirectoryTree:focus { background-tint: $foreground 0%; }
    .-ascii Dialog > Vertical, .-ascii HelpScreen > Vertical, .-ascii PaletteScreen > Vertical {
        border: ascii $primary;
    }
    .-ascii Underline { display: none; }
    """

    def __init__(self, study: Study | None, folder: Path) -> None:
        super().__init__()
        self.study = study
        self.folder = folder
        self.animation_level = "none"
        self.overrides: dict[str, str] = {}
        for theme in THEMES.values():
            self.register_theme(theme)
        self.apply_settings()
        first = "start"
        if study:
            self._title = study.project().title
            first = self._first_screen(study)
        else:
            self._title = ""
        # Textual's own first mode would show an empty screen before ours.
        self._current_mode = first
        self._screen_stacks = {first: []}

    def _first_screen(self, study: Study) -> str:
        state.remember_folder(study.folder)
        name = state.last_screen(study.project().id)
        return name if name in SCREENS.keys() - {"start", "import"} else "project"

    def settings(self) -> Settings:
        """The settings of the open study, else the user's."""
        return self.study.settings if self.study else Settings()

    def apply_settings(self) -> None:
        """Take the theme, the signs and the keys from the settings."""
        settings = self.settings()
        self.theme = THEMES[settings.get("theme")].name
        self._ascii = settings.get("signs") == "ascii"
        self.set_class(self._ascii, "-ascii")
        self.overrides = checked_overrides(settings.table("keys"))
        self.set_keymap(self.overrides)

    @property
    def ascii_only(self) -> bool:
        """Whether signs outside ASCII are avoided, in all but the user's own text."""
        return self._ascii

    @property
    def ellipsis(self) -> str:
        """The mark for a text that was cut."""
        return "~" if self._ascii else "…"

    @property
    def look(self) -> Look:
        """How the reader is to be drawn."""
        from kodebok.tui.reader.palette import Look

        return Look(color=self.theme != THEMES["plain"].name, ascii=self._ascii)

    def forget_screens(self) -> None:
        """Make every screen but the one at hand anew when it is next opened: words changed."""
        for name in SCREENS:
            if name != self.current_mode and name in self._screen_stacks:
                self.remove_mode(name)
                self.add_mode(name, _maker(name))

    def study_title(self) -> str:
        """The open study's title; empty without one."""
        return self._title

    def keys_of(self, action: KeyAction) -> str:
        """The keys that an action has now."""
        return self.overrides.get(action.id, action.keys)

    def key_for(self, action_id: str) -> str:
        """The first key of an action, as it is written on the keyboard."""
        return key_words(self.keys_of(find_action(action_id)))

    def on_mount(self) -> None:
        """Begin to look for changes by other programs."""
        self.set_interval(POLL_SECONDS, self.reload_if_changed)

    def reload_if_changed(self) -> None:
        """Let the screen at hand catch up with the project file."""
        from kodebok.tui.base import StudyScreen

        if self.study and isinstance(self.screen, StudyScreen):
            self.tell_of_recordings()
            try:
                self._title = self.study.project().title
                self.screen.reload_if_changed()
            except KodebokError as error:
                self.show_error(error)

    def use_study(self, study: Study) -> None:
        """Go on with a study that was made or opened on the start screen."""
        self.end_transcribing()
        self.study = study
        self._title = study.project().title
        state.remember_folder(study.folder)
        self.apply_settings()
        self.switch_mode("project")

    def tour_sentence(self) -> str:
        """The next step of the first round; empty when there is none to show."""
        if self.study is None or not tour.is_on():
            return ""
        done = tour.steps_done(self.study.store)
        step = tour.next_step(done)
        if step is None:
            tour.turn_off()
            self.notify(_("The first round is done. F1 shows the keys wherever you are."))
            return ""
        return tour.step_sentence(step, {step.action: self.key_for(step.action)})

    def show_error(self, error: KodebokError) -> None:
        """Tell what could not be done, and what to do next."""
        message = f"{error.message[:1].upper()}{error.message[1:]}."
        remedy = f"{error.remedy[:1].upper()}{error.remedy[1:]} ({error.code})."
        self.notify(f"{message}\n{remedy}", severity="warning", markup=False, timeout=10)

    def action_open_screen(self, name: str) -> None:
        """Go to a screen; without a study there is the start screen alone."""
        if self.study or name in WITHOUT_STUDY:
            self.switch_mode(name)
            if name == "matrix":
                tour.note_done("matrix")

    def open_source(
        self, source_id: str, offset: int | None = None, end: int | None = None
    ) -> None:
        """Show a source in the coding screen, at an offset, or with a passage marked.

        The coding screen has `show_source(source_id, offset, end)`, which may be called before it
        is mounted.
        """
        self.switch_mode("coding")
        cast("Any", self.screen).show_source(source_id, offset, end)

    def action_help(self) -> None:
        """Show the keys of the screen at hand."""
        from kodebok.tui.base import FramedScreen
        from kodebok.tui.screens.help import HelpScreen

        if isinstance(self.screen, FramedScreen):
            self.push_screen(HelpScreen(self.screen.help_scopes(), self.screen.help_text()))

    def action_palette(self) -> None:
        """Let the user find a command by its name."""
        from kodebok.tui.base import FramedScreen
        from kodebok.tui.screens.palette import PaletteScreen

        if isinstance(self.screen, FramedScreen):
            self.push_screen(PaletteScreen(self.screen))

    def action_tour_off(self) -> None:
        """Take the first round off the screen."""
        from kodebok.tui.base import FramedScreen

        tour.turn_off()
        if isinstance(self.screen, FramedScreen):
            self.screen.refresh_frame()

    async def action_quit(self) -> None:
        """Leave; everything is saved, and the screen is remembered."""
        if self.is_transcribing:
            self.ask_before_leaving(self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        if self.study is not None and self.current_mode in SCREENS:
            state.remember_screen(self.study.project().id, self.current_mode)
        self.exit(0)


def run_app(study: Study | None, folder: Path) -> int:
    """Show the screen until the user leaves.

    Returns:
        The exit status.
    """
    app = KodebokApp(study, folder)
    try:
        status = app.run()
    finally:
        if app.study is not None and app.study is not study:
            app.study.close()
    return status or app.return_code or 0
