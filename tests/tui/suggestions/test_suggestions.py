"""The suggestions screen, driven as a user does: off, on, computed, judged, named, recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kodebok.domain.blind import BlindSource
from kodebok.domain.ids import new_id, now
from kodebok.domain.suggestion import PassageRole, SuggestionKind, Verdict
from kodebok.storage import codes, codings, notes, suggestions
from kodebok.storage.blind import BEGIN_KIND, add_blind
from kodebok.storage.sources import load_sources, unmark_read
from kodebok.storage.wonderings import load_wonderings
from kodebok.study.opening import Study, open_study
from kodebok.suggest.runs import Wish, compute
from tests.builders import coder_of
from tests.suggest.builders import MONEY, UNCODED_MEETING, make_study
from tests.tui.piloting import opened, press, seen, until, write
from tests.tui.studies import make_small_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Two interviews read and coded with two codes; suggestions are off."""
    make_study(tmp_path / "studie", is_on=False).close()
    return open_study(tmp_path / "studie")


@pytest.fixture
def suggested(tmp_path: Path) -> Study:
    """The same, with suggestions on and codes suggested."""
    with make_study(tmp_path / "studie") as store:
        compute(store, coder_of(store), SuggestionKind.CODE, Wish())
    return open_study(tmp_path / "studie")


async def test_suggestions_are_off_and_say_what_they_are(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g")
        assert "Forslag er slått av" in seen(pilot)
        assert "Det koder ingenting" in seen(pilot)
        await press(pilot, "r")
        assert suggestions.load_runs(study.store) == []
        await press(pilot, "7")
        assert "Ingen forslag ble noen gang regnet ut" in seen(pilot) or "0" in seen(pilot)
        await press(pilot, "p")
        assert suggestions.load_switch(study.store).is_on


async def test_codes_are_computed_in_a_process_of_their_own(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "p", "r")
        assert "Esc avslutter" in seen(pilot)
        await until(pilot, lambda: bool(suggestions.load_runs(study.store)))
        await pilot.pause()
        assert "å vurdere, ett om gangen" in seen(pilot)
        assert "summen av disse delene" in seen(pilot)
        assert "Slik kodet du i" in seen(pilot) or "vurder" in seen(pilot)


async def test_a_computing_that_is_ended_leaves_nothing(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "p", "r", "escape")
        assert "ingenting ble lagret" in seen(pilot)
        await pilot.app.workers.wait_for_complete()
        assert suggestions.load_runs(study.store) == []


async def test_one_suggestion_is_accepted_and_undone(suggested: Study, tmp_path: Path) -> None:
    before = len(codings.load_codings(suggested.store))
    async with opened(suggested, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "a")
        assert len(codings.load_codings(suggested.store)) == before + 1
        assert suggestions.load_verdicts(suggested.store)[0].verdict is Verdict.ACCEPTED
        await press(pilot, "u")
        assert len(codings.load_codings(suggested.store)) == before


async def test_a_rejection_needs_a_reason(suggested: Study, tmp_path: Path) -> None:
    async with opened(suggested, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "x", "escape")
        assert suggestions.load_verdicts(suggested.store) == []
        await press(pilot, "x")
        await write(pilot, "Nei")
        await press(pilot, "enter")
        (verdict,) = suggestions.load_verdicts(suggested.store)
        assert (verdict.verdict, verdict.reason) == (Verdict.REJECTED, "Nei")


async def test_a_part_of_the_passage_is_accepted(suggested: Study, tmp_path: Path) -> None:
    before = {coding.id for coding in codings.load_codings(suggested.store)}
    async with opened(suggested, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "e", "down", "enter")
        await press(pilot, *["backspace"] * 10, "enter")
        (added,) = [c for c in codings.load_codings(suggested.store) if c.id not in before]
        assert added.text != ""
        assert added.text not in {UNCODED_MEETING, MONEY[0]}


async def test_what_is_unread_again_is_hidden(suggested: Study, tmp_path: Path) -> None:
    async with opened(suggested, tmp_path) as pilot:
        await press(pilot, "ctrl+g")
        assert pilot.app.screen.rows.items
        me = suggested.coder.id
        for item in list(pilot.app.screen.rows.items):
            with suggested.store.act("source.unread", me, item.place[0]) as act:
                unmark_read(act, item.place[0], me)
        pilot.app.screen.reload_if_changed()
        await pilot.pause()
        assert not pilot.app.screen.rows.items


async def test_a_candidate_has_no_name_until_it_is_given_one(tmp_path: Path) -> None:
    with make_study(tmp_path / "studie") as store:
        (first, *_rest) = compute(store, coder_of(store), SuggestionKind.CODE, Wish())
        keep_group(store, first)
    study = open_study(tmp_path / "studie")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "3")
        assert "Ikke noe navn ennå" in seen(pilot)
        await press(pilot, "n", "enter", "enter", "enter", "enter")
        assert "må være med" in seen(pilot)
        await write(pilot, "Møtet")
        await press(pilot, "enter")
        await write(pilot, "Der de treffes")
        await press(pilot, "enter")
        await write(pilot, "Om faste møter")
        await press(pilot, "enter")
        await write(pilot, "Finnes det motsatte?")
        await press(pilot, "enter")
        (made,) = [c for c in codes.load_code_tree(study.store) if c.name == "Møtet"]
        assert (made.definition, made.use_when) == ("Der de treffes", "Om faste møter")
        assert [n.text for n in notes.load_notes(study.store)] == ["Finnes det motsatte?"]
        assert "Tilbudt fra en kandidat" in seen(pilot)
        await press(pilot, "a")
        assert [c.code_id for c in codings.load_codings(study.store)].count(made.id) == 1


def keep_group(store, first) -> None:
    """A candidate of one passage, as a run keeps it."""
    from kodebok.domain.suggestion import SuggestionRun
    from kodebok.storage.suggestions import RUN_KIND, add_run

    me = coder_of(store)
    run = SuggestionRun(new_id(), SuggestionKind.GROUP, me, "2025", 1, "", {"name": "group/2"})
    evidence = {
        "keywords": ["møtet", "onsdag"],
        "fidelity": 1.0,
        "together": 164,
        "samples": 200,
        "passages": 1,
        "informants": 1,
        "unexplained": 0.5,
        "nearest_codes": [],
        "weaker": False,
    }
    group = first.__class__(
        id=new_id(),
        run_id=run.id,
        kind=SuggestionKind.GROUP,
        rank=1,
        score=0.82,
        passages=first.passages,
        evidence=evidence,
    )
    with store.act(RUN_KIND, me, run.id) as act:
        add_run(act, run, [group])


async def test_an_equation_lists_its_passages(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "5", "e")
        await write(pilot, "Økonomi & ~Møter")
        await press(pilot, "enter")
        assert "6 utdrag" in seen(pilot)


async def test_theory_drift_and_record_are_shown(suggested: Study, tmp_path: Path) -> None:
    async with opened(suggested, tmp_path, size=(120, 40)) as pilot:
        await press(pilot, "ctrl+g", "4")
        assert "har ingen kode" in seen(pilot)
        await press(pilot, "7")
        assert "Kjøringer: kode 1" in seen(pilot)
        await press(pilot, "6", "r")
        await until(pilot, lambda: not pilot.app.screen.progress)
        assert "Regner" not in seen(pilot)


async def test_a_wondering_is_marked_where_one_reads(tmp_path: Path) -> None:
    study = make_small_study(tmp_path / "studie")
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "f3", "g")
        await write(pilot, "Hvorfor?")
        await press(pilot, "enter")
        await write(pilot, "Spinnteori")
        await press(pilot, "enter")
        (wondering,) = load_wonderings(study.store)
        assert (wondering.surprise, wondering.theory) == ("Hvorfor?", "Spinnteori")
        await press(pilot, "u")
        assert load_wonderings(study.store) == []


async def test_the_list_follows_the_coding_and_is_kept_where_it_is_judged(
    study: Study, tmp_path: Path
) -> None:
    store = study.store
    async with opened(study, tmp_path) as pilot:
        screen_rows = lambda: [item.words for item in pilot.app.screen.rows.items]  # noqa: E731
        await press(pilot, "ctrl+g", "p", "r")
        await until(pilot, lambda: bool(suggestions.load_runs(store)) and bool(screen_rows()))
        (asked_for,) = suggestions.load_runs(store)
        before = len(screen_rows())
        child = pilot.app.screen._suggester._child.process_id
        await press(pilot, "a")
        await until(pilot, lambda: pilot.app.screen.drafted() is not None)
        assert len(screen_rows()) < before
        assert pilot.app.screen._suggester._child.process_id == child
        assert suggestions.load_runs(store) == [asked_for]
        await press(pilot, "a")
        of_second = [run for run in suggestions.load_runs(store) if run.id != asked_for.id]
        assert [bool(run.recipe["refreshed"]) for run in of_second] == [True]
        assert len(suggestions.load_verdicts(store)) == 2
        taken = suggestions.load_suggestions(store, [of_second[0].id])[0]
        await until(pilot, lambda: taken.passage.text not in screen_rows())
        await press(pilot, "u")
        await until(pilot, lambda: taken.passage.text in screen_rows())
        assert suggestions.load_runs(store) == [asked_for]
        assert len(suggestions.load_verdicts(store)) == 1


async def test_the_child_ends_with_the_screen(study: Study, tmp_path: Path) -> None:
    async with opened(study, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "p", "r")
        await until(pilot, lambda: bool(suggestions.load_runs(study.store)))
        child = pilot.app.screen._suggester._child
        assert child.is_ready
    assert child._process.poll() is not None


async def test_a_candidate_shows_all_its_passages_before_it_has_a_name(tmp_path: Path) -> None:
    with make_study(tmp_path / "studie") as store:
        (first, *_rest) = compute(store, coder_of(store), SuggestionKind.CODE, Wish())
        member = replace(first.passage, role=PassageRole.MEMBER, text="Dette er et medlem.")
        keep_group(store, replace(first, passages=(first.passage, member)))
    async with opened(open_study(tmp_path / "studie"), tmp_path, size=(120, 40)) as pilot:
        await press(pilot, "ctrl+g", "3")
        assert "v viser 1 utdrag til" in seen(pilot)
        assert "Dette er et medlem." not in seen(pilot)
        await press(pilot, "v")
        assert "Dette er et medlem." in seen(pilot)
        await press(pilot, "v")
        assert "Dette er et medlem." not in seen(pilot)


async def test_who_codes_blind_is_shown_no_suggestion(suggested: Study, tmp_path: Path) -> None:
    store, me = suggested.store, suggested.coder.id
    async with opened(suggested, tmp_path) as pilot:
        await press(pilot, "ctrl+g", "r")
        await until(pilot, lambda: len(suggestions.load_runs(store)) == 2)
        await press(pilot, "a")
        await until(pilot, lambda: bool(pilot.app.screen.drafted()))
        judged = suggestions.load_verdicts(store)
        (source, *_rest) = load_sources(store)
        with store.act(BEGIN_KIND, me, source.id) as act:
            add_blind(act, BlindSource(new_id(), source.id, me, now()))
        pilot.app.screen.reload_if_changed()
        await pilot.pause()
        assert not pilot.app.screen.rows.items
        await press(pilot, "1", "r", "a")
        assert suggestions.load_verdicts(store) == judged
        assert len(suggestions.load_runs(store)) == 2
