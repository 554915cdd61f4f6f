"""Quotes for the thesis: choose, cut, insert, check against the source, see how they spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kodebok.coding.passages import trim_passage
from kodebok.domain.ids import new_id
from kodebok.domain.quote import Degree, Insertion, Quote, has_drifted
from kodebok.domain.span import Span
from kodebok.domain.text import find_folded
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import quotes
from kodebok.storage.database import Store
from kodebok.storage.sources import load_text

_ = translator("coding")

FEWEST_FOR_SPREAD = 4  # quotes below which no voice can be said to dominate


def choose_quote(
    store: Store, coder_id: str, source_id: str, span: Span, code_id: str | None = None
) -> Quote:
    """Choose a passage for the text; the same passage and code are chosen once.

    Raises:
        WrongUseError: The passage is empty, or not in the text.
    """
    text = load_text(store, source_id)
    trimmed = trim_passage(text, span)
    for quote in quotes.load_quotes(store, source_id):
        if quote.span == trimmed and quote.code_id == code_id:
            return quote
    quote = Quote(
        id=new_id(),
        source_id=source_id,
        start=trimmed.start,
        end=trimmed.end,
        text=text[trimmed.start : trimmed.end],
        code_id=code_id,
        coder_id=coder_id,
    )
    with store.act("quote.choose", coder_id, quote.id) as act:
        quotes.add_quote(act, quote)
    return next(q for q in quotes.load_quotes(store, source_id) if q.id == quote.id)


def find_quote(store: Store, typed: str) -> Quote:
    """The quote of that id, its first signs, or its number in the list (from 1).

    Raises:
        WrongUseError: There is none, or more than one.
    """
    listed = quotes.load_quotes(store)
    if typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= len(listed):  # noqa: PLR2004 - four signs name an id
        return listed[int(typed) - 1]
    found = [quote for quote in listed if len(typed) >= 4 and quote.id.startswith(typed)]  # noqa: PLR2004
    if len(found) != 1:
        raise WrongUseError(
            _("no chosen quote has that id or number"),
            _("see 'kodebok quotes --chosen' for what there is"),
            "K350",
        )
    return found[0]


def edit_quote(store: Store, coder_id: str, quote_id: str, **fields: Any) -> bool:
    """Change a quote's code, degree, cuts, insertions, wording, use, note or place.

    Raises:
        WrongUseError: A degree other than verbatim needs a wording, and verbatim has none.
    """
    quote = next(q for q in quotes.load_quotes(store) if q.id == quote_id)
    changed = replace(quote, **fields)
    if (changed.degree is Degree.VERBATIM) != (not changed.wording.strip()):
        raise WrongUseError(
            _("a verbatim quote has the source's words, any other degree has its own wording"),
            _("give both a degree and a wording, or neither"),
            "K351",
        )
    with store.act("quote.edit", coder_id, quote_id) as act:
        return quotes.change_quote(act, quote_id, **fields)


def release_quote(store: Store, coder_id: str, quote_id: str) -> None:
    """Let a quote go; the coding stays."""
    with store.act("quote.release", coder_id, quote_id) as act:
        quotes.remove_quote(act, quote_id)


def find_cuts(text: str, passages: Sequence[str]) -> tuple[Span, ...]:
    """Spans to cut, named by their words within the quote.

    Raises:
        WrongUseError: Words that are not in the quote, or are there more than once.
    """
    return tuple(_find_once(text, passage) for passage in passages)


def find_insertion(text: str, after: str, words: str) -> Insertion:
    """An insertion right after given words of the quote; at its beginning for none.

    Raises:
        WrongUseError: Words that are not in the quote, or are there more than once.
    """
    return Insertion(_find_once(text, after).end if after.strip() else 0, words)


def _find_once(text: str, passage: str) -> Span:
    places = find_folded(text, passage)
    if len(places) != 1:
        raise WrongUseError(
            _("the words to cut or to insert after stand {n} times in the quote", n=len(places)),
            _("give words that stand there once"),
            "K352",
        )
    return places[0]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """A quote against its source as it is now."""

    quote: Quote
    words_now: str
    drifted: bool


def check_quotes(store: Store) -> list[QuoteCheck]:
    """Every chosen quote with the source's words now, and whether they are other words."""
    texts: dict[str, str] = {}
    checks = []
    for quote in quotes.load_quotes(store):
        if quote.source_id not in texts:
            texts[quote.source_id] = load_text(store, quote.source_id)
        now = texts[quote.source_id][quote.start : quote.end]
        checks.append(QuoteCheck(quote, now, has_drifted(quote, now)))
    return checks


def settle_drift(store: Store, coder_id: str, quote_id: str) -> bool:
    """Take the source's words of now as those that were chosen; cuts that no longer fit go."""
    check = next(c for c in check_quotes(store) if c.quote.id == quote_id)
    if not check.words_now.strip():
        raise WrongUseError(
            _("nothing is left of the passage in the source"), _("release the quote"), "K353"
        )
    return edit_quote(store, coder_id, quote_id, text=check.words_now, cuts=(), insertions=())


@dataclass(frozen=True, slots=True)
class Spread:
    """How quotes are spread over voices.

    Attributes:
        counts: Quotes by voice, most first; voices without any are there with 0.
        dominant: The voice that has more than half of them, or twice its even share; or None.
    """

    counts: tuple[tuple[str, int], ...]
    dominant: str | None


def spread_of_voices(quoted: Iterable[str], voices: Iterable[str]) -> Spread:
    """Whether the quotes come from different voices.

    Args:
        quoted: The voice of each quote.
        voices: All voices of the study.
    """
    counts = Counter(dict.fromkeys(voices, 0))
    counts.update(quoted)
    ordered = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    total = sum(counts.values())
    if total < FEWEST_FOR_SPREAD or len(ordered) < 2:  # noqa: PLR2004 - one voice cannot dominate itself
        return Spread(ordered, None)
    name, most = ordered[0]
    even = total / len(ordered)
    return Spread(ordered, name if most > total / 2 or most > 2 * even else None)
