"""What an apply puts into the key file, gathered while it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kodebok.anonymise.key_file import KeptPart, KeptValue, KeyContent, text_key
from kodebok.anonymise.rewriting import words_back
from kodebok.domain.entity import Entity
from kodebok.storage.sealing import KeyPart, SealedText

# What tells who a participant is: kept in the part of the key that can be destroyed apart.
PERSON_TABLES = frozenset({"cases", "speakers"})

Border = tuple[str, str, str, int]


def part_of_table(table: str) -> KeyPart:
    """Which part of the key a table's values belong to."""
    return KeyPart.PERSONS if table in PERSON_TABLES else KeyPart.REPLACEMENTS


def _empty_parts() -> dict[KeyPart, dict[str, KeptValue]]:
    return {part: {} for part in KeyPart}


@dataclass(slots=True)
class Gathered:
    """What goes into the key file.

    Attributes:
        content: What the key file says already.
        is_applied: Whether originals are replaced already; else what it says of values is of an
            earlier time, or of a copy of the study.
        spans: Originals as they stood, by the id of the replacement.
        borders: Borders of passages that lay within an original, by the id of the replacement.
    """

    content: KeyContent
    is_applied: bool
    spans: dict[str, str] = field(default_factory=dict)
    borders: dict[str, tuple[Border, ...]] = field(default_factory=dict)
    _values: dict[KeyPart, dict[str, KeptValue]] = field(default_factory=_empty_parts)

    def keep_span(self, replacement_id: str, original: str, borders: Sequence[Border]) -> None:
        """Keep what stood in a source, and the borders within it."""
        self.spans[replacement_id] = original
        if borders:
            self.borders[replacement_id] = tuple(borders)

    def keep_value(self, table: str, column: str, row_id: str, value: KeptValue) -> None:
        """Keep what stood in a column, also when it was changed before."""
        part = part_of_table(table)
        place = f"{table}:{column}:{row_id}"
        now = self._values[part].get(place)
        earlier = self.content.part(part).values.get(place)
        if now is not None:
            value = KeptValue(now.old, value.new, (*now.pairs, *value.pairs))
        elif earlier is not None:
            value = _joined(earlier, value, is_applied=self.is_applied)
        self._values[part][place] = value

    def added_to_content(
        self, changed: Iterable[Entity], taken: Mapping[KeyPart, Sequence[SealedText]]
    ) -> KeyContent:
        """What the key file is to say now.

        Args:
            changed: Entities that are applied now, with their originals.
            taken: What was taken out of the history.
        """
        content = replace(self.content, revision=self.content.revision + 1)
        for part in KeyPart:
            texts = {text_key(sealed): sealed for sealed in taken[part]}
            added = KeptPart(values=self._values[part], texts=texts)
            if part is KeyPart.REPLACEMENTS:
                named = {one.id: one for one in changed if one.originals}
                added = replace(added, entities=named, spans=self.spans, borders=self.borders)
            content = content.with_part(part, added)
        return content


def _joined(known: KeptValue, value: KeptValue, *, is_applied: bool) -> KeptValue:
    old = value.old
    if is_applied:
        old = known.old if known.new == value.old else words_back(value.old, known.pairs)
    return KeptValue(old, value.new, tuple(dict.fromkeys((*known.pairs, *value.pairs))))
