"""The codebook, matrix and quotes screens, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.code import CodeTree
from kodebok.domain.quote import Degree, Insertion
from kodebok.domain.span import Span
from kodebok.storage import codes, quotes
from kodebok.study.opening import Study, open_study
from tests import builders
from tests.tui.coding.rooms import coded, make_study, on_screen, press


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path / "studie")


def tree_of(study: Study) -> CodeTree:
    return codes.load_code_tree(study.store)


def paths(study: Study) -> list[str]:
    tree = tree_of(study)
    return [tree.path(code.id) for code in tree]


async def test_codes_are_added_and_renamed(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "N", "'Tavle", "enter", "r", "'r", "enter")
    assert "Samhandling/Tavler" in paths(study)


async def test_codes_are_moved_up_in_and_out(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "end", "comma")
        assert paths(study)[0] == "Rammer"
        await press(pilot, "full_stop", "greater_than_sign")
        assert paths(study)[-1] == "Samhandling/Rammer"
        await press(pilot, "less_than_sign")
        assert paths(study)[-1] == "Rammer"


async def test_codes_are_merged_with_all_that_hangs_on_them(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, screen):
        await press(pilot, "j", "m", "'ramm", "enter")
        follows = pilot.app.screen.query_one("#follows").words
        assert "2 kodede utdrag følger med" in follows
        await press(pilot, "down", "enter")
        assert screen.rows.item.name == "Rammer"
    assert {name for _words, name in coded(study)} == {"Rammer"}


async def test_deleting_is_asked_about_and_undone(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        before = paths(study), coded(study)
        await press(pilot, "d", "enter")
        assert paths(study) == before[0]
        await press(pilot, "d", "down", "enter")
        assert paths(study) == ["Rammer"]
        assert coded(study) == []
        await press(pilot, "u")
    assert (paths(study), coded(study)) == before


async def test_a_code_is_divided_by_chosen_excerpts(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "j", "s", "j", "space", "enter", "'Kaffe", "enter")
    assert ("Kaffemaskinen", "Kaffe") in coded(study)
    assert ("Det faste møtet", "Faste møtepunkt") in coded(study)


async def test_fields_are_edited_one_by_one(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, screen):
        await press(pilot, "j", "e", "j", "enter", "Der de treffes", "ctrl+s")
        await press(pilot, "j", "j", "j", "j", "enter", "k", "enter", "escape")
        assert "Der de treffes" in str(screen._details.content)
    code = tree_of(study).find("Faste møtepunkt")[0]
    assert code.definition == "Der de treffes"
    assert code.origin == "guide"


async def test_a_codebook_goes_out_and_comes_back(study: Study, tmp_path: Path) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "y", "enter")
        written = study.folder / "codebooks" / "codebook.yaml"
        assert "Faste møtepunkt" in written.read_text(encoding="utf-8")
        written.write_text("codes: [Ny kode]\n", encoding="utf-8")
        await press(pilot, "i", "'codebook.yaml", "enter", "down", "enter")
    assert "Ny kode" in paths(study)


async def test_codes_come_from_an_interview_guide(study: Study) -> None:
    (study.folder / "guide.txt").write_text("Møter\nHva er et møte?\n", encoding="utf-8")
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "g", "'guide.txt", "enter")
        assert "Møter/Hva er et møte" in pilot.app.screen.query_one("#follows").words
        await press(pilot, "down", "enter")
    assert "Møter/Hva er et møte" in paths(study)


async def test_a_file_that_is_not_there_is_told(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "g", "'mangler.txt", "enter")
        assert [n.message for n in pilot.app._notifications if "K751" in n.message]


async def test_excerpts_of_a_code_open_their_source(study: Study) -> None:
    async with on_screen(study, "f4") as (pilot, _screen):
        await press(pilot, "j", "x", "j", "enter")
        assert pilot.app.screen.reader.selected_text == "Kaffemaskinen"


def cell(screen: object, row: int, column: int) -> str:
    return screen.grid.get_cell_at((row, column)).plain.strip()  # type: ignore[attr-defined]


async def test_the_matrix_counts_and_opens_the_passages(study: Study) -> None:
    async with on_screen(study, "f5") as (pilot, screen):
        assert cell(screen, 1, 1).endswith("1")
        await press(pilot, "j", "enter")
        sheet = pilot.app.screen
        assert [e.text for e in sheet.rows.items] == ["Det faste møtet"]
        await press(pilot, "enter")
        assert pilot.app.screen.reader.selected_text == "Det faste møtet"


async def test_a_matrix_sums_up_what_is_below(study: Study) -> None:
    async with on_screen(study, "f5") as (pilot, screen):
        assert cell(screen, 0, 1) == "?"
        await press(pilot, "s")
        assert cell(screen, 0, 1).endswith("1")


async def test_empty_cells_have_three_signs(tmp_path: Path) -> None:
    from kodebok.storage import sources

    study = make_study(tmp_path / "s")
    coder = study.coder.id
    first, second = sources.load_sources(study.store)
    roles = tree_of(study).find("Roller")[0]
    with study.store.act("source.read", coder) as act:
        sources.mark_read(act, first.id, coder)
        sources.mark_asked(act, first.id, [roles.id])
    async with on_screen(study, "f5") as (_pilot, screen):
        assert cell(screen, 2, 1) == "○"
        assert cell(screen, 3, 1) == "·"
        assert cell(screen, 3, 2) == "?"
        assert "○ spurt, ikke tatt opp" in screen._legend.words
        assert "ikke hva som veier" in screen._legend.words
    assert second.name == "I2"


async def test_columns_may_be_a_variable(tmp_path: Path) -> None:
    study = make_study(tmp_path / "s")
    builders.add_case(study.store, "Informant 1", {"rolle": "leder"})
    async with on_screen(study, "f5") as (pilot, screen):
        await press(pilot, "v", "end", "enter")
        assert [str(c.label) for c in screen.grid.columns.values()] == ["Kode", "leder", "–"]


async def test_coverage_names_the_codes_that_a_source_lacks(study: Study) -> None:
    async with on_screen(study, "f5") as (pilot, _screen):
        await press(pilot, "t", "enter")
        listed = [choice.words for choice in pilot.app.screen.rows.items]
        assert "Rammer" in listed
        assert "Samhandling/Faste møtepunkt" not in listed


async def test_codes_that_meet_open_the_passages(study: Study) -> None:
    source = builders.add_interview(study.store, "R: To koder her.", "I3")
    tree = tree_of(study)
    for name in ("Roller", "Rammer"):
        builders.code_passage(study.store, source, tree.find(name)[0].id, "To koder")
    async with on_screen(study, "f5") as (pilot, _screen):
        await press(pilot, "t", "t", "l", "enter")
        assert [e.source for e in pilot.app.screen.rows.items] == ["I3"]


async def test_an_excerpt_becomes_a_quote_with_a_cut_and_an_insertion(study: Study) -> None:
    async with on_screen(study, "f6") as (pilot, screen):
        await press(pilot, "q", "t", "e", "enter", "w", "W", "x", "end", "i", "'på mandag", "enter")
        await press(pilot, "enter", "escape")
        assert "«Det […] møtet [på mandag]»" in screen.chosen.item.printed
    (quote,) = quotes.load_quotes(study.store)
    assert quote.cuts == (Span(4, 9),)
    assert quote.insertions == (Insertion(15, "på mandag"),)


async def test_a_quote_gets_a_degree_with_its_own_wording(study: Study) -> None:
    async with on_screen(study, "f6") as (pilot, _screen):
        await press(pilot, "q", "e", "j", "enter", "down", "enter", "'Altså ", "ctrl+s", "escape")
    (quote,) = quotes.load_quotes(study.store)
    assert (quote.degree, quote.wording) == (Degree.LIGHT, "Altså Det faste møtet")


async def test_quotes_are_put_in_another_order(study: Study) -> None:
    async with on_screen(study, "f6") as (pilot, screen):
        await press(pilot, "q", "j", "q", "t", "full_stop")
        assert [row.quote.text for row in screen.chosen.items] == [
            "Kaffemaskinen",
            "Det faste møtet",
        ]
        assert screen.chosen.item.quote.text == "Det faste møtet"


async def test_drift_is_shown_and_accepted(study: Study) -> None:
    async with on_screen(study, "f6") as (pilot, screen):
        await press(pilot, "q", "t")
        from kodebok.coding.corrections import correct_text
        from kodebok.storage import sources

        source = sources.load_sources(study.store)[0]
        at = builders.span_of(study.store, source.id, "faste")
        correct_text(study.store, study.coder.id, source.id, at, "ukentlige")
        screen.reload_if_changed()
        await pilot.pause()
        assert screen.chosen.item.drifted
        assert "ukentlige" in screen._below.words
        assert "faste" in screen._below.words
        await press(pilot, "a")
        assert not screen.chosen.item.drifted
    assert quotes.load_quotes(study.store)[0].text == "Det ukentlige møtet"


async def test_excerpts_are_narrowed_by_participant(study: Study) -> None:
    async with on_screen(study, "f6") as (pilot, screen):
        await press(pilot, "f", "j", "enter", "'mant 2", "enter")
        assert [e.text for e in screen.found.items] == ["Kaffemaskinen"]
        assert "Informant 2" in screen._heading.words


async def test_one_voice_that_dominates_is_warned_of(tmp_path: Path) -> None:
    study = make_study(tmp_path / "s")
    source = builders.add_interview(study.store, "R: En. To. Tre. Fire.", "I3", case="Informant 3")
    for words in ("En.", "To.", "Tre.", "Fire."):
        builders.choose_quote(study.store, source, words)
    async with on_screen(study, "f6") as (pilot, screen):
        await press(pilot, "s")
        assert "Informant 3 dominerer" in screen._heading.words
        assert "Informant 1" in screen._below.words


async def test_an_empty_study_has_empty_screens(tmp_path: Path) -> None:
    builders.make_store(tmp_path / "tom").close()
    async with on_screen(open_study(tmp_path / "tom"), "f4") as (pilot, _screen):
        await press(pilot, "e", "d", "m", "s", "r", "comma", "less_than_sign", "t", "x")
        await press(pilot, "f5", "enter", "t", "enter", "t", "enter", "c", "s")
        await press(pilot, "f6", "q", "e", "o", "a", "s", "R", "t")
        assert pilot.app.screen.title_text() == "0 utdrag, 0 sitater"
