"""Made-up conversations, spoken by espeak-ng, in which it is known who speaks when.

The voices of the development conversations and those of the reported ones are different variants
of espeak-ng, and their seeds differ too, so that nothing is tuned to what is reported.
"""

from __future__ import annotations

import io
import random
import subprocess
import wave
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import lfilter, resample_poly

from benchmarks.words import cumulative_weights, make_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
# Variants that sound like persons: no whispers, robots or effects, and no near twins in one list.
DEVELOPMENT_MEN = "adam Andy david ed Gene Hugo john klatt m1 m3 m7 Mike pablo rob sandro".split()
DEVELOPMENT_WOMEN = "Alicia Annie f1 f3 anika linda".split()
REPORTED_MEN = (
    "Alex antonio benjamin boris caleb Denis Diogo edward Henrique Jacky klatt4 lee m2 m4 m5 m8 "
    "Marco max Michael miguel norbert paul quincy travis victor"
).split()
REPORTED_WOMEN = "Andrea aunty belinda f2 f4 f5 steph grandma".split()

_SHORT_REPLIES = ("ja", "nei", "mm", "ja nettopp", "akkurat", "ja det stemmer", "ok")
_NOISE_DB = (-42.0, -30.0)
_ENDS_BELOW = 0.02


@dataclass(frozen=True)
class Voice:
    """How one person sounds: `level` is a factor on the samples."""

    variant: str
    pitch: int
    speed: int
    level: float


@dataclass(frozen=True)
class Spoken:
    """One turn: when, by whom, and about when each of its words (start, end) is said."""

    start_ms: int
    end_ms: int
    voice: int
    words: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Conversation:
    """Sound at 16 kHz and what is true of it."""

    samples: NDArray[np.float32]
    turns: tuple[Spoken, ...]


def make_conversation(
    voices: int, minutes: float, seed: int, *, reported: bool, longest: int = 110
) -> Conversation:
    """A conversation of so many voices; the first is the interviewer, who asks and hums.

    `longest` is the number of words of the longest turn.
    """
    dice = random.Random(f"{seed} {voices} {reported}")
    people = _people(voices, dice, reported=reported)
    vocabulary = make_vocabulary(random.Random(seed), 800)
    parts: list[NDArray[np.float32]] = []
    turns: list[Spoken] = []
    position, last = 0, -1
    while position < minutes * 60 * RATE:
        voice = _next_voice(voices, last, dice)
        words = _said(voice, vocabulary, dice)[:longest]
        sound = speak(people[voice], " ".join(words))
        pause = np.zeros(int(dice.triangular(0.05, 1.2, 0.25) * RATE), np.float32)
        turns.append(_spoken(position, len(sound), voice, words))
        parts += [sound, pause]
        position += len(sound) + len(pause)
        last = voice
    return Conversation(_in_a_room(np.concatenate(parts), dice), tuple(turns))


def _people(voices: int, dice: random.Random, *, reported: bool) -> list[Voice]:
    men = REPORTED_MEN if reported else DEVELOPMENT_MEN
    women = REPORTED_WOMEN if reported else DEVELOPMENT_WOMEN
    of_men = dice.randint(voices // 3, voices - voices // 3)
    chosen = dice.sample(men, of_men) + dice.sample(women, voices - of_men)
    dice.shuffle(chosen)
    return [
        Voice(variant, dice.randint(30, 70), dice.randint(140, 185), 10 ** dice.uniform(-0.4, 0))
        for variant in chosen
    ]


def _next_voice(voices: int, last: int, dice: random.Random) -> int:
    others = [voice for voice in range(voices) if voice != last]
    if 0 in others and dice.random() < 0.45:
        return 0
    return dice.choice(others)


def _said(voice: int, vocabulary: list[str], dice: random.Random) -> list[str]:
    if dice.random() < 0.15:
        return dice.choice(_SHORT_REPLIES).split()
    size = int(dice.triangular(4, 30, 10) if voice == 0 else dice.triangular(6, 110, 25))
    weights = cumulative_weights(len(vocabulary))
    words = dice.choices(vocabulary, cum_weights=weights, k=size)
    for place in range(dice.randint(6, 14), size, 11):
        words[place - 1] += "."
    return words


def speak(voice: Voice, text: str) -> NDArray[np.float32]:
    """The text in Norwegian by espeak-ng, silence at its ends cut off."""
    command = ["espeak-ng", "-v", f"nb+{voice.variant}", "-p", str(voice.pitch)]
    done = subprocess.run(
        [*command, "-s", str(voice.speed), "--stdout", text], capture_output=True, check=True
    )
    with wave.open(io.BytesIO(done.stdout)) as sound:
        raw = np.frombuffer(sound.readframes(1 << 30), np.int16).astype(np.float32) / 32768
    samples = resample_poly(raw, 320, 441).astype(np.float32)
    loud = np.flatnonzero(np.abs(samples) > _ENDS_BELOW * np.abs(samples).max())
    samples = samples[loud[0] : loud[-1] + 1]
    rms = float(np.sqrt(np.mean(samples**2))) or 1.0
    return np.asarray(samples * (0.08 * voice.level / rms), np.float32)


def _spoken(start: int, size: int, voice: int, words: list[str]) -> Spoken:
    """Words share the turn's time by their letters: espeak-ng tells no times of words."""
    letters = list(accumulate((len(word) + 1 for word in words), initial=0))
    at = [round((start + size * count / letters[-1]) * 1000 / RATE) for count in letters]
    timed = tuple(zip(at[:-1], at[1:], words, strict=True))
    return Spoken(at[0], at[-1], voice, timed)


def _in_a_room(samples: NDArray[np.float32], dice: random.Random) -> NDArray[np.float32]:
    """Low-passed noise that never stops, and a microphone that clips."""
    noise = np.random.default_rng(dice.randrange(1 << 30)).standard_normal(len(samples))
    noise = lfilter([1.0], [1.0, -0.7], noise)
    level = 10 ** (dice.uniform(*_NOISE_DB) / 20) / float(np.std(noise))
    return np.clip(samples + noise * level, -1, 1).astype(np.float32)
