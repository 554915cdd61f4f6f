"""Which likely identifiers of a study nobody has decided on: for these alone the gate stops."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kodebok.anonymise.mentions import MentionFinder
from kodebok.anonymise.spellings import fold
from kodebok.anonymise.word_forms import without_genitive
from kodebok.domain.entity import Entity, NameRule, Rule
from kodebok.domain.identifier import IdentifierType
from kodebok.domain.span import Span


class Decided:
    """What is decided in a study.

    Args:
        entities: All that are known; those without an action decide nothing.
        rules: Words that are always, or never, names here.
        language: Of the texts.
    """

    def __init__(
        self, entities: Sequence[Entity], rules: Iterable[NameRule], language: str = "nb"
    ) -> None:
        decided = [one for one in entities if one.action is not None]
        stand_ins = [
            Entity(f"{one.id} instead", one.type, one.replacement)
            for one in decided if one.replacement.strip()
        ]  # fmt: skip
        self._finder = MentionFinder([*decided, *stand_ins], language)
        listed = list(rules)
        self._settled = {fold(name) for one in [*decided, *stand_ins] for name in one.originals}
        self._settled |= {fold(one.text) for one in listed if one.rule is Rule.NEVER}
        self.always = [
            Entity(f"rule {one.id}", one.type, one.text) for one in listed
            if one.rule is Rule.ALWAYS and not self.covers(one.text)
        ]  # fmt: skip

    def covers(self, words: str) -> bool:
        """Whether every letter and digit of an identifier is decided; case does not count."""
        if any(form in self._settled for form in without_genitive(fold(words.strip()))):
            return True
        open_places = {at for at, sign in enumerate(words) if sign.isalnum()}
        for mention in self._finder.find(words):
            open_places -= set(range(mention.start, mention.end))
        return not open_places


def undecided_names(
    found: Iterable[tuple[str, Span, IdentifierType]],
    texts: Mapping[str, str],
    replaced: Mapping[str, Collection[Span]],
    decided: Decided,
) -> list[Entity]:
    """What the finders are sure of and nobody has decided, each name once.

    Args:
        found: Source, place and type of likely identifiers.
        texts: The sources' texts.
        replaced: By source: where replacements stand.
        decided: What is decided.
    """
    names: dict[str, Entity] = {}
    judged: dict[str, bool] = {}
    for source, span, type_ in found:
        if any(span.overlaps(place) for place in replaced.get(source, ())):
            continue
        words = texts[source][span.start : span.end]
        if words not in judged:
            judged[words] = decided.covers(words)
        if not judged[words]:
            names.setdefault(fold(words), Entity(f"found {len(names)}", type_, words))
    return [*names.values(), *decided.always]
