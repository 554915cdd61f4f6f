"""The machine suggests, the researcher decides: the switch, verdicts, the record, the rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.ids import new_id
from kodebok.domain.span import Span
from kodebok.domain.suggestion import SuggestionKind, Verdict
from kodebok.errors import WrongUseError
from kodebok.storage import codings, sources, suggestions
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from kodebok.suggest.runs import Wish
from kodebok.suggest.verdicts import accept, find_suggestion, load_record, open_suggestions, reject
from tests.builders import add_interview, code_passage, coder_of, correct, state_of
from tests.suggest.builders import (
    OTHER,
    UNCODED_MEETING,
    make_study,
    suggest_codes,
    suggest_groups,
    suggest_more,
    suggest_unexplained,
    wonder,
)


@pytest.mark.parametrize("ask", [suggest_codes, suggest_groups, suggest_more, suggest_unexplained])
def test_nothing_is_computed_until_someone_chooses_it(tmp_path: Path, ask) -> None:
    with make_study(tmp_path, is_on=False) as store:
        with pytest.raises(WrongUseError) as refused:
            ask(store, coder_of(store), Wish())
        assert refused.value.code == "K850"
        record = load_record(store)
        assert not record.is_on
        assert record.chosen_at == ""
        assert record.computed == 0


def test_the_record_keeps_that_something_was_computed_also_when_it_is_undone(
    tmp_path: Path,
) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        assert load_record(store).computed == 0
        suggest_codes(store, me, Wish(unread=True))
        assert load_record(store).computed == 1
        assert load_record(store).unread_too == 1
        undo(store, me)
        assert load_record(store).computed == 1
        assert load_record(store).runs == {}
        assert open_suggestions(store, me) == []


def test_a_run_says_what_it_was_made_of(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggest_codes(store, me, Wish(without=("hunden",)))
        (run,) = suggestions.load_runs(store)
        assert run.recipe["name"] == "code/2"
        assert run.recipe["without"] == ["hunden"]
        assert set(run.recipe["versions"]) == {"kodebok", "numpy", "scipy", "scikit-learn"}
        correct(store, sources.load_sources(store)[0].id, "Bamse", "Pelle")
        suggest_codes(store, me, Wish())
        assert len({r.seen for r in suggestions.load_runs(store)}) == 2
        kept = suggestions.load_suggestions(store, [run.id])
        assert kept
        assert all(suggestion.evidence["words"] for suggestion in kept)


@pytest.mark.parametrize("verdict", [None, Verdict.REJECTED])
def test_the_file_refuses_a_machine_coding_without_an_accepting_verdict(
    tmp_path: Path, verdict: Verdict | None
) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        if verdict:
            reject(store, me, suggestion, "passer ikke")
        place = suggestion.passage
        coding = Coding(
            new_id(),
            place.source_id,
            suggestion.code_id or "",
            me,
            place.start,
            place.end,
            place.text,
            CodingOrigin.SUGGESTION,
        )
        before = state_of(store)
        with pytest.raises(WrongUseError), store.act("coding.add", me) as act:
            codings.add_coding(act, coding)
        assert state_of(store) == before


def test_the_file_refuses_to_make_a_hand_coding_the_machines(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        coding = codings.load_codings(store)[0]
        with pytest.raises(WrongUseError), store.act("x", coding.coder_id) as act:
            act.update("codings", coding.id, origin="suggestion")


def test_the_file_refuses_to_take_the_verdict_from_under_a_coding(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        accept(store, me, suggest_codes(store, me, Wish())[0])
        (verdict,) = suggestions.load_verdicts(store)
        with pytest.raises(WrongUseError), store.act("x", me) as act:
            act.delete("verdicts", verdict.id)
        with pytest.raises(WrongUseError), store.act("x", me) as act:
            act.update("verdicts", verdict.id, verdict="rejected")


def test_accepting_codes_the_passage_and_undo_takes_both_back(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        before = state_of(store)
        coding = accept(store, me, suggestion)
        assert coding is not None
        assert coding.text == suggestion.passage.text
        kept = codings.load_coding(store, coding.id)
        assert kept.origin is CodingOrigin.SUGGESTION
        after = state_of(store)
        undo(store, me)
        assert state_of(store) == before
        redo(store, me)
        assert state_of(store) == after
        with store.act("coding.remove", me) as act:
            codings.remove_coding(act, coding.id)
        undo(store, me)
        assert state_of(store) == after
        assert check_store(store) == []


def test_an_accepted_suggestion_teaches_nothing(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        accept(store, me, suggestion)
        again = suggest_codes(store, me, Wish())
        excerpts = {e["coding"] for s in again for e in s.evidence["examples"]}
        machine = {c.id for c in codings.load_codings(store) if c.origin == "suggestion"}
        assert machine
        assert not excerpts & machine
        assert suggestion.passage.text not in {s.passage.text for s in again}


def test_a_suggestion_can_be_accepted_with_other_borders_and_another_code(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        found = suggest_codes(store, me, Wish())
        suggestion = next(s for s in found if s.passage.text == UNCODED_MEETING)
        other = next(row[0] for row in store.rows("SELECT id FROM codes"))
        start = suggestion.passage.start
        coding = accept(store, me, suggestion, code_id=other, span=Span(start, start + 20))
        assert coding is not None
        assert coding.code_id == other
        assert coding.text == UNCODED_MEETING[:20].strip()


def test_what_was_rejected_is_not_suggested_again(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        reject(store, me, suggestion, "det handler om noe annet")
        again = {(s.passage.text, s.code_id) for s in suggest_codes(store, me, Wish())}
        assert (suggestion.passage.text, suggestion.code_id) not in again
        (verdict,) = suggestions.load_verdicts(store)
        assert verdict.reason == "det handler om noe annet"
        assert verdict.coding_id is None


def test_how_often_a_code_was_accepted_is_told(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        first = suggest_codes(store, me, Wish())[0]
        assert first.evidence["judged_so_far"] == 0
        accept(store, me, first)
        add_interview(store, f"R: {first.passage.text}", "I3")
        again = suggest_codes(store, me, Wish(unread=True))
        same = next(s for s in again if s.code_id == first.code_id)
        assert (same.evidence["accepted_so_far"], same.evidence["judged_so_far"]) == (1, 1)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_rejection_needs_a_reason(tmp_path: Path, reason: str) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        with pytest.raises(WrongUseError) as refused:
            reject(store, me, suggestion, reason)
        assert refused.value.code == "K857"


def test_a_verdict_is_given_once(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        reject(store, me, suggestion, "nei")
        with pytest.raises(WrongUseError) as refused:
            accept(store, me, suggestion)
        assert refused.value.code == "K856"


def test_a_suggestion_follows_its_words_and_is_stale_when_they_change(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggest_codes(store, me, Wish())
        found = next(s for s in open_suggestions(store, me) if s.passage.text == UNCODED_MEETING)
        correct(store, found.passage.source_id, "viktig for dere", "det aller viktigste for dere")
        moved = find_suggestion(store, me, found.id)
        assert moved.passage.start > found.passage.start
        coding = accept(store, me, moved)
        assert coding is not None
        assert coding.text == UNCODED_MEETING
        undo(store, me)
        correct(store, found.passage.source_id, "møtes vi alle sammen", "møtes vi to")
        with pytest.raises(WrongUseError) as refused:
            accept(store, me, find_suggestion(store, me, found.id))
        assert refused.value.code == "K858"


def test_another_coders_suggestions_are_not_mine_to_judge(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        suggestion = suggest_codes(store, coder_of(store), Wish())[0]
        jonas = coder_of(store, "Jonas")
        assert open_suggestions(store, jonas) == []
        with pytest.raises(WrongUseError) as refused:
            find_suggestion(store, jonas, suggestion.id)
        assert refused.value.code == "K855"


def test_a_passage_already_coded_so_keeps_the_verdict_alone(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        place = suggestion.passage
        code_passage(store, place.source_id, suggestion.code_id or "", place.text)
        assert accept(store, me, suggestion) is None
        assert load_record(store).accepted == {"code": 1}
        assert load_record(store).codings[0] == 0


def test_a_source_that_is_removed_takes_its_suggestions_along(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        for suggestion in suggest_codes(store, me, Wish())[:2]:
            accept(store, me, suggestion)
        before = state_of(store)
        with store.act("source.remove", me) as act:
            for source in sources.load_sources(store):
                sources.remove_source(act, source.id)
        assert suggestions.load_suggestions(store) == []
        assert suggestions.load_verdicts(store) == []
        assert check_store(store) == []
        undo(store, me)
        assert state_of(store) == before


def test_too_little_material_is_told(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        for ask, code in ((suggest_unexplained, "K853"), (suggest_more, "K854")):
            with pytest.raises(WrongUseError) as refused:
                ask(store, me, Wish())
            assert refused.value.code == code
        assert suggest_groups(store, me, Wish()) == []
        assert load_record(store).runs == {"group": 1}


def test_three_wonderings_find_more_and_the_passage_can_be_coded(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        words = ("Katten min heter Pus og sover i snø.", "Hunden vår er redd for katten og snøen.")
        source_id = add_interview(store, "\n".join(f"R: {w}" for w in (*words, OTHER)), "I3")
        with store.act("source.read", me) as act:
            sources.mark_read(act, source_id, me)
        for turn in (*words, OTHER):
            wonder(store, source_id, turn)
        found = suggest_more(store, me, Wish())
        assert found[0].passage.text == OTHER
        assert found[0].kind is SuggestionKind.MORE
        with pytest.raises(WrongUseError) as refused:
            accept(store, me, found[0])
        assert refused.value.code == "K859"
        code_id = store.rows("SELECT id FROM codes")[0][0]
        assert accept(store, me, found[0], code_id=code_id) is not None


def test_unread_sources_that_were_looked_at_stay_on_record_when_it_is_undone(
    tmp_path: Path,
) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggest_codes(store, me, Wish(unread=True))
        undo(store, me)
        record = load_record(store)
        assert (record.computed, record.unread_too, record.runs) == (1, 1, {})


def test_what_was_suggested_is_hidden_when_its_source_is_not_read_any_more(
    tmp_path: Path,
) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        found = suggest_codes(store, me, Wish())[0]
        source_id = found.passage.source_id
        with store.act("source.unread", me, source_id) as act:
            sources.unmark_read(act, source_id, me)
        assert source_id not in {s.passage.source_id for s in open_suggestions(store, me)}
        with pytest.raises(WrongUseError, match="K855"):
            find_suggestion(store, me, found.id)


def test_a_verdict_that_was_taken_away_behind_its_back_is_found(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        suggestion = suggest_codes(store, me, Wish())[0]
        accept(store, me, suggestion)
        assert check_store(store) == []
        store.db.execute("PRAGMA recursive_triggers=OFF")
        store.db.execute(
            "INSERT OR REPLACE INTO verdicts SELECT id, suggestion_id, coder_id, 'rejected', at, "
            "'nei', NULL FROM verdicts"
        )
        assert [fault.kind for fault in check_store(store)] == ["verdict"]
