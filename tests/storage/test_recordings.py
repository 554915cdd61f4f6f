"""Sound in the study: chunks are kept as they come, and words keep their times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kodebok.domain.ids import new_id
from kodebok.domain.recording import (
    Recording,
    RecordingState,
    SpeechPlan,
    Transcription,
    VoiceSpan,
    WordTime,
    chunk_row,
    row_chunk,
    state_of,
    uncovered,
)
from kodebok.domain.span import Edit, Span
from kodebok.domain.speech import Chunk, ChunkState, Segment, SpokenWord
from kodebok.domain.text import word_spans
from kodebok.domain.verbatim import Mark, MarkKind
from kodebok.storage import recordings, sounding, sources
from kodebok.storage.database import Store
from kodebok.storage.history import redo, undo
from kodebok.storage.integrity import check_store
from tests.builders import add_interview, coder_of, correct, make_store
from tests.builders import state_of as rows_of

BOUNDS = ((0, 5_000), (6_000, 9_000))
PLAN = SpeechPlan(((0, 4_000), (6_500, 8_000)), BOUNDS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def make_chunk(number: int = 0, text: str = "vi møtes hver onsdag") -> Chunk:
    start, end = BOUNDS[number]
    words = tuple(
        SpokenWord(start + 400 * i, start + 400 * i + 300, word, 0.9)
        for i, word in enumerate(text.split())
    )
    segment = Segment(start, end, words)
    return Chunk(number, start, end, ChunkState.TEXT, (segment,), 1, "e", (("loop", 0, 9),))


def add_recording(store: Store) -> Recording:
    made = Recording(new_id(), "I1", "audio/1.wav", "0" * 64, "nb", 2, {"model": "liten"})
    recordings.add_recording(store, made)
    return recordings.load_recording(store, made.id)


def add_timed_interview(store: Store) -> str:
    """The interview, each of its words a second long."""
    source_id = add_interview(store)
    spans = list(word_spans(sources.load_text(store, source_id)))
    ids = sources.new_turn_ids(len(spans))
    with store.act("source.transcribe", coder_of(store), source_id) as act:
        sounding.add_word_times(
            act,
            [
                WordTime(key, source_id, span.start, span.end, i * 1000, i * 1000 + 900, 0.5)
                for i, (key, span) in enumerate(zip(ids, spans, strict=True))
            ],
        )
        recordings.add_transcription(act, Transcription(source_id, "r", "e", 2, ""))
    return source_id


def spoken_at(store: Store, source_id: str) -> dict[int, str]:
    """By the time when it begins: the words that stand there."""
    text = sources.load_text(store, source_id)
    return {t.start_ms: text[t.start : t.end] for t in sounding.load_word_times(store, source_id)}


def test_a_recording_is_read_back_as_it_was_written(store: Store) -> None:
    made = add_recording(store)
    assert (made.plan, made.voices, made.settings) == (None, None, {"model": "liten"})
    recordings.write_plan(store, made.id, 9_000, "whisper liten", PLAN)
    recordings.write_voices(store, made.id, [VoiceSpan(0, 5_000, 1)])
    again = recordings.load_recordings(store)[0]
    assert again.plan == PLAN
    assert again.voices == (VoiceSpan(0, 5_000, 1),)
    assert (again.duration_ms, again.engine) == (9_000, "whisper liten")


def test_a_chunk_is_durable_when_it_is_written_and_the_history_knows_nothing_of_it(
    store: Store, tmp_path: Path
) -> None:
    made = add_recording(store)
    before = store.rows("SELECT count(*) FROM events")
    recordings.add_chunk(store, made.id, make_chunk())
    with Store.open(tmp_path) as other:
        assert recordings.load_chunks(other, made.id) == [make_chunk()]
    assert store.rows("SELECT count(*) FROM events") == before


def test_a_chunk_that_comes_twice_is_kept_once(store: Store) -> None:
    made = add_recording(store)
    recordings.add_chunk(store, made.id, make_chunk())
    recordings.add_chunk(store, made.id, make_chunk(text="noe helt annet"))
    assert recordings.load_chunks(store, made.id) == [make_chunk()]


def test_a_chunk_comes_out_of_the_child_process_as_it_went_in() -> None:
    assert row_chunk(chunk_row(make_chunk())) == make_chunk()


def test_a_recording_is_finished_when_all_its_speech_has_become_a_source(store: Store) -> None:
    made = add_recording(store)
    assert state_of(made, 0, has_source=False) is RecordingState.WAITING
    recordings.write_plan(store, made.id, 9_000, "e", PLAN)
    made = recordings.load_recording(store, made.id)
    assert state_of(made, 1, has_source=False) is RecordingState.BEGUN
    assert state_of(made, 2, has_source=False) is RecordingState.HEARD
    assert state_of(made, 2, has_source=True) is RecordingState.FINISHED
    assert uncovered(PLAN, [make_chunk(0)]) == [BOUNDS[1]]
    assert uncovered(PLAN, [make_chunk(0), make_chunk(1)]) == []


def test_words_leave_the_chunks_when_the_source_is_made_and_undo_brings_them_back(
    store: Store,
) -> None:
    made = add_recording(store)
    recordings.add_chunk(store, made.id, make_chunk())
    with store.act("source.transcribe", coder_of(store)) as act:
        recordings.move_words_out(act, made.id)
    assert recordings.load_chunks(store, made.id)[0].segments == ()
    assert not store.rows("SELECT 1 FROM chunks WHERE segments LIKE '%onsdag%'")
    undo(store, coder_of(store))
    assert recordings.load_chunks(store, made.id) == [make_chunk()]


def test_the_receipt_of_deleted_sound_names_nobody_and_stays(store: Store) -> None:
    made = Recording(new_id(), "Kari Nordmann", "audio/kari.wav", "0" * 64, "nb", 2, {})
    recordings.add_recording(store, made)
    source_id = add_timed_interview(store)
    with store.act(recordings.DELETE_SOUND, coder_of(store), made.id) as act:
        recordings.note_deleted(act, made.id)
    left = recordings.load_recording(store, made.id)
    assert left.deleted_at
    assert (left.name, left.path) == ("", "")
    everything = store.rows("SELECT body FROM events") + store.rows("SELECT text FROM payloads")
    assert not any("Nordmann" in row[0] or "kari" in row[0] for row in everything)
    undo(store, coder_of(store))
    assert recordings.load_recording(store, made.id).deleted_at
    assert sounding.load_word_times(store, source_id) == []
    assert check_store(store) == []


def test_a_corrected_word_keeps_its_time(store: Store) -> None:
    source_id = add_timed_interview(store)
    before = spoken_at(store, source_id)
    correct(store, source_id, "Ergoterapeut", "Fysioterapeut og lege")
    after = spoken_at(store, source_id)
    changed = {ms for ms in before if before[ms] != after[ms]}
    assert {after[ms] for ms in changed} == {"Fysioterapeut og lege"}
    assert before.keys() == after.keys()


def test_a_word_that_is_taken_out_and_put_back_by_undo_has_its_time_again(store: Store) -> None:
    source_id = add_timed_interview(store)
    before = rows_of(store)
    correct(store, source_id, "hver onsdag", "ofte")
    undo(store, coder_of(store))
    assert rows_of(store) == before
    redo(store, coder_of(store))
    undo(store, coder_of(store))
    assert rows_of(store) == before


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 200), st.integers(0, 12), st.sampled_from(["", "x", "ja da", "."])
        ),
        min_size=1,
        max_size=6,
    )
)
def test_words_outside_an_edit_keep_their_letters_and_times(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    with make_store(tmp_path_factory.mktemp("s")) as store:
        source_id = add_timed_interview(store)
        with store.act("heard.add", coder_of(store)) as act:
            sounding.add_heard(act, source_id, Span(5, 60))
            sounding.add_mark(act, Mark(new_id(), source_id, 30, 30, MarkKind.PAUSE, "3000"))
        begin = rows_of(store)
        for at, length, new in edits:
            text = sources.load_text(store, source_id)
            start = min(at, len(text))
            removed = text[start : start + length].split("\n")[0]
            times = sounding.load_word_times(store, source_id)
            outside = {
                t.id: text[t.start : t.end]
                for t in times
                if t.end <= start or t.start >= start + len(removed)
            }
            with store.act("text.correct", coder_of(store)) as act:
                act.edit_text(source_id, Edit(start, removed, new))
            now = sources.load_text(store, source_id)
            after = {t.id: t for t in sounding.load_word_times(store, source_id)}
            assert {i: now[after[i].start : after[i].end] for i in outside} == outside
            assert [after[t.id].start_ms for t in times] == [t.start_ms for t in times]
            starts = [after[t.id].start for t in times]
            assert starts == sorted(starts)
        assert check_store(store) == []
        while store.rows("SELECT count(*) FROM events WHERE undone = 0 AND target IS NULL")[0][0]:
            if rows_of(store) == begin:
                break
            undo(store, coder_of(store))
        assert rows_of(store) == begin


def test_heard_is_a_property_of_a_stretch_and_can_be_taken_back_in_its_middle(store: Store) -> None:
    source_id = add_timed_interview(store)
    with store.act("heard.add", coder_of(store)) as act:
        sounding.add_heard(act, source_id, Span(0, 20))
        sounding.add_heard(act, source_id, Span(20, 50))
    assert sounding.load_heard(store, source_id) == {source_id: [Span(0, 50)]}
    with store.act("heard.remove", coder_of(store)) as act:
        assert sounding.remove_heard(act, source_id, Span(10, 30))
    assert sounding.load_heard(store) == {source_id: [Span(0, 10), Span(30, 50)]}


def test_a_source_that_is_removed_takes_its_times_along_and_undo_brings_all_back(
    store: Store,
) -> None:
    source_id = add_timed_interview(store)
    before = rows_of(store)
    with store.act("source.remove", coder_of(store)) as act:
        sources.remove_source(act, source_id)
    for table in ("word_times", "heard", "marks", "transcriptions"):
        assert store.rows(f"SELECT 1 FROM {table}") == []
    undo(store, coder_of(store))
    assert rows_of(store) == before
