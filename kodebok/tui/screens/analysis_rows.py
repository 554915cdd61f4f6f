"""What the analysis screen lists, and how it is drawn. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kodebok.coding.themes import codes_without_theme
from kodebok.domain.code import Code, CodeTree
from kodebok.domain.coding import Excerpt
from kodebok.domain.note import Condensation, Theme
from kodebok.i18n import plural_translator, translator
from kodebok.tui.reader.palette import Look
from kodebok.tui.screens.coding_panes import place_words
from kodebok.tui.widgets.pieces import DIM, STRONG, Line, Piece, code_pieces, spread, wrap

_ = translator("analysis")
_n = plural_translator("analysis")

UNIT_LINES = 4
_WORD_LINES = 2
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the themes at the left.

    Attributes:
        theme_id: The theme; None below those codes that no theme gathers.
        code_id: The code; None for the line of the theme itself.
        depth: How far it is indented.
        is_gathered: Whether the theme gathers the code itself, not one above it.
    """

    theme_id: str | None
    code_id: str | None
    depth: int = 0
    is_gathered: bool = False

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"{self.theme_id or ''}:{self.code_id or ''}"


def list_places(tree: CodeTree, themes: Sequence[Theme]) -> list[Place]:
    """Every theme with its codes and those below them; then the codes that no theme gathers."""
    listed: list[Place] = []
    for theme in themes:
        listed.append(Place(theme.id, None))
        listed += _gathered(tree, theme)
    left = codes_without_theme(tree, themes)
    if left or not listed:
        listed.append(Place(None, None))
    listed += [Place(None, code_id, 1 + tree.depth(code_id)) for code_id in left]
    return listed


def _gathered(tree: CodeTree, theme: Theme) -> Iterator[Place]:
    seen: set[str] = set()
    for code_id in theme.code_ids:
        if code_id not in tree or code_id in seen:
            continue
        top = tree.depth(code_id)
        for code in (tree[code_id], *tree.descendants(code_id)):
            if code.id not in seen:
                seen.add(code.id)
                depth = 1 + tree.depth(code.id) - top
                yield Place(theme.id, code.id, depth, code.id in theme.code_ids)


def draw_theme(name: str, count: int, width: int, look: Look) -> list[Line]:
    """The line of a theme: its name, and how many codes it gathers."""
    return [spread([(name, STRONG)], [(f" {count} ", DIM)], width, look)]


def draw_code(place: Place, code: Code, count: str, width: int, look: Look) -> list[Line]:
    """The line of a code, indented, with its number of passages."""
    name: Piece = (f" {code.name}", "" if place.is_gathered or place.theme_id is None else DIM)
    left: list[Piece] = [(" " * (_INDENT * place.depth), ""), *code_pieces(code, look), name]
    return [spread(left, [(f" {count} ", DIM)], width, look)]


@dataclass(frozen=True, slots=True)
class Unit:
    """Something under a code that can be written shorter: a passage, or one person's passages.

    Attributes:
        key: The coding's id; of a person the case's id, empty for all together.
        place: Where it stands, or whose it is.
        passages: The words.
        condensed: The shorter wording; empty when there is none.
        excerpt: The passage; None for a person.
    """

    key: str
    place: str
    passages: tuple[str, ...]
    condensed: str
    excerpt: Excerpt | None = None


def passage_units(
    excerpts: Sequence[Excerpt], condensations: Sequence[Condensation], look: Look
) -> list[Unit]:
    """Each coded passage with its shorter wording; with the coder, where there are several."""
    several = len({excerpt.coder for excerpt in excerpts}) > 1
    between = " - " if look.ascii else " · "
    known = {item.coding_id: item.text for item in condensations if item.coding_id}
    return [
        Unit(
            e.id,
            place_words(e, look) + (between + e.coder if several else ""),
            (e.text,),
            known.get(e.id, ""),
            e,
        )
        for e in excerpts
    ]


def people_units(
    code_id: str,
    excerpts: Sequence[Excerpt],
    condensations: Sequence[Condensation],
    case_ids: Mapping[str, str],
) -> list[Unit]:
    """All together, then each participant who says something under the code.

    Args:
        code_id: The code.
        excerpts: Its passages.
        condensations: All of the study.
        case_ids: Ids of the participants by name, in their order.
    """
    known = {c.case_id: c.text for c in condensations if not c.coding_id and c.code_id == code_id}
    # What two coders coded alike is said once.
    passages = {(e.source_id, e.start, e.end): e for e in excerpts}.values()
    said: dict[str, list[str]] = {}
    for excerpt in passages:
        case_id = case_ids.get(excerpt.case or "")
        if case_id is not None:
            said.setdefault(case_id, []).append(excerpt.text)
    names = {case_id: name for name, case_id in case_ids.items()}
    everyone = Unit("", _("All together"), tuple(e.text for e in passages), known.get(None, ""))
    listed = [c for c in names if c in said or known.get(c)]
    return [
        everyone,
        *(Unit(c, names[c], tuple(said.get(c, ())), known.get(c, "")) for c in listed),
    ]


def draw_unit(unit: Unit, width: int, look: Look) -> list[Line]:
    """Where it stands, its first words, and the shorter wording below them."""
    arrow = "-> " if look.ascii else "→ "
    inner = max(1, width - len(arrow))
    empty: list[Line] = [[(arrow, DIM), (_("not condensed yet"), DIM)]]
    if unit.excerpt is not None:
        words = wrap(unit.passages[0], inner, _WORD_LINES, look)
        shorter = _arrowed(wrap(unit.condensed, inner, UNIT_LINES - 1 - len(words), look), arrow)
        return [[(unit.place, DIM)], *([(line, DIM)] for line in words), *(shorter or empty)]
    count = _n("{n} passage", "{n} passages", len(unit.passages))
    shorter = _arrowed(wrap(unit.condensed, inner, UNIT_LINES - 2, look), arrow)
    return [[(unit.place, STRONG), (f"  {count}", DIM)], *(shorter or empty)]


def _arrowed(lines: Sequence[str], arrow: str) -> list[Line]:
    return [
        [(arrow if not number else " " * len(arrow), DIM), (line, "")]
        for number, line in enumerate(lines)
    ]


def draw_whole(unit: Unit, width: int, most: int, look: Look) -> list[Line]:
    """The words that are to be written shorter, on at most `most` lines."""
    if len(unit.passages) == 1:
        return [[(line, "")] for line in wrap(unit.passages[0], width, most, look)]
    lines: list[Line] = []
    sign = "- " if look.ascii else "· "
    each = max(1, most // max(1, len(unit.passages)))
    for passage in unit.passages:
        wrapped = wrap(passage, width - len(sign), each, look)
        lines += [
            [(" " * len(sign) if nth else sign, DIM), (w, "")] for nth, w in enumerate(wrapped)
        ]
    return lines[:most]
