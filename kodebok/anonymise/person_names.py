"""A person's name in the place of another's: first for first, last for last, turned as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kodebok.anonymise.mention_form import form_of, in_case_of
from kodebok.anonymise.name_parts import atoms
from kodebok.anonymise.spellings import fold, spellings
from kodebok.anonymise.word_forms import one_letter_off
from kodebok.domain.entity import Entity

_FIRST, _LAST, _OTHER = 0, -1, 1


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a mention: which part of the name it is, and how it stands."""

    text: str
    part: str
    role: int
    is_initial: bool
    has_stop: bool


def person_name(found: str, original: str, entity: Entity) -> tuple[str, bool]:
    """What stands for a mention of a person, without its genitive, and whether it had one.

    Args:
        found: The mention, without the rest of a compound.
        original: Which original it is a form of.
        entity: With a name for a replacement; without one the name is empty too.
    """
    new = entity.replacement.split()
    old = _words_of(original)
    initials = _as_initials(found, old, new)
    if initials:
        return initials
    words = _read(found, old, _words_of(entity.name))
    if not words:
        return entity.replacement, False
    last = words[-1]
    start = found.rfind(last.text)
    form = form_of(found[start:], last.part)
    genitive = form.genitive and not last.is_initial
    named = [word for word in words if word.role != _OTHER]
    if not named:
        return entity.replacement, genitive
    written = [_written(word, new, whole=len(_words_of(entity.name)) == 1) for word in named]
    if len(new) == 1:
        written = written[:1]
    return _between(found, named).join(written), genitive


def _words_of(name: str) -> list[str]:
    return [name[start:end] for start, end in atoms(name)]


def _as_initials(found: str, old: list[str], new: list[str]) -> tuple[str, bool] | None:
    """`K.N.`, `K. N.` and `KN` with the new name's initials."""
    words = _words_of(found)
    if len(old) < 2:  # noqa: PLR2004 - a single name has no initials
        return None
    firsts = [word[0] for word in new]
    if len(words) > 1 and all(len(word) == 1 for word in words):
        sign = found[len(words[0]) : found.index(words[1], len(words[0]))]
        stop = "." if found.endswith(".") else ""
        return in_case_of(found, "A", sign.join(firsts)) + stop, False
    stem = words[0].removesuffix("s") if words else ""
    if len(words) == 1 and len(stem) > 1 and stem.isupper() and stem[0] == old[0][0]:
        short = {"".join(word[0] for word in old), old[0][0] + old[-1][0]}
        if stem in short or (len(stem) < len(old[0]) and fold(stem) not in map(fold, old)):
            return "".join(firsts), words[0] != stem
    return None


def _read(found: str, old: Sequence[str], full: Sequence[str]) -> list[_Word]:
    read: list[_Word] = []
    for start, end in atoms(found):
        text = found[start:end]
        if text.lower() == "s" and read and found[start - 1 : start] in {"'", "’", "-"}:
            continue
        part, is_initial = _part_of(text, old)
        role = _role(part, old, full)
        read.append(_Word(text, part, role, is_initial, found[end : end + 1] == "."))
    return read


def _part_of(text: str, old: Sequence[str]) -> tuple[str, bool]:
    """Which word of the original a word is a form of, and whether it is its initial."""
    folded = fold(text)
    bare = folded.removesuffix("s")
    ways: tuple[Callable[[str], bool], ...] = (
        folded.__eq__,
        folded.startswith,
        lambda form: (
            form[:1] == folded[:1] and (one_letter_off(form, folded) or one_letter_off(form, bare))
        ),
    )
    for fits in ways if len(text) > 1 else ways[:1]:
        for part in old:
            if any(map(fits, spellings(part))):
                return part, False
    if len(text) == 1:
        for part in old:
            if fold(part).startswith(folded):
                return part, True
    return "", False


def _role(part: str, old: Sequence[str], full: Sequence[str]) -> int:
    if not part:
        return _OTHER if len(old) > 1 else _FIRST
    names = old if len(old) > 1 else full
    if len(names) > 1 and fold(part) == fold(names[-1]):
        return _LAST
    if len(old) == 1 or fold(part) == fold(names[0]):
        return _FIRST
    return _OTHER


def _written(word: _Word, new: Sequence[str], *, whole: bool) -> str:
    chosen = " ".join(new) if whole or not new else new[word.role]
    if word.is_initial:
        return chosen[:1] + ("." if word.has_stop and chosen else "")
    return in_case_of(word.text, word.part, chosen)


def _between(found: str, words: Sequence[_Word]) -> str:
    """What parts the words of the mention: a space, `, `, `_` or nothing."""
    if len(words) < 2:  # noqa: PLR2004 - two words have something between them
        return ""
    after = found.index(words[0].text) + len(words[0].text)
    between = found[after : found.index(words[1].text, after)]
    if any(sign.isalpha() for sign in between):
        return " "
    return between.removeprefix(".") if words[0].is_initial else between
