"""What every screen of a study has: its frame, reloading, acts that may fail, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.tui.keymap import bindings_for
from kodebok.tui.widgets.frame import KeyLine, TitleLine, TourLine
from kodebok.tui.words import act_words

if TYPE_CHECKING:
    from kodebok.study.opening import Study
    from kodebok.tui.app import KodebokApp

_ = translator("tui")

T = TypeVar("T")


class FramedScreen(Screen[None]):
    """A screen with a line at the top, where one is, and a line at the bottom, the keys.

    Attributes:
        SCOPE: The scope in the table of actions.
    """

    SCOPE: ClassVar[str] = "app"

    @property
    def kodebok(self) -> KodebokApp:
        """The app, by its own type."""
        return cast("KodebokApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield TitleLine()
        yield from self.compose_body()
        yield TourLine()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """The screen's own widgets; they share the height between the two lines."""
        yield from ()

    def title_text(self) -> str:
        """Where one is, for the line at the top."""
        return ""

    def footer_scopes(self) -> tuple[str, ...]:
        """Scopes whose actions the line at the bottom shows, the most needed first."""
        return (self.SCOPE, "study", "app")

    def help_scopes(self) -> tuple[str, ...]:
        """Scopes that the help shows, the pane at hand first."""
        return (self.SCOPE, "study", "app")

    def help_text(self) -> str:
        """What the screen is for, in a sentence or two, for the help."""
        return ""

    def refresh_frame(self) -> None:
        """Draw the lines anew, after the title or the keys that apply have changed."""
        for tour in self.query(TourLine):
            tour.show_sentence(self.kodebok.tour_sentence())
        for line in self.query(TitleLine):
            line.refresh()
        for keys in self.query(KeyLine):
            keys.refresh()


class StudyScreen(FramedScreen):
    """A screen of an open study.

    `reload` is called once when the screen is first shown, and whenever the project file has
    changed since: by an act here, on another screen, or in another program.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("study")]

    def __init__(self) -> None:
        super().__init__()
        self._shown_change: tuple[int, int] | None = None

    @property
    def study(self) -> Study:
        """The open study."""
        study = self.kodebok.study
        if study is None:
            raise RuntimeError("a study screen needs a study")
        return study

    def reload(self) -> None:
        """Read everything shown from the project again; the cursor stays where it can."""

    def reload_if_changed(self) -> None:
        """Reload when the project file is another than what the screen shows."""
        count = self.study.store.change_count()
        if count != self._shown_change and self.is_mounted:
            self._shown_change = count
            self.reload()
            self.refresh_frame()

    def on_screen_resume(self) -> None:
        """Catch up with what was changed elsewhere."""
        self.reload_if_changed()

    def act(self, change: Callable[[], T]) -> T | None:
        """Make a change, then reload; what could not be done is told in a notification.

        Returns:
            What the change returned, or None when it could not be made.
        """
        try:
            result = change()
        except KodebokError as error:
            self.kodebok.show_error(error)
            return None
        finally:
            self.reload_if_changed()
        return result

    def action_undo(self) -> None:
        """Take back the last act, and say which."""
        from kodebok.storage.history import undo

        event = self.act(lambda: undo(self.study.store, self.study.coder.id))
        if event is not None:
            self.app.notify(_("Undone: {act}", act=act_words(event.kind)), markup=False)

    def action_redo(self) -> None:
        """Do again what was undone last, and say which."""
        from kodebok.storage.history import redo

        event = self.act(lambda: redo(self.study.store, self.study.coder.id))
        if event is not None:
            self.app.notify(_("Redone: {act}", act=act_words(event.kind)), markup=False)
