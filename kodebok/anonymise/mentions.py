"""Finding every mention of an entity in a text, in whatever form it stands.

A name is found in its genitive, in lower case, in plain letters, turned (`Nordmann, Kari`), by its
first or last word, by initials, in compounds, as the people of a place, in dialect forms and one
letter off. The longest reading of a stretch wins, and mentions never overlap.

Where one word names several entities, as the first name of two persons does, an original that is
just this word goes first, then the one of them that the text mentioned last.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kodebok.anonymise.name_parts import Part, Phrase, are_no_initials, atoms, take_apart
from kodebok.anonymise.ordinary import ordinary_words
from kodebok.anonymise.spellings import fold
from kodebok.anonymise.word_reading import Hit, WordReader
from kodebok.domain.entity import Entity, Mention
from kodebok.domain.identifier import IdentifierType

_BETWEEN = re.compile(r"[ \t\u00a0\-_.'’]{0,2}")
_TURNED = re.compile(r",[ \u00a0]?")
_MIDDLE = re.compile(r" (?!\d)(?:[^\W\d_a-zæøå]\w*\.?|[^\W\d_]\.) ")
_NUMBER = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ \u00a0.\-/]?\d){4,}(?!\d)")
_INITIALS = re.compile(r"(?<!\w)(?=((?:[^\W\d_]\.[ \u00a0]?){1,3}[^\W\d_](?:\.|(?!\w))))")
_INITIAL_BEFORE = re.compile(r"(?<!\w)([^\W\d_])\.?[ \u00a0]$")
_INITIAL_AFTER = re.compile(r"[ \u00a0]([^\W\d_])(?:\.|(?!\w))")
_GENITIVE = re.compile(r"['’]s(?!\w)|(?<=[A-ZÆØÅ])-s(?!\w)")
_APOSTROPHE = re.compile(r"(?<=[sxzSXZ])['’](?!\w)")
_TAIL = re.compile(r"-([^\W\d_]{3,})(?!\w)")
_LAST_WORD_ENDINGS = ("", "s", "et", "en", "a", "ets", "ens", "as", "ene", "enes", "n", "ns")
_COUNTRY_CODES = ("0047", "47")
_LONGEST_COUNTRY_CODE = 4


@dataclass(frozen=True, slots=True)
class _Reading:
    """A stretch that could be a mention; `is_whole` when it is all of the original."""

    start: int
    end: int
    entity: int
    original: str
    is_whole: bool


class MentionFinder:
    """Finds mentions in many texts; what is worked out for a word is kept.

    Args:
        entities: Whose originals are looked for, whatever is decided for them.
        language: Of the texts: `nb`, `nn` or `en`.
    """

    def __init__(self, entities: Sequence[Entity], language: str = "nb") -> None:
        self._entities = list(entities)
        self._known = take_apart(self._entities)
        self._reader = WordReader(self._known, language)

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, by place; offsets are half-open, in code points."""
        spans = atoms(text)
        readings = [
            *self._in_words(text, spans),
            *self._in_initials(text),
            *self._in_numbers(text),
            *self._in_signs(text),
        ]
        return self._without_overlap(readings)

    def _in_words(self, text: str, spans: list[tuple[int, int]]) -> Iterator[_Reading]:
        read, phrases, initials = self._reader.read, self._known.phrases, self._known.initials
        for place, (start, end) in enumerate(spans):
            word = text[start:end]
            hits = read(word)
            if hits:
                yield from self._from_hits(text, spans, place, hits)
            if phrases:
                for phrase in phrases.get(fold(word), ()):
                    yield from self._of_phrase(text, spans, place, phrase)
            if word[:2].isupper() and word.rstrip("s") in initials:
                yield from self._of_initials(start, end, word.rstrip("s"))

    def _from_hits(
        self, text: str, spans: list[tuple[int, int]], place: int, hits: tuple[Hit, ...]
    ) -> Iterator[_Reading]:
        for hit in hits:
            if hit.part.type is IdentifierType.PERSON and not hit.part.is_whole:
                run = self._run(text, spans, place, hit)
                if run is not None:
                    yield run
            elif hit.alone:
                start, end = spans[place]
                end = self._with_ending(text, end, start)
                yield _Reading(start, end, hit.part.entity, hit.part.original, is_whole=True)

    def _run(
        self, text: str, spans: list[tuple[int, int]], place: int, first: Hit
    ) -> _Reading | None:
        """The words of one person's full name that follow each other from here."""
        used, last = [first], place
        while True:
            following = self._next_of_name(text, spans, place, last, used)
            if following is None:
                break
            last, hit = following
            used.append(hit)
        start, end = spans[place][0], spans[last][1]
        is_whole = len(used) == first.part.of
        is_as_written = text[start:end] == first.part.original
        if not (
            any(hit.alone for hit in used)
            or (is_whole and (is_as_written or not all(map(_is_ordinary, used))))
        ):
            return None
        start, end = _with_initials(text, start, end, used, first.part.original)
        end = self._with_ending(text, end, start)
        return _Reading(start, end, first.part.entity, first.part.original, is_whole=is_whole)

    def _next_of_name(
        self, text: str, spans: list[tuple[int, int]], first: int, place: int, used: list[Hit]
    ) -> tuple[int, Hit] | None:
        """The next word of the name; an unknown middle name or its initial may stand between."""
        for ahead in (place + 1, place + 2):
            hit = self._other_part(text, spans, ahead, used)
            if hit is None:
                continue
            between = text[spans[place][1] : spans[ahead][0]]
            if hit.part.place < used[-1].part.place:
                begins = self._begins_name(text, spans, first, used)
                fits = ahead == place + 1 and begins and _turns(between, used[-1].part, hit.part)
            elif ahead == place + 1:
                fits = bool(_BETWEEN.fullmatch(between))
            else:
                is_unknown = not self._reader.read(text[slice(*spans[place + 1])])
                is_name = text[spans[ahead][0]].isupper() and bool(_MIDDLE.fullmatch(between))
                fits = is_unknown and is_name
            if fits:
                return ahead, hit
        return None

    def _begins_name(
        self, text: str, spans: list[tuple[int, int]], first: int, used: list[Hit]
    ) -> bool:
        """Whether no other part of the name, nor its initial, stands before the first word."""
        before = _INITIAL_BEFORE.search(text, max(0, spans[first][0] - 4), spans[first][0])
        if before and used[0].part.original.startswith(before.group(1)):
            return False
        return self._other_part(text, spans, first - 1, used) is None

    def _other_part(
        self, text: str, spans: list[tuple[int, int]], place: int, used: list[Hit]
    ) -> Hit | None:
        """The reading of a word as a part of the same original that was not used yet."""
        if not 0 <= place < len(spans):
            return None
        first = used[0].part
        taken = {hit.part.place for hit in used}
        for hit in self._reader.read(text[slice(*spans[place])]):
            part = hit.part
            same = part.entity == first.entity and part.original == first.original
            if same and not part.is_whole and part.place not in taken:
                return hit
        return None

    def _with_ending(self, text: str, end: int, start: int) -> int:
        """The end with an apostrophe or `'s`, or the rest of a compound after a hyphen."""
        sign = _GENITIVE.match(text, end) or _APOSTROPHE.match(text, end)
        if sign and text[start - 1 : start] not in {"'", "’", "‘"}:
            return sign.end()
        tail = _TAIL.match(text, end)
        if tail:
            word = tail.group(1)
            is_written_alike = word.islower() or text[end - 1].isupper()
            if is_written_alike and fold(word) in ordinary_words() and not self._reader.read(word):
                return tail.end()
        return end

    def _of_phrase(
        self, text: str, spans: list[tuple[int, int]], place: int, phrase: Phrase
    ) -> Iterator[_Reading]:
        last = place + len(phrase.words) - 1
        if last >= len(spans):
            return
        for number in range(1, len(phrase.words)):
            at = place + number
            if "\n" in text[spans[at - 1][1] : spans[at][0]] or spans[at][0] - spans[at - 1][1] > 3:  # noqa: PLR2004 - a comma and two spaces at most
                return
            word = fold(text[slice(*spans[at])])
            forms = phrase.words[number]
            if word not in forms and not (at == last and _bends(word, forms)):
                return
        end = self._with_ending(text, spans[last][1], spans[place][0])
        yield _Reading(spans[place][0], end, phrase.entity, phrase.original, is_whole=True)

    def _of_initials(self, start: int, end: int, letters: str) -> Iterator[_Reading]:
        if not are_no_initials(letters):
            for entity, original in self._known.initials[letters]:
                yield _Reading(start, end, entity, original, is_whole=False)

    def _in_initials(self, text: str) -> Iterator[_Reading]:
        if not self._known.initials:
            return
        for match in _INITIALS.finditer(text):
            letters = "".join(sign for sign in match.group(1) if sign.isalpha())
            for entity, original in self._known.initials.get(letters, ()):
                yield _Reading(*match.span(1), entity, original, is_whole=False)

    def _in_numbers(self, text: str) -> Iterator[_Reading]:
        if not self._known.digits:
            return
        for match in _NUMBER.finditer(text):
            digits = "".join(sign for sign in match.group() if sign.isdigit())
            shorter = [digits.removeprefix(code) for code in _COUNTRY_CODES]
            for form in dict.fromkeys([digits, *shorter]):
                for entity, original in self._known.digits.get(form, ()):
                    yield _Reading(*match.span(), entity, original, is_whole=True)

    def _in_signs(self, text: str) -> Iterator[_Reading]:
        for entity, original in self._known.signs:
            start = text.find(original)
            while start >= 0:
                end = start + len(original)
                yield _Reading(start, end, entity, original, is_whole=True)
                start = text.find(original, end)

    def _without_overlap(self, readings: Iterable[_Reading]) -> list[Mention]:
        by_span: dict[tuple[int, int], list[_Reading]] = defaultdict(list)
        for one in readings:
            by_span[one.start, one.end].append(one)
        chosen: list[tuple[int, int]] = []
        for span in sorted(by_span, key=lambda s: (s[0] - s[1], s)):
            at = bisect_right(chosen, span)
            before_is_free = at == 0 or chosen[at - 1][1] <= span[0]
            after_is_free = at == len(chosen) or span[1] <= chosen[at][0]
            if before_is_free and after_is_free:
                insort(chosen, span)
        return list(self._settled(chosen, by_span))

    def _settled(
        self, chosen: list[tuple[int, int]], by_span: dict[tuple[int, int], list[_Reading]]
    ) -> Iterator[Mention]:
        """A mention for each stretch; `said` knows when each entity was mentioned last."""
        said: dict[int, int] = {}
        for span in chosen:
            best = max(
                by_span[span], key=lambda one: (one.is_whole, said.get(one.entity, -1), -one.entity)
            )
            said[best.entity] = span[0]
            yield Mention(*span, self._entities[best.entity].id, best.original)


def find_mentions(text: str, entities: Sequence[Entity], language: str = "nb") -> list[Mention]:
    """Every mention of the entities' originals in a text, by place, without overlap.

    For more than one text make a `MentionFinder` once.

    Args:
        text: Of a source; offsets count its code points.
        entities: Whatever is decided for them; those that are kept protect what is theirs.
        language: Of the text: `nb`, `nn` or `en`.
    """
    return MentionFinder(entities, language).find(text)


def _is_ordinary(hit: Hit) -> bool:
    return fold(hit.part.text) in ordinary_words()


def _turns(between: str, before: Part, after: Part) -> bool:
    """Whether a surname and a given name stand in this order, with or without a comma."""
    are_ends = after.place == 0 and before.place == before.of - 1
    return are_ends and bool(_TURNED.fullmatch(between) or _BETWEEN.fullmatch(between))


def _bends(word: str, forms: frozenset[str]) -> bool:
    return any(word.endswith(e) and word.removesuffix(e) in forms for e in _LAST_WORD_ENDINGS[1:])


def _with_initials(
    text: str, start: int, end: int, used: list[Hit], original: str
) -> tuple[int, int]:
    """The stretch with the initial of the name that is lacking: `K. Nordmann`, `Kari N.`."""
    words = [original[first:last] for first, last in atoms(original)]
    if len(used) != 1:
        return start, end
    here = used[0].part.place
    before = _INITIAL_BEFORE.search(text, max(0, start - 4), start)
    if here > 0 and before and before.group(1) == words[0][0]:
        return before.start(), end
    after = _INITIAL_AFTER.match(text, end)
    if here == 0 and after and after.group(1) == words[-1][0] and after.group(1).isupper():
        return start, after.end()
    return start, end
