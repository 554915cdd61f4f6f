"""Making a source of recognised speech: turns, voices, times and marks, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kodebok.domain.ids import new_id, now
from kodebok.domain.recording import Recording, Transcription, WordTime
from kodebok.domain.source import Role, Source, SourceType, Speaker, Turn
from kodebok.domain.speech import Chunk
from kodebok.domain.text import count_words
from kodebok.domain.verbatim import Mark
from kodebok.errors import KodebokError
from kodebok.i18n import translator, translator_to
from kodebok.storage import cases, recordings, sounding, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.study.speech_turns import SpokenTurn, lay_out_speech

_ = translator("study")

MAKE_KIND = "source.transcribe"


def make_source(
    store: Store, coder_id: str, recording: Recording, chunks: Sequence[Chunk]
) -> Source:
    """Store the source of a recording whose chunks are all there, as one act.

    Raises:
        KodebokError: Nobody speaks in the recording.
    """
    spoken = lay_out_speech(chunks, recording.voices)
    if not spoken:
        raise KodebokError(
            _("no speech was found in the recording"),
            _("listen to it: it may be silent, or the wrong file"),
            "K959",
        )
    text, starts = _join(spoken)
    with store.act(MAKE_KIND, coder_id) as act:
        source = _new_source(act, recording, text)
        act.subject = source.id
        speakers = _new_speakers(source, spoken)
        ids = sources.new_turn_ids(len(spoken))
        turns = [
            Turn(key, source.id, at, at + len(turn.text), None, turn.start_ms, turn.end_ms)
            for key, at, turn in zip(ids, starts, spoken, strict=True)
        ]
        voiced = [
            replace(turn, speaker_id=speakers[said.voice].id if said.voice is not None else None)
            for turn, said in zip(turns, spoken, strict=True)
        ]
        sources.add_source(act, source, text, speakers.values(), voiced)
        _add_sounding(act, source.id, spoken, starts)
        made = Transcription(source.id, recording.id, recording.engine, recording.speakers, act.at)
        recordings.add_transcription(act, made)
        recordings.move_words_out(act, recording.id)
    return sources.load_source(store, source.id)


def _join(spoken: Sequence[SpokenTurn]) -> tuple[str, list[int]]:
    """The canonical text, and where each turn begins in it."""
    starts, at = [], 0
    for turn in spoken:
        starts.append(at)
        at += len(turn.text) + 1
    return "\n".join(turn.text for turn in spoken), starts


def _new_source(act: Act, recording: Recording, text: str) -> Source:
    taken = {source.name for source in sources.load_sources(act.store)}
    name, number = recording.name, 2
    while name in taken:
        name, number = f"{recording.name} ({number})", number + 1
    case_name = recording.settings.get("case") or ""
    case_id = _case_id(act, case_name) if case_name else None
    return Source(
        id=new_id(),
        name=name,
        type=SourceType(recording.settings.get("type", SourceType.INTERVIEW)),
        case_id=case_id,
        language=recording.language,
        file_name=recording.name,
        words=count_words(text),
        created=now(),
    )


def _case_id(act: Act, name: str) -> str:
    known = {case.name: case.id for case in cases.load_cases(act.store)}
    return known[name] if name in known else cases.add_case(act, name).id


def _new_speakers(source: Source, spoken: Sequence[SpokenTurn]) -> dict[int, Speaker]:
    """By number of the voice; named in the source's language, as they first speak."""
    say = translator_to(source.language, "study")
    voices = dict.fromkeys(turn.voice for turn in spoken if turn.voice is not None)
    return {
        voice: Speaker(new_id(), source.id, say("Voice {n}", n=number), Role.PARTICIPANT)
        for number, voice in enumerate(voices, start=1)
    }


def _add_sounding(
    act: Act, source_id: str, spoken: Sequence[SpokenTurn], starts: Sequence[int]
) -> None:
    placed = [(at, word) for at, turn in zip(starts, spoken, strict=True) for word in turn.words]
    ids = sources.new_turn_ids(len(placed))
    sounding.add_word_times(
        act,
        (
            WordTime(
                *(key, source_id, at + word.start, at + word.end),
                *(word.start_ms, word.end_ms, round(word.probability, 3)),
            )
            for key, (at, word) in zip(ids, placed, strict=True)
        ),
    )
    for at, turn in zip(starts, spoken, strict=True):
        for mark in turn.marks:
            span = (at + mark.start, at + mark.end)
            sounding.add_mark(act, Mark(new_id(), source_id, *span, mark.kind, mark.value))
