"""What one can do with themes on the analysis screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kodebok.coding import themes
from kodebok.coding.method_words import part_word
from kodebok.domain.method import Part
from kodebok.domain.note import Theme
from kodebok.i18n import translator
from kodebok.tui.screens.analysis_sheets import CodesSheet
from kodebok.tui.screens.coding_fields import WordsSheet
from kodebok.tui.widgets.choice import Choice, ChoiceSheet, LineSheet

if TYPE_CHECKING:
    from kodebok.storage.database import Store
    from kodebok.tui.screens.analysis import AnalysisScreen

_ = translator("analysis")

_NEW, _NONE = "new", "none"


class ThemeActs:
    """The actions on themes; mixed into the screen, so that each can be read by itself."""

    @property
    def _here(self) -> AnalysisScreen:
        return cast("AnalysisScreen", self)

    @property
    def _store(self) -> Store:
        return self._here.study.store

    @property
    def _coder(self) -> str:
        return self._here.study.coder.id

    def _word(self, part: Part) -> str:
        return part_word(self._here.study.project().method, part)

    def _theme_meant(self) -> Theme | None:
        """The theme of the line that is meant; told when there is none."""
        place = self._here.places.item
        theme = self._here.theme_of(place.theme_id) if place else None
        if theme is None:
            self._tell(_("Put the cursor on a theme first; n makes one"))
        return theme

    def _tell(self, words: str) -> None:
        self._here.app.notify(words, markup=False)

    # Themes --------------------------------------------------------------------------------

    def action_new_theme(self) -> None:
        """Make a theme; the code that is meant is gathered when no theme has it."""
        place = self._here.places.item
        code_id = place.code_id if place and place.theme_id is None else None
        self._ask_new([code_id] if code_id else [])

    def _ask_new(self, code_ids: list[str]) -> None:
        def named(name: str | None) -> None:
            if name:
                make = lambda: themes.make_theme(  # noqa: E731 - one act, made once
                    self._store, self._coder, name, code_ids=code_ids
                )
                theme = self._here.act(make)
                if theme is not None:
                    self._here.places.go_to(f"{theme.id}:")

        hint = _("A name that says what the codes have in common · Enter: done · Esc gives up")
        self._here.app.push_screen(LineSheet(self._new_words(), "", hint), named)

    def _new_words(self) -> str:
        return _("New: {part}", part=self._word(Part.THEME).lower())

    def action_rename(self) -> None:
        """Give the theme another name."""
        theme = self._theme_meant()
        if theme is None:
            return

        def named(name: str | None) -> None:
            if name:
                self._here.act(
                    lambda: themes.rename_theme(self._store, self._coder, theme.id, name)
                )

        self._here.app.push_screen(LineSheet(_("Name of the theme"), theme.name), named)

    def action_idea(self) -> None:
        """Write what holds the theme together."""
        theme = self._theme_meant()
        if theme is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._here.act(lambda: themes.write_idea(self._store, self._coder, theme.id, text))

        title = f"{self._word(Part.IDEA)}: {theme.name}"
        self._here.app.push_screen(WordsSheet(title, theme.idea), written)

    def action_remove(self) -> None:
        """Remove the theme; its codes stay."""
        place = self._here.places.item
        theme = self._theme_meant()
        if theme is None or place is None:
            return
        if place.code_id is not None:
            self._tell(_("x takes the code out of the theme; on the theme's own line d removes it"))
            return
        self._here.act(lambda: themes.remove_theme(self._store, self._coder, theme.id))
        self._tell(_("Removed: {theme}. Its codes stay; u brings it back", theme=theme.name))

    def action_shift(self, step: int) -> None:
        """Move a theme among the themes, or a code inside its theme."""
        place = self._here.places.item
        if place is None or place.theme_id is None:
            return
        theme_id, code_id = place.theme_id, place.code_id
        if code_id is None:
            self._here.act(lambda: themes.shift_theme(self._store, self._coder, theme_id, step))
        elif place.is_gathered:
            self._here.act(
                lambda: themes.shift_code(self._store, self._coder, theme_id, code_id, step)
            )

    # Codes in themes -----------------------------------------------------------------------

    def action_gather(self) -> None:
        """On a theme choose its codes; on a code choose a theme for it."""
        place = self._here.places.item
        if place is not None and place.code_id is not None:
            self._choose_theme(_("Which theme is to gather it?"), place.code_id, None)
            return
        theme = self._theme_meant()
        if theme is None:
            return

        def chosen(ids: list[str] | None) -> None:
            if ids is not None:
                kept = [code_id for code_id in theme.code_ids if code_id in ids]
                order = [*kept, *(code_id for code_id in ids if code_id not in kept)]
                self._here.act(
                    lambda: themes.gather_codes(self._store, self._coder, theme.id, order)
                )

        title = _("Which codes does {theme} gather?", theme=theme.name)
        sheet = CodesSheet(title, self._here.tree_of_codes, theme.code_ids)
        self._here.app.push_screen(sheet, chosen)

    def action_move_code(self) -> None:
        """Move the code to another theme."""
        place = self._here.places.item
        if place is None or place.code_id is None:
            self._tell(_("Put the cursor on a code first"))
        elif self._is_own(place.theme_id, is_gathered=place.is_gathered):
            self._choose_theme(_("Move it to which theme?"), place.code_id, place.theme_id)

    def _is_own(self, theme_id: str | None, *, is_gathered: bool) -> bool:
        """Whether the theme gathers the code itself; told when it does not."""
        if theme_id is None or is_gathered:
            return True
        self._tell(_("It is there because the code above it is; move that one"))
        return False

    def _choose_theme(self, title: str, code_id: str, from_id: str | None) -> None:
        choices = [Choice(t.id, t.name) for t in self._here.themes if t.id != from_id]
        choices.append(Choice(_NEW, self._new_words()))
        if from_id is not None:
            choices.append(Choice(_NONE, _("To none")))

        def chosen(key: str | None) -> None:
            if key == _NEW:
                self._ask_new([code_id])
            elif key is not None:
                self._move(code_id, from_id, None if key == _NONE else key)

        self._here.app.push_screen(ChoiceSheet(title, choices, typed=False), chosen)

    def _move(self, code_id: str, from_id: str | None, to_id: str | None) -> None:
        self._here.act(lambda: themes.move_code(self._store, self._coder, code_id, from_id, to_id))
        self._here.places.go_to(f"{to_id or ''}:{code_id}")

    def action_release(self) -> None:
        """Take the code out of its theme."""
        place = self._here.places.item
        if place is None or place.code_id is None or place.theme_id is None:
            self._tell(_("Put the cursor on a code inside a theme first"))
        elif self._is_own(place.theme_id, is_gathered=place.is_gathered):
            code_id, theme_id = place.code_id, place.theme_id
            self._here.act(
                lambda: themes.move_code(self._store, self._coder, code_id, theme_id, None)
            )

    # What a code comes to ------------------------------------------------------------------

    def action_summary(self) -> None:
        """Write what the code comes to."""
        code = self._here.code_meant()
        if code is None:
            self._tell(_("Put the cursor on a code first"))
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._here.act(
                    lambda: themes.summarise_code(self._store, self._coder, code.id, text)
                )

        title = f"{self._word(Part.SUMMARY)}: {code.name}"
        self._here.app.push_screen(WordsSheet(title, self._here.summary_of(code.id)), written)
