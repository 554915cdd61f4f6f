"""Making files on the screen."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from textual.widgets import Input, OptionList, Select

from kodebok.study.exporting import ExportKind
from kodebok.tui.screens.export_words import KINDS, PRESETS, preview_lines
from tests.tui.piloting import opened, press, seen, told, until, words_of
from tests.tui.studies import make_empty_study, make_small_study


async def test_the_word_chapter_is_previewed_then_made(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f7")
        await until(pilot, lambda: "Vi møtes hver onsdag" in words_of(pilot, "#preview-text"))
        await press(pilot, "ctrl+s")
        made = study.folder / "exports" / "funn.docx"
        paragraphs = [p.text for p in Document(str(made)).paragraphs]
        assert any("Vi møtes hver onsdag" in text for text in paragraphs)
        result = words_of(pilot, "#result")
        assert str(made) in result
        assert "ikke anonymisert" in result


async def test_another_preset_is_another_chapter(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f7")
        pilot.app.screen.query_one("#preset", Select).value = "report"
        await until(pilot, lambda: "(Intervju 20.01.25)" in words_of(pilot, "#preview-text"))
        assert "alltid blokk" in seen(pilot)


async def test_a_file_is_not_written_over_without_a_yes(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    made = study.folder / "exports" / "funn.docx"
    made.write_text("mitt eget", encoding="utf-8")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f7")
        await until(pilot, lambda: bool(pilot.app.screen.query_one("#path", Input).value))
        await press(pilot, "ctrl+s", "enter")
        assert made.read_bytes() == b"mitt eget"
        await press(pilot, "ctrl+s", "tab", "enter")
        assert made.read_bytes()[:2] == b"PK"


async def test_every_kind_is_made_from_the_screen(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "s")
    async with opened(study, tmp_path, (120, 40)) as pilot:
        await press(pilot, "f7")
        kinds = pilot.app.screen.query_one(OptionList)
        for place, kind in enumerate(KINDS):
            kinds.highlighted = place
            await pilot.pause(0.3)
            if kind is ExportKind.CAPTIONS:  # no source here came of sound
                assert "tid" in words_of(pilot, "#preview-text")
                continue
            ending = Path(pilot.app.screen.query_one("#path", Input).value).suffix
            pilot.app.screen.query_one("#path", Input).value = f"exports/{kind}{ending}"
            await press(pilot, "ctrl+s")
            assert (study.folder / "exports" / f"{kind}{ending}").stat().st_size > 40, kind


async def test_a_typed_path_is_kept_while_choices_change(tmp_path: Path) -> None:
    async with opened(make_small_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f7")
        await until(pilot, lambda: bool(pilot.app.screen.query_one("#path", Input).value))
        field = pilot.app.screen.query_one("#path", Input)
        field.focus()
        await press(pilot, "ctrl+u", "x")
        pilot.app.screen.query_one("#preset", Select).value = "report"
        await pilot.pause(0.4)
        assert field.value == "x"


async def test_an_empty_study_can_be_exported_and_says_what_lacks(tmp_path: Path) -> None:
    async with opened(make_empty_study(tmp_path / "s"), tmp_path) as pilot:
        await press(pilot, "f7", "down")
        await until(pilot, lambda: "oppgi kilden" in words_of(pilot, "#preview-text").lower())
        await press(pilot, "ctrl+s")
        assert "K531" in told(pilot)


def test_every_kind_and_every_preset_has_words() -> None:
    from kodebok.export import presets

    assert set(KINDS) == set(ExportKind)
    assert set(PRESETS) == set(presets.PRESETS)


def test_formats_of_programs_have_no_preview() -> None:
    assert preview_lines(b"PK\x03\x04", "qdpx") == []
    assert preview_lines(b"R: Ja.\n\n  I: Nei.\n", "txt") == ["R: Ja.", "I: Nei."]
