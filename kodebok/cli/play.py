"""`kodebok play`: what a passage sounds like; or a clip of it."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kodebok.cli.base import argument, new_command, option
from kodebok.cli.gate_words import gate_options
from kodebok.cli.output import clock, show_json, write
from kodebok.cli.session import Session, tell, with_session
from kodebok.domain.span import Span
from kodebok.errors import WrongUseError
from kodebok.i18n import mark, translator

if TYPE_CHECKING:
    from kodebok.domain.recording import Stretch
    from kodebok.study.playing import Passage

_ = translator("cli")

_TIME = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d\d(?:\.\d{1,3})?)|(\d+(?:\.\d{1,3})?)")
_BETWEEN_LOOKS_S = 0.1
_MS = 1_000


@new_command(
    mark(
        "Play a quote, a coding or a source; or cut it out with --clip.\n\n"
        "It needs mpv, or else ffplay. --heard notes that you have compared the passage with the "
        "sound: text from speech recognition that nobody has heard is never called verbatim. A "
        "clip passes the gate; words that anonymisation replaced are silenced in it."
    )
)
@argument("passage", mark("A source's name, a quote's number, or the id of a quote or coding."))
@option("--start", type=int, metavar="N", help=mark("Offset of the first character, from 0."))
@option("--end", type=int, metavar="N", help=mark("Offset after the last character."))
@option("--text", metavar="TEXT", help=mark("The words of the passage."))
@option("--nth", type=int, metavar="N", help=mark("Which place, when the words stand in several."))
@option("--from", "begin", metavar="TIME", help=mark("Begin at this time, such as 12:03."))
@option("--speed", type=float, metavar="N", help=mark("How fast: 0.75 is slower."))
@option("--heard", is_flag=True, help=mark("Note that the passage was compared with the sound."))
@option("--not-heard", is_flag=True, help=mark("Take that back, and play nothing."))
@option("--no-sound", is_flag=True, help=mark("With --heard: play nothing now."))
@option(
    "--clip", type=click.Path(path_type=Path), metavar="FILE",
    help=mark("Write the passage to a file: wav, ogg or mp3."),
)  # fmt: skip
@option("--mute", multiple=True, metavar="TIME-TIME", help=mark("Silence this in the clip."))
@option("--overwrite", is_flag=True, help=mark("Replace a file of that name."))
@gate_options
@with_session
def command(session: Session, passage: str, **given: Any) -> None:
    """Play, cut out, or note what was heard."""
    from kodebok.study.playing import find_passage

    found = _narrowed(session, find_passage(session.store, passage), given)
    if given["clip"] is not None:
        _cut_out(session, found, given)
        return
    if given["not_heard"]:
        _take_back(session, found)
        return
    if not given["no_sound"]:
        _play(session, found, given)
    if given["heard"]:
        _note_heard(session, found)


def _narrowed(session: Session, passage: Passage, given: dict[str, Any]) -> Passage:
    """The part of a source that was asked for."""
    from kodebok.cli.code import given_passage
    from kodebok.storage.sources import load_text
    from kodebok.study.playing import Passage

    if given["start"] is None and given["end"] is None and given["text"] is None:
        return passage
    text = load_text(session.store, passage.source_id)
    span = given_passage(text, given["start"], given["end"], given["text"], given["nth"])
    return Passage(passage.source_id, Span(max(span.start, 0), min(span.end, len(text))))


def _play(session: Session, passage: Passage, given: dict[str, Any]) -> None:
    from kodebok.study.playing import open_sound, recording_of, stretch_of

    recording_of(session.store, passage.source_id)
    begin = read_time(given["begin"]) if given["begin"] else None
    start, end = stretch_of(session.store, passage) if begin is None else (begin, None)
    player = open_sound(session.study, passage.source_id)
    try:
        if given["speed"]:
            player.set_speed(given["speed"])
        player.play(start, end)
        session.say(_("Playing from {time}; Ctrl+C stops.", time=clock(start)))
        while player.is_playing:
            time.sleep(_BETWEEN_LOOKS_S)
    finally:
        player.close()


def read_time(typed: str) -> int:
    """Milliseconds of a time such as `12:03`, `1:02:03.5` or `90`.

    Raises:
        WrongUseError: It is no time (K664).
    """
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise WrongUseError(
            _("{typed} is not a time", typed=typed), _("write it as 12:03 or 1:02:03"), "K664"
        )
    hours, minutes, seconds, bare = found.groups()
    if bare is not None:
        return round(float(bare) * _MS)
    return round((int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)) * _MS)


def _read_stretch(typed: str) -> Stretch:
    first, _dash, last = typed.partition("-")
    stretch = read_time(first), read_time(last)
    if stretch[0] >= stretch[1]:
        raise WrongUseError(
            _("{typed} ends before it begins", typed=typed), _("write it as 12:03-12:05"), "K665"
        )
    return stretch


def _cut_out(session: Session, passage: Passage, given: dict[str, Any]) -> None:
    from kodebok.study.playing import write_clip

    mute = [_read_stretch(typed) for typed in given["mute"]]
    path: Path = given["clip"]
    verdict = write_clip(session.study, passage, path, mute, overwrite=given["overwrite"])
    for sentence in verdict.sentences:
        tell(sentence)
    tell(_("A voice can be recognised: share a clip only with those who may hear it."))
    if session.json:
        show_json("exports", [{"path": str(path), "kind": "clip", "bytes": path.stat().st_size}])
    else:
        write(f"{path}\n")


def _note_heard(session: Session, passage: Passage) -> None:
    from kodebok.coding.hearing import mark_heard

    if mark_heard(session.store, session.coder_id, passage.source_id, passage.span):
        session.say(_("Noted that you have compared it with the sound."))
    else:
        session.say(_("That was noted already."))


def _take_back(session: Session, passage: Passage) -> None:
    from kodebok.coding.hearing import unmark_heard

    if unmark_heard(session.store, session.coder_id, passage.source_id, passage.span):
        session.say(_("Taken back: the passage counts as not heard."))
    else:
        session.say(_("It did not count as heard; nothing was changed."))
