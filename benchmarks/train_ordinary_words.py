"""Pack spacy-lookups-data's Norwegian word forms, and our own small words, into the filter.

    python benchmarks/train_ordinary_words.py

Needs spacy-lookups-data (CC BY 4.0 for the Norwegian tables: Norsk Ordbank, Språkbanken).
"""

from __future__ import annotations

import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from kodebok.anonymise.ordinary import OrdinaryWords, pack_words
from kodebok.anonymise.place_names import read_list

MODELS = Path(__file__).parents[1] / "kodebok" / "anonymise" / "models"
BITS_PER_WORD = 10


def dictionary_forms() -> set[str]:
    """All forms in lower case that the dictionary writes in lower case."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install spacy-lookups-data first")
    table = Path(spec.submodule_search_locations[0]) / "data" / "nb_lemma_exc.json.gz"
    with gzip.open(table, "rt", encoding="utf-8") as file:
        by_class = json.load(file)
    return {form for forms in by_class.values() for form in forms if form == form.lower()}


def small_words() -> set[str]:
    """Small words, common nynorsk and dialect words, which the dictionary does not have."""
    return {word for line in read_list("small_words.txt") for word in line.split()}


def main() -> None:
    forms = dictionary_forms() | small_words()
    size = len(forms) * BITS_PER_WORD // 8 * 8
    bits = pack_words(sorted(forms), size)
    np.savez(MODELS / "ordinary_words.npz", bits=bits)
    known = OrdinaryWords(bits.tobytes())
    strangers = [f"{form}qx" for form in forms]
    wrong = sum(word in known for word in strangers) / len(strangers)
    print(f"{len(forms)} forms, {size // 8} bytes, {wrong:.4f} of strangers taken for known")


if __name__ == "__main__":
    main()
