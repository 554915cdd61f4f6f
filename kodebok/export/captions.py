"""Captions: WebVTT and SubRip."""

from __future__ import annotations

from collections.abc import Sequence

from kodebok.export.timed import TimedText


def vtt_bytes(cues: Sequence[TimedText]) -> bytes:
    """The captions as WebVTT, voices as `<v Name>`."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
        times = f"{_clock(cue.start_ms, '.')} --> {_clock(cue.end_ms, '.')}"
        blocks.append(f"{times}\n{voice}{_escaped(_line(cue.text))}\n")
    return "\n".join(blocks).encode("utf-8", "replace")


def srt_bytes(cues: Sequence[TimedText]) -> bytes:
    """The captions as SubRip, voices as `Name: ` where they change."""
    blocks, last = [], ""
    for number, cue in enumerate(cues, start=1):
        voice = f"{cue.speaker}: " if cue.speaker and cue.speaker != last else ""
        last = cue.speaker
        times = f"{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}"
        blocks.append(f"{number}\n{times}\n{voice}{_line(cue.text)}\n")
    return "\n".join(blocks).encode("utf-8", "replace")


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def _line(text: str) -> str:
    """One line: an empty one would end the caption."""
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
