"""What is said around a quotation: whose it is said to be, whether it is from the literature."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEAD_IN = 200  # characters before a quotation in which its author is named
AFTER = 160  # the same after it

_YEAR = r"(?:1[5-9]|20)\d\d[a-zæøå]?"
_AUTHOR = r"[A-ZÆØÅ][\w.'’-]+"
_PAREN = re.compile(r"\(([^()]*)\)")
_HAS_YEAR = re.compile(rf"\b{_YEAR}\b|\bu\.å\.|\bi trykk\b|\bn\.d\.")
_NARRATIVE = re.compile(
    rf"{_AUTHOR}(?:\s+(?:og|and|&|et|al\.?|mfl\.?|m\.fl\.|med|flere|{_AUTHOR}),?)*\s*"
    rf"\([^()]*(?:\b{_YEAR}\b|\b(?:s|p|pp)\.\s*\d)[^()]*\)"
)
_DATE = re.compile(r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[a-zæøå]+)\s?(?:19|20)?\d\d\b")
_PAGE = re.compile(
    r"\((?:jf\.\s*)?(?:s|p|pp|side)\.?\s*\d+|\((?:ibid|sst|s\.st|op\.\s?cit)", re.IGNORECASE
)
_NUMERIC = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*(?:[,:]\s*(?:s|p)?\.?\s*\d+)*\]")
_LAW = re.compile(r"§|\bloven\b|\blova\b|\w(?:loven|lova|forskriften|forskrifta)\b")
_NOTE_IS_REFERENCE = re.compile(rf"\b{_YEAR}\b|\bibid|\b(?:s|p)\.\s*\d|https?://|§", re.IGNORECASE)
_VOICE = re.compile(
    r"informant|deltak|intervju|respondent|fokusgruppe|gruppeintervju|notat|notes\b|observasjon"
    r"|participant|interview|\bsamtale",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['’\"”»)]*\s+(?=[A-ZÆØÅ])")
_NUMBERED = re.compile(
    r"\b(?:informant|deltak(?:er|ar)(?:en)?|participant|respondent)\s*(?:nr\.?\s*)?(\d{1,3})\b",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\b[IDP](\d{1,3})\b")
_NOTES = re.compile(
    r"notat|notert|noter(?:te)?\b|skrev ned|skreiv ned|observasjon|observert|feltnot|field ?note"
    r"|\bnotes\b|etter hukommelsen|gjengitt|gjeve att",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a quotation.

    Attributes:
        before: The lead-in: the sentence that the quotation stands in or follows.
        after: What follows it, to the end of the sentence.
        notes: Texts of the footnotes and endnotes that are marked right after it.
    """

    before: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Both sides, and nothing of the quotation between."""
        return f"{self.before} \n {self.after}"


NOWHERE = Surroundings()


def lead_in(text: str) -> str:
    """The last sentence of what stands before a quotation."""
    near = text[-LEAD_IN:]
    ends = list(_SENTENCE_END.finditer(near.rstrip()))
    return near[ends[-1].end() :] if ends else near


def follow_up(text: str) -> str:
    """What follows a quotation, to the end of its sentence, with a reference right after it."""
    near = text[:AFTER]
    end = _SENTENCE_END.search(near)
    if end is None or near[: end.start()].strip(" »”\"'’.,)") == "":
        return near
    return near[: end.end()]


def cites_literature(around: Surroundings) -> bool:
    """Whether a reference to the literature belongs to the quotation.

    An interview, a participant or a note in the parenthesis tells that it is a source's.
    """
    if any(_NOTE_IS_REFERENCE.search(note) and not _VOICE.search(note) for note in around.notes):
        return True
    if _NUMERIC.match(around.after.lstrip(" »”\"'’.,")) or _PAGE.search(around.after):
        return True
    if any(_is_reference(found) for found in _PAREN.findall(around.after)):
        return True
    if _NARRATIVE.search(around.after) and not _VOICE.search(around.after):
        return True
    return bool(_NARRATIVE.search(around.before)) and not _VOICE.search(around.before)


def _is_reference(inside: str) -> bool:
    if names_a_voice(inside) or _DATE.search(inside):
        return False
    if _LAW.search(inside):
        return True
    return bool(_HAS_YEAR.search(inside))


def named_numbers(text: str) -> set[int]:
    """Numbers of participants that a text names, as in "Informant 3" and "(I3, leder)"."""
    found = [*_NUMBERED.findall(text), *_LETTERED.findall(text)]
    return {int(number) for number in found}


def names_a_voice(text: str) -> bool:
    """Whether a text speaks of an interview, a participant or a note."""
    return bool(_VOICE.search(text) or named_numbers(text))


def tells_of_notes(text: str) -> bool:
    """Whether a text says that the words were noted, not recorded."""
    return bool(_NOTES.search(text))
