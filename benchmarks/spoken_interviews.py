"""Interviews that a machine speaks: espeak-ng's Norwegian voice in many guises, with known words.

The sentences are few, so that a small model can learn them; voices, speed, pitch, order, pauses,
noise and room differ each time. Every word's time is known, since espeak-ng tells it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import random
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

Samples = NDArray[np.float32]

RATE = 16_000
QUESTIONS = (
    "Kan du fortelle litt om deg selv?",
    "Hvordan opplevde du den første tiden?",
    "Hva tenker du om samarbeidet?",
    "Hvem snakker du med da?",
    "Hva mener du med det?",
    "Kan du gi et eksempel?",
)
ANSWERS = (
    "Jeg jobber som sykepleier i kommunen.",
    "Det var ganske tungt i begynnelsen.",
    "Vi hadde nesten ikke tid til å snakke sammen.",
    "Jeg følte meg alene med ansvaret.",
    "Men så ble det bedre etter hvert.",
    "Det viktigste er at noen lytter.",
    "Lederen min støttet meg hele veien.",
    "Vi møtes hver tirsdag og går gjennom planen.",
    "Jeg vet ikke helt hva jeg skal si.",
    "Da ringer jeg til legen først.",
    "Ja, det stemmer.",
    "Nei, ikke egentlig.",
    "Pasientene merker det med en gang.",
    "Alle må kjenne den samme planen.",
    "Jeg bor i Bergen med mannen min.",
    "Kari på avdelingen hjalp meg mye.",
    "Jeg har jobbet her i tre år.",
    "Jeg har jobbet her i ti år.",
)
SENTENCES = QUESTIONS + ANSWERS
MALE = ("m1", "m2", "m3", "m4", "m6", "m7", "m8")
FEMALE = ("f1", "f2", "f3", "f4", "f5")


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody speaks: a variant of espeak-ng, words a minute, pitch 0 to 99."""

    variant: str
    speed: int
    pitch: int
    intonation: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """A spoken sentence with its words' times, in seconds from its first sample."""

    text: str
    samples: Samples
    words: tuple[tuple[float, float], ...]


def some_voice(rng: random.Random, variants: tuple[str, ...] = MALE + FEMALE) -> Voice:
    """A voice at random."""
    return Voice(
        rng.choice(variants), rng.randint(125, 195), rng.randint(25, 75), rng.randint(30, 70)
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char_p),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)
_SYNCHRONOUS, _WORD_EVENT, _UTF8 = 2, 1, 1
_SPEED, _PITCH, _INTONATION = 1, 3, 4


class Synthesiser:
    """espeak-ng's library, spoken to in process."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        self._library: Any = ctypes.CDLL(name)
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, 0))
        self._heard: list[NDArray[np.int16]] = []
        self._word_starts: list[tuple[int, float]] = []
        self._callback = _CALLBACK(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: Voice) -> Utterance:
        """A sentence at 16 kHz, cut where its sound begins and ends."""
        self._heard, self._word_starts = [], []
        self._library.espeak_SetVoiceByName(f"nb+{voice.variant}".encode())
        self._library.espeak_SetParameter(_SPEED, voice.speed, 0)
        self._library.espeak_SetParameter(_PITCH, voice.pitch, 0)
        self._library.espeak_SetParameter(_INTONATION, voice.intonation, 0)
        data = text.encode() + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
        samples = np.concatenate(self._heard).astype(np.float32) / 32_768
        samples = resample_poly(samples, 320, 441) if self.rate == 22_050 else samples
        return _trimmed(text, samples.astype(np.float32), self._word_starts)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self._heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
        number = 0
        while events[number].type:
            if events[number].type == _WORD_EVENT:
                begun = events[number].audio_position / 1_000
                self._word_starts.append((events[number].text_position, begun))
            number += 1
        return 0


def _trimmed(text: str, samples: Samples, events: list[tuple[int, float]]) -> Utterance:
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    first, last = int(loud[0]), int(loud[-1]) + 1
    length = (last - first) / RATE
    starts: dict[int, float] = {}
    for position, begun in events:  # from 1; a word may have several, and a pause has place 0
        starts.setdefault(len(text[:position].split()), begun - first / RATE)
    starts.pop(0, None)
    if sorted(starts) != list(range(1, len(text.split()) + 1)):
        msg = f"espeak-ng told of {sorted(starts)} in: {text}"
        raise ValueError(msg)
    begun = [min(max(0.0, starts[number]), length) for number in sorted(starts)]
    ends = [*begun[1:], length]
    return Utterance(text, samples[first:last], tuple(zip(begun, ends, strict=True)))


@cache
def synthesiser() -> Synthesiser:
    """The one synthesiser of this process."""
    return Synthesiser()


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """An utterance in its place in a recording, in seconds."""

    start: float
    utterance: Utterance
    speaker: int

    @property
    def end(self) -> float:
        """Where its sound ends."""
        return self.start + len(self.utterance.samples) / RATE


def joined(
    utterances: list[tuple[Utterance, int]], pauses: list[float], tail: float
) -> tuple[Samples, list[SpokenTurn]]:
    """Utterances one after another, with a pause before each and silence at the end."""
    turns: list[SpokenTurn] = []
    parts: list[Samples] = []
    at = 0
    for (utterance, speaker), pause in zip(utterances, pauses, strict=True):
        silence = round(pause * RATE)
        turns.append(SpokenTurn((at + silence) / RATE, utterance, speaker))
        parts += [np.zeros(silence, np.float32), utterance.samples]
        at += silence + len(utterance.samples)
    parts.append(np.zeros(round(tail * RATE), np.float32))
    return np.concatenate(parts), turns


def in_a_room(samples: Samples, rng: np.random.Generator) -> Samples:
    """The same sound as a recorder on the table hears it: echo, a phone's band, noise, level."""
    heard = samples
    if rng.random() < 0.4:
        tail = rng.standard_normal(int(RATE * rng.uniform(0.1, 0.35)))
        tail *= np.exp(-np.linspace(0, 7, len(tail))) * rng.uniform(0.02, 0.1)
        tail[0] = 1.0
        heard = fftconvolve(heard, tail)[: len(heard)]
    if rng.random() < 0.15:
        band = butter(4, (300, 3_400), btype="band", fs=RATE, output="sos")
        heard = sosfilt(band, heard)
    noise = rng.standard_normal(len(heard))
    if rng.random() < 0.5:
        noise = np.convolve(noise, np.ones(8) / 4, mode="same")
    level = float(np.sqrt(np.mean(samples**2))) or 0.05
    noisy = heard + noise * level * 10 ** (-rng.uniform(12, 45) / 20)
    return (noisy * rng.uniform(0.3, 1.0) / max(0.1, float(np.abs(noisy).max()))).astype(np.float32)


def only_noise(seconds: float, rng: np.random.Generator) -> Samples:
    """A stretch in which nobody speaks: silence, hiss, or a hum."""
    count = round(seconds * RATE)
    kind = rng.integers(4)
    if kind == 0:
        return np.zeros(count, np.float32)
    noise = rng.standard_normal(count)
    if kind == 1:
        noise = np.convolve(noise, np.ones(32) / 8, mode="same")
    if kind == 2:
        hum = np.sin(2 * np.pi * rng.uniform(50, 400) * np.arange(count) / RATE)
        noise = noise * 0.1 + hum
    return (noise * 10 ** rng.uniform(-4, -1)).astype(np.float32)


def wrong_words(said: str, heard: str) -> tuple[int, int]:
    """How many words must be changed, and how many were said; capitals and signs do not count."""
    wanted, got = (
        "".join(c for c in text.lower() if c.isalnum() or c == " ").split()
        for text in (said, heard)
    )
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, 1):
        last, row[0] = row[0], number
        for at, other in enumerate(got, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (word != other))
    return row[-1], len(wanted)
