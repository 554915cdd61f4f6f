"""What suggestions look at: the passages of the texts, and a coder's own codings as examples."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
from operator import attrgetter

from kodebok.domain.coding import Coding, CodingOrigin
from kodebok.domain.note import NoteKind, Target
from kodebok.domain.source import Role
from kodebok.domain.span import Span
from kodebok.domain.text import count_words, sentence_spans, word_spans
from kodebok.storage import codings, notes, sources, wonderings
from kodebok.storage.database import Store

LEAST_WORDS = 5  # "ja, det er det" says too little to be suggested anything about
LONGEST_PASSAGE = 1_500  # characters; a longer turn is cut between sentences
MOST_PASSAGES = 5_000  # of more than these a part is looked at, the same part every time
SHARED_FOR_SAME = 0.5  # of an example, for another code on the same words to be its code too

# What a coder decided about, one by one: not what came with a file, nor what was suggested.
OWN_ORIGINS = frozenset({CodingOrigin.HAND, CodingOrigin.IN_VIVO, CodingOrigin.SEARCH})


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A participant's turn or paragraph, or a piece of a long one.

    Attributes:
        text: Its words; first, since passages are ordered by them.
        informant: Id of the participant, else of the source.
        is_read: Whether the coder has read its source through.
        is_coded: Whether a coding of the coder's touches it.
        is_flagged: Whether a wondering of the coder's touches it.
    """

    text: str
    source_id: str
    start: int
    end: int
    informant: str
    is_read: bool = False
    is_coded: bool = False
    is_flagged: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


# The order of passages, as their comparing has it, but quick for a hundred thousand.
in_order = attrgetter(*(field.name for field in fields(Passage)))


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A passage that the coder coded, with all codes that the coder put on these words.

    Attributes:
        coding_id: One of the codings it stands for.
    """

    text: str
    source_id: str
    start: int
    end: int
    code_ids: frozenset[str]
    coding_id: str


@dataclass(frozen=True, slots=True)
class Material:
    """All that a run may look at, in an order that depends on the words alone.

    Attributes:
        background: Words of further passages, of sources that the coder has coded in and not
            read through; they tell how common words are, and nothing is suggested for them.
    """

    passages: tuple[Passage, ...]
    examples: tuple[Example, ...]
    background: tuple[str, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The words of every passage, those of the background last."""
        return [*(passage.text for passage in self.passages), *self.background]

    def fingerprint(self) -> str:
        """SHA-256 of every passage and example."""
        digest = hashlib.sha256()
        for passage in self.passages:
            digest.update(repr(astuple(passage)).encode())
        for example in self.examples:
            told = (*astuple(example)[:4], sorted(example.code_ids), example.coding_id)
            digest.update(repr(told).encode())
        for text in self.background:
            digest.update(repr(text).encode())
        return digest.hexdigest()


def load_material(store: Store, coder_id: str, *, unread: bool = False) -> Material:
    """The passages of participants, and the coder's own codings.

    A source that the coder has not read through is left out, unless `unread`; even then one that
    another coder has coded stays hidden until it is read, so that two codings stay independent.
    """
    own, coded_by_others = _own_codings(store, coder_id)
    reads = sources.load_reads(store)
    flagged = _flagged_spans(store, coder_id, own)
    by_source: dict[str, list[Coding]] = {}
    for coding in own:
        by_source.setdefault(coding.source_id, []).append(coding)
    passages: list[Passage] = []
    background: list[str] = []
    for source in sources.load_sources(store):
        is_read = coder_id in reads.get(source.id, ())
        if not is_read and (not unread or source.id in coded_by_others):
            if source.id in by_source:
                found = _passages_of(store, source.id, source.case_id)
                background += [text for _, text, _ in found]
            continue
        coded = _Touched(coding.span for coding in by_source.get(source.id, ()))
        wondered = _Touched(flagged.get(source.id, ()))
        for span, text, informant in _passages_of(store, source.id, source.case_id):
            passages.append(
                Passage(
                    text=text,
                    source_id=source.id,
                    start=span.start,
                    end=span.end,
                    informant=informant,
                    is_read=is_read,
                    is_coded=span in coded,
                    is_flagged=span in wondered,
                )
            )
    examples = tuple(sorted(_examples(by_source), key=_by_words))
    return Material(tuple(sorted(passages, key=in_order)), examples, tuple(sorted(background)))


class _Touched:
    """Stretches of a text; a span is `in` it when it shares a character with one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans if span.start < span.end)
        self._starts = [start for start, _end in ordered]
        self._reach = list(accumulate((end for _start, end in ordered), max))

    def __contains__(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start


def _by_words(example: Example) -> tuple[str, str, int, int, str]:
    return (example.text, example.source_id, example.start, example.end, example.coding_id)


def _own_codings(store: Store, coder_id: str) -> tuple[list[Coding], set[str]]:
    everything = codings.load_codings(store)
    own = [coding for coding in everything if coding.coder_id == coder_id]
    return own, {coding.source_id for coding in everything if coding.coder_id != coder_id}


def _flagged_spans(store: Store, coder_id: str, own: Iterable[Coding]) -> dict[str, list[Span]]:
    places = {coding.id: coding for coding in own}
    flagged: dict[str, list[Span]] = {}
    for note in notes.load_notes(store):
        if note.kind is not NoteKind.WONDERING or note.coder_id != coder_id:
            continue
        coding = places.get(note.target_id or "")
        if note.target is Target.PASSAGE and note.target_id and note.start != note.end:
            span = Span(note.start or 0, note.end or 0)
            flagged.setdefault(note.target_id, []).append(span)
        elif note.target is Target.CODING and coding:
            flagged.setdefault(coding.source_id, []).append(coding.span)
    for wondering in wonderings.load_wonderings(store):
        if wondering.coder_id == coder_id and wondering.span:
            flagged.setdefault(wondering.source_id, []).append(wondering.span)
    return flagged


def _passages_of(
    store: Store, source_id: str, case_id: str | None
) -> Iterator[tuple[Span, str, str]]:
    """Span, words and informant of each passage that is not the interviewer's."""
    text = sources.load_text(store, source_id)
    voices = {voice.id: voice for voice in sources.load_speakers(store, source_id)}
    for turn in sources.load_turns(store, source_id):
        voice = voices.get(turn.speaker_id or "")
        if voice and voice.role is Role.INTERVIEWER:
            continue
        informant = (voice.case_id if voice else None) or case_id or source_id
        for start, end in _telling_pieces(text[turn.start : turn.end]):
            span = Span(turn.start + start, turn.start + end)
            yield span, text[span.start : span.end], informant


@lru_cache(maxsize=20_000)
def _telling_pieces(words: str) -> tuple[tuple[int, int], ...]:
    """Where a turn's passages stand in it; remembered, since few turns change between requests."""
    pieces = divide(words, Span(0, len(words)))
    told = (piece for piece in pieces if has_enough_words(words[piece.start : piece.end]))
    return tuple((piece.start, piece.end) for piece in told)


def has_enough_words(text: str) -> bool:
    """Whether a passage says enough for anything to be suggested about it."""
    return count_words(text) >= LEAST_WORDS


def divide(text: str, turn: Span) -> list[Span]:
    """A turn as passages: each paragraph, a long one in pieces of whole sentences."""
    pieces: list[Span] = []
    paragraphs = text[turn.start : turn.end].split("\n")
    starts = accumulate((len(words) + 1 for words in paragraphs), initial=turn.start)
    for start, words in zip(starts, paragraphs, strict=False):
        pieces += _pieces(text, Span(start, start + len(words)))
    return pieces


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    begin = end = paragraph.start
    for sentence in sentence_spans(text, paragraph.start, paragraph.end):
        if begin < end and sentence.end - begin > LONGEST_PASSAGE:
            yield Span(begin, end)
            begin = sentence.start
        elif begin == end:
            begin = sentence.start
        end = sentence.end
    if begin < end:
        yield Span(begin, end)


def _examples(by_source: dict[str, list[Coding]]) -> Iterator[Example]:
    for source_id, listed in by_source.items():
        own = sorted((c for c in listed if c.origin in OWN_ORIGINS), key=lambda c: (c.start, c.end))
        starts = [coding.start for coding in own]
        longest = max((coding.end - coding.start for coding in own), default=0)
        for place in dict.fromkeys(coding.span for coding in own):
            first = bisect_left(starts, place.start - longest)
            last = bisect_left(starts, place.end)
            around = own[first:last]
            same = min((c for c in around if c.span == place), key=lambda c: c.id)
            if any(word_spans(same.text)):
                codes = frozenset(c.code_id for c in around if _shares_enough(place, c.span))
                yield Example(same.text, source_id, place.start, place.end, codes, same.id)


def _shares_enough(place: Span, other: Span) -> bool:
    shared = min(place.end, other.end) - max(place.start, other.start)
    return shared >= SHARED_FOR_SAME * len(place)


def fold_number(key: str, seed: int, folds: int) -> int:
    """Which of some folds a passage falls in: by its key alone, whatever else is there."""
    digest = hashlib.sha256(f"{seed}\0{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % folds


def limit_passages(passages: Collection[Passage], most: int = MOST_PASSAGES) -> list[Passage]:
    """All of them, or of very many a part that depends on their words alone; in order."""
    if len(passages) > most:
        passages = nsmallest(
            most, passages, key=lambda p: (fold_number(p.text, 0, 1 << 62), in_order(p))
        )
    return sorted(passages, key=in_order)


def uncoded(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that no coding of the coder's touches."""
    return [passage for passage in passages if not passage.is_coded]
