"""Suggested codes: learned from own codings, the same every time, and told by their words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.suggest_material import make_labelled
from kodebok.domain.suggestion import SuggestionKind
from kodebok.errors import WrongUseError
from kodebok.storage import sources
from kodebok.suggest.codes import MOST_CODES, SHOWN_WORDS, learn_codes
from kodebok.suggest.runs import Wish
from tests.builders import add_interview, code_passage, coder_of
from tests.suggest.builders import (
    MEETINGS,
    OTHER,
    UNCODED_MEETING,
    UNCODED_MONEY,
    as_examples,
    make_study,
    suggest_codes,
)

LABELLED = make_labelled(160, themes=5, interviews=5, seed=3)


def test_an_uncoded_turn_gets_the_code_of_those_like_it(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        found = suggest_codes(store, coder_of(store), Wish())
        tree = {row[0]: row[1] for row in store.rows("SELECT id, name FROM codes")}
    best = {s.passage.text: tree[s.code_id or ""] for s in found if s.rank == 1}
    assert best[UNCODED_MEETING] == "Møter"
    assert best[UNCODED_MONEY] == "Økonomi"
    assert {s.kind for s in found} == {SuggestionKind.CODE}
    assert not any(s.passage.text.startswith("Hva er viktig") for s in found)


def test_the_words_shares_add_up_to_the_score(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        found = suggest_codes(store, coder_of(store), Wish())
    assert found
    for suggestion in found:
        evidence = suggestion.evidence
        shares = sum(part["share"] for part in evidence["words"])
        whole = shares + evidence["others"] + evidence["bias"]
        assert whole == pytest.approx(suggestion.score, abs=2e-6)
        assert len(evidence["words"]) <= SHOWN_WORDS
        assert all(part["word"] in suggestion.passage.text.lower() for part in evidence["words"])


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=200), picked=st.lists(st.sampled_from(LABELLED), max_size=3))
def test_explanations_add_up_whatever_the_passage(text: str, picked: list) -> None:
    model = MODEL
    passage = " ".join([text, *(item.text for item in picked)])
    ((first, *_),) = model.guess([passage])
    explained = model.explain(passage, first.code_id)
    whole = sum(share for _, share in explained.words) + explained.others + explained.bias
    assert whole == pytest.approx(explained.score, abs=1e-9)
    assert explained.score == pytest.approx(first.score, abs=2e-6)


def test_the_order_of_passages_changes_nothing() -> None:
    examples = as_examples(LABELLED)
    texts = [item.text for item in LABELLED]
    shuffled = random.Random(1).sample(examples, len(examples))  # noqa: S311 - no secret
    again = learn_codes(shuffled, reversed(texts)).guess(texts)
    assert again == learn_codes(examples, texts).guess(texts)


def test_two_runs_on_the_same_study_say_the_same(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        runs = [suggest_codes(store, coder_of(store), Wish()) for _ in range(2)]
    told = [[(s.passage, s.code_id, s.score, s.evidence) for s in run] for run in runs]
    assert told[0] == told[1]


def test_at_most_three_codes_are_suggested_for_a_passage() -> None:
    model = learn_codes(as_examples(LABELLED))
    assert len(model.lines) > MOST_CODES
    assert {len(guesses) for guesses in model.guess([i.text for i in LABELLED])} == {MOST_CODES}


def test_the_scores_are_the_optimum_and_not_where_a_solver_stopped() -> None:
    import numpy as np

    model = learn_codes(as_examples(LABELLED))
    for code_id, line in model.lines.items():
        ones = np.array([code_id in e.code_ids for e in model.examples])
        balance = np.where(ones, len(ones) / (2 * ones.sum()), len(ones) / (2 * (~ones).sum()))
        chance = 1 / (1 + np.exp(-line.score(model.rows)))
        slope = line.weights + 10.0 * (model.rows.T @ (balance * (chance - ones)))
        assert abs(slope).max() < 1e-5


def test_what_others_coded_and_what_was_brought_in_teaches_nothing(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        jonas = coder_of(store, "Jonas")
        with store.act("source.read", jonas) as act:
            for source in sources.load_sources(store):
                sources.mark_read(act, source.id, jonas)
        with pytest.raises(WrongUseError) as refused:
            suggest_codes(store, jonas, Wish())
        assert refused.value.code == "K852"
        with store.act("coding.change", jonas) as act:
            for (coding_id,) in store.rows("SELECT id FROM codings"):
                act.update("codings", coding_id, origin="import")
        with pytest.raises(WrongUseError) as refused:
            suggest_codes(store, coder_of(store), Wish())
        assert refused.value.code == "K852"


def test_a_source_stays_hidden_until_it_is_read_or_all_is_asked_for(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        add_interview(store, f"R: {UNCODED_MEETING.replace('alle', 'mange')}", "I3")
        assert "mange" not in str(suggest_codes(store, me, Wish()))
        found = suggest_codes(store, me, Wish(unread=True))
    assert any("mange" in suggestion.passage.text for suggestion in found)


def test_a_source_that_another_coded_stays_hidden_from_one_who_has_not_read_it(
    tmp_path: Path,
) -> None:
    with make_study(tmp_path) as store:
        words = UNCODED_MEETING.replace("alle", "mange")
        source_id = add_interview(store, f"R: {words}\nR: {OTHER}", "I3")
        code_id = store.rows("SELECT id FROM codes WHERE name = 'Møter'")[0][0]
        code_passage(store, source_id, code_id, OTHER, coder_id=coder_of(store, "Jonas"))
        found = suggest_codes(store, coder_of(store), Wish(unread=True))
    assert not any("mange" in suggestion.passage.text for suggestion in found)


def test_a_word_that_is_struck_out_carries_nothing(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        found = suggest_codes(store, coder_of(store), Wish(without=("møtet",)))
    words = {part["word"] for s in found for part in s.evidence["words"]}
    assert words
    assert "møtet" not in words


def test_the_nearest_own_excerpts_are_shown(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        found = suggest_codes(store, coder_of(store), Wish())
        texts = dict(store.rows("SELECT id, text FROM codings"))
    meeting = next(s for s in found if s.passage.text == UNCODED_MEETING and s.rank == 1)
    nearest = [texts[example["coding"]] for example in meeting.evidence["examples"]]
    assert nearest[0] in {MEETINGS[0], MEETINGS[3]}
    assert len(nearest) == 2


MODEL = learn_codes(as_examples(LABELLED))
