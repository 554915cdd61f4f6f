"""From a draft to an arrival: repairs, speakers, canonical text, and what to tell the user."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kodebok.domain.source import Arrival, ReadTurn, SourceType
from kodebok.domain.text import canonicalise
from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources import labels
from kodebok.sources.drafts import Cue, Table
from kodebok.sources.joining import join_cues
from kodebok.sources.mending import mended_piece, mended_text
from kodebok.sources.numbering import without_paragraph_numbers
from kodebok.sources.repairs import merge
from kodebok.sources.tables import as_lines, transcript_cues
from kodebok.sources.teams import (
    arrow_cues,
    is_heading,
    without_closing_lines,
    without_system_lines,
)
from kodebok.sources.turns import paragraphs, recognise

if TYPE_CHECKING:
    from kodebok.domain.source import Repair
    from kodebok.sources.drafts import Block, Draft
    from kodebok.sources.options import ReadOptions
    from kodebok.sources.turns import Recognised

_ = translator("sources")

_GROUP_VOICES = 4
_HEAD = 300
_NOTES = re.compile(r"notat|note", re.IGNORECASE)
_OBSERVATION = re.compile(r"observasjon|observation", re.IGNORECASE)
_MODERATOR = re.compile(r"moderator|ordstyr|fasilitator|facilitator", re.IGNORECASE)


@dataclass(slots=True)
class _Gathered:
    turns: list[ReadTurn] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    legend: dict[str, str] = field(default_factory=dict)
    layout: str = ""


def arrival_of(draft: Draft, stem: str, options: ReadOptions) -> Arrival:
    """The arrival that a draft amounts to.

    Args:
        draft: What a reader of one format found.
        stem: The file's name without its ending.
        options: The user's choices.

    Raises:
        KodebokError: K140 when no words are left.
    """
    gathered = _Gathered(doubts=list(draft.doubts))
    for part in _parts(draft.blocks, speakers=options.speakers):
        if isinstance(part, str):
            _take_text(gathered, part, draft, options)
        else:
            _take_cues(gathered, part, options)
    turns = tuple(_finished(gathered.turns, draft, speakers=options.speakers))
    if not turns:
        raise KodebokError(_("the file holds no words"), _("choose the file with the text"), "K140")
    arrival = Arrival(
        name=canonicalise(stem).strip() or _("Untitled"),
        turns=turns,
        format=f"{draft.format}{gathered.layout}",
        encoding=draft.encoding,
        values=draft.values,
        repairs=merge(gathered.repairs),
        doubts=tuple(dict.fromkeys(gathered.doubts)),
        legend=gathered.legend,
    )
    return replace(arrival, type=options.source_type or _likely_type(arrival))


def _parts(blocks: tuple[Block, ...], *, speakers: bool) -> list[str | list[Cue]]:
    """Neighbouring text as one string, neighbouring cues as one list; tables as either."""
    parts: list[str | list[Cue]] = []
    for block in blocks:
        if isinstance(block, Table):
            cues = transcript_cues(block) if speakers else None
            part: str | list[Cue] = as_lines(block) if cues is None else cues
        else:
            part = [block] if isinstance(block, Cue) else block
        last = parts[-1] if parts else None
        if isinstance(part, str) and isinstance(last, str):
            parts[-1] = f"{last}\n\n{part}"
        elif isinstance(block, Cue) and isinstance(last, list):
            last += part if isinstance(part, list) else []
        else:
            parts.append(part)
    return parts


def plain(text: str) -> str:
    r"""NFC with `\n` line ends and no NUL, so that repairs see the text as it will be stored."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


def _take_text(gathered: _Gathered, raw: str, draft: Draft, options: ReadOptions) -> None:
    text = plain(raw)
    if options.speakers:
        text = _without_numbers(gathered, without_closing_lines(text))
    if draft.format == "docx" and options.speakers:
        text = without_system_lines(text)
        cues = arrow_cues(text) if "-->" in text else None
        if cues:
            gathered.layout = "-teams"
            _take_cues(gathered, _without_heading(gathered, cues), options)
            return
    mended = mended_text(text, options.repair)
    gathered.repairs += mended.repairs
    text = canonicalise(mended.text)
    if not options.speakers:
        gathered.turns += paragraphs(text)
        return
    found = recognise(text)
    gathered.legend.update(found.legend)
    gathered.doubts += found.doubts
    gathered.turns += _speech(gathered, found)
    if found.by_headers and draft.format == "docx":
        gathered.layout = "-transcribe" if found.times_first else "-teams"


def _without_numbers(gathered: _Gathered, text: str) -> str:
    bare = without_paragraph_numbers(text)
    if bare != text:
        gathered.doubts.append(_("The numbers of the paragraphs were left out"))
    return bare


def _speech(gathered: _Gathered, found: Recognised) -> tuple[ReadTurn, ...]:
    before = "\n".join(turn.text for turn in found.turns[: found.preamble])
    if found.preamble and is_heading(before):
        gathered.doubts.append(_("The program's own heading was left out"))
        return found.turns[found.preamble :]
    return found.turns


def _without_heading(gathered: _Gathered, cues: list[Cue]) -> list[Cue]:
    if cues[0].speaker is None and cues[0].start_ms is None and is_heading(cues[0].text):
        gathered.doubts.append(_("The program's own heading was left out"))
        return cues[1:]
    return cues


def _take_cues(gathered: _Gathered, cues: list[Cue], options: ReadOptions) -> None:
    mended: list[Cue] = []
    for cue in cues:
        piece = mended_piece(plain(cue.text), options.repair)
        gathered.repairs += piece.repairs
        mended.append(replace(cue, text=canonicalise(piece.text).strip()))
    gathered.turns += join_cues(mended)


def _finished(turns: list[ReadTurn], draft: Draft, *, speakers: bool) -> list[ReadTurn]:
    labels_as_written = {turn.speaker for turn in turns if turn.speaker}
    names = {label: canonicalise(label).strip() or None for label in labels_as_written}
    finished = []
    for turn in turns:
        text = draft.polish(turn.text).strip().lstrip("\ufeff").strip()
        label = names.get(turn.speaker or "")
        if not text:
            continue
        if not speakers:
            finished.append(ReadTurn(text))
        elif text == turn.text and label == turn.speaker:
            finished.append(turn)
        else:
            finished.append(ReadTurn(text, label, turn.start_ms, turn.end_ms))
    return finished


def _likely_type(arrival: Arrival) -> SourceType:
    voices = arrival.speakers
    if len(voices) >= _GROUP_VOICES or any(_MODERATOR.match(label) for label in voices):
        return SourceType.GROUP
    if not any(labels.is_known(label) for label in voices):
        head = f"{arrival.name} {arrival.turns[0].text[:_HEAD]}"
        if len(arrival.turns) > 1:
            head += f" {arrival.turns[1].text[:_HEAD]}"
        if not voices and _OBSERVATION.search(head):
            return SourceType.OBSERVATION
        if not voices and _NOTES.search(head):
            return SourceType.NOTES
    return SourceType.INTERVIEW
