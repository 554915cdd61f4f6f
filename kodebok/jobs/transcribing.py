"""The stages of sound, from plain JSON values to plain JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kodebok.domain.recording import chunk_row
from kodebok.domain.speech import Chunk
from kodebok.jobs.stages import Row


def transcribe(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """What is said in a recording: progress, its plan, then a chunk at a time.

    Args:
        arguments: `path`, `settings` (of `TranscribeSettings`, with others' keys beside them) and
            `done`, the numbers of chunks that are not to be heard again.
    """
    from kodebok.transcribe.settings import TranscribeSettings
    from kodebok.transcribe.stage import Plan, transcribe_recording

    settings = TranscribeSettings.from_dict(arguments["settings"])
    for told in transcribe_recording(Path(arguments["path"]), settings, arguments["done"]):
        if isinstance(told, Chunk):
            yield {"chunk": chunk_row(told)}
        elif isinstance(told, Plan):
            yield {
                "plan": {
                    "duration_ms": told.duration_ms,
                    "speech": [list(stretch) for stretch in told.speech],
                    "chunks": [list(stretch) for stretch in told.chunks],
                    "engine": told.engine,
                    "broken": told.broken,
                }
            }
        else:
            yield {"progress": [told.done_ms, told.total_ms]}


def voices(arguments: Mapping[str, Any]) -> Iterator[Row]:
    """Who speaks when, in one row.

    Args:
        arguments: `path`, `speech` (where somebody speaks, in milliseconds) and `speakers`.
    """
    from kodebok.transcribe.decoding import SoundFile
    from kodebok.transcribe.voices import find_voices

    speech = [(start, end) for start, end in arguments["speech"]]
    blocks = SoundFile(Path(arguments["path"])).blocks()
    found = find_voices(blocks, speech, arguments["speakers"])
    yield {"voices": [[span.start_ms, span.end_ms, span.voice] for span in found]}
