"""The one table of actions: it feeds key bindings, help, `kodebok keys` and the key editor.

An action's id is `SCOPE.NAME`. A module of actions holds a tuple `ACTIONS` and is named in
`_MODULES`; it imports nothing heavy. Labels are English keys of the catalogue in `room`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kodebok.errors import WrongUseError
from kodebok.i18n import translator

if TYPE_CHECKING:
    from textual.binding import Binding

_ = translator("tui")

SCOPES = (
    "app study list dialog help palette start project import recordings coding sound reader "
    "codebook matrix quotes analysis suggestions compare anonymise review package proof export "
    "history settings"
).split()

_MODULES = (
    "kodebok.tui.actions",
    "kodebok.tui.screens.coding_keys",
    "kodebok.tui.screens.sound_keys",
    "kodebok.tui.screens.analysis_keys",
    "kodebok.tui.screens.suggestions_keys",
    "kodebok.tui.screens.compare_keys",
    "kodebok.tui.screens.review_keys",
    "kodebok.tui.screens.proof_keys",
    "kodebok.tui.screens.anonymise_keys",
    "kodebok.tui.reader_actions",
)

_ON_THE_TEXT = {"coding", "sound", "reader"}  # scopes that have the keys at the same time

# A Norwegian keyboard hides these behind AltGr.
_AWKWARD_KEYS = frozenset(
    "left_curly_bracket right_curly_bracket left_square_bracket right_square_bracket backslash at "
    "dollar_sign vertical_line grave_accent circumflex_accent".split()
)


@dataclass(frozen=True, slots=True)
class KeyAction:
    """Something that a key does.

    Attributes:
        id: `SCOPE.NAME`; stable, since settings name it.
        action: Textual's action, such as `undo` or `move('next-word')`.
        keys: Textual's names of the default keys, with commas between.
        label: Two or three words, English key of the catalogue.
        footer: Whether the line at the bottom of the screen shows it.
        tip: One sentence for the help, English key of the catalogue; may be empty.
        room: The catalogue that the label and the tip stand in.
        priority: Whether it goes before what a focused widget would do with the key.
    """

    id: str
    action: str
    keys: str
    label: str
    footer: bool = False
    tip: str = ""
    room: str = "tui"
    priority: bool = False

    @property
    def scope(self) -> str:
        """The screen or pane that it belongs to, one of `SCOPES`."""
        return self.id.partition(".")[0]

    def label_text(self) -> str:
        """The label in the user's language."""
        return translator(self.room)(self.label)

    def tip_text(self) -> str:
        """The tip in the user's language; the label when there is none."""
        return translator(self.room)(self.tip or self.label)


@cache
def all_actions() -> tuple[KeyAction, ...]:
    """Every action, in the order of the table."""
    modules = (importlib.import_module(name) for name in _MODULES)
    return tuple(action for module in modules for action in module.ACTIONS)


@cache
def actions_of(scope: str) -> tuple[KeyAction, ...]:
    """The actions of one scope, in the order of the table."""
    return tuple(action for action in all_actions() if action.scope == scope)


def find_action(action_id: str) -> KeyAction:
    """The action of that id.

    Raises:
        WrongUseError: There is none.
    """
    for action in all_actions():
        if action.id == action_id:
            return action
    raise WrongUseError(
        _("there is no action of that name"), _("'kodebok keys' lists the actions"), "K701"
    )


def bindings_for(scope: str) -> list[Binding]:
    """Textual bindings for a scope's actions, with default keys; the app lays its keymap over."""
    from textual.binding import Binding

    return [
        Binding(
            action.keys,
            action.action,
            action.label,
            show=False,
            priority=action.priority,
            id=action.id,
        )
        for action in actions_of(scope)
    ]


def check_keys(action_id: str, keys: str) -> str:
    """The keys, when they may be given to an action.

    Raises:
        WrongUseError: There is no such action, or a key is one that a Norwegian keyboard hides.
    """
    find_action(action_id)
    named = [name_of_key(key) for key in keys.split(",") if key.strip()]
    if not named or _AWKWARD_KEYS & {key.rpartition("+")[2] for key in named}:
        raise WrongUseError(
            _("that key cannot be used"),
            _("choose one that needs no AltGr on a Norwegian keyboard"),
            "K702",
        )
    return ",".join(named)


def name_of_key(key: str) -> str:
    """Textual's name of a key that may be written as the sign itself, such as `?`."""
    from textual.keys import _character_to_key

    stripped = key.strip()
    return _character_to_key(stripped) if len(stripped) == 1 else stripped


def checked_overrides(table: Mapping[str, object]) -> dict[str, str]:
    """Keys from the settings' table `keys`, by action id.

    Raises:
        WrongUseError: As `check_keys`.
    """
    overrides: dict[str, str] = {}
    for name, keys in table.items():
        if isinstance(keys, Mapping):  # project.memo = "m" without quotation marks
            overrides |= {f"{name}.{k}": check_keys(f"{name}.{k}", str(v)) for k, v in keys.items()}
        else:
            overrides[name] = check_keys(name, str(keys))
    return overrides


def find_clashes(action_id: str, keys: str, overrides: Mapping[str, str]) -> list[KeyAction]:
    """Actions that would be reached no longer, were these keys given to an action."""
    scope = find_action(action_id).scope
    wanted = set(keys.split(","))
    near = {scope, "app"} | ({"study"} if scope not in {"app", "start", "reader"} else set())
    near |= _ON_THE_TEXT if scope in _ON_THE_TEXT else set()
    return [
        action
        for action in all_actions()
        if action.id != action_id
        and action.scope in near
        and wanted & set(overrides.get(action.id, action.keys).split(","))
    ]


def footer_actions(scopes: Iterable[str]) -> list[KeyAction]:
    """What the line at the bottom shows, the scopes in the order given."""
    return [action for scope in scopes for action in actions_of(scope) if action.footer]
