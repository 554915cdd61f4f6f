"""Words that the model was unsure of, by word type: seen together, settled once, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kodebok.domain.recording import WordTime
from kodebok.domain.span import Edit, Span
from kodebok.domain.text import canonicalise, fold_space, word_spans
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import sounding, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("coding")

UNSURE = 0.6  # a word heard with a lower probability is looked at
CONTEXT = 40  # characters on each side


@dataclass(frozen=True, slots=True)
class UncertainPlace:
    """One place of a word type.

    Attributes:
        context: The words around it, white space folded.
    """

    source_id: str
    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float
    context: str


@dataclass(frozen=True, slots=True)
class UncertainWord:
    """A word type with all its places, also those that the model was sure of.

    Attributes:
        word: As it is most often written, in lower case.
        mean: Mean probability over all places.
        places: The least sure first.
    """

    word: str
    mean: float
    places: tuple[UncertainPlace, ...]


def uncertain_words(
    store: Store, source_ids: Iterable[str], below: float = UNSURE
) -> list[UncertainWord]:
    """Word types with at least one place that the model was unsure of.

    Those come first that have most unsure places, then those of the lowest mean.
    """
    places: dict[str, list[UncertainPlace]] = {}
    for source_id in source_ids:
        text = sources.load_text(store, source_id)
        for timed, span in _timed_words(text, sounding.load_word_times(store, source_id)):
            places.setdefault(text[span.start : span.end].casefold(), []).append(
                UncertainPlace(
                    source_id,
                    span.start,
                    span.end,
                    timed.start_ms,
                    timed.end_ms,
                    timed.probability,
                    _context(text, span),
                )
            )
    unsure = [
        UncertainWord(
            word,
            sum(place.probability for place in listed) / len(listed),
            tuple(sorted(listed, key=lambda place: place.probability)),
        )
        for word, listed in places.items()
        if any(place.probability < below for place in listed)
    ]
    return sorted(
        unsure,
        key=lambda w: (-sum(p.probability < below for p in w.places), w.mean, w.word),
    )


def _timed_words(text: str, times: Sequence[WordTime]) -> Iterable[tuple[WordTime, Span]]:
    """Each time with the word it stands on, without the signs around it; marks are no words."""
    for timed in times:
        if text[timed.start : timed.end].startswith("["):
            continue
        for span in word_spans(text, timed.start, timed.end):
            yield timed, span


def _context(text: str, span: Span) -> str:
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    first = max(begin, span.start - CONTEXT)
    last = min(end if end >= 0 else len(text), span.end + CONTEXT)
    head = "…" if first > begin else ""
    return f"{head}{fold_space(text[first:last])}"


def settle_word(
    store: Store, coder_id: str, source_ids: Iterable[str], word: str, right: str | None = None
) -> int:
    """Settle a word type in all its places, as one act.

    Args:
        store: The project.
        coder_id: Who does it.
        source_ids: Where.
        word: The word type, in any case.
        right: What is to stand in every place, with the capital of the place; None leaves the
            words as they are.

    Returns:
        How many places were settled.

    Raises:
        WrongUseError: The word stands nowhere, or nothing is to stand in its place.
    """
    wanted = None if right is None else fold_space(canonicalise(right))
    if wanted == "":
        raise WrongUseError(
            _("a word cannot be settled as nothing"),
            _("take the words out one by one, as you hear them"),
            "K325",
        )
    folded = fold_space(canonicalise(word)).casefold()
    with store.act("word.settle", coder_id) as act:
        settled = sum(_settle_in(act, source_id, folded, wanted) for source_id in source_ids)
    if not settled:
        raise WrongUseError(
            _("that word stands nowhere among the recognised words"),
            _("see 'kodebok correct SOURCE --uncertain' for those that do"),
            "K326",
        )
    return settled


def _settle_in(act: Act, source_id: str, folded: str, wanted: str | None) -> int:
    text = sources.load_text(act.store, source_id)
    found = [
        (timed, span)
        for timed, span in _timed_words(text, sounding.load_word_times(act.store, source_id))
        if text[span.start : span.end].casefold() == folded
    ]
    for timed, span in reversed(found):
        old = text[span.start : span.end]
        if wanted is not None:
            act.edit_text(source_id, Edit(span.start, old, _cased(wanted, old)))
        sounding.settle_word_time(act, timed.id)
    return len(found)


def _cased(wanted: str, old: str) -> str:
    """With a capital where the old word had one; a capital of its own stays."""
    return wanted[:1].upper() + wanted[1:] if old[:1].isupper() else wanted
