"""What the student makes of answers: accept, discuss, reject; and what there is to go through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kodebok.coding.passages import add_codings
from kodebok.domain.code import SHORTEST_ID, Code, CodeTree
from kodebok.domain.coding import CodingOrigin
from kodebok.domain.ids import new_id
from kodebok.domain.review import (
    AnswerKind,
    AnswerState,
    ReviewAnswer,
    ReviewItem,
    ReviewPackage,
    ReviewTarget,
)
from kodebok.domain.span import Span
from kodebok.domain.text import canonicalise
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.review.content import Outcome
from kodebok.review.words import STATES, said_in_words
from kodebok.storage import codes, codings, reviews, sources
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("review")


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer with what it is about, as the study stands.

    Attributes:
        item: None when it could not be placed.
        code: Path of the code that the item has now, else the theme's or code's name at hand.
        proposed: The code of the codebook that the proposal names, when it names just one.
        replies: Answers to it, in their order.
        words: The words it stands on now, when they were not sent as a passage.
    """

    answer: ReviewAnswer
    package: ReviewPackage
    item: ReviewItem | None
    code: str = ""
    proposed: Code | None = None
    replies: tuple[ReviewAnswer, ...] = field(default=())
    words: str = ""


def load_queue(store: Store, *, only_open: bool = False) -> list[Standing]:
    """Answers with their replies, those to decide on first, as they were received."""
    packages = {package.id: package for package in reviews.load_packages(store)}
    items = {item.id: item for item in reviews.load_items(store)}
    tree = codes.load_code_tree(store)
    now_coded = {coding.id: coding.code_id for coding in codings.load_codings(store)}
    every = reviews.load_answers(store)
    known = {answer.id for answer in every}
    replies: dict[str, list[ReviewAnswer]] = {}
    for answer in every:
        if answer.thread in known:
            replies.setdefault(answer.thread or "", []).append(answer)
    queue = []
    for answer in every:
        if answer.thread in known or (only_open and answer.state is not AnswerState.OPEN):
            continue
        item = items.get(answer.item_id or "")
        code_id = now_coded.get(item.target_id, item.code_id) if item else None
        queue.append(
            Standing(
                answer,
                packages[answer.package_id],
                item,
                tree.path(code_id) if code_id and code_id in tree else "",
                _one_code(tree, answer.proposal),
                tuple(replies.get(answer.id, ())),
                "" if item and item.text else _words_of(store, answer),
            )
        )
    return sorted(queue, key=_urgency)


def _words_of(store: Store, answer: ReviewAnswer) -> str:
    if answer.source_id is None or answer.start is None or answer.end is None:
        return ""
    return sources.load_text(store, answer.source_id)[answer.start : answer.end]


def _urgency(standing: Standing) -> int:
    """Open doubts and proposals first, then other open ones, then what was settled."""
    answer = standing.answer
    if answer.state is not AnswerState.OPEN:
        return 3 if answer.state is not AnswerState.DISCUSSED else 2
    return 0 if answer.kind in {AnswerKind.DOUBT, AnswerKind.PROPOSE} else 1


def _one_code(tree: CodeTree, proposal: str) -> Code | None:
    found = tree.find(proposal) if proposal else []
    return found[0] if len(found) == 1 else None


def find_answer(store: Store, typed: str) -> ReviewAnswer:
    """The answer of that id, or of its first signs, or the only open one on a printed id.

    Raises:
        WrongUseError: There is none, or more than one (K980).
    """
    wanted = typed.strip()
    every = [
        answer for answer in reviews.load_answers(store) if answer.kind is not AnswerKind.REPLY
    ]
    marks = {item.id: item.mark for item in reviews.load_items(store)}
    found = [a for a in every if marks.get(a.item_id or "") == wanted.upper()]
    if len(found) > 1:
        found = [a for a in found if a.state is AnswerState.OPEN]
    if not found and len(wanted) >= SHORTEST_ID:
        found = [answer for answer in every if answer.id.startswith(wanted)]
    if len(found) != 1:
        raise WrongUseError(
            _("no answer, or more than one, has that id"),
            _("see '{command}' for what there is", command="kodebok review list"),
            "K980",
        )
    return found[0]


def accept(
    store: Store,
    coder_id: str,
    answer: ReviewAnswer,
    *,
    reason: str = "",
    code_id: str | None = None,
    is_added: bool = False,
) -> str | None:
    """Accept an answer; a proposed code is given to the passage, as the student's own act.

    Args:
        store: The project.
        coder_id: Who accepts.
        answer: What is accepted.
        reason: Why, when there is something to say.
        code_id: Another code than the one proposed, or the code of a doubt.
        is_added: Whether the passage keeps the code it has, and gets the other besides.

    Returns:
        Id of the coding that it led to, or None.

    Raises:
        WrongUseError: It is settled (K981), the proposed code is not in the codebook (K982), or
            the passage is gone (K983).
    """
    check_open(answer)
    chosen = code_id
    if answer.kind is AnswerKind.PROPOSE and chosen is None:
        found = _one_code(codes.load_code_tree(store), answer.proposal)
        if found is None:
            raise WrongUseError(
                _("the code that is proposed is not in the codebook, or is not clear"),
                _("make it first, or name the code with --code"),
                "K982",
            )
        chosen = found.id
    with store.act(reviews.SETTLE_KIND, coder_id, answer.id) as act:
        coding_id = _code_anew(act, answer, chosen, is_added=is_added) if chosen else None
        _settle(act, answer, AnswerState.ACCEPTED, reason, coding_id)
    return coding_id


def discuss(store: Store, coder_id: str, author: str, answer: ReviewAnswer, text: str) -> None:
    """Answer the supervisor; the thread goes along with the next package.

    Raises:
        WrongUseError: There is nothing in the reply (K984).
    """
    told = _needed(text)
    with store.act(reviews.SETTLE_KIND, coder_id, answer.id) as act:
        reply = ReviewAnswer(
            new_id(),
            answer.package_id,
            AnswerKind.REPLY,
            told,
            item_id=answer.item_id,
            thread=answer.id,
            author=author,
            at=act.at,
            received=act.at,
        )
        reviews.add_answer(act, reply)
        reviews.change_answer(act, answer.id, state=str(AnswerState.DISCUSSED), settled=act.at)


def reject(store: Store, coder_id: str, answer: ReviewAnswer, reason: str) -> None:
    """Reject an answer.

    Raises:
        WrongUseError: It is settled (K981), or there is no reason (K984).
    """
    check_open(answer)
    told = _needed(reason)
    with store.act(reviews.SETTLE_KIND, coder_id, answer.id) as act:
        _settle(act, answer, AnswerState.REJECTED, told, None)


def check_open(answer: ReviewAnswer) -> None:
    """See that an answer is not accepted or rejected.

    Raises:
        WrongUseError: It is (K981).
    """
    if answer.state in {AnswerState.ACCEPTED, AnswerState.REJECTED}:
        raise WrongUseError(
            _("that answer has been settled already"),
            _("take it back with 'kodebok undo' while it is the last act, or discuss it"),
            "K981",
        )


def _needed(text: str) -> str:
    told = canonicalise(text).strip()
    if not told:
        raise WrongUseError(
            _("the supervisor will want to know why"), _("give a reason with --reason"), "K984"
        )
    return told


def _settle(
    act: Act, answer: ReviewAnswer, state: AnswerState, reason: str, coding_id: str | None
) -> None:
    reviews.change_answer(
        act,
        answer.id,
        state=str(state),
        reason=canonicalise(reason).strip(),
        settled=act.at,
        coding_id=coding_id,
    )


def _code_anew(act: Act, answer: ReviewAnswer, code_id: str, *, is_added: bool) -> str | None:
    """Give a passage the code: to the coding that was asked about, else to the words.

    Raises:
        WrongUseError: The passage is gone, or it was no passage (K983).
    """
    items = {item.id: item for item in reviews.load_items(act.store)}
    item = items.get(answer.item_id or "")
    ids = {coding.id for coding in codings.load_codings(act.store)}
    if item and item.target is ReviewTarget.CODING and item.target_id in ids and not is_added:
        coding = codings.load_coding(act.store, item.target_id)
        codings.move_coding(act, coding, code_id)
        return coding.id
    places = [(one.source_id, one.start, one.end) for one in (answer, item) if one is not None]
    place = next((p for p in places if p[0] and p[1] is not None and p[1] != p[2]), None)
    if place is None or place[0] is None or place[1] is None or place[2] is None:
        raise WrongUseError(
            _("the answer is not on a passage that is still there"),
            _("code the passage yourself, and accept the answer after that"),
            "K983",
        )
    span = Span(place[1], place[2])
    added = add_codings(act, place[0], span, [code_id], CodingOrigin.HAND)
    return added[0].id if added else None


def outcomes_for(store: Store, recipient: str) -> tuple[Outcome, ...]:
    """What became of all that one supervisor answered, for the next package to the same."""
    wanted = recipient.strip().casefold()
    return tuple(
        outcome_of(standing)
        for standing in load_queue(store)
        if standing.package.recipient.casefold() == wanted
        and standing.answer.state is not AnswerState.OPEN
    )


def outcome_of(standing: Standing) -> Outcome:
    """One answer and what became of it, in words."""
    answer = standing.answer
    return Outcome(
        mark=standing.item.mark if standing.item else "",
        said=said_in_words(answer.kind, answer.text, answer.proposal),
        became=_(STATES[answer.state]),
        reason=answer.reason,
        replies=tuple(reply.text for reply in standing.replies),
    )


def count_open(standings: Iterable[Standing]) -> int:
    """How many still wait for the student."""
    return sum(standing.answer.state is AnswerState.OPEN for standing in standings)
