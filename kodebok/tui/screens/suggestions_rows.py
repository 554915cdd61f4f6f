"""What the suggestions screen shows: rows of its lists, and the words beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from kodebok.domain.code import CodeTree
from kodebok.domain.coding import Coding, Excerpt
from kodebok.domain.suggestion import PassageRole, Suggestion, SuggestionKind
from kodebok.i18n import plural_translator, translator
from kodebok.suggest.drift import CodeToReread, Drifted
from kodebok.suggest.telling import (
    KINDS,
    REREADING,
    ROLES,
    accepted_words,
    parts_of_score,
    signed,
    stability_words,
)
from kodebok.suggest.theory import TheoryAndData
from kodebok.suggest.verdicts import place_of
from kodebok.tui.reader.palette import Look
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, spread
from kodebok.tui.widgets.plain import bar_of

_ = translator("suggest")
_n = plural_translator("suggest")

ROW_LINES = 2
_BAR_CELLS, _LABEL_CELLS = 12, 18


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a list, whatever it stands for.

    Attributes:
        key: Tells rows apart.
        title, beside: Its first line, at the left and at the right edge.
        words: Its second line.
        thing: What it stands for.
        place: Source and offsets that it can be opened at.
    """

    key: str
    title: str
    beside: str
    words: str
    thing: Any
    place: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What sources, codes and excerpts are called."""

    tree: CodeTree
    sources: dict[str, str]
    codings: dict[str, Coding]

    def code(self, code_id: str | None) -> str:
        """The path of a code; a dash where it is gone."""
        known = code_id is not None and code_id in self.tree
        return self.tree.path(code_id or "").replace("/", " / ") if known else "–"

    def source(self, source_id: str) -> str:
        """The name of a source."""
        return self.sources.get(source_id, "–")


def draw_item(item: Item, width: int, look: Look) -> Sequence[Line]:
    """The two lines of a row."""
    first = spread([(item.title, STRONG)], [(f" {item.beside} ", DIM)], width, look)
    return [first, [(" ".join(item.words.split()), "")]]


def suggestion_items(listed: Sequence[Suggestion], names: Names) -> list[Item]:
    """Suggested codes, and passages that nothing explains."""
    items = []
    for suggestion in listed:
        passage = suggestion.passage
        title = names.code(suggestion.code_id) if suggestion.code_id else _(KINDS[suggestion.kind])
        if suggestion.kind is SuggestionKind.CODE and suggestion.rank > 1:
            title = f"{suggestion.rank}. {title}"
        beside = f"{signed(suggestion.score)}  {names.source(passage.source_id)}"
        place = (passage.source_id, passage.start, passage.end)
        key = ":".join(map(str, place_of(suggestion)))
        items.append(Item(key, title, beside, passage.text, suggestion, place))
    return items


def candidate_items(listed: Sequence[Suggestion]) -> list[Item]:
    """Candidates: by their key words."""
    items = []
    for suggestion in listed:
        evidence, passage = suggestion.evidence, suggestion.passage
        count = _(
            "{n} passages, {informants} informants",
            n=evidence["passages"],
            informants=evidence["informants"],
        )
        title = ", ".join(evidence["keywords"][:5])
        words = stability_words(evidence)
        if evidence["weaker"]:
            words = _("Weaker, from unread sources; ") + words
        place = (passage.source_id, passage.start, passage.end)
        items.append(Item(suggestion.id, title, count, words, suggestion, place))
    return items


def excerpt_items(listed: Sequence[Excerpt]) -> list[Item]:
    """Coded passages."""
    return [
        Item(e.id, e.code.replace("/", " / "), e.source, e.text, e, (e.source_id, e.start, e.end))
        for e in listed
    ]


def drift_items(
    found: Sequence[Drifted], again: Sequence[CodeToReread], names: Names
) -> list[Item]:
    """Codings nearer another code, then codes to read again."""
    items = []
    for drifted in found:
        example = drifted.example
        title = f"{names.code(drifted.code_id)} → {names.code(drifted.nearer_id)}"
        beside = f"{signed(drifted.own)} {signed(drifted.nearer)}"
        place = (example.source_id, example.start, example.end)
        key = f"{example.coding_id}:{drifted.code_id}"
        items.append(Item(key, title, beside, example.text, drifted, place))
    for code in again:
        words = _(REREADING[code.why])
        items.append(Item(code.code_id, names.code(code.code_id), str(code.passages), words, code))
    return items


# Beside the list ---------------------------------------------------------------------------


def describe(item: Item, names: Names, look: Look, *, with_all: bool = False) -> Text:
    """All of what a row stands for.

    Args:
        item: The row.
        names: What sources, codes and excerpts are called.
        look: How bars are drawn.
        with_all: Also a candidate's passages that are neither typical nor borderline.
    """
    thing = item.thing
    if isinstance(thing, Suggestion):
        if thing.kind is SuggestionKind.GROUP:
            return _describe_candidate(thing, names, with_all=with_all)
        return _describe_suggestion(thing, names, look)
    if isinstance(thing, Drifted):
        return _describe_drifted(thing, names)
    if isinstance(thing, CodeToReread):
        return _describe_code(thing, names)
    text = Text()
    text.append(f"{item.title}\n", "bold")
    text.append(f"{item.words}\n")
    text.append(item.beside, "dim")
    return text


def _describe_suggestion(suggestion: Suggestion, names: Names, look: Look) -> Text:
    evidence, passage = suggestion.evidence, suggestion.passage
    text = Text()
    text.append(f"{passage.text}\n\n")
    if suggestion.code_id:
        text.append(f"{names.code(suggestion.code_id)}\n", "bold")
    if "candidate" in evidence:
        text.append(_("Offered from a candidate, since you made a code of it") + "\n", "dim")
        text.append(f"{_('Key words')}: {', '.join(evidence['keywords'])}\n")
        return text
    text.append(f"{_('Score')} {signed(suggestion.score)} = ", "dim")
    text.append(_("the sum of these shares") + "\n", "dim")
    parts = parts_of_score(evidence)
    most = max((abs(share) for _word, share in parts), default=0.0) or 1.0
    for word, share in parts:
        bar = bar_of(abs(share) / most, _BAR_CELLS, ascii_only=look.ascii)
        text.append(f"{signed(share):>7} {word[:_LABEL_CELLS]:<{_LABEL_CELLS}} {bar}\n")
    for example in evidence.get("examples", ()):
        coding = names.codings.get(example["coding"])
        if coding is not None:
            where = _("You coded so in {source}", source=names.source(coding.source_id))
            text.append(f"\n{where}\n", "dim")
            text.append(f"{coding.text}\n")
    if "judged_so_far" in evidence:
        text.append(f"\n{accepted_words(evidence)}", "dim")
    return text


def _describe_candidate(suggestion: Suggestion, names: Names, *, with_all: bool) -> Text:
    evidence = suggestion.evidence
    text = Text()
    text.append(_("No name yet: n gives it one") + "\n", "bold")
    text.append(f"{_('Key words')}: {', '.join(evidence['keywords'])}\n")
    text.append(f"{stability_words(evidence)}\n", "dim")
    nearest = ((names.code(c["code"]), c["passages"]) for c in evidence["nearest_codes"])
    near = ", ".join(f"{code} ({count})" for code, count in nearest)
    text.append(f"{_('Nearest codes you have')}: {near or '–'}\n", "dim")
    for role in PassageRole:
        listed = [p for p in suggestion.passages if p.role is role]
        if role is PassageRole.MEMBER and not with_all:
            if listed:
                more = _n("v shows {n} passage more", "v shows {n} passages more", len(listed))
                text.append(f"\n{more}\n", "dim")
        elif listed:
            text.append(f"\n{_(ROLES[role])}\n", "bold")
            for passage in listed:
                text.append(f"{names.source(passage.source_id)}: ", "dim")
                text.append(f"{passage.text}\n")
    return text


def _describe_drifted(drifted: Drifted, names: Names) -> Text:
    text = Text()
    text.append(f"{drifted.example.text}\n\n")
    for code_id, score in ((drifted.code_id, drifted.own), (drifted.nearer_id, drifted.nearer)):
        text.append(f"{signed(score):>7} {names.code(code_id)}\n", "bold")
        definition = names.tree[code_id].definition if code_id in names.tree else ""
        text.append(f"{definition or _('not defined yet')}\n", "dim")
    text.append("\n" + _("Read it again. The text may say what the words do not."), "dim")
    return text


def _describe_code(code: CodeToReread, names: Names) -> Text:
    text = Text()
    text.append(f"{names.code(code.code_id)}\n", "bold")
    if code.code_id in names.tree:
        text.append(f"{names.tree[code.code_id].definition}\n")
    text.append(f"{code.passages}: {_(REREADING[code.why])}", "dim")
    return text


def describe_theory(found: TheoryAndData, origin_words: Callable[[Any], str]) -> Text:
    """Codes by origin, what each theory has met, and how much is unexplained."""
    text = Text()
    text.append(
        _(
            "{n} of {all} passages in what you have read have no code.",
            n=found.uncoded,
            all=found.read,
        )
        + "\n\n"
    )
    for origin in found.origins:
        told = _("{codes} codes, {codings} codings", codes=origin.codes, codings=origin.codings)
        text.append(f"{origin_words(origin.origin):<22} {told}\n")
    text.append("\n" + _("What each theory has met") + "\n", "bold")
    for theory in found.theories:
        told = _(
            "{codings} codings: {supports} support, {nuances} nuance, {contradicts} contradict",
            codings=theory.codings,
            supports=theory.supports,
            nuances=theory.nuances,
            contradicts=theory.contradicts,
        )
        text.append(f"{theory.name}\n", "bold")
        text.append(f"  {told}\n")
        if theory.wonderings:
            text.append("  " + _("{n} wonderings against it", n=theory.wonderings) + "\n")
    return text
