"""The settings screen: look, language, coder, and the keys."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import DataTable

from kodebok.config import SETTINGS, Settings, remove_table_value, write_setting, write_table_value
from kodebok.domain.project import Method
from kodebok.i18n import language, mark, set_language, translator
from kodebok.storage import projects
from kodebok.tui import tour
from kodebok.tui.base import StudyScreen
from kodebok.tui.keymap import all_actions, bindings_for, check_keys, find_action, find_clashes
from kodebok.tui.screens.analysis_method import method_dialog
from kodebok.tui.widgets.dialogs import Choice, Choose, Dialog
from kodebok.tui.widgets.plain import PlainText
from kodebok.tui.widgets.tables import Column, RowTable
from kodebok.tui.words import all_key_words, key_words, method_words, scope_words

_ = translator("tui")

_NAMES = {
    "theme": mark("Colours"),
    "signs": mark("Signs"),
    "lang": mark("Language of the screen"),
    "coder": mark("Coder"),
    "preset": mark("Preset for Word"),
    "method": mark("Way of working"),
}
_VALUES = {
    "dark": mark("dark"),
    "light": mark("light"),
    "contrast": mark("high contrast"),
    "plain": mark("no colours"),
    "unicode": mark("all signs"),
    "ascii": mark("plain signs (ASCII)"),
}
# The names of languages stand in their own language.
_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
_OF_PROJECT = frozenset({"coder", "preset"})
_KEY = "key:"


class AskKey(Dialog[str]):
    """Waits for the key that an action is to have."""

    def compose_buttons(self) -> ComposeResult:
        """No button: every key counts."""
        yield from ()

    def on_key(self, event: Key) -> None:
        """Take the key; Escape leaves it as it was."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


class SettingsScreen(StudyScreen):
    """Settings first, then every action with its keys."""

    SCOPE: ClassVar[str] = "settings"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("settings")]
    AUTO_FOCUS = "RowTable"

    DEFAULT_CSS = """
    SettingsScreen #about { padding: 0 1; height: auto; margin-bottom: 1; }
    """

    def compose_body(self) -> ComposeResult:
        """One table."""
        yield PlainText(id="about")
        yield RowTable(_columns(), id="settings")

    def title_text(self) -> str:
        """Where one is."""
        return _("Settings")

    def help_text(self) -> str:
        """What the screen is for."""
        return _(
            "Enter changes what the cursor stands on. Colours, language and keys are yours, in "
            "every study; the coder, the preset and the way of working belong to this one."
        )

    def help_scopes(self) -> tuple[str, ...]:
        """The screen's own keys first."""
        return (self.SCOPE, "study", "list", "app")

    def reload(self) -> None:
        """Show what is in force."""
        self.query_one("#about", PlainText).update(_("Enter changes what the cursor stands on."))
        rows = [(name, (_("Settings"), _(_NAMES[name]), self._shown(name))) for name in _NAMES]
        for action in all_actions():
            keys = self.kodebok.keys_of(action)
            shown = all_key_words(keys) + (" *" if keys != action.keys else "")
            row = (scope_words(action.scope), action.label_text(), shown)
            rows.append((f"{_KEY}{action.id}", row))
        table = self.query_one("#settings", RowTable)
        table.set_columns(_columns())
        table.fill(rows)

    def _value(self, name: str) -> str:
        if name == "lang":
            return language()
        if name == "coder":
            return self.study.coder.name
        if name == "method":
            return str(self.study.project().method)
        return self.kodebok.settings().get(name)

    def _shown(self, name: str) -> str:
        value = self._value(name)
        if name == "lang":
            return _LANGUAGES.get(value, value)
        if name == "method":
            return method_words(Method(value))[0]
        return _(_VALUES[value]) if value in _VALUES else value

    @on(DataTable.RowSelected, "#settings")
    def _on_chosen(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """Ask for another value, or another key."""
        key = self.query_one("#settings", RowTable).current_key
        if key is None:
            return
        if key.startswith(_KEY):
            self._ask_key(key.removeprefix(_KEY))
        else:
            self._ask_value(key)

    def _choices(self, name: str) -> list[Choice]:
        if name == "lang":
            return [Choice(code, label) for code, label in _LANGUAGES.items()]
        if name == "coder":
            users = projects.load_users(self.study.store)
            return [Choice(user.name, user.name, user.role) for user in users]
        if name == "preset":
            from kodebok.tui.screens.export_words import PRESETS, preset_words

            return [Choice(preset, preset, preset_words(preset)) for preset in PRESETS]
        return [Choice(value, _(_VALUES[value])) for value in SETTINGS[name].choices]

    def _ask_value(self, name: str) -> None:
        def chosen(value: str | None) -> None:
            if value is not None:
                self.act(lambda: self._write(name, value))

        if name == "method":
            self.app.push_screen(method_dialog(self.study.project().method), chosen)
            return
        self.app.push_screen(
            Choose(_(_NAMES[name]), self._choices(name), chosen=self._value(name)), chosen
        )

    def _write(self, name: str, value: str) -> None:
        if name == "method":
            self._write_method(value)
            return
        write_setting(self._folder_of(name), name, value)
        if name == "lang":
            set_language(value)
            self.kodebok.forget_screens()
        self._take_up()
        if name == "coder":
            found = projects.find_user(self.study.store, value)
            self.study.work_as(found or self.study.coder)
            self.kodebok.forget_screens()

    def _write_method(self, value: str) -> None:
        """The way of working is the study's own, not a setting: it is kept with its history."""
        project = self.study.project()
        if value != project.method:
            with self.study.store.act("project.change", self.study.coder.id, project.id) as act:
                projects.change_project(act, project.id, method=value)

    def _folder_of(self, name: str) -> Path | None:
        return self.study.folder if name in _OF_PROJECT else None

    def _take_up(self) -> None:
        self.study.settings = Settings(self.study.folder)
        self.kodebok.apply_settings()
        self.reload()
        self.refresh_frame()

    def _ask_key(self, action_id: str) -> None:
        action = find_action(action_id)

        def pressed(key: str | None) -> None:
            if key is not None:
                self.act(lambda: self._give_key(action_id, key))

        hint = _(
            "Press the key that it is to have. Now it is {keys}. Escape leaves it so.",
            keys=all_key_words(self.kodebok.keys_of(action)),
        )
        self.app.push_screen(AskKey(action.label_text(), hint), pressed)

    def _give_key(self, action_id: str, key: str) -> None:
        checked = check_keys(action_id, key)
        clashes = find_clashes(action_id, checked, self.kodebok.overrides)
        if clashes:
            self.app.notify(
                _(
                    "{key} is the key of “{action}” already. Give that one another key first.",
                    key=key_words(checked),
                    action=clashes[0].label_text(),
                ),
                severity="warning",
                markup=False,
            )
            return
        write_table_value(None, "keys", action_id, checked)
        self._take_up()

    def action_reset_key(self) -> None:
        """Give an action the key that it had from the beginning."""
        key = self.query_one("#settings", RowTable).current_key or ""
        if key.startswith(_KEY):
            self.act(lambda: self._reset(key.removeprefix(_KEY)))

    def _reset(self, action_id: str) -> None:
        remove_table_value(None, "keys", action_id)
        remove_table_value(self.study.folder, "keys", action_id)
        self._take_up()

    def action_start_tour(self) -> None:
        """Show the first round from its beginning."""
        tour.turn_on()
        self.refresh_frame()
        self.app.notify(_("The first round is shown above the keys."), markup=False)


def _columns() -> list[Column]:
    return [Column(_("Where"), 18), Column(_("What")), Column(_("Now"), 24)]
