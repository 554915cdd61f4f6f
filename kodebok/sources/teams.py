"""What Teams and Word's Transcribe add around the speech in a docx."""

from __future__ import annotations

import re

from kodebok.sources import labels
from kodebok.sources.drafts import Cue
from kodebok.sources.times import leading_stamp

_SYSTEM_LINE = re.compile(
    r"[^\n]{0,80}\b(?:started|stopped|startet|stoppet|starta|stoppa)\s+"
    r"(?:transcription|transkripsjon(?:en)?|transkribering(?:en)?)\.?\s*\Z",
    re.IGNORECASE,
)
_HEADING_SIGNS = re.compile(
    r"noScribe|transcript|transkri|lydfil|audio file|\.(?:m4a|mp3|mp4|wav|webm|aac)\b"
    r"|møteopptak|meeting recording|^(?:\d{1,2}[ht] ?)?\d{1,2}m \d{1,2}s$",
    re.IGNORECASE | re.MULTILINE,
)
# What Google Meet writes under a transcript, in the languages that are met with here.
_CLOSING_LINE = re.compile(
    r"(?:(?:meeting|transcription) ended after \d"
    r"|(?:møtet|transkripsjonen|transkriberingen)\b[^\n]{0,40}\better \d"
    r"|this editable transcript was |den(?:ne|na) redigerba\w{1,4} transkripsjonen )",
    re.IGNORECASE,
)
_LAST_LINES = 4
_LONGEST_NAME = 50
_LONGEST_HEADING = 80
_SHARE = 0.8


def arrow_cues(text: str) -> list[Cue] | None:
    """Teams' older layout: `0:0:0.0 --> 0:0:1.5`, then the name, then the words, line by line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    starts = [number for number, line in enumerate(lines) if _is_range(line)]
    named = [n for n in starts if n + 2 < len(lines) and _is_name(lines[n + 1])]
    if not starts or len(named) < _SHARE * len(starts):
        return None
    cues = [Cue("\n".join(lines[: starts[0]]))] if starts[0] else []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        stamp = leading_stamp(lines[start])
        said = lines[start + 1 : stop]
        speaker = " ".join(said.pop(0).split()) if said and start in named else None
        if stamp is not None and said:
            cues.append(Cue(" ".join(said), speaker, stamp.start_ms, stamp.end_ms))
    return cues


def _is_range(line: str) -> bool:
    stamp = leading_stamp(line) if "-->" in line else None
    return stamp is not None and stamp.end_ms is not None and not stamp.rest


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST_NAME and (
        labels.is_known(line) or (labels.is_name(line) and line[-1] not in ".!?…")
    )


def without_system_lines(text: str) -> str:
    """The text without lines that tell when someone started or stopped the transcription."""
    if "trans" not in text.lower():
        return text
    return "\n".join(line for line in text.split("\n") if not _SYSTEM_LINE.match(line))


def without_closing_lines(text: str) -> str:
    """The text without the lines under it that tell when the meeting ended and who wrote it."""
    lines = text.rstrip().split("\n")
    for _line in range(_LAST_LINES):
        if not lines or not (_CLOSING_LINE.match(lines[-1].strip()) or not lines[-1].strip()):
            break
        lines.pop()
    return "\n".join(lines) if lines else text


def is_heading(text: str) -> bool:
    """Whether words before the first speaker are the program's own: a title, a file, a date."""
    return text.count(" ") < _LONGEST_HEADING and _HEADING_SIGNS.search(text) is not None
