"""What the review screen shows: rows of the queue, and the words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from kodebok.domain.review import AnswerKind, AnswerState
from kodebok.i18n import translator
from kodebok.review.content import Said, Shown
from kodebok.review.settling import Standing
from kodebok.review.supervisor import Given
from kodebok.review.words import KINDS, STATES, said_in_words
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, spread

_ = translator("review")

ROW_LINES = 2
_ARROW = {True: "->", False: "→"}


def draw_standing(standing: Standing, width: int, look: Look) -> Sequence[Line]:
    """The two lines of an answer."""
    answer, item = standing.answer, standing.item
    mark = item.mark if item else ("-" if standing.words else _("not placed"))
    said = _(KINDS[answer.kind])
    if answer.proposal:
        said = f"{said} {_ARROW[look.ascii]} {answer.proposal}"
    beside = _(STATES[answer.state])
    if answer.is_resolved:
        beside = f"{_('marked as done')}, {beside}"
    first = spread([(f"{mark}  ", DIM), (said, STRONG)], [(f" {beside} ", DIM)], width, look)
    words = answer.text or (item.text if item else "") or answer.quoted
    return [first, [(" ".join(words.split()), "")]]


def describe_standing(standing: Standing, passage: str, before: Sequence[Said]) -> Text:
    """All of an answer: the passage as it is now, the code, what was said, and what became."""
    answer, item = standing.answer, standing.item
    text = Text()
    _before(text, before)
    if passage:
        text.append(f"{passage}\n\n", "bold")
    elif answer.quoted:
        text.append(f"{answer.quoted}\n\n", "bold")
    if standing.code:
        text.append(f"{_('Code')}: ", "dim")
        text.append(f"{standing.code.replace('/', ' / ')}\n")
    text.append(f"{answer.author}: ", "dim")
    text.append(f"{said_in_words(answer.kind, answer.text, answer.proposal)}\n")
    if answer.kind is AnswerKind.PROPOSE and answer.state is AnswerState.OPEN:
        known = standing.proposed is not None
        told = _("a gives the passage this code.") if known else _("Not in the codebook: e chooses")
        text.append(f"{told}\n", "dim")
    for reply in standing.replies:
        text.append(f"  {reply.author}: ", "dim")
        text.append(f"{reply.text}\n")
    if answer.reason:
        text.append(f"{_(STATES[answer.state])}: ", "dim")
        text.append(f"{answer.reason}\n")
    if item is None:
        told = _("It could not be placed in the study: the words or the number are gone.")
        text.append(f"\n{told}\n", "dim")
    sent = _("Sent to {name} on {date}", name=standing.package.recipient,
             date=standing.package.made[:10])  # fmt: skip
    text.append(f"\n{sent}", "dim")
    return text


def _before(text: Text, before: Sequence[Said]) -> None:
    for said in before:
        text.append(f"{said.label}: " if said.label else "", "dim")
        text.append(f"{said.words}\n", "dim")


def draw_shown(item: Shown, given: Sequence[Given], width: int, look: Look) -> Sequence[Line]:
    """The two lines of an item that a supervisor answers on."""
    told = ", ".join(_(KINDS[one.kind]) for one in given)
    first = spread(
        [(f"{item.mark}  ", DIM), (item.code or item.where, STRONG)],
        [(f" {told} ", DIM)],
        width,
        look,
    )
    return [first, [(" ".join((item.words or item.definition).split()), "")]]


def describe_shown(item: Shown, given: Sequence[Given]) -> Text:
    """All of an item that a supervisor answers on."""
    text = Text()
    heading = " · ".join(part for part in (item.where, item.code.replace("/", " / ")) if part)
    text.append(f"{heading}\n", "dim")
    _before(text, item.before)
    if item.words:
        text.append(item.lead)
        text.append(item.words, "bold")
        text.append(f"{item.rest}\n")
    if item.definition:
        text.append(f"\n{_('Definition')}: ", "dim")
        text.append(f"{item.definition}\n")
    for memo in item.memos:
        text.append(f"\n{_('Memo')}: ", "dim")
        text.append(f"{memo}\n")
    for one in given:
        text.append(f"\n{said_in_words(one.kind, one.text, one.code)}", "bold")
    return text
