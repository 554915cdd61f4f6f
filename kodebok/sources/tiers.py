"""Transcripts in tiers: ELAN (eaf) and Praat (TextGrid); each tier of speech is a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kodebok.errors import KodebokError
from kodebok.i18n import plural_translator, translator
from kodebok.sources.drafts import Cue, Draft
from kodebok.sources.limits import parse_xml

_ = translator("sources")
_n = plural_translator("sources")

# A string, a flag or a number that stands by itself; Praat reads its files in no other way.
_PRAAT_TOKEN = re.compile(
    r'"((?:[^"]|"")*)"|<(\w+)>|(?<!\S)(-?\d{1,18}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?)(?!\S)'
)
_PRAAT_SIGNS = dict(
    zip(
        ["\\ae", "\\o/", "\\ao", "\\Ae", "\\O/", "\\Ao", '\\a"', '\\o"', '\\u"', "\\e'", "\\bs"],
        "æøåÆØÅäöüé\\",
        strict=True,
    )
)
_PRAAT_SIGN = re.compile("|".join(map(re.escape, _PRAAT_SIGNS)))
_SILENCES = frozenset({"silent", "silence", "sil", "<p:>", "<p>"})
# Tiers that say the same once more, word by word or sound by sound.
_FINER_TIER = re.compile(
    r"(?:words?|ord|phones?|phonemes?|fonem\w*|segments?|syllables?|stavels\w*|.*-?mau|mas|kan)\d*\Z",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Tier:
    name: str
    cues: list[Cue] = field(default_factory=list)


def _draft(tiers: list[_Tier], left_out: int, file_format: str, encoding: str | None) -> Draft:
    cues = sorted(
        (cue for tier in tiers for cue in tier.cues),
        key=lambda cue: (cue.start_ms or 0, cue.end_ms or 0),
    )
    if not cues:
        raise KodebokError(
            _("the file's tiers hold no words"), _("choose the file with the text"), "K142"
        )
    doubt = _n("{n} tier was left out", "{n} tiers were left out", left_out)
    return Draft(tuple(cues), file_format, encoding, doubts=(doubt,) if left_out else ())


def read_elan(data: bytes) -> Draft:
    """The annotations of an eaf; tiers that hang on another (translations, words) are left out.

    Raises:
        KodebokError: K118, K119 when it is no sound XML, K142 when it holds no words.
    """
    root = parse_xml(data)
    times = {
        str(slot.get("TIME_SLOT_ID")): _number(slot.get("TIME_VALUE"))
        for slot in root.iter("TIME_SLOT")
    }
    kept: list[_Tier] = []
    finer = 0
    for element in root.iter("TIER"):
        tier = _Tier(str(element.get("PARTICIPANT") or element.get("TIER_ID") or "").strip())
        for annotation in element.iter("ALIGNABLE_ANNOTATION"):
            value = annotation.findtext("ANNOTATION_VALUE") or ""
            start = times.get(str(annotation.get("TIME_SLOT_REF1")))
            end = times.get(str(annotation.get("TIME_SLOT_REF2")))
            if value.strip():
                tier.cues.append(Cue(value.strip(), tier.name or None, start, end))
        if element.get("PARENT_REF"):
            finer += element.find(".//ANNOTATION_VALUE") is not None
        elif tier.cues:
            kept.append(tier)
    return _draft(kept, finer, "eaf", None)


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isdecimal() else None


def read_text_grid(text: str, encoding: str | None) -> Draft:
    """The intervals of a TextGrid in Praat's long or short form.

    Raises:
        KodebokError: K143 when it is damaged, K142 when it holds no words.
    """
    try:
        tiers, points = _praat_tiers(_praat_values(text))
    except (StopIteration, ValueError, OverflowError):
        raise KodebokError(
            _("the TextGrid is damaged or cut short"),
            _("open it in Praat and save it again as a text file"),
            "K143",
        ) from None
    filled = [tier for tier in tiers if tier.cues]
    coarse = [tier for tier in filled if not _FINER_TIER.match(tier.name)] or filled
    return _draft(coarse, len(filled) - len(coarse) + points, "textgrid", encoding)


def _praat_values(text: str) -> Iterator[str]:
    for match in _PRAAT_TOKEN.finditer(text):
        quoted, flag, number = match.groups()
        if quoted is not None:
            yield quoted.replace('""', '"')
        else:
            yield flag or number


def _praat_tiers(values: Iterator[str]) -> tuple[list[_Tier], int]:
    """The tiers of intervals, and how many tiers of points there are besides."""
    for value in values:
        if value == "TextGrid":
            break
    _start, _end, exists = float(next(values)), float(next(values)), next(values)
    tiers: list[_Tier] = []
    points = 0
    for _tier in range(_count(next(values)) if exists == "exists" else 0):
        kind, name = next(values), next(values)
        next(values), next(values)
        entries = _count(next(values))
        if kind != "IntervalTier":
            points += entries > 0
            for _entry in range(entries):
                next(values), next(values)
            continue
        tier = _Tier(_praat_text(name))
        for _entry in range(entries):
            start, end, label = float(next(values)), float(next(values)), _praat_text(next(values))
            if label and label.casefold() not in _SILENCES:
                times = round(max(start, 0) * 1000), round(max(end, 0) * 1000)
                tier.cues.append(Cue(label, tier.name or None, *times))
        tiers.append(tier)
    return tiers, points


def _count(value: str) -> int:
    count = int(value)
    if not 0 <= count <= 10_000_000:  # noqa: PLR2004
        raise ValueError
    return count


def _praat_text(label: str) -> str:
    r"""A label with Praat's own spellings of letters (`\o/` for ø) as letters."""
    if "\\" in label:
        label = _PRAAT_SIGN.sub(lambda match: _PRAAT_SIGNS[match.group()], label)
    return " ".join(label.split())
