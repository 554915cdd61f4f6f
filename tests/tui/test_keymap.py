"""The one table of keys."""

from __future__ import annotations

from collections import Counter

import pytest

from kodebok.errors import WrongUseError
from kodebok.tui.keymap import (
    SCOPES,
    actions_of,
    all_actions,
    check_keys,
    checked_overrides,
    find_clashes,
)

AWKWARD = {"{", "}", "[", "]", "\\", "@", "$"}
AWKWARD_NAMES = {
    "left_curly_bracket",
    "right_curly_bracket",
    "left_square_bracket",
    "right_square_bracket",
    "backslash",
    "at",
    "dollar_sign",
}
MOVES = {"h", "j", "k", "l"}


def _keys(keys: str) -> set[str]:
    return set(keys.split(","))


def test_every_action_has_an_id_of_its_own_in_a_known_scope() -> None:
    ids = Counter(action.id for action in all_actions())
    assert [name for name, count in ids.items() if count > 1] == []
    assert {action.scope for action in all_actions()} <= set(SCOPES)


def test_no_key_hides_behind_alt_gr_on_a_norwegian_keyboard() -> None:
    for action in all_actions():
        last = {key.rpartition("+")[2] for key in _keys(action.keys)}
        assert not last & (AWKWARD | AWKWARD_NAMES), action.id


def test_hjkl_only_move() -> None:
    for action in all_actions():
        if _keys(action.keys) & MOVES:
            moves = ("move(", "cursor_", "scroll_", "step", "go(")
            assert action.action.startswith(moves), action.id


def test_no_screen_gives_one_key_two_meanings() -> None:
    for scope in SCOPES:
        counts = Counter(key for action in actions_of(scope) for key in _keys(action.keys))
        assert [key for key, count in counts.items() if count > 1] == [], scope


def test_a_study_screen_does_not_take_the_app_s_or_undo_s_keys() -> None:
    common = [a for scope in ("app", "study") for a in actions_of(scope)]
    taken = {key for action in common for key in _keys(action.keys)}
    for scope in ("project", "import", "coding", "codebook", "matrix", "quotes", "export",
                  "history", "settings"):  # fmt: skip
        mine = {key for action in actions_of(scope) for key in _keys(action.keys)}
        assert not mine & taken, scope


def test_a_key_may_be_written_as_the_sign_itself() -> None:
    assert check_keys("app.help", "?") == "question_mark"
    assert check_keys("project.memo", "æ,ctrl+o") == "æ,ctrl+o"


def test_a_key_behind_alt_gr_is_refused() -> None:
    with pytest.raises(WrongUseError) as caught:
        check_keys("project.memo", "{")
    assert caught.value.code == "K702"


def test_an_unknown_action_in_the_settings_is_told() -> None:
    with pytest.raises(WrongUseError) as caught:
        checked_overrides({"project.nothing": "x"})
    assert caught.value.code == "K701"


def test_settings_may_be_written_with_or_without_quotation_marks() -> None:
    assert checked_overrides({"project.memo": "o"}) == {"project.memo": "o"}
    assert checked_overrides({"project": {"memo": "o"}}) == {"project.memo": "o"}


def test_a_key_that_is_taken_on_the_same_screen_is_found() -> None:
    assert [a.id for a in find_clashes("project.memo", "u", {})] == ["study.undo"]
    assert find_clashes("project.memo", "ø", {}) == []
    assert find_clashes("project.memo", "u", {"study.undo": "z"}) == []
