"""Computing knows nothing of the study's file, and gives the same in a child process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kodebok.coding.wondering import wonder as wonder_at
from kodebok.domain.suggestion import PassageRole, SuggestionKind, Verdict
from kodebok.errors import MissingComponentError, WrongUseError
from kodebok.jobs.child import run_stage
from kodebok.storage import codings, suggestions
from kodebok.suggest import computing, runs
from kodebok.suggest.embedding import guess_by, load_encoder
from kodebok.suggest.runs import Wish, compute, load_drift, load_trials, offer_members
from kodebok.suggest.theory import load_theory_and_data
from kodebok.suggest.trial import try_codes
from kodebok.suggest.verdicts import accept
from tests.builders import add_code, code_passage, coder_of
from tests.suggest.builders import (
    MEETINGS,
    MONEY,
    make_study,
    suggest_codes,
    wonder,
)


def test_a_task_survives_being_written_as_json(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        task = runs.plan(store, coder_of(store), SuggestionKind.CODE, Wish(without=("møte",)))
        again = computing.Task.of(json.loads(json.dumps(task.arguments())))
        assert again == task


def test_a_child_process_suggests_the_same(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        here = compute(store, me, SuggestionKind.CODE, Wish())
        steps: list[tuple[int, int]] = []
        there = compute(
            store,
            me,
            SuggestionKind.CODE,
            Wish(),
            runner=run_stage,
            tell=lambda step, of: steps.append((step, of)),
        )
        assert [(s.passage, s.code_id, s.score, s.evidence) for s in here] == [
            (s.passage, s.code_id, s.score, s.evidence) for s in there
        ]
        assert steps == [(1, 2), (2, 2)]


def test_what_went_wrong_in_a_child_process_is_told_in_the_same_words(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        with pytest.raises(WrongUseError) as error:
            compute(store, coder_of(store), SuggestionKind.MORE, Wish(), runner=run_stage)
        assert error.value.code == "K854"


def test_a_candidate_becomes_a_code_whose_passages_are_offered_one_by_one(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        (first, *_others) = suggest_codes(store, me, Wish())
        group = first.__class__(
            id="g" * 8,
            run_id=first.run_id,
            kind=SuggestionKind.GROUP,
            rank=1,
            score=0.8,
            passages=(
                first.passage,
                first.passage.__class__(
                    first.passage.source_id, 0, 1, "x", PassageRole.COUNTER_EXAMPLE
                ),
            ),
            evidence={"keywords": ["møtet"]},
        )
        code_id = add_code(store, "Møter etter møtet")
        offered = offer_members(store, me, group, code_id)
        assert [(o.passage.text, o.code_id) for o in offered] == [(first.passage.text, code_id)]
        coding = accept(store, me, offered[0])
        assert coding is not None
        assert coding.code_id == code_id
        assert suggestions.load_verdicts(store)[-1].verdict is Verdict.ACCEPTED


def test_a_wondering_counts_for_more_like_these(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        me = coder_of(store)
        for coding in codings.load_codings(store)[:3]:
            wonder_at(store, me, coding.source_id, coding.span, "Hvorfor?", "Spinnteori")
        found = compute(store, me, SuggestionKind.MORE, Wish())
        assert found
        met = load_theory_and_data(store, me)
        assert met.read > met.uncoded > 0


def test_a_memo_of_the_kind_wondering_still_counts(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        for coding in codings.load_codings(store)[:3]:
            wonder(store, coding.source_id, coding.text)
        assert compute(store, coder_of(store), SuggestionKind.MORE, Wish())


def test_a_coding_with_the_wrong_code_is_a_place_to_read_again(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        source_id = next(c for c in codings.load_codings(store) if c.text == MEETINGS[0]).source_id
        wrong = next(c for c in codings.load_codings(store) if c.text == MONEY[0])
        meetings = next(c for c in codings.load_codings(store) if c.text in MEETINGS).code_id
        with store.act("coding.recode", coder_of(store), wrong.id) as act:
            codings.change_coding(act, wrong.id, code_id=meetings)
        found, again = load_drift(store, coder_of(store), 1)
        assert wrong.id in {drifted.example.coding_id for drifted in found}
        assert found[0].nearer > found[0].own
        assert not again
        sparse = add_code(store, "Sjelden")
        code_passage(store, source_id, sparse, MEETINGS[0])
        _found, again = load_drift(store, coder_of(store), 1)
        assert [(code.code_id, code.why) for code in again] == [(sparse, "sparse")]


def test_drift_is_off_while_suggestions_are(tmp_path: Path) -> None:
    with make_study(tmp_path, is_on=False) as store, pytest.raises(WrongUseError, match="K850"):
        load_drift(store, coder_of(store), 1)


class Letters:
    """Stands in for a sentence model: counts letters."""

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[float(text.casefold().count(c)) for c in "abdegikmnoprstuvø"] for text in texts]


def test_an_embedding_is_tried_on_the_same_interviews(tmp_path: Path) -> None:
    with make_study(tmp_path) as store:
        material = runs.plan(store, coder_of(store), SuggestionKind.CODE, Wish()).material
        examples = list(material.examples)
        doubled = examples + [
            e.__class__(e.text + " igjen", e.source_id, e.start, e.end, e.code_ids, e.coding_id)
            for e in examples
        ]
        trial = try_codes(doubled, guess_by(Letters()))
        assert trial is not None
        assert trial.passages == len(doubled)
        assert 0 <= trial.first <= trial.among <= 1


def test_an_embedding_needs_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingComponentError) as error:
        load_encoder(tmp_path)
    assert error.value.exit_code == 3
    assert error.value.remedy == "pip install sentence-transformers"


def test_no_model_is_ever_fetched(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="K862"):
        load_encoder(tmp_path / "intfloat" / "multilingual-e5-small")


def test_the_self_test_says_when_there_is_too_little(tmp_path: Path) -> None:
    with make_study(tmp_path) as store, pytest.raises(WrongUseError, match="K863"):
        load_trials(store, coder_of(store), 1)
