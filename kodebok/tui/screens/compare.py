"""The screen of two coders: what they coded differently, settled with one key each; figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from kodebok.coding import agreement_words, blinding, settling
from kodebok.coding.agreement_compared import Compared, load_compared
from kodebok.coding.agreement_differences import Difference, find_differences
from kodebok.coding.agreement_report import report_agreement
from kodebok.domain.blind import Settling
from kodebok.domain.project import User
from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.storage import blind, codings, projects, sources
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.compare_words import (
    describe_difference,
    describe_report,
    draw_difference,
)
from kodebok.tui.widgets.dialogs import AskText, Choice, Choose
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("compare_screen")
_n = plural_translator("compare_screen")

DIFFERENCES, FIGURES = "differences", "figures"
ROW_LINES = 2


class CompareScreen(StudyScreen):
    """A list of differences, the dearest first; beside or below it the passage, or the figures.

    Attributes:
        view: What stands beside the list: `differences` or `figures`.
    """

    SCOPE: ClassVar[str] = "compare"
    AUTO_FOCUS = "#differences"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("compare")]
    DEFAULT_CSS = """
    CompareScreen #told { background: $panel; }
    CompareScreen #both { layout: vertical; height: 1fr; }
    CompareScreen #differences { height: 2fr; }
    CompareScreen #about { height: 3fr; padding: 0 1; background: $surface;
        scrollbar-size-vertical: 1; }
    CompareScreen.-wide #both { layout: horizontal; }
    CompareScreen.-wide #differences { width: 1fr; height: 1fr; }
    CompareScreen.-wide #about { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = DIFFERENCES
        self._coders: tuple[User, ...] = ()
        self._compared: Compared | None = None
        self._why_not = ""
        self._figures: tuple[object, Text] | None = None
        self._told = PieceLines(id="told")
        self._about = PlainText()
        self.rows: Rows[Difference] = Rows(
            draw_difference, settling.difference_id, height=ROW_LINES, id="differences"
        )

    def compose_body(self) -> ComposeResult:
        """What is said, the list, and the passage that is meant."""
        yield self._told
        with Horizontal(id="both"):
            yield self.rows
            with VerticalScroll(id="about"):
                yield self._about

    def title_text(self) -> str:
        """Who is compared with whom."""
        names = " × ".join(coder.name for coder in self._coders)
        return _("Coders: {names}", names=names) if names else _("Coders")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "What two coders coded differently, what costs most agreement first. Talk it through, "
            "and settle each with one key; a reason is asked for, and undo takes it back. The "
            "figures before the first are kept, so that both can be told in the thesis."
        )

    def reload(self) -> None:
        """Compare again; the same row is meant where it is still there."""
        self._choose_first()
        self._compared, self._why_not = None, ""
        try:
            self._compared = load_compared(self.study.store, self._coders)
        except KodebokError as error:
            self._why_not = f"{error.message}; {error.remedy}."
        self.rows.show(find_differences(self._compared) if self._compared else [])
        self.rows.redraw()
        self._tell()
        self._show_about()

    def _choose_first(self) -> None:
        """Who works here, and the one who has coded most, when none were chosen or one is gone."""
        users = {user.id: user for user in projects.load_users(self.study.store)}
        if len(self._coders) > 1 and all(coder.id in users for coder in self._coders):
            self._coders = tuple(users[coder.id] for coder in self._coders)
            return
        me = self.study.coder.id
        counts = dict.fromkeys(users, 0)
        for coding in codings.load_codings(self.study.store):
            counts[coding.coder_id] += 1
        most = sorted(users, key=lambda key: (key != me, -counts[key], users[key].name))[:2]
        self._coders = tuple(users[key] for key in most)

    def _tell(self) -> None:
        count = len(self.rows.items)
        lines = [
            [(_n("{n} difference to settle", "{n} differences to settle", count), STRONG)]
            if self._compared
            else [(_("Nothing to compare yet"), STRONG)]
        ]
        being = blind.blind_sources_of_viewer(self.study.store)
        if being:
            n = len(being)
            said = _n("You are blind in {n} source", "You are blind in {n} sources", n)
            lines.append([(said, DIM)])
        self._told.styles.height = len(lines)
        self._told.show(*lines)

    def on_resize(self) -> None:
        """Lie beside each other where there is room."""
        self._show_about()

    @on(Rows.Highlighted, "#differences")
    def _on_highlighted(self) -> None:
        if self.view == DIFFERENCES:
            self._show_about()

    def _show_about(self) -> None:
        self._about.update(self._described())
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _described(self) -> Text:
        if self._compared is None:
            return Text(
                f"{self._why_not}\n\n"
                + _(
                    "Press d to let a coder code a source blind: she sees nobody else's codings "
                    "there until she marks it as read. Work as her in the settings (coder)."
                )
            )
        if self.view == FIGURES:
            return self._figures_text(self._compared)
        difference = self.rows.item
        if difference is None:
            return Text(_("Nothing is coded differently. Press 2 for the figures."))
        return describe_difference(self._compared, difference)

    def _figures_text(self, compared: Compared) -> Text:
        """Reckoned once for each state of the study."""
        state = (self.study.store.change_count(), self._coders)
        if self._figures is None or self._figures[0] != state:
            runs = settling.runs_of(self.study.store, self._coders)
            text = Text()
            why_not = agreement_words.why_not_asked(self.study.project().method)
            if why_not:
                text.append(why_not + "\n\n")
            report = report_agreement(compared)
            self._figures = (state, text + describe_report(compared, report, runs))
        return self._figures[1]

    # What can be done ----------------------------------------------------------------------

    def action_show_view(self, view: str) -> None:
        """Show the passages, or the figures."""
        self.view = view
        self._show_about()

    def action_settle(self, whose: str) -> None:
        """Settle the difference that is meant; the reason may be left empty."""
        difference, compared = self.rows.item, self._compared
        if difference is None or compared is None:
            return
        place = {"first": 0, "second": 1}.get(whose)
        coder = compared.coders[place] if place is not None else None
        choice = Settling.AGREE if coder else Settling(whose)

        def settled(reason: str | None) -> None:
            if reason is not None:
                self.act(
                    lambda: settling.settle(
                        self.study.store,
                        self.study.coder.id,
                        compared,
                        difference,
                        choice,
                        agree_with=coder,
                        reason=reason,
                    )
                )

        stands = {"both": _("everyone's codings stand"), "none": _("no coding stands")}
        title = _("{name}'s codings stand", name=coder.name) if coder else stands[whose]
        self.app.push_screen(AskText(title, _("Why? Enter leaves it empty.")), settled)

    def action_open_source(self) -> None:
        """Read the passage where it stands."""
        difference = self.rows.item
        if difference is not None:
            span = difference.span
            self.kodebok.open_source(difference.source.id, span.start, span.end)

    def action_choose_coders(self) -> None:
        """Choose the first, then the second."""
        self._ask_coder(_("Who first?"), self._ask_second)

    def _ask_second(self, first: User) -> None:
        def chosen(second: User) -> None:
            self._coders = (first, second)
            self.reload()
            self.refresh_frame()

        self._ask_coder(_("And with whom?"), chosen, without=first)

    def _ask_coder(
        self, title: str, then: Callable[[User], None], without: User | None = None
    ) -> None:
        users = {u.id: u for u in projects.load_users(self.study.store) if u != without}

        def answered(user_id: str | None) -> None:
            if user_id is not None:
                then(users[user_id])

        choices = [Choice(user.id, user.name, user.role) for user in users.values()]
        self.app.push_screen(Choose(title, choices), answered)

    def action_begin_blind(self) -> None:
        """Let a coder code a source blind."""

        def coder_chosen(coder: User) -> None:
            listed = sources.load_sources(self.study.store)
            to_draw = {s.id for s in blinding.sources_to_draw(self.study.store, coder)}
            choices = [
                Choice(s.id, s.name, _("coded by others alone") if s.id in to_draw else "")
                for s in sorted(listed, key=lambda s: (s.id not in to_draw, s.name))
            ]

            def source_chosen(source_id: str | None) -> None:
                chosen = [s for s in listed if s.id == source_id]
                if chosen:
                    self.act(
                        lambda: blinding.begin_blind(
                            self.study.store, self.study.coder.id, coder, chosen
                        )
                    )

            self.app.push_screen(Choose(_("Which source?"), choices), source_chosen)

        self._ask_coder(_("Who is to code blind?"), coder_chosen)

    def action_keep_figures(self) -> None:
        """Keep the figures as they are now."""
        compared = self._compared
        if compared is None:
            return

        def noted(note: str | None) -> None:
            if note is not None:
                report = report_agreement(compared)
                self.act(
                    lambda: settling.keep_figures(
                        self.study.store, self.study.coder.id, compared, report, note
                    )
                )
                self.view = FIGURES
                self._show_about()

        self.app.push_screen(AskText(_("Keep the figures, with a note")), noted)
