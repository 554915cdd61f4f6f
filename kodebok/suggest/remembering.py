"""What learning codes can keep from one request to the next, while somebody codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kodebok.suggest.codes import CodeGuess, CodeLearner, CodeModel
from kodebok.suggest.passages import Material, Passage

MOST_KEPT = 20_000  # passages that are kept weighed, at some six kilobytes each


class CodeMemory:
    """Passages that were weighed, and examples that were, for as long as the texts are the same.

    What is learned and guessed is the same as without; only the way there is shorter.
    """

    def __init__(self) -> None:
        self._seen: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._learner: CodeLearner | None = None
        self._place_of: dict[str, int] = {}
        self._rows: Any = None

    def learn(self, material: Material, without: Sequence[str]) -> CodeModel:
        """What is learned from a coder's examples.

        Args:
            material: All that may be looked at.
            without: Words that are not to count as evidence.
        """
        seen = (tuple(material.texts), tuple(without))
        if self._learner is None or seen != self._seen:
            self._seen = seen
            self._learner = CodeLearner(seen[0], without=without)
            self._place_of, self._rows = {}, None
        return self._learner.learn(material.examples)

    def guess(self, model: CodeModel, passages: Sequence[Passage]) -> list[list[CodeGuess]]:
        """The codes that fit passages of the material best; of very many none is kept weighed."""
        texts = self._seen[0] if self._seen else ()
        if len(texts) > MOST_KEPT or not passages:
            return model.guess([passage.text for passage in passages])
        if self._rows is None:
            self._place_of = {text: place for place, text in enumerate(texts)}
            self._rows = model.vocabulary.weigh(texts)
        return model.guess_rows(self._rows[[self._place_of[p.text] for p in passages]])
