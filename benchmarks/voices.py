"""Who speaks when: how often it is mistaken, in conversations of two, four and six made voices.

    python -m benchmarks.voices                      the reported conversations, as a table and JSON
    python -m benchmarks.voices --development        those that settings may be chosen on
    python -m benchmarks.voices --two-hours          time and memory of one of two hours
    python -m benchmarks.voices --sample DIR         the small conversation kept with the tests

Speech is found by silero, as in a real run. Speaker confusion is the share of the milliseconds
in which silero too hears speech and in which the wrong voice is named, the voices paired as well as
they can be, with no collar at the turns' ends (the confusion part of the diarisation error rate).
The same share is told of the words: all of them, also those in speech that silero misses, which go
to the nearest voice. `missed` is the share of the turns' time in which silero hears nothing.
"""

from __future__ import annotations

import argparse
import json
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.timing import Stopwatch
from benchmarks.voice_conversations import RATE, Conversation, make_conversation
from kodebok.domain.speech import SpokenWord
from kodebok.transcribe.voices import VoiceStretch, find_voices
from kodebok.transcribe.voices_words import assign_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COUNTS = (2, 4, 6)
_SEEDS_OF_REPORTED = range(9_100, 9_106)
_SEEDS_OF_DEVELOPMENT = range(1_000, 1_004)
_MINUTES = 15.0
_SAMPLE_SEED, _SAMPLE_MINUTES, _SAMPLE_VOICES = 7, 0.9, 3
_SAMPLE_LONGEST, _SAMPLE_BITS = 22, 14_000


@dataclass(frozen=True)
class Measured:
    """What was found in one conversation; shares from 0 to 1."""

    voices: int
    seed: int
    minutes: float
    confusion: float
    words_confused: float
    missed: float
    turns: int
    found_turns: int
    cpu_seconds_an_hour: float


def confusion(pairs: NDArray[np.int64]) -> float:
    """The share that is wrong of true and found voices side by side, one pair a row."""
    size = int(pairs.max()) + 1
    counts = np.zeros((size, size))
    np.add.at(counts, (pairs[:, 0], pairs[:, 1]), 1)
    rows, columns = linear_sum_assignment(-counts)
    return float(1 - counts[rows, columns].sum() / len(pairs))


def by_milliseconds(talk: Conversation, found: list[VoiceStretch]) -> NDArray[np.int64]:
    """True and found voice of every millisecond that has both."""
    true = np.full(len(talk.samples) * 1000 // RATE + 1000, -1)
    heard = true.copy()
    for turn in talk.turns:
        true[turn.start_ms : turn.end_ms] = turn.voice
    for stretch in found:
        heard[stretch.start_ms : stretch.end_ms] = stretch.voice
    both = (true >= 0) & (heard >= 0)
    return np.stack([true[both], heard[both]], axis=1)


def by_words(talk: Conversation, found: list[VoiceStretch]) -> tuple[NDArray[np.int64], int]:
    """True and found voice of every word, and the number of turns that were made of them."""
    words = [SpokenWord(*word, 1.0) for turn in talk.turns for word in turn.words]
    true = [turn.voice for turn in talk.turns for _word in turn.words]
    turns = assign_words(words, found)
    heard = [turn.voice or 0 for turn in turns for _word in turn.words]
    return np.array([true, heard]).T, len(turns)


class Listener:
    """Finds speech by silero."""

    def __init__(self) -> None:
        import silero_vad
        import torch

        torch.set_num_threads(1)
        self._tensor = torch.from_numpy
        self._silero = silero_vad
        self._model = silero_vad.load_silero_vad()

    def speech(self, samples: NDArray[np.float32]) -> list[tuple[int, int]]:
        """Stretches of speech in milliseconds."""
        found = self._silero.get_speech_timestamps(self._tensor(samples), self._model)
        return [(s["start"] * 1000 // RATE, s["end"] * 1000 // RATE) for s in found]


def measure(
    listener: Listener, voices: int, seed: int, minutes: float, *, reported: bool
) -> Measured:
    talk = make_conversation(voices, minutes, seed, reported=reported)
    speech = listener.speech(talk.samples)
    watch = Stopwatch()
    with watch:
        found = find_voices(talk.samples, speech, voices)
    words, turns = by_words(talk, found)
    seconds = len(talk.samples) / RATE
    both = by_milliseconds(talk, found)
    spoken = sum(turn.end_ms - turn.start_ms for turn in talk.turns)
    return Measured(
        voices,
        seed,
        round(seconds / 60, 1),
        round(confusion(both), 5),
        round(confusion(words), 5),
        round(1 - len(both) / spoken, 5),
        len(talk.turns),
        turns,
        round(watch.seconds * 3600 / seconds, 1),
    )


def _report(found: list[Measured]) -> None:
    print(
        "| voices | conversations | confused, mean | worst | words, mean | worst | CPU s an hour |"
    )
    print("|---|---|---|---|---|---|---|")
    for voices in _COUNTS:
        own = [one for one in found if one.voices == voices]
        if not own:
            continue
        time, words = [one.confusion for one in own], [one.words_confused for one in own]
        cpu = float(np.mean([one.cpu_seconds_an_hour for one in own]))
        missed = np.mean([one.missed for one in own])
        shares = (np.mean(time), max(time), np.mean(words), max(words), missed)
        print(f"| {voices} | {len(own)} | " + " | ".join(f"{s:.2%}" for s in shares), end="")
        print(f" | {cpu:.0f} |")
    print(json.dumps([asdict(one) for one in found]))


def _two_hours(listener: Listener) -> None:
    """Time, memory beside the sound (in a second run, as watching it takes time), and error."""
    talk = make_conversation(4, 120, 9_200, reported=True)
    speech = listener.speech(talk.samples)

    def found() -> list[VoiceStretch]:
        blocks = (talk.samples[at : at + RATE] for at in range(0, len(talk.samples), RATE))
        return find_voices(blocks, speech, 4)

    watch = Stopwatch()
    with watch:
        stretches = found()
    tracemalloc.start()
    found()
    _now, peak = tracemalloc.get_traced_memory()
    wrong = confusion(by_milliseconds(talk, stretches))
    print(f"{watch.seconds:.0f} s CPU, {peak >> 20} MB, {wrong:.2%} confused")


def _write_sample(folder: Path) -> None:
    import av

    talk = make_conversation(
        _SAMPLE_VOICES, _SAMPLE_MINUTES, _SAMPLE_SEED, reported=False, longest=_SAMPLE_LONGEST
    )
    with av.open(str(folder / "three_voices.opus"), "w", format="ogg") as container:
        stream: Any = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = _SAMPLE_BITS
        pcm = (talk.samples * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE, frame_size=320)
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    turns = [asdict(turn) for turn in talk.turns]
    text = json.dumps(turns, ensure_ascii=False, separators=(",", ":"))
    (folder / "three_voices.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--development", action="store_true")
    parser.add_argument("--two-hours", action="store_true")
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--minutes", type=float, default=_MINUTES)
    chosen = parser.parse_args()
    if chosen.sample:
        _write_sample(chosen.sample)
        return
    listener = Listener()
    if chosen.two_hours:
        _two_hours(listener)
        return
    seeds = _SEEDS_OF_DEVELOPMENT if chosen.development else _SEEDS_OF_REPORTED
    _report(
        [
            measure(listener, voices, seed, chosen.minutes, reported=not chosen.development)
            for voices in _COUNTS
            for seed in seeds
        ]
    )


if __name__ == "__main__":
    main()
