"""Nothing is invented, nothing is passed over in silence, and real lists are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodebok.domain.speech import Segment, SpokenWord
from kodebok.transcribe import guards
from kodebok.transcribe.guards import Loop


def said(text: str, start_ms: int = 0, word_ms: int = 300, probability: float = 0.9) -> Segment:
    """A segment of words that follow one another."""
    words = tuple(
        SpokenWord(
            start_ms + number * word_ms, start_ms + (number + 1) * word_ms, word, probability
        )
        for number, word in enumerate(text.split())
    )
    return Segment(start_ms, words[-1].end_ms, words)


def words_of(text: str, word_ms: int = 300) -> tuple[SpokenWord, ...]:
    return said(text, word_ms=word_ms).words


REAL_LISTS = (
    "ja, ja, ja, ja, ja",
    "mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    "vi ringte og ringte og ringte og ringte",
    "det er ikke bra, det er ikke bra, det er ikke bra",
    "en til, to til, tre til, fire til, fem til, seks til, sju til, åtte til",
    "jeg vet ikke, jeg vet ikke, jeg vet ikke, jeg vet ikke hva jeg skal si",
)


@pytest.mark.parametrize("text", REAL_LISTS)
def test_a_list_that_somebody_speaks_is_no_loop(text):
    assert guards.find_loop(words_of(text)) is None


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("ja " * 9, Loop(0, 1, 9)),
        ("Vi gikk " + "og så videre, " * 7, Loop(2, 3, 7)),
        ("takk for at du så på " * 5, Loop(0, 6, 5)),
        ("Nei. nei, NEI! nei nei nei nei nei ferdig", Loop(0, 1, 8)),
    ],
)
def test_a_model_that_goes_round_in_circles_is_found_out(text, loop):
    assert guards.find_loop(words_of(text)) == loop


def test_repetitions_that_a_second_listening_has_too_are_kept():
    spoken = words_of("nei " * 9)
    assert guards.is_spoken_list(spoken, words_of("nei " * 9))


def test_repetitions_that_take_no_time_are_not_believed():
    crammed = words_of("nei " * 9, word_ms=20)
    assert not guards.is_spoken_list(crammed, words_of("nei " * 9))


def test_repetitions_that_a_second_listening_lacks_are_not_believed():
    assert not guards.is_spoken_list(words_of("nei " * 9), words_of("nei ikke egentlig"))
    assert not guards.is_spoken_list(words_of("nei " * 20), words_of("nei " * 9))


def test_only_the_words_of_a_loop_are_cut_out():
    segments = [said("Vi begynte ja ja ja ja ja"), said("ja ja ja ja og sluttet", 3_000)]
    loop = guards.find_loop([word for segment in segments for word in segment.words])
    kept, (start, end) = guards.cut_loop(segments, loop)
    assert [segment.text for segment in kept] == ["Vi begynte", "og sluttet"]
    assert (start, end) == (600, 4_200)


def test_text_where_nobody_speaks_is_dropped_and_logged():
    real, invented = said("Ja, det stemmer."), said("Teksting av Nicolai Winther", 5_000)
    kept, dropped = guards.within_speech([real, invented], [(0, 1_000)])
    assert kept == [real]
    assert dropped == [(guards.NO_SPEECH, 5_000, 6_200)]


def test_a_segment_that_begins_in_speech_is_kept_whole():
    segment = said("en to tre fire fem seks")
    assert guards.within_speech([segment], [(0, 500)])[0] == [segment]


@pytest.mark.parametrize("sign", ["<|nocaptions|>", "<|nospeech|>", "<|startoftranscript|>"])
def test_signs_of_the_engine_are_never_text(sign):
    kept, dropped = guards.without_markup([said(f"Ja {sign} nei"), said(sign, 2_000)])
    assert [segment.text for segment in kept] == ["Ja nei"]
    assert [why for why, _start, _end in dropped] == [guards.MARKUP] * 2


def test_angle_brackets_in_speech_stay():
    segment = said("mindre enn < og større enn > og | strek")
    assert guards.without_markup([segment]) == ([segment], [])


def test_speech_that_was_passed_over_is_found():
    speech = [(0, 2_000), (4_000, 9_000)]
    gaps = guards.uncovered_speech(speech, [said("Ja, det stemmer.", 200)])
    assert gaps == [(4_000, 9_000)]


def test_a_word_that_is_drawn_out_over_speech_does_not_hide_it():
    long = Segment(0, 20_000, (SpokenWord(0, 20_000, "Ja.", 0.5),))
    assert guards.uncovered_speech([(0, 20_000)], [long]) == [(2_700, 20_000)]


def test_pauses_between_words_are_no_gaps():
    assert guards.uncovered_speech([(0, 3_000)], [said("Ja det stemmer helt sikkert det ja")]) == []


def _apart(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    at, found = 0, []
    for pause, length in parts:
        found.append((at + pause, at + pause + length))
        at += pause + length
    return found


parts_of_speech = st.lists(st.tuples(st.integers(0, 20_000), st.integers(300, 6_000)), max_size=5)
stretches = parts_of_speech.map(_apart)
segments = st.lists(
    st.builds(
        said,
        st.sampled_from(["ja", "nei ikke egentlig", "vi møtes hver tirsdag"]),
        st.integers(0, 40_000),
    ),
    max_size=6,
)


@given(stretches, segments)
def test_what_is_called_uncovered_lies_in_speech_and_under_no_word(speech, heard):
    for start, end in guards.uncovered_speech(speech, heard):
        assert any(first <= start and end <= last for first, last in speech)
        assert not any(start < word.start_ms < end for s in heard for word in s.words)


@given(stretches)
def test_speech_without_any_text_is_uncovered_from_end_to_end(speech):
    assert guards.uncovered_speech(speech, []) == speech


@given(segments, segments)
def test_putting_segments_in_order_loses_no_word(some, others):
    unclear = [Segment(segment.start_ms, segment.end_ms, ()) for segment in others]
    placed = guards.in_order([*some, *unclear])
    starts = [segment.start_ms for segment in placed]
    assert starts == sorted(starts)

    def told(parts):
        return sorted((w.start_ms, w.text) for segment in parts for w in segment.words)

    assert told(placed) == told(some)
    assert sum(segment.is_unclear for segment in placed) == len(others)


def test_an_unclear_stretch_stands_between_the_words_around_it():
    heard = said("før etter")
    late = Segment(0, 6_000, (heard.words[0], SpokenWord(5_000, 5_300, "etter", 0.9)))
    placed = guards.in_order([late, Segment(1_500, 4_000, ())])
    assert [segment.text for segment in placed] == ["før", "", "etter"]
