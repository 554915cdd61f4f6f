"""What is remembered between sittings."""

from __future__ import annotations

import json
from pathlib import Path

from kodebok.tui import state, tour
from tests.tui.studies import make_empty_study, make_small_study


def test_recent_studies_come_back_the_last_first_without_those_that_are_gone(
    tmp_path: Path,
) -> None:
    for name in ("a", "b"):
        make_empty_study(tmp_path / name).close()
        state.remember_folder(tmp_path / name)
    state.remember_folder(tmp_path / "gone")
    state.remember_folder(tmp_path / "a")
    assert state.recent_folders() == [tmp_path / "a", tmp_path / "b"]


def test_the_screen_that_was_open_comes_back() -> None:
    state.remember_screen("study-1", "coding")
    assert state.last_screen("study-1") == "coding"
    assert state.last_screen("study-2") == "project"


def test_a_damaged_state_file_counts_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screen.json"
    path.parent.mkdir()
    for content in ("{", "[]", '{"recent": 3, "screens": [], "flags": {}}'):
        path.write_text(content, encoding="utf-8")
        assert state.recent_folders() == []
        assert state.last_screen("x") == "project"
        assert state.flags() == set()


def test_the_state_holds_no_text_of_the_study(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s", title="Hemmelig tittel")
    state.remember_folder(study.folder)
    state.remember_screen(study.project().id, "coding")
    content = (tmp_path / "state" / "screen.json").read_text(encoding="utf-8")
    assert "Hemmelig" not in content
    assert "onsdag" not in json.dumps(json.loads(content), ensure_ascii=False)
    study.close()


def test_the_first_round_goes_on_where_the_study_is(tmp_path: Path) -> None:
    empty = make_empty_study(tmp_path / "e")
    first = tour.next_step(tour.steps_done(empty.store))
    assert first is not None
    assert first.id == "import"
    small = make_small_study(tmp_path / "s")
    tour.note_done("matrix")
    step = tour.next_step(tour.steps_done(small.store))
    assert step is not None
    assert step.id == "export"
    empty.close()
    small.close()


def test_the_first_round_stays_away_once_turned_off() -> None:
    assert tour.is_on()
    tour.turn_off()
    assert not tour.is_on()
    tour.turn_on()
    assert tour.is_on()
