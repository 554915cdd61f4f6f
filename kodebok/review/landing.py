"""Placing answers in the study: by the printed id, else by the words they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kodebok.domain.review import ReviewItem, ReviewTarget
from kodebok.domain.span import Span
from kodebok.domain.text import find_folded, fold_space
from kodebok.review.answers import Found

_LEAST_WORDS = 3  # that a run must have to place an answer when its other words are gone
_MOST_WORDS = 60  # of an answer's words that are looked for in runs


@dataclass(frozen=True, slots=True)
class Landed:
    """An answer and what it is about.

    Attributes:
        item: None when it could not be placed.
        source_id, span: The words it stands on now, where it stands on words.
    """

    found: Found
    item: ReviewItem | None = None
    source_id: str | None = None
    span: Span | None = None


def land(
    listed: Sequence[Found], items: Sequence[ReviewItem], texts: Mapping[str, str]
) -> list[Landed]:
    """Place answers; a reply goes where the answer that it replies to went.

    Args:
        listed: Answers of one file.
        items: The items of the package that came back.
        texts: Canonical texts by source id, as they are now.
    """
    landing = _Landing(items, texts)
    placed: dict[str, Landed] = {}
    for found in sorted(listed, key=lambda one: bool(one.parent)):
        above = placed.get(found.parent)
        if above is not None and above.item is not None:
            placed[found.key] = Landed(found, above.item, above.source_id, above.span)
        else:
            placed[found.key] = landing.place(found)
    return list(placed.values())


class _Landing:
    def __init__(self, items: Sequence[ReviewItem], texts: Mapping[str, str]) -> None:
        self._items, self._texts = items, texts
        self._by_mark = {item.mark: item for item in items}

    def place(self, found: Found) -> Landed:
        """Where one answer belongs."""
        item = self._by_mark.get(found.mark)
        if item is None and not found.mark:
            item = self._by_words(found) or self._by_mark.get(found.near)
        if item is None:
            return Landed(found)
        if item.target is ReviewTarget.SOURCE and found.quoted and item.source_id:
            text = self._texts.get(item.source_id, "")
            return Landed(found, item, item.source_id, locate(text, found.quoted, found.around))
        return Landed(found, item, item.source_id, item.span or None)

    def _by_words(self, found: Found) -> ReviewItem | None:
        """The one passage that has the words, or that they stand in."""
        wanted = fold_space(found.quoted)
        if not wanted:
            return None
        known = [(fold_space(item.text), item) for item in self._items if item.text.strip()]
        fits = [item for words, item in known if wanted == words]
        fits = fits or [item for words, item in known if wanted in words or words in wanted]
        return fits[0] if len(fits) == 1 else None


def locate(text: str, quoted: str, around: str = "") -> Span | None:
    """Where words stand in a text, or the longest run of them that stands there once.

    Args:
        text: Canonical text, perhaps corrected since.
        quoted: The words, as they stood in the file.
        around: The paragraph that they stood in, to tell several places apart.
    """
    places = find_folded(text, quoted) if quoted.strip() else []
    if len(places) > 1:
        spoken = around.partition(": ")[2] or around
        turns = find_folded(text, spoken) if spoken.strip() else []
        near = [place for place in places if any(turn.contains(place) for turn in turns)]
        return (near or places)[0]
    if places:
        return places[0]
    return _longest_run(text, quoted.split()[:_MOST_WORDS])


def _longest_run(text: str, words: Sequence[str]) -> Span | None:
    least = max(_LEAST_WORDS, len(words) // 2)
    for length in range(len(words) - 1, least - 1, -1):
        for first in range(len(words) - length + 1):
            places = find_folded(text, " ".join(words[first : first + length]))
            if len(places) == 1:
                return places[0]
    return None
