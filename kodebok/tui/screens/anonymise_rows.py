"""What the anonymising screen shows: rows of its lists, and the words beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from kodebok.domain.entity import Action
from kodebok.domain.identifier import IdentifierType, Tier
from kodebok.domain.span import Span
from kodebok.domain.text import sentence_spans
from kodebok.i18n import mark, plural_translator, translator
from kodebok.study.anonymising_review import ReviewItem, ReviewPlace
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, WARN, Line, fit

_ = translator("anonymise_screen")
_n = plural_translator("anonymise_screen")

TYPES = {
    IdentifierType.PERSON: mark("person"),
    IdentifierType.PLACE: mark("place"),
    IdentifierType.ORGANISATION: mark("organisation"),
    IdentifierType.NUMBER: mark("number"),
    IdentifierType.DATE: mark("date"),
    IdentifierType.AGE: mark("age"),
    IdentifierType.CONTACT: mark("contact"),
    IdentifierType.ADDRESS: mark("address"),
    IdentifierType.ROLE: mark("role"),
    IdentifierType.OTHER: mark("other"),
}
ACTIONS = {
    Action.PSEUDONYM: mark("pseudonym"),
    Action.LETTER: mark("letter"),
    Action.GENERALISE: mark("made general"),
    Action.TAG: mark("category"),
    Action.PRONOUN: mark("[hen]"),
    Action.REWRITE: mark("rewritten"),
    Action.DELETE: mark("left out"),
    Action.KEEP: mark("kept"),
}
BESIDE = {
    "notes": mark("memo"),
    "codes": mark("codebook"),
    "themes": mark("theme"),
    "theories": mark("theory"),
    "cases": mark("participant"),
    "speakers": mark("voice"),
    "condensations": mark("condensation"),
}

OTHER_WORDS = mark("other words")
MOST_PLACES = 120
_TYPE_CELLS, _COUNT_CELLS = 13, 5
_LEAST_NAME = 20
_AROUND = 160  # code points of a sentence shown on each side of what is marked


@dataclass(frozen=True, slots=True)
class Row:
    """A row of any of the lists.

    Attributes:
        key: Tells rows apart.
        thing: What it stands for.
    """

    key: str
    thing: Any


def action_words(action: Action) -> str:
    """What an action is called."""
    return _(ACTIONS[action])


def type_words(type_: IdentifierType) -> str:
    """What a type is called."""
    return _(TYPES[type_])


def outcome(action: Action, words: str) -> str:
    """What will stand in the text, or what becomes of it where nothing stands."""
    return words or action_words(action)


def draw_item(
    item: ReviewItem, proposed: Callable[[ReviewItem], str], width: int, look: Look
) -> Line:
    """The line of a person, place or thing: name, type, number of places, what will stand there."""
    entity = item.entity
    name_cells = max(_LEAST_NAME, (width - _TYPE_CELLS - _COUNT_CELLS) * 2 // 5)
    name = entity.name or _("(in the key)")
    count = str(len(item.places)) if item.places else "–"
    arrow = "->" if look.ascii else "→"
    if entity.action is not None:
        told = outcome(entity.action, entity.replacement)
        if item.is_applied:
            told = f"{told} ({_('replaced')})"
    elif item.tier is Tier.LIKELY or item.is_stored:
        told = proposed(item)
    else:
        told = ""
    return [
        *fit([(name, STRONG if item.tier is Tier.LIKELY else "")], name_cells, look),
        (" ", ""),
        *fit([(type_words(entity.type), DIM)], _TYPE_CELLS, look),
        (f"{count:>{_COUNT_CELLS - 2}}  ", ""),
        (f"{arrow} {told}" if told else "", "" if item.is_decided else DIM),
    ]


def sentence_around(text: str, span: Span) -> Span:
    """The sentence, or sentences, that a stretch stands in; a long one is cut."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    around = [one for one in sentence_spans(text, line_start, line_end) if one.overlaps(span)]
    start = around[0].start if around else span.start
    end = around[-1].end if around else span.end
    return Span(max(start, span.start - _AROUND), min(max(end, span.end), span.end + _AROUND))


def append_place(text: Text, words: str, span: Span, where: str) -> None:
    """One place in its sentence, what was found marked."""
    around = sentence_around(words, span)
    text.append(f"{where}  ", "dim")
    text.append(words[around.start : span.start].replace("\n", " "))
    text.append(words[span.start : span.end].replace("\n", " "), "bold underline")
    text.append(words[span.end : around.end].replace("\n", " ") + "\n")


def where_words(place: ReviewPlace, names: Mapping[str, str]) -> str:
    """What the text of a place is called."""
    if place.beside is not None:
        return _(BESIDE.get(place.beside[0], "memo"))
    return names.get(place.source_id, "–")


def describe_item(
    item: ReviewItem,
    proposal: tuple[Action, str] | None,
    places: Sequence[tuple[ReviewPlace, str]],
    names: Mapping[str, str],
) -> Text:
    """All of an item: what it is, what is decided or proposed, and every place in its sentence.

    Args:
        item: The item.
        proposal: What is proposed, where nothing is decided.
        places: Places with the whole text that each stands in.
        names: Of sources, by id.
    """
    entity, text = item.entity, Text()
    text.append(entity.name or entity.replacement, "bold")
    text.append(f"  {type_words(entity.type)}", "dim")
    if entity.aliases:
        text.append("\n" + _("also: {names}", names=", ".join(entity.aliases)), "dim")
    text.append("\n")
    if entity.action is not None:
        told = outcome(entity.action, entity.replacement)
        text.append(_("{action}: {words}", action=action_words(entity.action), words=told) + "\n")
        if entity.reason:
            text.append(_("Reason: {words}", words=entity.reason) + "\n", "dim")
    elif proposal is not None:
        action, words = proposal
        text.append(
            _("proposed: {action}: {words}", action=action_words(action), words=words) + "\n"
        )
    text.append(_n("{n} place", "{n} places", len(places)) + "\n\n", "dim")
    for place, whole in places[:MOST_PLACES]:
        append_place(text, whole, place.span, where_words(place, names))
    if len(places) > MOST_PLACES:
        text.append(_("and {n} more", n=len(places) - MOST_PLACES), "dim")
    return text


def draw_change(before: str, after: str, where: str, width: int, look: Look) -> Line:
    """The line of a place that would change."""
    arrow = "->" if look.ascii else "→"
    shown = after.replace("\n", " ") or _("(left out)")
    return [
        *fit([(where, DIM)], min(22, width // 4), look),
        (" ", ""),
        (before.replace("\n", " "), WARN),
        (f" {arrow} ", ""),
        (shown, STRONG),
    ]
