"""What is played and cut out: the words of a passage, and silence where a name was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.domain.entity import Replacement
from kodebok.domain.ids import new_id
from kodebok.domain.recording import WordTime
from kodebok.domain.text import word_spans
from kodebok.errors import WrongUseError
from kodebok.storage import anonymisation, sounding, sources
from kodebok.study.opening import Study, create_study
from kodebok.study.playing import Passage, find_passage, muted_stretches, stretch_of
from tests.builders import add_interview, choose_quote, coder_of, correct, span_of


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with create_study(tmp_path / "study", "Prøve", coder="Kari") as made:
        yield made


@pytest.fixture
def source(study: Study) -> str:
    source_id = add_interview(study.store, "R: da sa Anne at det var nok", "I1")
    spans = list(word_spans(sources.load_text(study.store, source_id)))
    ids = sources.new_turn_ids(len(spans))
    with study.store.act("times", coder_of(study.store)) as act:
        sounding.add_word_times(
            act,
            [
                WordTime(key, source_id, s.start, s.end, n * 1_000, n * 1_000 + 800, 0.9)
                for n, (key, s) in enumerate(zip(ids, spans, strict=True))
            ],
        )
    return source_id


def test_the_time_of_a_replaced_word_is_silenced(study: Study, source: str) -> None:
    span = span_of(study.store, source, "Anne")
    with study.store.act("anonymise", study.coder.id) as act:
        anonymisation.add_replacements(
            act, [Replacement(new_id(), source, span.start, span.end, new_id(), 0)]
        )
    whole = find_passage(study.store, "I1")
    assert muted_stretches(study.store, whole) == [(2_000, 2_800)]
    part = Passage(source, span_of(study.store, source, "det var nok"))
    assert muted_stretches(study.store, part) == []


def test_a_name_that_was_taken_out_is_silenced_and_not_the_word_after_it(
    study: Study, source: str
) -> None:
    place = span_of(study.store, source, "Anne ").start
    correct(study.store, source, "Anne ", "")
    with study.store.act("anonymise", study.coder.id) as act:
        anonymisation.add_replacements(act, [Replacement(new_id(), source, place, place, new_id())])
    assert muted_stretches(study.store, find_passage(study.store, "I1")) == [(2_000, 2_800)]


def test_a_quote_is_found_by_its_number_and_its_id(study: Study, source: str) -> None:
    quote = choose_quote(study.store, source, "det var nok")
    assert find_passage(study.store, "1") == find_passage(study.store, quote[:8])
    assert stretch_of(study.store, find_passage(study.store, "1")) == (3_850, 6_950)
    with pytest.raises(WrongUseError, match="K521"):
        find_passage(study.store, "99")
