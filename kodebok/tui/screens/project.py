"""The project screen: sources, participants, memos and the card, and what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import DataTable, TabbedContent, TabPane

from kodebok.i18n import plural_translator, translator
from kodebok.storage.projects import load_questions
from kodebok.study.card import class_advice, load_card
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens import project_rows as rows
from kodebok.tui.screens.project_acts import ProjectActs
from kodebok.tui.screens.project_card import card_columns, load_card_rows
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.tables import RowTable
from kodebok.tui.words import case_text, number

if TYPE_CHECKING:
    from pathlib import Path

    from kodebok.study.machine import Disk
    from kodebok.study.status import Status

_ = translator("tui")
_n = plural_translator("tui")

_MOST_LACKING = 3


class ProjectScreen(ProjectActs, StudyScreen):
    """What is in the study; Enter opens what the cursor stands on."""

    SCOPE: ClassVar[str] = "project"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("project")]

    DEFAULT_CSS = """
    ProjectScreen #status { padding: 0 1; height: auto; }
    ProjectScreen #lacking { padding: 0 1; height: auto; color: $warning; }
    ProjectScreen #warning { padding: 0 1; height: auto; color: $error; text-style: bold; }
    ProjectScreen TabbedContent { height: 1fr; }
    ProjectScreen TabPane { padding: 0; height: 1fr; }
    ProjectScreen ContentSwitcher { height: 1fr; }
    ProjectScreen .side-by-side { height: 6; }
    ProjectScreen .side-by-side > Vertical { width: 1fr; padding: 0 1; }
    ProjectScreen .heading { text-style: bold; color: $primary; height: 1; }
    ProjectScreen #empty { padding: 1 2; height: 1fr; display: none; }
    ProjectScreen #memo-text { height: 8; padding: 0 1; border-top: solid $panel; }
    ProjectScreen #advice { height: auto; padding: 0 1; border-top: solid $panel; }
    .-wide ProjectScreen .side-by-side, ProjectScreen.-wide .side-by-side { height: 12; }
    """

    def compose_body(self) -> ComposeResult:
        """Counts, what lacks, and four tables behind tabs."""
        yield PlainText(id="warning")
        yield PlainText(id="status")
        yield PlainText(id="lacking")
        with TabbedContent(initial="sources"):
            with TabPane(_("1 Sources"), id="sources"):
                yield RowTable(rows.source_columns(self.say("Participant")), id="source-table")
                yield PlainText(id="empty")
                with Horizontal(classes="side-by-side"):
                    yield from self._memo_half("before", _("First impression"))
                    yield from self._memo_half("after", _("After coding"))
            with TabPane(self.say("2 Participants"), id="cases"):
                yield RowTable(rows.case_columns(self.say("Participant"), ()), id="case-table")
            with TabPane(_("3 Memos"), id="memos"):
                yield RowTable(rows.memo_columns(), id="memo-table")
                yield PlainText(id="memo-text")
            with TabPane(_("4 Card"), id="cards"):
                yield RowTable(card_columns(), id="card-table")
                yield PlainText(id="advice")

    def _memo_half(self, half: str, heading: str) -> ComposeResult:
        with Vertical():
            yield PlainText(heading, classes="heading")
            yield PlainText(id=half)

    def __init__(self) -> None:
        super().__init__()
        self._disk: Disk | None = None

    def on_mount(self) -> None:
        """The cursor begins among the sources; the disk is asked beside, for it may take long."""
        self.query_one("#source-table", RowTable).focus()
        folder = self.study.folder
        self.run_worker(lambda: self._ask_disk(folder), thread=True, exit_on_error=False)

    def _ask_disk(self, folder: Path) -> None:
        from kodebok.study import machine

        disk = machine.disk_of(folder)
        self.app.call_from_thread(self._take_disk, disk)

    def _take_disk(self, disk: Disk) -> None:
        self._disk = disk
        if disk.state == "open" and self.is_mounted:
            self.reload()

    def say(self, text: str) -> str:
        """A text with the study's own word for its participants, translated."""
        return _(case_text(self.study.project().case_word, text))

    def title_text(self) -> str:
        """Where one is, and who one is."""
        return f"{_('Project')} · {self.study.coder.name}"

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Everything that is in the study. Enter opens a source to be read and coded; "
            "on a participant, a memo and a line of the card it edits."
        )

    def help_scopes(self) -> tuple[str, ...]:
        """The screen's own keys first."""
        return (self.SCOPE, "study", "list", "app")

    def reload(self) -> None:
        """Read all four tables again."""
        from kodebok.study.status import load_status

        status = load_status(self.study, disk=self._disk)
        self._show_status(status)
        self._show_sources(status)
        cases = rows.load_case_rows(self.study)
        case_table = self.query_one("#case-table", RowTable)
        case_table.set_columns(rows.case_columns(self.say("Participant"), cases.variables))
        case_table.fill(cases.rows)
        self.query_one("#memo-table", RowTable).fill(rows.load_memo_rows(self.study))
        self.query_one("#card-table", RowTable).fill(load_card_rows(self.study))
        self.query_one("#advice", PlainText).update(class_advice(load_card(self.study).data_class))
        self._show_memos()
        self._show_memo_text()

    def _show_status(self, status: Status) -> None:
        counts = [
            _n("{n} source", "{n} sources", status.sources),
            _("{n} words", n=number(status.words)),
            _people(status),
            _n("{n} code", "{n} codes", status.codes),
            _n("{n} coded passage", "{n} coded passages", status.codings),
            _n("{n} quote", "{n} quotes", status.quotes),
        ]
        told = [", ".join(counts)]
        if self.size.height > rows.SHORT_SCREEN:
            asked = load_questions(self.study.store)
            told += [f"? {question.text}" for question in asked]
        self.query_one("#status", PlainText).update("\n".join(told))
        most = _MOST_LACKING if self.size.height > rows.SHORT_SCREEN else 1
        warning = self.query_one("#warning", PlainText)
        warning.display = bool(status.warnings)
        more = len(status.warnings) - most
        urgent = [f"! {sentence}" for sentence in status.warnings[:most]]
        if more > 0:
            urgent[-1] += " " + _n(
                "(and {n} more: 'kodebok status')", "(and {n} more: 'kodebok status')", more
            )
        warning.update("\n".join(urgent))
        shown = [sentence for sentence in status.lacking if sentence][:most]
        line = self.query_one("#lacking", PlainText)
        line.display = bool(shown)
        line.update("\n".join(f"– {sentence}" for sentence in shown))

    def _show_sources(self, status: Status) -> None:
        table = self.query_one("#source-table", RowTable)
        ascii_only = self.kodebok.ascii_only
        table.fill(rows.load_source_rows(self.study, status.coverage, ascii_only=ascii_only))
        empty = self.query_one("#empty", PlainText)
        empty.display = not status.sources
        table.display = bool(status.sources)
        self.query_one(".side-by-side").display = bool(status.sources)
        if not status.sources:
            empty.update(
                _(
                    "No sources yet.\n\nPress {key} to bring in transcripts, notes or a "
                    "spreadsheet of answers. You see what was understood before anything is "
                    "stored, and every act can be undone.",
                    key=self.kodebok.key_for("project.add-files"),
                )
            )

    @on(DataTable.RowHighlighted, "#source-table")
    def _on_source(self) -> None:
        self._show_memos()

    @on(DataTable.RowHighlighted, "#memo-table")
    def _on_memo(self) -> None:
        self._show_memo_text()

    def _show_memos(self) -> None:
        source_id = self.query_one("#source-table", RowTable).current_key
        before, after = rows.load_impressions(self.study, source_id)
        nothing = _("nothing written yet – m writes a memo")
        self.query_one("#before", PlainText).update(before or nothing)
        self.query_one("#after", PlainText).update(after or nothing)

    def _show_memo_text(self) -> None:
        note = rows.find_note(self.study, self.query_one("#memo-table", RowTable).current_key)
        self.query_one("#memo-text", PlainText).update(note.text if note else "")

    @on(DataTable.RowSelected, "#source-table")
    def _on_open(self, event: DataTable.RowSelected) -> None:
        self.kodebok.open_source(event.row_key.value or "")

    @on(DataTable.RowSelected, "#case-table")
    @on(DataTable.RowSelected, "#memo-table")
    @on(DataTable.RowSelected, "#card-table")
    def _on_edit(self) -> None:
        self.action_edit()

    @on(TabbedContent.TabActivated)
    def _on_tab(self) -> None:
        self.focus_table()

    def focus_table(self) -> None:
        """Put the keyboard on the table that is seen."""
        self.query_one(f"#{self.tab[:-1]}-table", RowTable).focus()

    @property
    def tab(self) -> str:
        """The tab that is open: `sources`, `cases`, `memos` or `cards`."""
        return self.query_one(TabbedContent).active

    def current_key(self) -> str | None:
        """Id of what the cursor stands on in the open tab."""
        return self.query_one(f"#{self.tab[:-1]}-table", RowTable).current_key

    def action_show_tab(self, name: str) -> None:
        """Open a tab."""
        self.query_one(TabbedContent).active = name


def _people(status: Status) -> str:
    if status.project.case_word == "informant":
        return _n("{n} informant", "{n} informants", status.cases)
    return _n("{n} participant", "{n} participants", status.cases)
