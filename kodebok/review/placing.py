"""Saying by hand what an answer is about, when it could not be placed by itself."""

from __future__ import annotations

from dataclasses import dataclass

from kodebok.domain.coding import Coding
from kodebok.domain.review import ReviewAnswer, ReviewItem, ReviewTarget
from kodebok.domain.span import Span
from kodebok.review.settling import check_open
from kodebok.storage import reviews
from kodebok.storage.database import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is to stand.

    Attributes:
        span: Half-open offsets in code points of the source's text.
        coding_id: The coding that is meant, or None for the words alone.
    """

    source_id: str
    span: Span
    coding_id: str | None = None


def place_of_coding(coding: Coding) -> Place:
    """The place of a coded passage."""
    return Place(coding.source_id, coding.span, coding.id)


def place(store: Store, coder_id: str, answer: ReviewAnswer, wanted: Place) -> ReviewItem | None:
    """Move an answer, and the replies in its thread, to a passage, as one act.

    Returns:
        The thing of the package that the answer is about now; None when the passage was not in
        the package, and the answer stands on its words alone.

    Raises:
        WrongUseError: The answer is settled (K981).
    """
    check_open(answer)
    item = _item_at(reviews.load_items(store, answer.package_id), wanted)
    thread = [answer, *(one for one in reviews.load_answers(store) if one.thread == answer.id)]
    with store.act(reviews.PLACE_KIND, coder_id, answer.id) as act:
        for one in thread:
            reviews.change_answer(
                act,
                one.id,
                item_id=item.id if item else None,
                source_id=wanted.source_id,
                start=wanted.span.start,
                end=wanted.span.end,
            )
    return item


def _item_at(items: list[ReviewItem], wanted: Place) -> ReviewItem | None:
    """The coding itself, else what has the very words, else the whole source."""
    here = [item for item in items if item.source_id == wanted.source_id]
    if wanted.coding_id is not None:
        fits = [item for item in here if item.target_id == wanted.coding_id]
    else:
        fits = [item for item in here if item.span == wanted.span]
        fits = fits if len(fits) == 1 else []
    fits = fits or [item for item in here if item.target is ReviewTarget.SOURCE]
    return fits[0] if fits else None
