"""The finder that asks a spaCy pipeline of the user's, beside our own and never in their place.

Pipelines trained the ordinary way find next to nothing in text without capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kodebok.domain.identifier import IdentifierType, Proposal
from kodebok.errors import MissingComponentError
from kodebok.i18n import translator

_ = translator("anonymise")

FINDER = "pipeline"
REASON = "found by an installed language model"

_SCORE = 0.7
_LONGEST = 100_000  # characters read at once; spaCy refuses a million

_TYPES = {
    **dict.fromkeys(("PER", "PERSON"), IdentifierType.PERSON),
    **dict.fromkeys(("LOC", "GPE", "GPE_LOC", "GPE_ORG", "FAC"), IdentifierType.PLACE),
    "ORG": IdentifierType.ORGANISATION,
    **dict.fromkeys(("PROD", "EVT", "DRV", "MISC", "NORP"), IdentifierType.OTHER),
}

Finder = Callable[[str], list[Proposal]]


def load_pipeline(name: str) -> Finder:
    """A finder that asks an installed spaCy pipeline.

    Args:
        name: Of an installed package such as `nb_core_news_lg`, or a folder with a pipeline.

    Raises:
        MissingComponentError: spaCy (K811) or the pipeline (K812) is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingComponentError(
            _("spaCy is not installed"), _("install it with 'pip install spacy'"), "K811"
        ) from error
    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise MissingComponentError(
            _("there is no spaCy pipeline of the name {name}", name=name),
            _("install it, for example with 'python -m spacy download nb_core_news_lg'"),
            "K812",
        ) from error

    def find(text: str) -> list[Proposal]:
        found = []
        for start, end in _pieces(text):
            for entity in pipeline(text[start:end]).ents:
                type_ = _TYPES.get(entity.label_)
                if type_ and entity.text.strip():
                    begin, stop = start + entity.start_char, start + entity.end_char
                    found.append(Proposal(begin, stop, type_, _SCORE, FINDER, REASON))
        return found

    return find


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches short enough to be read at once, cut at line ends where there are any."""
    start = 0
    while start < len(text):
        end = min(start + _LONGEST, len(text))
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        yield start, end
        start = end
