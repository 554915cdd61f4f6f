"""The finder that knows who takes part: voices, participants, sites, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.place_names import words_also_names
from kodebok.anonymise.tokens import Tokens
from kodebok.anonymise.word_forms import first_part, without_genitive
from kodebok.domain.identifier import IdentifierType, Proposal

FINDER = "labels"
REASON = "name of a voice, participant or source"

_SURE, _ALSO_A_WORD = 0.97, 0.5
_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST_NAME = 2

# Words of labels and file names that name no one; what the dictionary lacks of them.
_LABEL_WORDS = frozenset(
    "informant respondent intervjuer intervjuar moderator interviewer interview intervju int resp "
    "deltaker deltakar participant speaker spk person forsker forskar student gruppe fokusgruppe "
    "focus group transkripsjon transkribert transcript opptak lydfil audio rec recording final "
    "utkast versjon ver del part kopi copy renskrevet redigert anonymisert notat notater notatar "
    "observasjon txt docx doc vtt srt pdf odt rtf md csv xlsx ukjent unknown stemme voice mp3 m4a "
    "wav teams zoom sykepleier sjukepleiar leder leiar zip kommune sone "
    "enhetsleder ergoterapeut fysioterapeut helsefagarbeider hjelpepleier saksbehandler "
    "fagutviklingssykepleier kartleggingsmøte".split()
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the study itself gives.

    Attributes:
        words: As it is written, such as `Kari Nordmann`.
        is_person: Whether it is a person's; else a place's.
    """

    words: str
    is_person: bool = True


def names_in_label(label: str) -> list[str]:
    """The parts of a label, or of a file's name, that may be names.

    `Informant 3`, `I`, `Sykepleier 1` and `I1-enhetsleder` have none; `kari_nordmann.docx` has two.
    """
    parts = _PART.findall(re.sub(r"[_\d]+", " ", label))
    names = [part for part in parts if _may_be_name(part, label)]
    is_full_name = names and all(part[0].isupper() and _is_no_role(part) for part in parts)
    return parts if is_full_name else names


def _may_be_name(part: str, label: str) -> bool:
    lower = part.lower()
    if len(part) < _SHORTEST_NAME or not _is_no_role(part):
        return False
    if lower in words_also_names():
        return part[0].isupper()
    if lower in ordinary_words() or lower.removesuffix("s") in ordinary_words():
        return part[0].isupper() and label.strip() == part and not label.isupper()
    return True


def _is_no_role(part: str) -> bool:
    return _LABEL_WORDS.isdisjoint(part.lower().split("-"))


def known_words(names: Iterable[KnownName]) -> dict[str, IdentifierType]:
    """By word in lower case: what it is a name of."""
    return {
        part.lower(): IdentifierType.PERSON if name.is_person else IdentifierType.PLACE
        for name in names
        for part in names_in_label(name.words)
    }


def find_by_label(tokens: Tokens, words: dict[str, IdentifierType]) -> list[Proposal]:
    """Every mention of a name that the study itself gives, with its genitive and compounds."""
    if not words:
        return []
    known: dict[str, IdentifierType | None] = {}
    proposals = []
    for place, word in enumerate(tokens.words):
        lower = word.lower()
        if lower not in known:
            forms = (*without_genitive(lower), first_part(lower))
            known[lower] = next((words[form] for form in forms if form in words), None)
        type_ = known[lower]
        if type_ is None:
            continue
        is_word = lower in ordinary_words() or lower in words_also_names()
        if is_word and word[0].islower():
            continue
        score = _ALSO_A_WORD if is_word else _SURE
        start, end = tokens.starts[place], tokens.ends[place]
        proposals.append(Proposal(start, end, type_, score, FINDER, REASON))
    return proposals
