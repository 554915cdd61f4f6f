"""The analysis screen: themes and their codes, and what is said under a code in fewer words."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from kodebok.coding import themes as theme_acts
from kodebok.coding.method_words import method_name, part_word
from kodebok.domain.case import CaseKind
from kodebok.domain.code import Code, CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.method import Part
from kodebok.domain.note import Condensation, Theme
from kodebok.domain.project import Method
from kodebok.i18n import plural_translator, translator
from kodebok.storage import cases, codes, notes
from kodebok.storage.codings import load_excerpts
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import bindings_for
from kodebok.tui.screens.analysis_acts import ThemeActs
from kodebok.tui.screens.analysis_editor import ShorterEditor
from kodebok.tui.screens.analysis_rows import (
    UNIT_LINES,
    Place,
    Unit,
    draw_code,
    draw_theme,
    draw_unit,
    list_places,
    passage_units,
    people_units,
)
from kodebok.tui.widgets.painted import PieceLines
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, wrap
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.rows import Rows

_ = translator("analysis")
_n = plural_translator("analysis")

_SUMMARY_LINES = 3


class AnalysisScreen(ThemeActs, StudyScreen):
    """Themes and codes at the left; at the right the theme, or the passages of the code.

    A place is a line at the left; a unit is what is written shorter at the right.
    """

    SCOPE: ClassVar[str] = "analysis"
    AUTO_FOCUS = "#places"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("analysis")]
    DEFAULT_CSS = """
    AnalysisScreen #places { width: 2fr; min-width: 30; background: $surface; }
    AnalysisScreen #beside { width: 3fr; }
    AnalysisScreen #about { padding: 0 2; scrollbar-size-vertical: 1; }
    AnalysisScreen #units { height: 1fr; padding: 0 0 0 1; }
    AnalysisScreen #heading { background: $panel; height: 2; }
    AnalysisScreen #summary { height: 1; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.tree_of_codes = CodeTree(())
        self.themes: list[Theme] = []
        self._method = Method.UNDECIDED
        self._condensations: list[Condensation] = []
        self._summaries: dict[str, str] = {}
        self._case_ids: dict[str, str] = {}
        self._excerpts: dict[str, list[Excerpt]] = {}
        self._shows_people = False
        self._about = PlainText()
        self._heading, self._summary = PieceLines(id="heading"), PieceLines(id="summary")
        self.editor = ShorterEditor()
        self.places: Rows[Place] = Rows(self._draw_place, lambda place: place.key, id="places")
        self.units: Rows[Unit] = Rows(
            lambda unit, width: draw_unit(unit, width, self.kodebok.look),
            lambda unit: unit.key,
            height=UNIT_LINES,
            id="units",
            empty=_("Nothing is coded with it yet"),
        )

    def compose_body(self) -> ComposeResult:
        """Themes and codes; beside them the theme, or the code's passages and the editor."""
        with Horizontal():
            yield self.places
            with Vertical(id="beside"):
                with VerticalScroll(id="about"):
                    yield self._about
                with Vertical(id="of-code"):
                    yield self._heading
                    yield self._summary
                    yield self.units
                    yield self.editor

    def reload(self) -> None:
        """Read everything again; the same line is meant where it is still there."""
        store = self.study.store
        self._method = self.study.project().method
        self.tree_of_codes = codes.load_code_tree(store)
        self.themes = notes.load_themes(store)
        self._condensations = notes.load_condensations(store)
        self._summaries = codes.load_summaries(store)
        people = [case for case in cases.load_cases(store) if case.kind is CaseKind.PARTICIPANT]
        self._case_ids = {case.name: case.id for case in people}
        self._excerpts = {}
        for excerpt in load_excerpts(store, self.tree_of_codes):
            self._excerpts.setdefault(excerpt.code_id, []).append(excerpt)
        self.places.show(list_places(self.tree_of_codes, self.themes))
        self.places.redraw()
        self._show_beside()

    def title_text(self) -> str:
        """Where one is, and the way of working."""
        if self._method is Method.UNDECIDED:
            return _("Analysis")
        name = method_name(self._method)
        return f"{_('Analysis')}, {name[:1].lower()}{name[1:]}"

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Themes are made of codes, and codes of passages. Enter on a code goes to its "
            "passages, Enter on a passage writes it shorter, and on to the next."
        )

    def on_resize(self) -> None:
        """Wrap the words anew."""
        if self._shown_change is not None:
            self._show_beside()

    # What is meant -------------------------------------------------------------------------

    def theme_of(self, theme_id: str | None) -> Theme | None:
        """The theme of that id, or None."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)

    def code_meant(self) -> Code | None:
        """The code of the line that is meant, or None."""
        place = self.places.item
        return self.tree_of_codes.get(place.code_id) if place and place.code_id else None

    def summary_of(self, code_id: str) -> str:
        """What the code comes to; empty when that is not written."""
        return self._summaries.get(code_id, "")

    def _passages_of(self, code: Code) -> list[Excerpt]:
        return self._excerpts.get(code.id, [])

    # Showing -------------------------------------------------------------------------------

    def _word(self, part: Part) -> str:
        return part_word(self._method, part)

    def _draw_place(self, place: Place, width: int) -> list[Line]:
        look = self.kodebok.look
        code = self.tree_of_codes.get(place.code_id) if place.code_id else None
        if code is not None:
            return draw_code(place, code, str(len(self._passages_of(code))), width, look)
        theme = self.theme_of(place.theme_id)
        if theme is not None:
            return draw_theme(theme.name, len(theme.code_ids), width, look)
        left = sum(other.theme_id is None for other in self.places.items) - 1
        return draw_theme(self._without_words(), left, width, look)

    def _without_words(self) -> str:
        return _("Codes without a {theme}", theme=self._word(Part.THEME).lower())

    def _show_beside(self) -> None:
        code = self.code_meant()
        self.query_one("#about").display = code is None
        self.query_one("#of-code").display = code is not None
        if code is None:
            place = self.places.item
            self._about.update(self._described(self.theme_of(place.theme_id) if place else None))
            return
        self._show_units(code)

    def _described(self, theme: Theme | None) -> Text:
        text = Text()
        if theme is None:
            text.append(f"{self._without_words()}\n\n", "bold")
            text.append(
                _(
                    "n makes a theme. g on a theme chooses the codes that it gathers, g on a code "
                    "the theme that is to gather it. A theme is an idea of its own, not a code at "
                    "the top."
                )
            )
            return text
        text.append(f"{self._word(Part.THEME)}\n", "dim")
        text.append(f"{theme.name}\n", "bold")
        text.append(f"\n{self._word(Part.IDEA)}\n", "dim")
        text.append(f"{theme.idea or _('not written yet: i writes it')}\n")
        for code_id in theme.code_ids:
            code = self.tree_of_codes.get(code_id)
            if code is not None:
                count = _n("{n} passage", "{n} passages", len(self._passages_of(code)))
                text.append(f"\n{self.tree_of_codes.path(code_id).replace('/', ' / ')}", "bold")
                text.append(f"  {count}\n", "dim")
                text.append(f"{self.summary_of(code_id) or code.definition}\n")
        return text

    def _show_units(self, code: Code) -> None:
        look = self.kodebok.look
        passages = self._passages_of(code)
        if self._shows_people:
            listed = people_units(code.id, passages, self._condensations, self._case_ids)
        else:
            listed = passage_units(passages, self._condensations, look)
        written = sum(bool(unit.condensed) for unit in listed)
        facts = _("{n} of {all} written shorter", n=written, all=len(listed))
        people = _("by {person}", person=self.study.project().case_word)
        which = people if self._shows_people else _("by passage")
        path = self.tree_of_codes.path(code.id).replace("/", " / ")
        self._heading.show([(path, STRONG)], [(f"{which}   {facts}", DIM)])
        self._show_summary(code)
        self.units.show(listed)
        self.units.redraw()

    def _show_summary(self, code: Code) -> None:
        label = f"{self._word(Part.SUMMARY)}: "
        words = self.summary_of(code.id)
        width = max(1, self._summary.size.width - 2)
        if not words:
            lines: list[Line] = [[(label, STRONG), (_("s writes it"), DIM)]]
        else:
            wrapped = wrap(label + words, width, _SUMMARY_LINES, self.kodebok.look)
            first = wrapped[0].removeprefix(label)
            lines = [[(label, STRONG), (first, "")], *([(line, "")] for line in wrapped[1:])]
        self._summary.styles.height = len(lines)
        self._summary.show(*lines)

    @on(Rows.Highlighted, "#places")
    def _meant(self) -> None:
        if self._shown_change is not None:
            self._show_beside()

    # Moving --------------------------------------------------------------------------------

    @on(Rows.Chosen, "#places")
    def _place_chosen(self) -> None:
        if self.code_meant() is not None:
            self.action_go("right")
        else:
            self.action_write()

    def action_go(self, side: str) -> None:
        """Put the keys on the themes at the left, or on what stands at the right."""
        if side == "left":
            self.places.focus()
        elif self.code_meant() is not None:
            self.units.focus()
        else:
            self.query_one("#about").focus()

    def action_next_view(self) -> None:
        """Show the other list: passages, or people."""
        self._shows_people = not self._shows_people
        self._show_beside()

    def action_next_lacking(self) -> None:
        """Go to the next that is not written shorter, and begin with the first after the last."""
        listed = list(self.units.items)
        place = self.units.index + 1
        for unit in [*listed[place:], *listed[:place]]:
            if not unit.condensed:
                self.units.go_to(unit.key)
                self.units.focus()
                return
        self.app.notify(_("Everything here is written shorter"), markup=False)

    def action_open_source(self) -> None:
        """Open the source at the passage."""
        unit = self.units.item if self.code_meant() else None
        if unit is not None and unit.excerpt is not None:
            found = unit.excerpt
            self.kodebok.open_source(found.source_id, found.start, found.end)

    # Writing shorter -----------------------------------------------------------------------

    def action_write(self) -> None:
        """Write what is meant at the right shorter; on a theme write its central idea."""
        if self.code_meant() is None:
            self.action_idea()
        elif self.units.item is not None:
            self.editor.begin(self.units.item, self._word(Part.CONDENSED))

    @on(Rows.Chosen, "#units")
    def _unit_chosen(self) -> None:
        self.action_write()

    @on(ShorterEditor.Written)
    def _written(self, event: ShorterEditor.Written) -> None:
        if event.text != event.unit.condensed.strip() and not self._keep(event.unit, event.text):
            return
        last = self.units.index + 1 >= len(self.units.items)
        if not event.goes_on or last:
            self.editor.close()
            return
        self.units.action_step(1)
        if self.units.item is not None:
            self.editor.begin(self.units.item, self._word(Part.CONDENSED))

    def _keep(self, unit: Unit, text: str) -> bool:
        """Keep a shorter wording; False, which is told, when what it belongs to is gone."""
        code = self.code_meant()
        if code is None or unit.key not in {listed.key for listed in self.units.items}:
            self.app.notify(_("The passage is gone; copy your words first"), markup=False)
            return False
        store, coder = self.study.store, self.study.coder.id

        def write() -> bool:
            if unit.excerpt is not None:
                theme_acts.condense_coding(store, coder, unit.key, text)
            else:
                theme_acts.condense_code(store, coder, code.id, unit.key or None, text)
            return True

        return self.act(write) is not None

    @on(ShorterEditor.Left)
    def _left(self) -> None:
        self.units.focus()
