"""WebVTT and SRT: what Teams, Zoom, noScribe and speech recognisers write."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from kodebok.errors import KodebokError
from kodebok.i18n import translator
from kodebok.sources import labels
from kodebok.sources.drafts import Cue, Draft
from kodebok.sources.labels import Tally, accepted_labels
from kodebok.sources.times import inner_stamps, parse_clock

_ = translator("sources")

_CLOCK = r"-?(?:\d{1,3}:)?-?\d{1,3}:-?\d{1,2}(?:[.,]-?\d{1,7})?"
_ARROW = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})(?:\s|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?\s+([^<>]{0,120})>")
_BESIDE_SPEECH = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]\Z")
_TAG = re.compile(
    r"</?(?:[a-z][a-z0-9.]{0,40}(?:\s[^<>]{0,120})?|\d[\d:.]{0,20})/?>", re.IGNORECASE
)
_CUE_ID = re.compile(r"\s*(?:\d+|[\w-]{8,}(?:/[\d-]+)?|\S*\d\S*)\s*\Z")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION|X-TIMESTAMP-MAP)(?:[\s=:]|\Z)")


@dataclass(slots=True)
class _Caption:
    start_ms: int | None
    end_ms: int | None
    lines: list[str] = field(default_factory=list)


def read_captions(text: str, file_format: str, encoding: str | None) -> Draft:
    """The cues of a caption file.

    Raises:
        KodebokError: K134 when it holds no cue with words.
    """
    captions = [caption for caption in _captions(text) if any(map(str.strip, caption.lines))]
    if not captions:
        raise KodebokError(
            _("the caption file holds no words"), _("choose the file with the text"), "K134"
        )
    cues = _voiced(captions) if _VOICE.search(text) else _labelled(captions)
    doubts = () if any(cue.speaker for cue in cues) else (_("No speaker is named in the file"),)
    return Draft(tuple(cues), file_format, encoding, doubts=doubts)


def _captions(text: str) -> list[_Caption]:
    """Cues in order; lines between cues are their ids, asides, or text after an empty line."""
    found: list[_Caption] = []
    pending: list[str] = []
    in_aside, in_cue = text.lstrip("\ufeff \n").startswith("WEBVTT"), False
    for line in text.split("\n"):
        arrow = _ARROW.match(line) if "-->" in line else None
        if arrow is not None:
            _settle(found, pending, before_cue=True)
            found.append(_Caption(parse_clock(arrow.group(1)), parse_clock(arrow.group(2))))
            in_cue, in_aside = True, False
        elif not line.strip():
            in_cue, in_aside = False, False
        elif in_aside or (not in_cue and _ASIDE.match(line)):
            in_aside = True
        elif found:
            pending.append(line)
            if in_cue and len(pending) == 1:
                found[-1].lines.append(pending.pop())
    _settle(found, pending, before_cue=False)
    return found


def _settle(found: list[_Caption], pending: list[str], *, before_cue: bool) -> None:
    if before_cue and pending and _CUE_ID.match(pending[-1]):
        pending.pop()
    elif (
        before_cue and found and len(found[-1].lines) > 1 and found[-1].lines[-1].strip().isdigit()
    ):
        found[-1].lines.pop()
    if found:
        found[-1].lines += pending
    pending.clear()


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split("\n")).strip()


def _voiced(captions: list[_Caption]) -> list[Cue]:
    cues = []
    for caption in captions:
        pieces = _VOICE.split("\n".join(caption.lines))
        cues += _pieces(caption, [(None, pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)])
    return with_their_pauses(cues)


def _pieces(caption: _Caption, pieces: list[tuple[str | None, str]]) -> list[Cue]:
    cues = []
    for voice, markup in pieces:
        name = " ".join(html.unescape(voice).split()) if voice else None
        text, speaker = said_by(name, _plain(markup))
        if text:
            cues.append(Cue(text, speaker, caption.start_ms, caption.end_ms))
    return cues


def said_by(name: str | None, text: str) -> tuple[str, str | None]:
    """The words and who says them; noScribe names a voice that breaks in `//S01`."""
    if name is None or not name.startswith("//"):
        return without_own_label(text, name), name or None
    speaker = name.strip("/ ")
    words = without_own_label(text.strip().removeprefix("//").removesuffix("//"), speaker).strip()
    return (f"//{words}//" if words else ""), speaker or None


def with_their_pauses(cues: list[Cue]) -> list[Cue]:
    """Cues that only tell of a pause or a sound belong to the speech before them."""
    found: list[Cue] = []
    for cue in cues:
        beside = found and cue.speaker is None and _BESIDE_SPEECH.match(cue.text)
        found.append(replace(cue, speaker=found[-1].speaker) if beside else cue)
    return found


def without_own_label(text: str, speaker: str | None) -> str:
    """The text without `S00:` and `[00:01:00]`, which noScribe writes into it as well."""
    if speaker and text.startswith(f"{speaker}:"):
        text = text[len(speaker) + 1 :].lstrip()
    for begin, end, _time in reversed(inner_stamps(text) if ":" in text else []):
        joint = " " if text[:begin].strip() and text[end:].strip() else ""
        text = text[:begin] + joint + text[end:]
    return text


def _labelled(captions: list[_Caption]) -> list[Cue]:
    """Cues whose text names the speaker (`Kari: …`), as Zoom writes it; others go on."""
    lines = [[_plain(line) for line in caption.lines if line.strip()] for caption in captions]
    tally = Tally(lines=len(lines))
    for cue_lines in lines:
        for line in cue_lines:
            found = _label(line)
            if found is not None:
                (tally.marked if found.marked else tally.plain)[found.label] += 1
    accepted = accepted_labels(tally, {}) | _named_at_once(lines)
    cues: list[Cue] = []
    speaker: str | None = None
    for caption, cue_lines in zip(captions, lines, strict=True):
        said: list[str] = []
        for line in cue_lines:
            found = _label(line)
            if found is not None and found.label in accepted:
                _close(cues, caption, speaker, said)
                speaker, said = found.label, [found.rest]
            else:
                said.append(line)
        _close(cues, caption, speaker, said)
    return cues


def _label(line: str) -> labels.Candidate | None:
    return labels.candidate(line) or labels.dressed(line)


def _named_at_once(lines: list[list[str]]) -> frozenset[str]:
    """A first name and a surname at the very beginning, as Zoom writes even the only speaker's."""
    found = _label(lines[0][0])
    if found is None or " " not in found.label or labels.is_prose(found.label):
        return frozenset()
    return frozenset({found.label} if labels.is_name(found.label) else ())


def _close(cues: list[Cue], caption: _Caption, speaker: str | None, said: list[str]) -> None:
    text = " ".join(said).strip()
    if text:
        cues.append(Cue(text, speaker, caption.start_ms, caption.end_ms))
