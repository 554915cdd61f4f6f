"""What a text reads when what was decided is applied: edits by place, in one pass."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.replacing import LEFT_OUT, edit_for
from kodebok.domain.entity import Entity, Mention
from kodebok.domain.span import Edit, Span

__all__ = ["LEFT_OUT", "EntityEdit", "Rewriter", "Rewritten", "words_back"]

_SHORTEST_TRACE = 4  # letters of a name that is looked for within words too

Finder = Callable[[str], list[Mention]]


@dataclass(frozen=True, slots=True)
class EntityEdit:
    """An edit, and whose original it takes away."""

    edit: Edit
    entity_id: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A value after it was anonymised.

    Attributes:
        text: What it reads now.
        pairs: Each original as it stood, and what stands for it, in their order.
    """

    text: str
    pairs: tuple[tuple[str, str], ...]


class Rewriter:
    """Applies decisions to texts.

    Args:
        entities: All of the study's; those that are kept, or about which nothing is decided,
            protect what is theirs.
        language: Of the texts: `nb`, `nn` or `en`.
    """

    def __init__(self, entities: Sequence[Entity], language: str = "nb") -> None:
        self._by_id = {
            one.id: one for one in entities if one.action is not None and one.action.changes_text
        }
        self._language = language
        self._find: Finder = MentionFinder(
            [one for one in entities if one.originals], language
        ).find
        self._trace = _trace_of(self._by_id.values())

    def edits(self, text: str, protected: Iterable[Span] = ()) -> list[EntityEdit]:
        """What is to be edited, in the order of the text, without overlap, each within one line.

        Args:
            text: The text.
            protected: Stretches that hold a replacement already.
        """
        held = sorted(span for span in protected if span)
        edits: list[EntityEdit] = []
        at = 0
        for mention in sorted(self._find(text), key=lambda one: (one.start, -one.end)):
            entity = self._by_id.get(mention.entity_id)
            if entity is None or any(span.overlaps(_span(mention)) for span in held):
                continue
            for part in _by_line(text, mention):
                edit = edit_for(text, part, entity, self._language)
                edit = _within(text, edit, part, at)
                if edit.start >= at and edit.removed != edit.inserted:
                    edits.append(EntityEdit(edit, entity.id))
                    at = edit.end
        return edits

    def rewrite(self, value: str) -> Rewritten:
        """A value that was typed; strings inside JSON are rewritten one by one."""
        content = _as_json(value)
        if content is None:
            return self._rewrite_plain(value)
        pairs: list[tuple[str, str]] = []

        def convert(text: str) -> str:
            rewritten = self._rewrite_plain(text)
            pairs.extend(rewritten.pairs)
            return rewritten.text

        changed = _map_strings(content, convert)
        if not pairs:
            return Rewritten(value, ())
        return Rewritten(json.dumps(changed, ensure_ascii=False), tuple(pairs))

    def _rewrite_plain(self, text: str) -> Rewritten:
        found = [one.edit for one in self.edits(text)]
        pairs = tuple((edit.removed, edit.inserted) for edit in found)
        new = text
        for edit in reversed(found):
            new = edit.apply(new)
        if text.strip() and not new.strip():
            new = LEFT_OUT
        return Rewritten(new, pairs)

    def has_trace(self, text: str) -> bool:
        """Whether an original stands in a text in any form, or as a part of any word."""
        if self._trace is not None and self._trace.search(text.casefold()):
            return True
        return self.has_mention(text)

    def has_mention(self, text: str) -> bool:
        """Whether an original stands in a text in any form that is replaced."""
        return bool(self.edits(text))


def _span(mention: Mention) -> Span:
    return Span(mention.start, mention.end)


def _by_line(text: str, mention: Mention) -> list[Mention]:
    """The mention, in parts when it goes over a line end."""
    parts = []
    start = mention.start
    for line in text[mention.start : mention.end].split("\n"):
        if line.strip():
            parts.append(Mention(start, start + len(line), mention.entity_id, mention.original))
        start += len(line) + 1
    return parts


def _within(text: str, edit: Edit, mention: Mention, at: int) -> Edit:
    """The edit without the space it takes along, when that is another edit's or a line end."""
    if edit.start >= at and "\n" not in edit.removed:
        return edit
    return Edit(mention.start, text[mention.start : mention.end], edit.inserted)


def _trace_of(entities: Iterable[Entity]) -> re.Pattern[str] | None:
    """Finds originals anywhere, also within words: coarser than a mention on purpose."""
    folded = {name.casefold() for one in entities for name in one.originals}
    long = sorted((name for name in folded if len(name) >= _SHORTEST_TRACE), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in long)) if long else None


def _as_json(value: str) -> Any:
    if value[:1] not in {"[", "{"}:
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def _map_strings(value: Any, convert: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [_map_strings(item, convert) for item in value]
    if isinstance(value, dict):
        return {convert(key): _map_strings(item, convert) for key, item in value.items()}
    return value


def words_back(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A value with originals for their replacements, where these still stand as words."""
    originals: dict[str, list[str]] = {}
    for original, replacement in pairs:
        if replacement.strip():
            originals.setdefault(replacement, []).append(original)
    if not originals:
        return text
    longest_first = sorted(originals, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in longest_first))

    def give_back(match: re.Match[str]) -> str:
        known = originals[match.group()]
        return known.pop(0) if len(known) > 1 else known[0]

    return pattern.sub(give_back, text)
