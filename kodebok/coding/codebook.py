"""Changing the codebook: add, change, move, merge, split, delete; each one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kodebok.domain.code import PATH_SEPARATOR, Code, CodeTree, Color, Origin
from kodebok.domain.ids import new_id
from kodebok.domain.method import profile_of
from kodebok.domain.text import fold_space
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes, codings, projects
from kodebok.storage.database import Store
from kodebok.storage.history import Act
from kodebok.storage.theories import load_theories

_ = translator("coding")

LONGEST_IN_VIVO = 60  # characters of a name that still fits a code tree
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"


def add_code(
    store: Store, coder_id: str, name: str, parent_id: str | None = None, **fields: Any
) -> Code:
    """A new code, last among its siblings.

    Colour and letter are chosen when not given: the parent's colour, else the one that fewest
    families have; the first letter of the name that is free, else any free one. Where it came
    from, when that is not given, is what the way of working takes for granted.

    Raises:
        WrongUseError: The name is empty, holds `/`, or is taken under that parent.
    """
    tree = codes.load_code_tree(store)
    name = check_name(tree, name, parent_id)
    fields.setdefault("origin", default_origin(store))
    code = Code(
        id=new_id(),
        name=name,
        parent_id=parent_id,
        position=_next_position(tree, parent_id),
        color=fields.pop("color", None) or choose_color(tree, parent_id),
        letter=fields.pop("letter", None) or choose_letter(tree, name),
        **fields,
    )
    with store.act("code.add", coder_id, code.id) as act:
        codes.add_code(act, code)
    return code


def default_origin(store: Store) -> Origin:
    """Where a new code is taken to come from, in the study's way of working."""
    return profile_of(projects.load_project(store).method).code_origin.value


def check_name(tree: CodeTree, name: str, parent_id: str | None, own_id: str = "") -> str:
    """The name as it will be stored.

    Raises:
        WrongUseError: It is empty, holds `/`, or is taken under that parent.
    """
    folded = fold_space(name)
    if not folded or PATH_SEPARATOR in folded:
        raise WrongUseError(_("a code needs a name without '/'"), _("choose another name"), "K310")
    for sibling in tree.children(parent_id):
        if sibling.id != own_id and sibling.name.casefold() == folded.casefold():
            raise WrongUseError(
                _("there is a code of that name here already"),
                _("choose another name, or use the one that is there"),
                "K311",
            )
    return folded


def name_in_vivo(words: str) -> str:
    """A code's name made of the passage's own words."""
    folded = fold_space(words).replace(PATH_SEPARATOR, "-").strip(" .,;:!?…")
    if len(folded) <= LONGEST_IN_VIVO:
        return folded
    return folded[:LONGEST_IN_VIVO].rsplit(" ", 1)[0] + "…"


def choose_color(tree: CodeTree, parent_id: str | None) -> Color:
    """The parent's colour, else the one that fewest families have."""
    if parent_id is not None and parent_id in tree:
        return tree[parent_id].color
    used = Counter(code.color for code in tree.children(None))
    return min((color for color in Color if color is not Color.GREY), key=lambda c: used[c])


def choose_letter(tree: CodeTree, name: str) -> str:
    """A letter that no other code has: of the name if one is free; empty when all are taken."""
    taken = {code.letter for code in tree}
    wanted = [sign for sign in name.upper() if sign in _LETTERS] + list(_LETTERS)
    return next((letter for letter in wanted if letter not in taken), "")


def _next_position(tree: CodeTree, parent_id: str | None) -> int:
    return max((code.position + 1 for code in tree.children(parent_id)), default=0)


def change_code(store: Store, coder_id: str, code_id: str, **fields: Any) -> bool:
    """Change a code's name, definition, origin, colour and so on; False when they were so.

    A new name of a theory code is followed by the links to it.
    """
    tree = codes.load_code_tree(store)
    if "name" in fields:
        fields["name"] = check_name(tree, fields["name"], tree[code_id].parent_id, code_id)
    kind = "code.rename" if set(fields) == {"name"} else "code.change"
    with store.act(kind, coder_id, code_id) as act:
        if "name" in fields:
            _rename_links(act, tree, tree[code_id].name, fields["name"])
        return codes.change_code(act, code_id, **fields)


def _rename_links(act: Act, tree: CodeTree, old: str, new: str) -> None:
    for code in tree:
        if old in code.theory and old != new:
            linked = tuple(new if name == old else name for name in code.theory)
            codes.change_code(act, code.id, theory=linked)


def move_code(
    store: Store, coder_id: str, code_id: str, parent_id: str | None, position: int | None = None
) -> None:
    """Move a code with its family under another parent, or to another place among siblings.

    Raises:
        WrongUseError: The parent is the code itself or below it, or has a child of that name.
    """
    tree = codes.load_code_tree(store)
    below = {code.id for code in tree.descendants(code_id)} | {code_id}
    if parent_id in below:
        raise WrongUseError(
            _("a code cannot be moved below itself"), _("choose another place"), "K312"
        )
    check_name(tree, tree[code_id].name, parent_id, code_id)
    siblings = [code for code in tree.children(parent_id) if code.id != code_id]
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    siblings.insert(place, replace(tree[code_id], parent_id=parent_id))
    with store.act("code.move", coder_id, code_id) as act:
        codes.change_code(act, code_id, parent_id=parent_id)
        for number, code in enumerate(siblings):
            codes.change_code(act, code.id, position=number)


def merge_codes(store: Store, coder_id: str, from_id: str, into_id: str) -> None:
    """Merge one code into another: codings, memos, quotes, children and links follow.

    Raises:
        WrongUseError: The two are the same, or the one to keep lies below the other.
    """
    tree = codes.load_code_tree(store)
    if from_id == into_id or into_id in {code.id for code in tree.descendants(from_id)}:
        raise WrongUseError(
            _("a code cannot be merged into itself or into one below it"),
            _("move that one out first"),
            "K313",
        )
    with store.act("code.merge", coder_id, into_id) as act:
        codes.move_uses(act, from_id, into_id)
        _adopt_children(act, tree, from_id, into_id)
        _rename_links(act, tree, tree[from_id].name, tree[into_id].name)
        _merge_definitions(act, tree[from_id], tree[into_id])
        _merge_summaries(act, from_id, into_id)
        codes.remove_code(act, from_id)


def _adopt_children(act: Act, tree: CodeTree, from_id: str, into_id: str) -> None:
    taken = {code.name.casefold() for code in tree.children(into_id)}
    position = _next_position(tree, into_id)
    for number, child in enumerate(tree.children(from_id)):
        name = child.name
        while name.casefold() in taken:
            name += " (2)"
        taken.add(name.casefold())
        codes.change_code(act, child.id, name=name, parent_id=into_id, position=position + number)


def _merge_definitions(act: Act, old: Code, kept: Code) -> None:
    merged = {
        field: "\n".join(filter(None, (getattr(kept, field), getattr(old, field))))
        for field in ("definition", "use_when", "not_when", "example")
        if getattr(old, field) and getattr(old, field) != getattr(kept, field)
    }
    if merged:
        codes.change_code(act, kept.id, **merged)


def _merge_summaries(act: Act, from_id: str, into_id: str) -> None:
    written = codes.load_summaries(act.store)
    if from_id in written:
        both = (written.get(into_id, ""), written[from_id])
        codes.write_summary(act, into_id, "\n".join(filter(None, both)))


def split_code(
    store: Store, coder_id: str, code_id: str, name: str, coding_ids: Iterable[str]
) -> Code:
    """Move chosen codings of a code to a new code right below it, which the data gave rise to.

    Raises:
        WrongUseError: The name cannot be used, or a coding is not of that code.
    """
    with store.act("code.split", coder_id, code_id) as act:
        new = add_code(store, coder_id, name, code_id, origin=Origin.EMPIRICAL)
        for coding_id in coding_ids:
            coding = codings.load_coding(store, coding_id)
            if coding.code_id != code_id:
                raise WrongUseError(
                    _("one of the codings is not of that code"),
                    _("list them with 'kodebok quotes --code'"),
                    "K314",
                )
            codings.move_coding(act, coding, new.id)
        return new


def delete_code(store: Store, coder_id: str, code_id: str) -> int:
    """Delete a code with everything below it.

    Returns:
        How many codings went with it.
    """
    tree = codes.load_code_tree(store)
    counts = codes.count_codings(store)
    doomed = [*reversed(list(tree.descendants(code_id))), tree[code_id]]
    with store.act("code.delete", coder_id, code_id) as act:
        _drop_links(act, tree, {code.id for code in doomed})
        for code in doomed:
            codes.remove_code(act, code.id)
    return sum(counts.get(code.id, 0) for code in doomed)


def _drop_links(act: Act, tree: CodeTree, doomed: set[str]) -> None:
    """Take away links to codes that go; a theory of the register stays linked."""
    left = {code.name for code in tree if code.id not in doomed}
    left |= {theory.name for theory in load_theories(act.store)}
    gone = {tree[code_id].name for code_id in doomed} - left
    for code in tree:
        linked = tuple(name for name in code.theory if name not in gone)
        if linked != code.theory and code.id not in doomed:
            codes.change_code(act, code.id, theory=linked)
