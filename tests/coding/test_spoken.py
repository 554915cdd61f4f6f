"""Recognised speech is corrected: unsure words and voices once for all, marks as structure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kodebok.coding import hearing, marking, uncertain, voicing
from kodebok.coding.corrections import correct_text, join_turns, split_turn
from kodebok.domain.recording import Transcription, WordTime
from kodebok.domain.span import Span
from kodebok.domain.timeline import TimeLine
from kodebok.domain.verbatim import (
    MarkKind,
    MarkStyle,
    TextView,
    print_marks,
    print_passage,
    readable,
)
from kodebok.errors import WrongUseError
from kodebok.storage import recordings, sounding, sources
from kodebok.storage.database import Store
from kodebok.storage.history import undo
from kodebok.storage.integrity import check_store
from tests.builders import (
    add_code,
    add_interview,
    choose_quote,
    code_passage,
    coder_of,
    make_store,
    span_of,
    state_of,
)

SPOKEN = """\
A: hva med navreformen
B: Navreformen ja den var tenk tenkt annerledes
A: og navreformen i dag"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def source(store: Store) -> str:
    """Recognised speech, a second a word; 'navreformen' was heard with doubt."""
    source_id = add_interview(store, SPOKEN)
    text = sources.load_text(store, source_id)
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append(Span(at, at + len(word)))
        at += len(word)
    ids = sources.new_turn_ids(len(words))
    with store.act("source.transcribe", coder_of(store)) as act:
        sounding.add_word_times(
            act,
            [
                WordTime(key, source_id, w.start, w.end, n * 1000, n * 1000 + 900, p)
                for n, (key, w) in enumerate(zip(ids, words, strict=True))
                for p in [0.4 if "avref" in text[w.start : w.end] else 0.9]
            ],
        )
        recordings.add_transcription(act, Transcription(source_id, "r", "e", 2, ""))
    return source_id


def lines(store: Store, source_id: str) -> list[str]:
    text = sources.load_text(store, source_id)
    labels = {s.id: s.label for s in sources.load_speakers(store, source_id)}
    return [
        f"{labels[t.speaker_id or '']}: {text[t.start : t.end]}"
        for t in sources.load_turns(store, source_id)
    ]


def test_unsure_words_are_listed_by_type_with_their_places(store: Store, source: str) -> None:
    (word,) = uncertain.uncertain_words(store, [source])
    assert (word.word, len(word.places)) == ("navreformen", 3)
    assert word.mean == pytest.approx(0.4)
    assert {place.start_ms for place in word.places} == {2_000, 3_000, 11_000}
    assert "og navreformen i dag" in {place.context for place in word.places}


def test_a_word_is_settled_once_everywhere_in_one_act_with_its_capitals_and_times(
    store: Store, source: str
) -> None:
    me = coder_of(store)
    code = add_code(store, "Reform")
    coding = code_passage(store, source, code, "navreformen i dag")
    before = state_of(store)
    assert uncertain.settle_word(store, me, [source], "NAVREFORMEN", "nav-reformen") == 3
    assert [line.split(": ")[1].split()[:3] for line in lines(store, source)] == [
        ["hva", "med", "nav-reformen"],
        ["Nav-reformen", "ja", "den"],
        ["og", "nav-reformen", "i"],
    ]
    assert uncertain.uncertain_words(store, [source]) == []
    assert store.rows("SELECT text FROM codings WHERE id = ?", [coding])[0][0].startswith("nav-r")
    line = hearing.load_timeline(store, source)
    assert line.stretch(span_of(store, source, "nav-reformen", 2)) == (11_000, 11_900)
    assert check_store(store) == []
    undo(store, me)
    assert state_of(store) == before


def test_a_word_that_is_right_is_settled_as_it_stands(store: Store, source: str) -> None:
    assert uncertain.settle_word(store, coder_of(store), [source], "navreformen") == 3
    assert uncertain.uncertain_words(store, [source]) == []
    assert "navreformen" in sources.load_text(store, source)


@pytest.mark.parametrize(("word", "right", "code"), [("reform", "x", "K326"), ("med", " ", "K325")])
def test_a_word_that_is_not_there_or_nothing_in_its_place_is_refused(
    store: Store, source: str, word: str, right: str, code: str
) -> None:
    before = state_of(store)
    with pytest.raises(WrongUseError, match=code):
        uncertain.settle_word(store, coder_of(store), [source], word, right)
    assert state_of(store) == before


def test_voices_are_named_once_for_the_whole_source(store: Store, source: str) -> None:
    me = coder_of(store)
    assert voicing.name_voices(store, me, source, {"A": "Intervjuer", "b": "Informant 3"}) == 2
    assert [line.split(":")[0] for line in lines(store, source)] == [
        *("Intervjuer", "Informant 3", "Intervjuer")
    ]
    undo(store, me)
    assert [line.split(":")[0] for line in lines(store, source)] == ["A", "B", "A"]


def test_two_voices_may_swap_names_or_become_one(store: Store, source: str) -> None:
    me = coder_of(store)
    voicing.name_voices(store, me, source, {"A": "B", "B": "A"})
    assert [line.split(":")[0] for line in lines(store, source)] == ["B", "A", "B"]
    voicing.name_voices(store, me, source, {"A": "X", "B": "X"})
    assert {line.split(":")[0] for line in lines(store, source)} == {"X"}
    assert len(sources.load_speakers(store, source)) == 1


def test_voices_change_places_from_a_turn_on(store: Store, source: str) -> None:
    me = coder_of(store)
    second = sources.load_turns(store, source)[1]
    assert voicing.swap_voices(store, me, source, "A", "B", second.id) == 2
    assert [line.split(":")[0] for line in lines(store, source)] == ["A", "A", "B"]
    with pytest.raises(WrongUseError, match="K327"):
        voicing.swap_voices(store, me, source, "A", "C")


def test_a_turn_that_is_divided_has_the_time_of_its_first_word(store: Store, source: str) -> None:
    me = coder_of(store)
    new = split_turn(store, me, source, span_of(store, source, "den var").start)
    assert new.start_ms == 5_000
    first = sources.load_turns(store, source)[1]
    assert first.end_ms == 5_000
    join_turns(store, me, first.id, source)
    assert len(sources.load_turns(store, source)) == 3


def test_words_put_in_by_hand_are_played_between_their_neighbours(
    store: Store, source: str
) -> None:
    me = coder_of(store)
    correct_text(store, me, source, span_of(store, source, "ja den var"), "ja jo da den var")
    line = hearing.load_timeline(store, source)
    assert line.stretch(span_of(store, source, "jo da")) == (4_900, 5_000)
    assert line.stretch(span_of(store, source, "ja jo da den")) == (4_000, 5_900)


def test_the_sound_is_followed_to_the_word(store: Store, source: str) -> None:
    line = hearing.load_timeline(store, source)
    text = sources.load_text(store, source)
    span = line.word_at(4_500)
    assert span is not None
    assert text[span.start : span.end] == "ja"
    assert TimeLine([]).word_at(5) is None


def test_a_transcript_with_times_of_turns_alone_is_found_roughly(store: Store) -> None:
    source_id = add_interview(store, SPOKEN, "I2")
    turns = sources.load_turns(store, source_id)
    with store.act("times", coder_of(store)) as act:
        for number, turn in enumerate(turns):
            act.update("turns", turn.id, start_ms=number * 10_000, end_ms=number * 10_000 + 10_000)
    line = hearing.load_timeline(store, source_id)
    begin, end = line.stretch(span_of(store, source_id, "og navreformen")) or (0, 0)
    assert begin == 20_000
    assert 25_000 < end < 30_000


def test_a_quote_is_heard_when_all_of_it_is(store: Store, source: str) -> None:
    me = coder_of(store)
    quote = choose_quote(store, source, "Navreformen ja den var")
    assert [q.id for q in hearing.unheard_quotes(store)] == [quote]
    assert hearing.mark_heard(store, me, source, span_of(store, source, "Navreformen ja"))
    assert hearing.unheard_quotes(store)
    assert hearing.mark_heard(store, me, source, span_of(store, source, "ja den var"))
    assert hearing.unheard_quotes(store) == []
    assert not hearing.mark_heard(store, me, source, span_of(store, source, "den"))
    undo(store, me)
    assert hearing.unheard_quotes(store)


def test_a_transcript_that_a_person_wrote_has_nothing_unheard(store: Store) -> None:
    source_id = add_interview(store)
    choose_quote(store, source_id, "Vi møtes hver onsdag")
    assert hearing.unheard_spans(store, source_id) == []
    assert hearing.unheard_quotes(store) == []


def test_marks_are_structure_and_printed_by_style(store: Store, source: str) -> None:
    me = coder_of(store)
    text = sources.load_text(store, source)
    marking.put_mark(store, me, source, span_of(store, source, "tenk"), MarkKind.CUT)
    marking.put_mark(store, me, source, span_of(store, source, "ja"), MarkKind.PAUSE, "3")
    marking.put_mark(store, me, source, span_of(store, source, "annerledes"), MarkKind.SOUND, "ler")
    marking.put_mark(store, me, source, span_of(store, source, "i dag"), MarkKind.OVERLAP)
    assert sources.load_text(store, source) == text
    marks = sounding.load_marks(store, source)
    assert print_passage(text, marks, TextView.VERBATIM).split("\n")[1:] == [
        "Navreformen ja (3 s) den var tenk- tenkt annerledes [ler]",
        "og navreformen //i dag//",
    ]
    style = MarkStyle(pause="(…)", sound="(({value}))", cut="–", overlap="=")
    assert "ja (…) den var tenk– tenkt annerledes ((ler))" in print_marks(text, marks, style=style)
    assert print_passage(text, marks, TextView.CLEAN) == text
    span = span_of(store, source, "den var tenk")
    assert print_marks(text[span.start : span.end], marks, span.start) == "den var tenk-"


def test_a_mark_moves_with_its_words_and_is_put_once(store: Store, source: str) -> None:
    me = coder_of(store)
    first = marking.put_mark(store, me, source, span_of(store, source, "ja"), MarkKind.PAUSE, "2,5")
    assert first.value == "2500"
    again = marking.put_mark(store, me, source, span_of(store, source, "ja"), MarkKind.PAUSE, "2.5")
    assert again.id == first.id
    correct_text(store, me, source, span_of(store, source, "hva med"), "hva er det med")
    text = sources.load_text(store, source)
    assert "ja (2 s) den" in print_marks(text, sounding.load_marks(store, source))
    assert marking.take_marks(store, me, source, span_of(store, source, "ja")) == 1
    assert sounding.load_marks(store, source) == []


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (MarkKind.PAUSE, "lang", "K337"),
        (MarkKind.PAUSE, "inf", "K337"),
        (MarkKind.SOUND, " ", "K336"),
    ],
)
def test_a_mark_without_its_value_is_refused(
    store: Store, source: str, kind: MarkKind, value: str, code: str
) -> None:
    with pytest.raises(WrongUseError, match=code):
        marking.put_mark(store, coder_of(store), source, Span(0, 3), kind, value)
    with pytest.raises(WrongUseError, match="K329"):
        marking.put_mark(store, coder_of(store), source, Span(3, 3), MarkKind.CUT)


def test_the_readable_view_replaces_no_word() -> None:
    spoken = "ja det er bra. men [latter] ikke alltid\n3 av oss kom\n«og så» sa hun"
    shown = readable(spoken)
    assert shown.split("\n") == [
        "Ja det er bra. Men [latter] ikke alltid.",
        "3 av oss kom.",
        "«Og så» sa hun.",
    ]
    assert [w.strip(".").casefold() for w in shown.split()] == [
        w.strip(".").casefold() for w in spoken.split()
    ]
