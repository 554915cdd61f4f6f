"""NorNE (ltgoslo/norne, annotations CC0) as training and test texts for the finders.

The data lie outside the repository; `KODEBOK_NORNE` names their folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("KODEBOK_NORNE", "../shared/data/norne"))

# The eight labels of NorNE by the types of kodebok; GPE_ORG is a place that acts.
TYPE_OF_LABEL = {
    "PER": "person",
    "LOC": "place",
    "GPE_LOC": "place",
    "GPE_ORG": "place",
    "ORG": "organisation",
    "PROD": "other",
    "EVT": "other",
    "DRV": "other",
    "MISC": "other",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A named entity: half-open, in code points of its text."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its named entities, in order and without overlap."""

    text: str
    names: tuple[Named, ...]


def load_texts(part: str, folder: Path = FOLDER) -> list[Text]:
    """The texts of one part, such as `nob-dev`; each is ten sentences."""
    import spacy
    from spacy.tokens import DocBin

    vocabulary = spacy.blank("nb").vocab
    docs = DocBin().from_disk(folder / f"{part}.spacy").get_docs(vocabulary)
    return [
        Text(
            doc.text,
            tuple(
                Named(ent.start_char, ent.end_char, TYPE_OF_LABEL[ent.label_]) for ent in doc.ents
            ),
        )
        for doc in docs
    ]


def lower_cased(text: Text) -> Text:
    """The same text as speech recognition without capitals writes it."""
    small = text.text.lower()
    if len(small) != len(text.text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.text)
    return Text(small, text.names)
