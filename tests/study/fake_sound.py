"""Stages of sound for tests: a text file stands for the sound, a line of it for a chunk.

`VOICE> words` is a chunk of 9 seconds and a second of silence, half a second a word; `?` is a chunk
that nobody can understand; a line that says DIE ends the child in that chunk.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kodebok.domain.recording import chunk_row
from kodebok.domain.speech import Chunk, ChunkState, Segment, SpokenWord
from kodebok.jobs.stages import STAGES

ROOT = Path(__file__).parents[2]
CHUNK_MS, SPEECH_MS, WORD_MS = 10_000, 9_000, 500

SOUND = """\
0> hva er du mest fornøyd med
1> det er morgenmøtet der sitter tverr- tverrfagligheten
1> hvis du spør meg
?
0> hva med de andre møtene
1> de andre er det færre som kommer på
"""


def use_fake_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the stages of sound be the ones here, in child processes too."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("transcribe", "voices"):
        monkeypatch.setitem(STAGES, name, f"{__name__}:{name}")


def lines_of(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


def transcribe(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    lines, settings = lines_of(arguments["path"]), arguments["settings"]
    yield {"progress": [0, len(lines) * CHUNK_MS]}
    bounds = [[n * CHUNK_MS, n * CHUNK_MS + SPEECH_MS] for n in range(len(lines))]
    yield {
        "plan": {
            "duration_ms": len(lines) * CHUNK_MS,
            "speech": bounds,
            "chunks": bounds,
            "engine": f"fake {settings.get('model', '')} {settings['language']}",
            "broken": "broken" in settings,
        }
    }
    for number, line in enumerate(lines):
        if number not in arguments["done"]:
            time.sleep(settings.get("pace", 0))
            if line == "DIE" and not Path(arguments["path"]).with_suffix(".alive").exists():
                os._exit(9)
            yield {"chunk": chunk_row(make_chunk(number, line))}


def slowly(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """As `transcribe`, a chunk every twentieth of a second."""
    yield from transcribe({**arguments, "settings": {**arguments["settings"], "pace": 0.05}})


def make_chunk(number: int, line: str) -> Chunk:
    start = number * CHUNK_MS
    words = line.partition("> ")[2].split()
    spoken = tuple(
        SpokenWord(
            start + i * WORD_MS, start + (i + 1) * WORD_MS - 50, w, 0.3 if w == "færre" else 0.9
        )
        for i, w in enumerate(words)
    )
    segments = (Segment(start, start + SPEECH_MS, spoken),) if spoken else ()
    state = ChunkState.TEXT if spoken else ChunkState.UNCLEAR
    return Chunk(number, start, start + SPEECH_MS, state, segments, 1, "fake")


def voices(arguments: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    time.sleep(float(os.environ.get("FAKE_VOICES_S", "0")))
    lines = lines_of(arguments["path"])
    spans, last = [], 0
    for number, line in enumerate(lines):
        head = line.partition("> ")[0]
        last = min(int(head), arguments["speakers"] - 1) if head.isdigit() else last
        spans.append([number * CHUNK_MS, number * CHUNK_MS + SPEECH_MS, last])
    yield {"voices": spans}
