"""Quotations in a manuscript: between marks of any kind, in blocks, after a colon.

The role of a mark is read from where it stands, not from its sign: writers open with the closing
sign, mix pairs, and leave one out. A quotation with one mark has one loose end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kodebok.study.proof_citing import NOWHERE, Surroundings, follow_up, lead_in, names_a_voice
from kodebok.study.proof_manuscript import QUOTED_IN, Manuscript, Paragraph
from kodebok.study.proof_package import NOTE_SIGN

DOUBLE = '«»“”„‟"″'
ATTRIBUTION = 120  # characters at the end of a block in which its attribution stands
OPENERS, CLOSERS = "«“„‘‚", "»”’"
_BEFORE_OPENING = '([{/–—-:«“„"”»' + NOTE_SIGN
_AFTER_CLOSING = '.,;:!?)]}/–—-…»”"' + NOTE_SIGN
_SINGLE = re.compile(r"(?<![\w])[‘’‚'](?=\S)(?P<words>[^‘‚'\n]{8,}?[^\s])['’](?![\w])")
_UNCLOSED = re.compile(r"(?<!\w)[‘‚](?=\w)")
_COLON = re.compile(r":\s+(?=\S)")
_LABEL = re.compile(r"\s*[\[(]?[A-ZÆØÅ][\w .]{0,24}[\])]?:\s+")
_LAST_PAREN = re.compile(r"\s*\(([^()]{2,90})\)\s*\.?\s*$")
_LAST_DASH = re.compile(r"(?<=[.!?…»”\"])\s*[–—-]\s*([^–—.]{2,60})\.?\s*$")
_CUT_ONLY = re.compile(r"[\s.…–-]*")


class Form(StrEnum):
    """How a quotation is set."""

    MARKED = "marked"
    BLOCK = "block"
    COLON = "colon"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a manuscript that may be quoted.

    Attributes:
        paragraph: Its number in the manuscript's list.
        start, end: Half-open, in code points of that paragraph's text; marks left out.
        loose_start, loose_end: Whether it is uncertain that it begins, or ends, there.
        is_sure: Whether it is a quotation even if it is not found.
    """

    paragraph: int
    start: int
    end: int
    form: Form
    around: Surroundings = NOWHERE
    loose_start: bool = False
    loose_end: bool = False
    is_sure: bool = True


def find_quotations(manuscript: Manuscript) -> Iterator[Quotation]:
    """Every quotation of the manuscript, and every stretch that may be one, in order."""
    listed = manuscript.paragraphs
    for number, paragraph in enumerate(listed):
        if paragraph.place not in QUOTED_IN or paragraph.in_references:
            continue
        if paragraph.look.is_heading:
            continue
        found = sorted(_in_paragraph(listed, number), key=lambda q: (q.start, q.end))
        for place, quotation in enumerate(found):
            until = found[place + 1].start if place + 1 < len(found) else len(paragraph.text)
            since = found[place - 1].end if place else 0
            yield replace(quotation, around=_around(manuscript, quotation, since, until))


def _in_paragraph(listed: Sequence[Paragraph], number: int) -> Iterator[Quotation]:
    paragraph = listed[number]
    text = paragraph.text
    marked = [replace(q, paragraph=number) for q in _marked(text)]
    follows = _follows_colon(listed, number)
    if paragraph.look.is_block and not _covers(marked, text):
        yield _block(paragraph, number, is_led_in=follows)
        return
    yield from marked
    if follows and not marked and not paragraph.look.is_apart:
        yield Quotation(number, 0, len(text), Form.COLON, loose_end=True, is_sure=False)
        return
    for start, end in _free(text, marked):
        colon = _COLON.search(text, start, end)
        if colon:
            yield Quotation(number, colon.end(), end, Form.COLON, loose_end=True, is_sure=False)


def _follows_colon(listed: Sequence[Paragraph], number: int) -> bool:
    if not number or listed[number - 1].place is not listed[number].place:
        return False
    before = listed[number - 1]
    return before.text.rstrip().endswith(":") and not before.look.is_heading


def _covers(marked: Sequence[Quotation], text: str) -> bool:
    """Whether marks hold most of a block, so that they say where the quotation is."""
    return sum(q.end - q.start for q in marked) * 2 > len(text.strip())


def _block(paragraph: Paragraph, number: int, *, is_led_in: bool) -> Quotation:
    """A block as a whole, without the speaker's label and the attribution at its end."""
    text = paragraph.text
    label = _LABEL.match(text)
    start = label.end() if label and names_a_voice(label.group()) else 0
    end = len(text)
    tail = max(len(text) - ATTRIBUTION, 0)
    last = _LAST_PAREN.search(text, tail) or _LAST_DASH.search(text, tail)
    if last and not _CUT_ONLY.fullmatch(last.group(1)) and _is_attribution(last.group(1)):
        end = last.start()
    is_sure = paragraph.look.is_quote or is_led_in or names_a_voice(text[end:])
    return Quotation(number, start, end, Form.BLOCK, is_sure=is_sure)


def _is_attribution(text: str) -> bool:
    return names_a_voice(text) or any(sign.isdigit() or sign.isupper() for sign in text)


def _marked(text: str) -> Iterator[Quotation]:
    double = list(_double(text))
    yield from double
    for start, end in _free(text, double):
        for found in _SINGLE.finditer(text, start, end):
            is_sure = found.group()[0] in "‘‚"
            first, last = found.span("words")
            yield Quotation(0, first, last, Form.MARKED, is_sure=is_sure)
        unclosed = _UNCLOSED.search(text, start, end)
        if unclosed and not _SINGLE.search(text, start, end):
            yield Quotation(0, unclosed.end(), end, Form.MARKED, loose_end=True, is_sure=False)


def _free(text: str, taken: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    """The stretches of a text that no quotation takes."""
    at = 0
    for quotation in sorted(taken, key=lambda q: q.start):
        yield at, max(quotation.start - 1, at)
        at = max(at, quotation.end + 1)
    yield at, len(text)


def _double(text: str) -> Iterator[Quotation]:
    marks = [(at, sign) for at, sign in enumerate(text) if sign in DOUBLE]
    roles = _roles(text, marks)
    opened: int | None = None
    depth, done = 0, 0
    for place, (at, _sign) in enumerate(marks):
        if roles[place] == "open":
            if opened is None:
                opened = at
            elif roles[place + 1 : place + 3] == ["close", "close"]:
                depth += 1
            else:
                yield _half(text, opened + 1, at, loose_end=True)
                opened = at
        elif depth:
            depth -= 1
        elif opened is not None:
            yield Quotation(0, opened + 1, at, Form.MARKED)
            opened, done = None, at + 1
        else:
            start = _likely_start(text, done, at)
            is_led_in = start > done and text[at] in CLOSERS
            yield replace(_half(text, start, at, loose_start=True), is_sure=is_led_in)
            done = at + 1
    if opened is not None:
        yield _half(text, opened + 1, len(text), loose_end=True)


def _half(
    text: str, start: int, end: int, *, loose_start: bool = False, loose_end: bool = False
) -> Quotation:
    is_sure = loose_end and text[start - 1] in OPENERS
    return Quotation(
        0,
        start,
        end,
        Form.MARKED,
        loose_start=loose_start,
        loose_end=loose_end,
        is_sure=is_sure,
    )


def _likely_start(text: str, since: int, until: int) -> int:
    colons = [found.end() for found in _COLON.finditer(text, since, until)]
    return colons[-1] if colons else since


def _roles(text: str, marks: Sequence[tuple[int, str]]) -> list[str]:
    roles: list[str] = []
    is_open = False
    for at, sign in marks:
        role = _role_by_place(text, at) or _role_by_sign(sign, is_open=is_open)
        is_open = role == "open"
        roles.append(role)
    return roles


def _role_by_place(text: str, at: int) -> str:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if opens == closes:
        return ""
    return "open" if opens else "close"


def _role_by_sign(sign: str, *, is_open: bool) -> str:
    if sign in OPENERS:
        return "open"
    if sign in CLOSERS:
        return "close"
    return "close" if is_open else "open"


def _around(manuscript: Manuscript, quotation: Quotation, since: int, until: int) -> Surroundings:
    paragraph = manuscript.paragraphs[quotation.paragraph]
    before = paragraph.text[since : quotation.start]
    after = paragraph.text[quotation.end : until]
    if not before.strip(f" {DOUBLE}") and not since:
        before = _neighbour(manuscript, quotation.paragraph, -1)
    if not after.strip(f" {DOUBLE}.") and until == len(paragraph.text):
        after += _attribution_below(manuscript, quotation.paragraph)
    return Surroundings(
        lead_in(before), follow_up(after), _notes_at(manuscript, paragraph, quotation.end)
    )


def _neighbour(manuscript: Manuscript, number: int, step: int) -> str:
    listed = manuscript.paragraphs
    if not 0 <= number + step < len(listed):
        return ""
    other = listed[number + step]
    return other.text if other.place is listed[number].place else ""


def _attribution_below(manuscript: Manuscript, number: int) -> str:
    below = _neighbour(manuscript, number, 1).strip()
    is_short = len(below) <= 90 and below.startswith(("(", "–", "—", "-"))  # noqa: PLR2004 - a line
    return f" {below}" if is_short else ""


def _notes_at(manuscript: Manuscript, paragraph: Paragraph, end: int) -> tuple[str, ...]:
    """Texts of the notes that are marked within three signs after a quotation, or in its end."""
    found = []
    place = paragraph.text.count(NOTE_SIGN, 0, max(end - 1, 0))
    for key in paragraph.notes[place:]:
        at = _nth(paragraph.text, place)
        if at > end + 3:
            break
        found.append(manuscript.note_texts.get(key, ""))
        place += 1
    return tuple(found)


def _nth(text: str, place: int) -> int:
    at = -1
    for _ in range(place + 1):
        at = text.find(NOTE_SIGN, at + 1)
    return at
