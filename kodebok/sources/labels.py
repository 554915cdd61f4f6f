"""Speaker labels: what can be one, which are known by their form, and which a text really uses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

MAX_LABEL_CHARACTERS = 30
MAX_LABEL_WORDS = 4
_SHORTEST_ROLE = 4
_COLON_WINDOW = MAX_LABEL_CHARACTERS + 16
_SHAPE = re.compile(r"[^\W_][\w.'’/&() -]*\Z")
_ROLES = (
    r"intervjuar(?:en)?|intervjuer(?:en)?|interviewer|intervjuobjekt(?:et)?|informant(?:en)?"
    r"|respondent(?:en)?|moderator(?:en)?|ordstyrer(?:en)?|ordstyrar(?:en)?|deltaker(?:en)?"
    r"|deltakar(?:en)?|participant|taler|talar|speaker|person|stemme|røyst|voice|observatør"
    r"|intervjuperson(?:en)?|forsker(?:en)?|forskar(?:en)?|researcher|fasilitator|facilitator"
    r"|ukjent(?: taler)?|unknown(?: speaker)?|int|inf|resp|mod|delt"
)
_ROLE = re.compile(rf"(?:{_ROLES})\.?(?:[ _#-]?(?:\d{{1,3}}|[a-zæøå]))?\Z", re.IGNORECASE)
_SHORT = re.compile(r"(?:[A-ZÆØÅ]|[A-ZÆØÅ]{1,3}[ -]?\d{1,3}|[ir]\d{0,2}|IP|IV|FG|IO)\.?\Z")
_PROSE_WORDS = frozenset(
    """
    jeg eg æ ej han hun ho hen det den de dei dem vi me du dere dykk dokker seg meg oss
    at som så når hvis dersom viss fordi men tenkte sa sier seier spør spurte svarte svarer er var
    blir ble vart har hadde hva hvor hvem hvordan hvorfor hvilke kva kor kven korleis kvifor
    klokka klokken kl i på til fra for med om og eller denne dette disse slik sånn altså
    merk nb obs eksempel dato sted stad tid tema kilde kjelde figur tabell lengde varighet
    the and that this is was i he she they we it
    """.split()
)
_BRACKETS = frozenset("[<{(")
_LINKING = frozenset("og av de von van der du la le et en & /".split())
_SURELY_LAID_OUT = 3
_NAME_COVERAGE = 0.05
_FIRST_TIME_COVERAGE = 0.6
_FEWEST_PLACES = 3
_BRACKETED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words at the start of a line that may name who speaks.

    Attributes:
        label: As written, without colon, bold signs and outer spaces.
        rest: The line after it.
        marked: Bold, in brackets or beside a time, so that it is hardly prose.
        clock: A time that stands between the label and the colon, as written.
        end_clock: Where that time is a range, its end.
        bracketed: In brackets, and known neither by its form nor by a time before it.
    """

    label: str
    rest: str
    marked: bool = False
    clock: str = ""
    end_clock: str = ""
    bracketed: bool = False


_TIME = r"(\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?)"
_TIMES = rf"{_TIME}(?:\s*(?:-->|–|-)\s*{_TIME})?"
_CLOCK_IN_HEAD = re.compile(rf"\s*[\[(#]?{_TIMES}[\])#]?\s*\Z")
_HEAD_WITH_CLOCK = re.compile(rf"([^\W\d_][^:\n]{{0,30}}?)\s*[\[(#]{_TIMES}[\])#]:(?:\s|\Z)")
_BRACKETED = re.compile(r"[\[<{(]([^\W\d_][^\]>:)}\n]{0,29})[\]>})]:?(?:\s|\Z)")
# What transcribers write in brackets of what is no person.
_ASIDE = re.compile(
    r"(?:ler|latter|pause|uklart|uklårt|utydelig|utydeleg|hoster|stille|stillhet|sukk|sukker|gråter"
    r"|musikk|bakgrunn\w*|telefon\w*|avbrudd|avbrot|overlapp\w*|laugh\w*|inaudible|silence|crosstalk"
    r"|applause|music|noise|unclear|utelatt|sensurert|anonymisert)\b",
    re.IGNORECASE,
)


def candidate(line: str) -> Candidate | None:
    """What a line begins with, if it may be a speaker's label followed by a colon or a tab."""
    colon = line.find(":", 1, _COLON_WINDOW)
    if colon < 0:
        return _tabbed(line)
    head = line[:colon]
    after = line[colon + 1 : colon + 2]
    if after and after not in " \t*_\u00a0" and not is_known(head.strip("*_ ")):
        return _with_clock(line)
    label = _label_of(head)
    if label is None:
        return _with_clock(line)
    rest = line[colon + 1 :].lstrip()
    if head[0] not in "*_":
        return Candidate(label, rest)
    rest = rest.removeprefix("**").removeprefix("__").lstrip()
    return Candidate(label, rest, marked=True)


@lru_cache(maxsize=4096)
def _label_of(head: str) -> str | None:
    label = head.strip("*_ \t\u00a0")
    return " ".join(label.split()) if _has_label_shape(label) else None


def _with_clock(line: str) -> Candidate | None:
    match = _HEAD_WITH_CLOCK.match(line.lstrip("*_ "))
    if match is None or not _has_label_shape(match.group(1)):
        return None
    rest = line.lstrip("*_ ")[match.end() :].lstrip("*_ ")
    label = " ".join(match.group(1).split())
    return Candidate(label, rest, True, match.group(2), match.group(3) or "")


def _tabbed(line: str) -> Candidate | None:
    tab = line.find("\t", 1, MAX_LABEL_CHARACTERS)
    if tab < 0:
        return None
    label = line[:tab].strip("*_ ")
    return Candidate(label, line[tab + 1 :].lstrip()) if is_known(label) else None


def header(line: str) -> Candidate | None:
    """A line that is nothing but a name and a time: `Kari Nordmann   0:03`, `[Kari] 00:00:12`."""
    if len(line) > MAX_LABEL_CHARACTERS + 40 or not line[-1:] or line[-1] not in "0123456789])#":
        return None
    match = _CLOCK_IN_HEAD.search(line)
    if match is None or match.start() == 0:
        return None
    label = line[: match.start()].strip("*_[]<> \t\u00a0:,-–|")
    if not _has_label_shape(label, characters=50) or line[match.start()] not in " \t\u00a0":
        return None
    return Candidate(" ".join(label.split()), "", True, match.group(1), match.group(2) or "")


def alone(line: str) -> Candidate | None:
    """A label that has the whole line to itself, without colon or time."""
    label = line.strip("*_[]<> \t")
    if len(label) > MAX_LABEL_CHARACTERS or not _has_label_shape(label):
        return None
    return Candidate(" ".join(label.split()), "")


def dressed(line: str, *, after_time: bool = False) -> Candidate | None:
    """`[Intervjuer] Hva …`, `- I: Hva …` or noScribe's `//S01: Ja.//`.

    A label in brackets that is not known by its form may be one all the same, if there are many.
    """
    if line[:2] in {"- ", "– ", "• ", "//"}:
        found = candidate(line[2:].lstrip())
        if found is not None and line[:2] == "//":
            found = replace(found, rest=f"//{found.rest}")
        return found if found is not None and is_known(found.label) else None
    match = _BRACKETED.match(line) if line[:1] in _BRACKETS else None
    if match is None or (line[0] == "(" and not is_role(match.group(1))):
        return None
    label, rest = match.group(1), line[match.end() :].lstrip()
    if is_known(label):
        return Candidate(label, rest, marked=True)
    if _ASIDE.match(label) or not is_name(label) or not _has_label_shape(label):
        return None
    return Candidate(label, rest, marked=after_time, bracketed=not after_time)


def _has_label_shape(label: str, characters: int = MAX_LABEL_CHARACTERS) -> bool:
    return (
        0 < len(label) <= characters
        and label.count(" ") < MAX_LABEL_WORDS
        and _SHAPE.match(label) is not None
        and not label.isdigit()
    )


def is_known(label: str) -> bool:
    """Whether the form alone says that it is a speaker: `Intervjuer`, `I`, `R2`, `Taler 1`."""
    return _ROLE.match(label) is not None or _SHORT.match(label) is not None


def is_role(label: str) -> bool:
    """Whether it is a whole word for a role, such as `Informant 3`; initials are not."""
    return len(label) >= _SHORTEST_ROLE and _ROLE.match(label) is not None


def is_name(label: str) -> bool:
    """Whether it looks like a name or title: each word begins with a capital or a digit."""
    words = label.split()
    return bool(words) and all(
        word in _LINKING or word[0].isupper() or word[0].isdigit() or word[0] == "("
        for word in words
    )


def is_prose(label: str) -> bool:
    """Whether a word gives away that it begins a sentence rather than names a speaker."""
    words = [word.strip(".()'’").casefold() for word in label.split()]
    if len(words) == 1 and len(words[0]) == 1:
        return False
    return any(word in _PROSE_WORDS for word in words if word not in _LINKING)


@dataclass(slots=True)
class Tally:
    """How often each candidate stood at the start of a line, and how many lines there were."""

    lines: int = 0
    plain: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    bracketed: Counter[str] = field(default_factory=Counter)
    headers: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)


def accepted_labels(tally: Tally, legend: dict[str, str]) -> frozenset[str]:
    """The candidates before a colon that are speakers; see `is_known` and `is_name`."""
    counts = tally.plain + tally.marked
    sure = _accepted_in_brackets(tally) | {
        label for label in counts if label in legend or (is_role(label) and not is_prose(label))
    }
    short = {label for label in counts if is_known(label) and label not in sure}
    if sure or sum(counts[label] for label in short) > 1:
        sure |= short
    named = [label for label in counts if label not in sure and not is_prose(label)]
    taken = sum(counts[label] for label in sure)
    marked = {label for label in named if tally.marked[label] and is_name(label)}
    if len(marked) > 1 or sure or any(tally.marked[label] > 1 for label in marked):
        sure |= marked
    recurring = {label for label in named if counts[label] >= (2 if is_name(label) else 3)}
    fewest = max(min(_FEWEST_PLACES, tally.lines / 2), _NAME_COVERAGE * tally.lines)
    if taken + sum(counts[label] for label in recurring) >= fewest:
        sure |= recurring
    firsts = {label for label in named if is_name(label)}
    total = taken + sum(counts[label] for label in firsts)
    if total > 1 and total >= _FIRST_TIME_COVERAGE * tally.lines:
        sure |= firsts
    return frozenset(sure)


def _accepted_in_brackets(tally: Tally) -> set[str]:
    """Names in brackets, when they begin so many lines that it is the text's way of naming."""
    places = tally.bracketed.total()
    if places < max(_FEWEST_PLACES, _BRACKETED_SHARE * tally.lines):
        return set()
    return set(tally.bracketed)


def accepted_headers(tally: Tally) -> frozenset[str]:
    """The names that stand on a line with a time, when the text is laid out so."""
    named = {label for label in tally.headers if is_known(label) or is_name(label)}
    named = {label for label in named if is_known(label) or not is_prose(label)}
    places = sum(tally.headers[label] for label in named)
    if places >= _SURELY_LAID_OUT or places * 3 >= max(tally.lines, 1):
        return frozenset(named)
    return frozenset(label for label in named if is_role(label))


def accepted_alone(tally: Tally) -> frozenset[str]:
    """Roles that stand alone on their lines, when several lines are laid out so."""
    roles = {label for label in tally.alone if is_role(label)}
    places = sum(tally.alone[label] for label in roles)
    return frozenset(roles) if places > 1 else frozenset()
