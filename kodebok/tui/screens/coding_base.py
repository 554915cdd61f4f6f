"""What the parts of the coding screen share: the desk, the reader, and how an act is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kodebok.coding.finding import Hit
from kodebok.domain.coding import Coding
from kodebok.domain.span import Span
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.tui.base import StudyScreen
from kodebok.tui.reader.widget import Reader
from kodebok.tui.screens.coding_desk import CodingDesk
from kodebok.tui.screens.coding_recent import RecentCodes
from kodebok.tui.widgets.sheet import Sheet

_ = translator("coding_screen")

T = TypeVar("T")
R = TypeVar("R")

_SHEET_ROWS = 11  # of the reader, that a sheet may cover


class CodingBase(StudyScreen):
    """A source on the desk and in the reader.

    `passage_meant` is what a code key codes: what is marked, else the sentence at the cursor,
    which is then marked so that it is seen.

    Attributes:
        opened: The source on the desk, or None before one is open.
        recent: Which code is on which digit.
        reader: The text.
    """

    SCOPE = "coding"

    def __init__(self) -> None:
        super().__init__()
        self.opened: CodingDesk | None = None
        self.recent = RecentCodes()
        self.reader = Reader()

    @property
    def desk(self) -> CodingDesk:
        """The source that is open.

        Raises:
            RuntimeError: None is.
        """
        if self.opened is None:
            raise RuntimeError("no source is open")
        return self.opened

    @property
    def is_open(self) -> bool:
        """Whether a source is open."""
        return self.opened is not None

    def help_scopes(self) -> tuple[str, ...]:
        """The reader's keys stand with the screen's own."""
        return (self.SCOPE, "sound", "reader", "study", "app")

    def passage_meant(self) -> Span | None:
        """What is marked, else the sentence at the cursor, which is marked; None without words."""
        if not self.is_open:
            return None
        marked = self.reader.selection
        if marked is not None:
            return marked
        sentence = self.desk.sentence_at(self.reader.cursor_offset)
        if sentence is None:
            self.say(_("There are no words here"))
        else:
            self.reader.set_selection(sentence)
        return sentence

    def coding_meant(self) -> Coding | None:
        """The coding at the cursor that stands out; None, which is told, when there is none."""
        if not self.is_open:
            return None
        active = self.reader.active_coding
        if active is None:
            self.say(_("Nothing is coded at the cursor"))
            return None
        return self.desk.codings.get(active.id)

    def ask(self, sheet: Sheet[R], answered: Callable[[R | None], None]) -> None:
        """Show a sheet, with the words that it is about above it."""
        marked = self.reader.selection
        offset = marked.end if marked else self.reader.cursor_offset
        self.reader.lift(offset, _SHEET_ROWS)
        self.app.push_screen(sheet, answered)

    def say(self, words: str) -> None:
        """Tell something in the status line until the cursor moves."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Show codings, memos and quotes as the desk has them."""
        raise NotImplementedError

    def show_source(
        self, source_id: str, offset: int | None = None, end: int | None = None
    ) -> None:
        """Open a source at an offset, or with the passage from there to `end` marked."""
        raise NotImplementedError

    def sound_orders(self) -> tuple[Callable[[], None], ...]:
        """What plays or pauses, and what goes back in the sound; nothing without sound."""
        return ()

    def chosen_hits(self) -> Sequence[Hit]:
        """The hits of the search that are to be coded together; none when it has not the keys."""
        return ()

    def code_chosen_hits(self, code_ids: Sequence[str]) -> None:
        """Code the chosen hits of the search."""
        raise NotImplementedError

    def change(self, make: Callable[[], T], take_up: Callable[[T], None]) -> T | None:
        """Make a change of codings and show it without reading the whole study again.

        When another program has changed the study too, everything is read anew.

        Returns:
            What `make` returned, or None when it could not be made.
        """
        store = self.study.store
        before = store.change_count()
        try:
            result = make()
        except KodebokError as error:
            self.kodebok.show_error(error)
            self.reload_if_changed()
            return None
        after = store.change_count()
        if before == self._shown_change and after[0] == before[0]:
            self._shown_change = after
            take_up(result)
            self.show_marks()
        else:
            self.reload_if_changed()
        return result

    def used(self, code_ids: Iterable[str]) -> None:
        """Note that codes were used."""
        for code_id in code_ids:
            self.recent.use(code_id)
