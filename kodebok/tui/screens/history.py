"""The analysis log: every act, the newest first, by whom and when."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Input

from kodebok.domain.event import Event
from kodebok.i18n import translator
from kodebok.storage import cases, codes, projects, sources
from kodebok.storage.history import load_events
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.tables import Column, RowTable
from kodebok.tui.words import act_words, day_and_time

_ = translator("tui")

_PAGE = 300


class HistoryScreen(StudyScreen):
    """A table of acts, and a line to filter it by."""

    SCOPE: ClassVar[str] = "history"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("history")]
    AUTO_FOCUS = "RowTable"

    DEFAULT_CSS = """
    HistoryScreen Input { margin: 0 1; }
    HistoryScreen #about { padding: 0 1; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._limit = _PAGE
        self._events: list[Event] = []

    def compose_body(self) -> ComposeResult:
        """The line and the table."""
        yield Input(
            placeholder=_("filter: a word of the act, a name or a day"), id="filter", compact=True
        )
        yield RowTable(
            [
                Column(_("When"), 16),
                Column(_("Who"), 12),
                Column(_("Act"), 34),
                Column(_("On")),
            ],
            id="acts",
        )
        yield PlainText(id="about")

    def title_text(self) -> str:
        """Where one is."""
        return _("Analysis log")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Every act is kept, also those that were undone: this is the audit trail of the "
            "analysis. Undo goes back one act at a time, as far as you like, also tomorrow."
        )

    def help_scopes(self) -> tuple[str, ...]:
        """Undo belongs here."""
        return (self.SCOPE, "study", "list", "app")

    def footer_scopes(self) -> tuple[str, ...]:
        """Undo first."""
        return ("study", self.SCOPE, "app")

    def reload(self) -> None:
        """Read the newest acts."""
        self._events = load_events(self.study.store, self._limit)
        self._show()

    def _show(self) -> None:
        coders = {user.id: user.name for user in projects.load_users(self.study.store)}
        names = self._subject_names()
        kinds = {event.seq: event.kind for event in self._events}
        wanted = self.query_one("#filter", Input).value.casefold().split()
        rows = []
        for event in self._events:
            cells = (
                day_and_time(event.at),
                coders.get(event.coder_id, "–"),
                _act_of(event, kinds),
                names.get(event.subject, ""),
            )
            if all(word in " ".join(cells).casefold() for word in wanted):
                style = Style(dim=True, strike=True) if event.undone else Style()
                rows.append((str(event.seq), [Text(cell, style=style) for cell in cells]))
        self.query_one("#acts", RowTable).fill(rows)
        more = len(self._events) == self._limit
        shown = _("{n} acts shown", n=len(rows))
        hint = _("{key} shows older ones", key=self.kodebok.key_for("history.more"))
        self.query_one("#about", PlainText).update(f"{shown} – {hint}" if more else shown)

    def _subject_names(self) -> dict[str, str]:
        store = self.study.store
        names = {source.id: source.name for source in sources.load_sources(store)}
        names |= {case.id: case.name for case in cases.load_cases(store)}
        names |= {code.id: code.name for code in codes.load_code_tree(store)}
        return names

    @on(Input.Changed, "#filter")
    def _on_filter(self) -> None:
        self._show()

    @on(Input.Submitted, "#filter")
    def _on_filtered(self) -> None:
        self.query_one("#acts", RowTable).focus()

    @on(DataTable.RowSelected, "#acts")
    def _on_chosen(self, event: DataTable.RowSelected) -> None:
        """Go to what the act was done to, where that is a source."""
        seq = int(event.row_key.value or 0)
        subject = next((act.subject for act in self._events if act.seq == seq), "")
        if any(source.id == subject for source in sources.load_sources(self.study.store)):
            self.kodebok.open_source(subject)

    def action_filter(self) -> None:
        """Write what to filter by."""
        self.query_one("#filter", Input).focus()

    def action_load_more(self) -> None:
        """Show older acts too."""
        self._limit += _PAGE
        self.reload()


def _act_of(event: Event, kinds: dict[int, str]) -> str:
    """An undo names what was undone, as far back as the acts that are shown."""
    words = act_words(event.kind)
    if event.target is not None and event.target in kinds:
        return f"{words}: {act_words(kinds[event.target])}"
    return words
