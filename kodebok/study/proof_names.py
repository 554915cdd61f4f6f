"""Names of the study that stand in a manuscript: in its text, its margins and its properties.

What is known here is what the study itself says: its participants and sites, what is known of
them, who took part in an interview and where; and the originals of its list of names, which the
key has when it is open.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kodebok.domain.case import CaseKind
from kodebok.domain.entity import Entity
from kodebok.domain.source import Role
from kodebok.domain.span import Span
from kodebok.export.model import StudyView
from kodebok.study.proof_findings import Finding, Kind
from kodebok.study.proof_manuscript import Manuscript, Paragraph, Place

SHORTEST_PART = 3  # letters of a word that can name someone alone
SHORTEST_ROLE = 6  # letters of a value that can point to someone alone
PHRASE_WORDS = 3  # words of a value that is looked for as it stands

# What names of files and sources consist of besides names.
_GENERIC = frozenset(
    "avdeling deltaker deltakar enhet fokusgruppe gruppe informant interview intervju intervjuer "
    "kommune leder lydfil lydopptak møte notat notater observasjon opptak participant respondent "
    "samtale tjeneste transkripsjon transkribert transcript".split()
)

_LABEL = re.compile(r".*(?:\d|\b\w)$", re.DOTALL)
_ROLE = re.compile(
    r"roll|still|yrke|tittel|profesj|funksjon|\brole|position|occupation|title|\bjob", re.IGNORECASE
)
_PART = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOWER = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_CITED = r"(?!(?:\s+(?:et al\.?|mfl\.?|(?:og|and|&)\s+\w+))?,?\s*\(?(?:1[89]|20)\d\d)"
_CITED_AFTER = re.compile(r"(?:\s+(?:et al\.?|mfl\.?|(?:og|and|&)\s+\w+))?,?\s*\(?(?:1[89]|20)\d\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]\s*|[«“”\"–—-]\s*)$")
_ENDINGS = r"(?:en|n|a|et|ene|er|ne|s|ens|ets)?"


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the study that should not stand in a manuscript.

    Attributes:
        is_word: Whether they are an ordinary word too, so that a capital at the beginning of a
            sentence says nothing.
        is_indirect: Whether they point to someone only together with other things.
    """

    text: str
    is_word: bool = False
    is_indirect: bool = False


def known_names(view: StudyView, ordinary: Iterable[str]) -> list[Known]:
    """The names and indirect identifiers that the study itself knows.

    Args:
        view: The study.
        ordinary: Words that stand in lower case in the manuscript.
    """
    words = {*ordinary, *_GENERIC}
    for text in view.texts.values():
        words.update(word for word in _LOWER.findall(text) if word.islower())
    printed = {view.printed_role(case_id).casefold() for case_id in view.cases}
    known = [
        *_of_cases(view, words, printed),
        *_of_sources(view, words),
        *_of_values(view, words, printed),
    ]
    return list({one.text.casefold(): one for one in reversed(known)}.values())


def _of_cases(view: StudyView, words: set[str], printed: set[str]) -> Iterator[Known]:
    for case in view.cases.values():
        name = case.name.strip()
        if _is_label(name) or name.casefold() in printed:
            continue
        parts = _PART.findall(name)
        if len(parts) == 1 and case.kind is CaseKind.PARTICIPANT:
            yield Known(name, is_word=name.lower() in words)
        else:
            yield from _names_in(name, words)


def _of_sources(view: StudyView, words: set[str]) -> Iterator[Known]:
    coders = {user.name.casefold() for user in view.users}
    for source in view.sources.values():
        stem = PurePath(source.file_name or "").stem
        people = [p for p in (source.interviewer, source.observer) if p]
        others = [p for p in people if p.casefold() not in coders]
        for text in (source.name, stem, source.place or "", *others):
            yield from _names_in(re.sub(r"[_\W]+", " ", text).strip(), words)
    for speaker in view.speakers.values():
        if speaker.role is not Role.INTERVIEWER and not _is_label(speaker.label):
            yield from _names_in(speaker.label, words)


def _of_values(view: StudyView, words: set[str], printed: set[str]) -> Iterator[Known]:
    holders: Counter[tuple[str, bool]] = Counter()
    for case in view.cases.values():
        for variable, value in case.values.items():
            if variable.casefold() != view.role_variable.casefold():
                holders[value.strip(), bool(_ROLE.search(variable))] += 1
    for (value, is_role), count in holders.items():
        yield from _names_in(value, words)
        is_phrase = len(_PART.findall(value)) >= PHRASE_WORDS
        is_telling = is_role and count == 1 and value.isalpha() and len(value) >= SHORTEST_ROLE
        if (is_phrase or is_telling) and value.casefold() not in printed:
            yield Known(value, is_indirect=True)


def _is_label(name: str) -> bool:
    """Whether it is a label such as "Informant 3", "Kommune A" or "R"."""
    return bool(_LABEL.fullmatch(name))


def _names_in(text: str, words: set[str]) -> Iterator[Known]:
    """The text when it is a name of several words, and each word in it that names alone."""
    parts = [
        part
        for part in _PART.findall(text)
        if part[0].isupper() and len(part) >= SHORTEST_PART and part.lower() not in words
    ]
    if parts and len(_PART.findall(text)) > 1:
        yield Known(text)
    for part in parts:
        if not part.isupper():
            yield Known(part)


def find_names(manuscript: Manuscript, known: Iterable[Known]) -> list[Finding]:
    """Where the known words stand; indirect ones once, with the number of places."""
    by_text = {one.text.casefold(): one for one in known}
    if not by_text:
        return []
    direct = _pattern((k.text for k in by_text.values() if not k.is_indirect), r"(?:['’]?s)?")
    indirect = _pattern(
        (k.text for k in by_text.values() if k.is_indirect), _ENDINGS, re.IGNORECASE
    )
    found: list[Finding] = []
    pointing: dict[str, Finding] = {}
    times: Counter[str] = Counter()
    for number, paragraph in enumerate(manuscript.paragraphs):
        found += _direct_hits(paragraph, number, direct, by_text)
        for hit in indirect.finditer(paragraph.text) if indirect else ():
            key = hit.group("known").casefold()
            times[key] += 1
            finding = Finding(Kind.INDIRECT, number, hit.start(), hit.end(), hit.group())
            pointing.setdefault(key, finding)
    return [*found, *(replace(f, times=times[key]) for key, f in pointing.items())]


def find_originals(
    manuscript: Manuscript, originals: Sequence[Entity], language: str, known: Iterable[Finding]
) -> list[Finding]:
    """Where originals that the key or the list of names knows stand, in whatever form.

    Args:
        manuscript: What is read.
        originals: Entities with their originals.
        language: Of the study.
        known: What was found already; the same words are not named twice.
    """
    if not originals:
        return []
    from kodebok.anonymise.mentions import MentionFinder

    finder = MentionFinder(originals, language)
    taken: dict[int | None, list[Span]] = defaultdict(list)
    for one in known:
        taken[one.paragraph].append(Span(one.first, one.last))
    found = []
    for number, paragraph in enumerate(manuscript.paragraphs):
        for hit in finder.find(paragraph.text):
            span = Span(hit.start, hit.end)
            is_cited = _CITED_AFTER.match(paragraph.text, hit.end) is not None
            if paragraph.in_references or is_cited or any(span.overlaps(s) for s in taken[number]):
                continue
            words = paragraph.text[hit.start : hit.end]
            found.append(Finding(Kind.NAME, number, hit.start, hit.end, words))
    return found


def _pattern(texts: Iterable[str], ending: str, flags: int = 0) -> re.Pattern[str] | None:
    listed = sorted(set(texts), key=lambda text: (-len(text), text))
    if not listed:
        return None
    either = "|".join(r"\s+".join(re.escape(word) for word in text.split()) for text in listed)
    return re.compile(rf"(?<![^\W_])(?P<known>{either}){ending}(?![^\W_]){_CITED}", flags)


def _direct_hits(
    paragraph: Paragraph,
    number: int,
    pattern: re.Pattern[str] | None,
    by_text: Mapping[str, Known],
) -> Iterator[Finding]:
    if pattern is None:
        return
    if paragraph.place in {Place.PROPERTIES, Place.LINK}:
        pattern = re.compile(pattern.pattern, re.IGNORECASE)
    for hit in pattern.finditer(paragraph.text):
        known = by_text[" ".join(hit.group("known").split()).casefold()]
        if known.is_word and _SENTENCE_START.search(paragraph.text[: hit.start()]):
            continue
        if paragraph.in_references and " " not in known.text:
            continue
        yield Finding(Kind.NAME, number, hit.start(), hit.end(), hit.group())
