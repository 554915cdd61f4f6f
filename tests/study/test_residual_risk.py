"""A sample stays on its sentences, keeps its answers, and is undone as any other act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.anonymise.residual import unfound_sentences
from kodebok.errors import WrongUseError
from kodebok.storage import residual, sources
from kodebok.storage.history import undo
from kodebok.study.opening import Study
from kodebok.study.residual_risk import (
    answer_sample,
    keep_sample,
    sample_arguments,
    sample_result,
    sample_words,
)
from tests.builders import add_interview, correct
from tests.study.anonymised import new_study

TEXT = "R: Vi lo litt av det. Så ble det stille.\nI: Og så?\nR: Så gikk vi hjem."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "study") as made:
        add_interview(made.store, TEXT, "I1")
        yield made


def draw(study: Study) -> None:
    keep_sample(study, unfound_sentences(sample_arguments(study)), size=4)


def sentences(study: Study) -> list[residual.RiskSentence]:
    found = residual.load_sample(study.store)
    return found[1] if found else []


def words(study: Study) -> list[str]:
    return [
        sources.load_text(study.store, one.source_id)[one.start : one.end]
        for one in sentences(study)
    ]


def test_it_stays_on_its_sentences_when_the_text_before_is_corrected(study: Study) -> None:
    draw(study)
    before = words(study)
    assert before
    source = sources.load_sources(study.store)[0]
    correct(study.store, source.id, "Vi lo", "Vi lo og lo og lo")
    after = words(study)
    assert [one.replace("Vi lo og lo og lo", "Vi lo") for one in after] == before


def test_it_tells_nothing_before_all_is_read_and_answers_can_be_changed(study: Study) -> None:
    assert sample_result(study) is None
    draw(study)
    listed = sentences(study)
    answer_sample(study, "1", missed=True)
    told = sample_words(study)
    assert str(len(listed) - 1) in told or len(listed) == 1
    for one in listed:
        answer_sample(study, str(one.position), missed=False)
    bound = sample_result(study)
    assert bound is not None
    assert (bound.missed, bound.estimate) == (0, 0.0)
    assert bound.upper > 0
    answer_sample(study, listed[0].id, missed=True)
    worse = sample_result(study)
    assert worse is not None
    assert worse.upper >= bound.upper
    undo(study.store, study.coder.id)
    assert sample_result(study) == bound


def test_what_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(WrongUseError, match="K881"):
        answer_sample(study, "1", missed=False)
    with pytest.raises(WrongUseError, match="K880"):
        keep_sample(study, [])
