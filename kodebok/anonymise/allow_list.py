"""The allow-list: public names that stay, such as theorists, reforms, tools and public bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.anonymise.place_names import read_list
from kodebok.anonymise.word_forms import first_part, without_genitive
from kodebok.domain.identifier import IdentifierType

_SHORT = 4  # short names and abbreviations must be written as they are listed


@dataclass(frozen=True, slots=True)
class AllowList:
    """Names that are reported to no one.

    Attributes:
        exact: As they are written.
        folded: In lower case, for those long enough to be themselves in any case.
    """

    exact: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> AllowList:
        """The list of some names."""
        written = frozenset(name.strip() for name in names if name.strip())
        long = frozenset(name.lower() for name in written if len(name) > _SHORT)
        return cls(written, long)

    def allows(self, words: str, type_: IdentifierType) -> bool:
        """Whether a name, a genitive of it, or a compound that begins with it may stay."""
        if not type_.is_name:
            return False
        folded = " ".join(words.split())
        head = first_part(folded)
        forms = [*without_genitive(folded), *([head] if head else [])]
        return any(form in self.exact or form.lower() in self.folded for form in forms)


def shipped_allow_list() -> AllowList:
    """The list that comes with kodebok."""
    return allow_list_with(())


def allow_list_with(names: Iterable[str]) -> AllowList:
    """The list that comes with kodebok, and the user's own names."""
    return AllowList.of([*read_list("allowed.txt"), *names])
