"""Themes and the codes they gather, condensations, and what a code comes to; each one act."""

from __future__ import annotations

from collections.abc import Sequence

from kodebok.domain.code import CodeTree
from kodebok.domain.ids import new_id
from kodebok.domain.note import Condensation, Theme
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes, notes
from kodebok.storage.database import Store

_ = translator("analysis")


def make_theme(
    store: Store, coder_id: str, name: str, idea: str = "", code_ids: Sequence[str] = ()
) -> Theme:
    """A new theme, after the others.

    Raises:
        WrongUseError: The name is empty, or another theme has it.
    """
    wanted = check_theme_name(store, name)
    with store.act("theme.add", coder_id) as act:
        theme = notes.add_theme(act, wanted, canonicalise(idea).strip())
        act.subject = theme.id
        notes.set_theme_codes(act, theme.id, code_ids)
    return theme


def check_theme_name(store: Store, typed: str, own_id: str = "") -> str:
    """The name as it will be stored.

    Raises:
        WrongUseError: It is empty, or another theme has it.
    """
    name = fold_space(canonicalise(typed))
    taken = {theme.name.casefold() for theme in notes.load_themes(store) if theme.id != own_id}
    if not name or name.casefold() in taken:
        raise WrongUseError(
            _("a theme needs a name that no other has"), _("choose another name"), "K370"
        )
    return name


def rename_theme(store: Store, coder_id: str, theme_id: str, name: str) -> bool:
    """Give a theme another name; False when it was so.

    Raises:
        WrongUseError: The name is empty, or another theme has it.
    """
    wanted = check_theme_name(store, name, theme_id)
    with store.act("theme.change", coder_id, theme_id) as act:
        return notes.change_theme(act, theme_id, name=wanted)


def write_idea(store: Store, coder_id: str, theme_id: str, idea: str) -> bool:
    """Set the central idea of a theme; False when it was so."""
    with store.act("theme.change", coder_id, theme_id) as act:
        return notes.change_theme(act, theme_id, idea=canonicalise(idea).strip())


def gather_codes(store: Store, coder_id: str, theme_id: str, code_ids: Sequence[str]) -> None:
    """Set the codes that a theme gathers, in their order."""
    with store.act("theme.change", coder_id, theme_id) as act:
        notes.set_theme_codes(act, theme_id, code_ids)


def move_code(
    store: Store, coder_id: str, code_id: str, from_id: str | None, to_id: str | None
) -> None:
    """Let one theme gather a code and another let it go; None for no theme."""
    with store.act("theme.change", coder_id, to_id or from_id or "") as act:
        for theme in notes.load_themes(store):
            if theme.id == from_id != to_id:
                left = [other for other in theme.code_ids if other != code_id]
                notes.set_theme_codes(act, theme.id, left)
            elif theme.id == to_id and code_id not in theme.code_ids:
                notes.set_theme_codes(act, theme.id, [*theme.code_ids, code_id])


def shift_code(store: Store, coder_id: str, theme_id: str, code_id: str, step: int) -> None:
    """Move a code earlier (-1) or later (1) among those that a theme gathers."""
    theme = next(item for item in notes.load_themes(store) if item.id == theme_id)
    order = list(theme.code_ids)
    place = order.index(code_id) + step
    if 0 <= place < len(order):
        order.remove(code_id)
        order.insert(place, code_id)
        gather_codes(store, coder_id, theme_id, order)


def shift_theme(store: Store, coder_id: str, theme_id: str, step: int) -> None:
    """Move a theme earlier (-1) or later (1) among the themes."""
    order = [theme.id for theme in notes.load_themes(store)]
    place = order.index(theme_id) + step
    if 0 <= place < len(order):
        order.remove(theme_id)
        order.insert(place, theme_id)
        with store.act("theme.change", coder_id, theme_id) as act:
            for position, other_id in enumerate(order):
                notes.change_theme(act, other_id, position=position)


def remove_theme(store: Store, coder_id: str, theme_id: str) -> None:
    """Remove a theme; its codes stay."""
    with store.act("theme.remove", coder_id, theme_id) as act:
        notes.remove_theme(act, theme_id)


def codes_without_theme(tree: CodeTree, themes: Sequence[Theme]) -> list[str]:
    """Ids of the codes that no theme gathers, neither themselves nor one above them."""
    gathered = {code_id for theme in themes for code_id in theme.code_ids}
    return [
        code.id
        for code in tree
        if code.id not in gathered
        and gathered.isdisjoint(above.id for above in tree.ancestors(code.id))
    ]


def condense_coding(store: Store, coder_id: str, coding_id: str, text: str) -> None:
    """Write a coded passage shorter; an empty text takes that away."""
    _condense(store, coder_id, Condensation(new_id(), "", coding_id), text, coding_id)


def condense_code(
    store: Store, coder_id: str, code_id: str, case_id: str | None, text: str
) -> None:
    """Write shorter what a participant, or for None what all say under a code."""
    condensation = Condensation(new_id(), "", None, code_id, case_id)
    _condense(store, coder_id, condensation, text, code_id)


def _condense(
    store: Store, coder_id: str, condensation: Condensation, text: str, subject: str
) -> None:
    words = canonicalise(text).strip()
    written = Condensation(
        condensation.id,
        words,
        condensation.coding_id,
        condensation.code_id,
        condensation.case_id,
    )
    with store.act("condensation.write", coder_id, subject) as act:
        notes.write_condensation(act, written)


def summarise_code(store: Store, coder_id: str, code_id: str, text: str) -> None:
    """Write what a code comes to, which ends its section in the chapter; empty: take it away."""
    with store.act("code.summary", coder_id, code_id) as act:
        codes.write_summary(act, code_id, canonicalise(text).strip())
