"""Which repairs a user allows, made on whole texts and on single pieces."""

from __future__ import annotations

from kodebok.sources.repairs import CHARACTER_KINDS, KINDS, Mended, check_kinds, mend

_ALL = frozenset(KINDS)


def allowed_kinds(choice: bool | frozenset[str]) -> frozenset[str]:
    """The kinds that a choice allows: all, none, or those named.

    Raises:
        WrongUseError: K135 for an unknown kind.
    """
    if isinstance(choice, bool):
        return _ALL if choice else frozenset()
    check_kinds(choice)
    return choice


def mended_text(text: str, choice: bool | frozenset[str]) -> Mended:
    """A whole text with the allowed repairs made; `repairs` tells of the refused ones too."""
    allowed = allowed_kinds(choice)
    everything = mend(text)
    if allowed == _ALL or not everything.repairs:
        return everything
    made = mend(text, allowed)
    others = tuple(repair for repair in everything.repairs if repair.kind not in allowed)
    return Mended(made.text, (*made.repairs, *others))


def mended_piece(text: str, choice: bool | frozenset[str]) -> Mended:
    """One cue, cell or answer with the allowed repairs of characters made."""
    everything = mend(text, CHARACTER_KINDS)
    allowed = allowed_kinds(choice) & CHARACTER_KINDS
    if allowed == CHARACTER_KINDS or not everything.repairs:
        return everything
    made = mend(text, allowed)
    others = tuple(repair for repair in everything.repairs if repair.kind not in allowed)
    return Mended(made.text, (*made.repairs, *others))
