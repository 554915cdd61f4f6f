"""A row in every table of the supervisor's loop, its words by table and column."""

from __future__ import annotations

from collections.abc import Callable

from kodebok.domain.ids import new_id
from kodebok.domain.review import (
    AnswerKind,
    ReviewAnswer,
    ReviewForm,
    ReviewItem,
    ReviewPackage,
    ReviewTarget,
)
from kodebok.storage import reviews
from kodebok.storage.history import Act


def write_reviews(act: Act, source_id: str, word: Callable[[str, str], str]) -> None:
    """Write a package that was sent, with an item and an answer."""
    names = ("recipient", "due", "questions", "chosen", "file_name")
    told = {name: word("review_packages", name) for name in names}
    package = ReviewPackage(
        id=new_id(), form=ReviewForm.WORD, coder_id=act.coder_id, made=act.at, **told
    )
    text = word("review_items", "text")
    item = ReviewItem(
        id=new_id(),
        package_id=package.id,
        mark="K-3F2A",
        target=ReviewTarget.CODING,
        target_id="",
        position=0,
        source_id=source_id,
        start=0,
        end=5,
        text=text,
    )
    reviews.add_package(act, package, [item])
    columns = ("text", "proposal", "author", "quoted", "reason")
    answer = ReviewAnswer(
        id=new_id(),
        package_id=package.id,
        kind=AnswerKind.PROPOSE,
        item_id=item.id,
        source_id=source_id,
        start=0,
        end=5,
        **{name: word("review_answers", name) for name in columns},
    )
    reviews.add_answer(act, answer)
