"""Make the interview of the tests: two voices of espeak-ng, as an mp3 with all that is said in it.

    python -m benchmarks.make_test_interview

Needs espeak-ng and PyAV. Writes `interview.mp3` and `interview.json` in `tests/transcribe/models/`.
"""

from __future__ import annotations

import json
import random

import numpy as np

from benchmarks import spoken_interviews as spoken
from tests.transcribe.sounds import INTERVIEW, write_sound

ASKS = spoken.Voice("f3", 150, 55, 50)
ANSWERS = spoken.Voice("m3", 145, 40, 45)
CONVERSATION = (
    (0, "Kan du fortelle litt om deg selv?"),
    (1, "Jeg jobber som sykepleier i kommunen."),
    (1, "Jeg har jobbet her i ti år."),
    (0, "Hvordan opplevde du den første tiden?"),
    (1, "Det var ganske tungt i begynnelsen."),
    (1, "Jeg følte meg alene med ansvaret."),
    (1, "Vi hadde nesten ikke tid til å snakke sammen."),
    (0, "Hvem snakker du med da?"),
    (1, "Kari på avdelingen hjalp meg mye."),
    (1, "Lederen min støttet meg hele veien."),
    (0, "Hva tenker du om samarbeidet?"),
    (1, "Men så ble det bedre etter hvert."),
    (1, "Vi møtes hver tirsdag og går gjennom planen."),
    (1, "Alle må kjenne den samme planen."),
    (0, "Kan du gi et eksempel?"),
    (1, "Da ringer jeg til legen først."),
    (1, "Pasientene merker det med en gang."),
    (0, "Hva mener du med det?"),
    (1, "Det viktigste er at noen lytter."),
    (1, "Ja, det stemmer."),
)


def main() -> None:
    rng = random.Random(4)
    speak = spoken.synthesiser().speak
    said = [(speak(text, (ASKS, ANSWERS)[who]), who) for who, text in CONVERSATION]
    pauses = [rng.uniform(0.35, 1.1) for _ in said]
    samples, turns = spoken.joined(said, pauses, tail=0.8)
    heard = spoken.in_a_room(samples, np.random.default_rng(4))
    write_sound(INTERVIEW, heard, rate=spoken.RATE, channels=1, bit_rate=32_000)
    told = [
        {
            "speaker": turn.speaker,
            "text": turn.utterance.text,
            "start": round(turn.start, 2),
            "end": round(turn.end, 2),
            "words": [round(turn.start + start, 2) for start, _ in turn.utterance.words],
        }
        for turn in turns
    ]
    content = "[\n " + ",\n ".join(json.dumps(t, ensure_ascii=False) for t in told) + "\n]\n"
    INTERVIEW.with_suffix(".json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
