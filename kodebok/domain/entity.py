"""Entities: who or what the identifiers of a study mean, and what becomes of them in its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kodebok.domain.identifier import IdentifierType


class Action(StrEnum):
    """What the researcher decided for an entity."""

    PSEUDONYM = "pseudonym"
    LETTER = "letter"
    GENERALISE = "generalise"
    TAG = "tag"
    PRONOUN = "pronoun"
    REWRITE = "rewrite"
    DELETE = "delete"
    KEEP = "keep"

    @property
    def changes_text(self) -> bool:
        """Whether the entity's mentions are replaced when the anonymisation is applied."""
        return self is not Action.KEEP


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or thing that the study's text names.

    Attributes:
        name: The original in its base form; empty once only the key file knows it.
        aliases: Other originals of the same entity, such as the first name alone; base forms.
        action: What is decided, or None as long as nothing is.
        replacement: What stands in the text instead, in its base form; empty for `keep`, `delete`
            and as long as nothing is decided.
        reason: Why it was kept, or how a statement was rewritten; the researcher's words.
    """

    id: str
    type: IdentifierType
    name: str
    aliases: tuple[str, ...] = ()
    action: Action | None = None
    replacement: str = ""
    reason: str = ""

    @property
    def originals(self) -> tuple[str, ...]:
        """Every original in its base form, the name first."""
        return tuple(dict.fromkeys(filter(None, (self.name, *self.aliases))))


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names an entity, in whatever form.

    Attributes:
        start, end: Half-open, in code points of the text.
        entity_id: Whom it names.
        original: Which of the entity's originals it is a form of, in base form.
    """

    start: int
    end: int
    entity_id: str
    original: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of a source that stands where an original stood.

    Attributes:
        start, end: Half-open, in code points of the canonical text as it is now; equal where the
            original was deleted.
        number: Its order among those of one apply that stand at the same place.
    """

    id: str
    source_id: str
    start: int
    end: int
    entity_id: str
    number: int = 0


class Rule(StrEnum):
    """What the study says of a word that looks like a name, or does not."""

    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class NameRule:
    """A word or name that is always found in this study, or never taken for one."""

    id: str
    text: str
    rule: Rule
    type: IdentifierType = IdentifierType.OTHER
