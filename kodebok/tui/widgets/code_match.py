"""Finding codes by parts of what they are called. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kodebok.domain.code import PATH_SEPARATOR, Code, CodeTree

_NAME_BEGINS, _WORD_BEGINS, _IN_NAME, _PATH_WORD, _IN_PATH, _SCATTERED = range(6)


def match_codes(
    codes: Iterable[Code], tree: CodeTree, typed: str, counts: Mapping[str, int]
) -> list[Code]:
    """The codes that every typed part fits, the best first.

    A part fits where it stands in the code's path, or where its letters stand in the name in that
    order. Names that begin with it come first, then words that do; then the most used.
    """
    parts = typed.casefold().replace(PATH_SEPARATOR, " ").split()
    ranked = []
    for place, code in enumerate(codes):
        path = tree.path(code.id).casefold()
        scores = [_score(part, code, path) for part in parts]
        if None not in scores:
            rank = (sum(score or 0 for score in scores), -counts.get(code.id, 0) if parts else 0)
            ranked.append((rank, place, code))
    return [code for _, _, code in sorted(ranked, key=lambda item: item[:2])]


def _score(part: str, code: Code, path: str) -> int | None:
    name = code.name.casefold()
    if name.startswith(part) or part == code.letter.casefold():
        return _NAME_BEGINS
    if _begins_word(part, name):
        return _WORD_BEGINS
    if part in name:
        return _IN_NAME
    if _begins_word(part, path):
        return _PATH_WORD
    if part in path:
        return _IN_PATH
    return _SCATTERED if _is_scattered(part, name) else None


def _begins_word(part: str, words: str) -> bool:
    at = words.find(part)
    while at >= 0:
        if at == 0 or not words[at - 1].isalnum():
            return True
        at = words.find(part, at + 1)
    return False


def _is_scattered(part: str, name: str) -> bool:
    signs = iter(name)
    return all(sign in signs for sign in part)


def split_new_name(tree: CodeTree, typed: str) -> tuple[str, Code | None] | None:
    """A name for a new code, and the code that it was typed below; None when it cannot be new.

    `Ledelse/Nærvær` is a new code below the one code called Ledelse.
    """
    above, slash, name = typed.strip().rpartition(PATH_SEPARATOR)
    name = name.strip()
    if not name:
        return None
    parent: Code | None = None
    if slash:
        found = tree.find(above)
        if len(found) != 1:
            return None
        parent = found[0]
    siblings = tree.children(parent.id) if parent else tuple(tree)
    if any(code.name.casefold() == name.casefold() for code in siblings):
        return None
    return name, parent
