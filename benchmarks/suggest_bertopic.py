"""BERTopic (PyPI) with its own defaults, on the same features as kodebok's groups."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kodebok.suggest.features import learn_vocabulary
from kodebok.suggest.groups import DIMENSIONS, TYPICAL
from kodebok.suggest.learning import along, main_directions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kodebok.suggest.passages import Passage

LEAST_PASSAGES = 20  # below it UMAP's defaults have too few neighbours
SEED = 1


@cache
def has_bertopic() -> bool:
    """Whether BERTopic can be run here."""
    return find_spec("bertopic") is not None


def bertopic_groups(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Its topics, the biggest first, each by the five passages that are likeliest in it."""
    import numpy as np
    from bertopic import BERTopic
    from umap import UMAP

    if len(passages) < LEAST_PASSAGES:
        return []
    texts = [p.text for p in passages]
    rows = learn_vocabulary(texts).weigh(texts)
    points = along(rows, main_directions(rows, DIMENSIONS))
    # Its own defaults, but for the seed.
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    topics, likelihood = BERTopic(umap_model=umap, embedding_model=None).fit_transform(
        texts, embeddings=points
    )
    labels = np.array(topics)
    groups = []
    for label in sorted(set(topics) - {-1}):
        inside = np.flatnonzero(labels == label)
        likeliest = inside[np.argsort(-np.asarray(likelihood)[inside], kind="stable")]
        groups.append((len(inside), [passages[place] for place in likeliest[:TYPICAL]]))
    return [typical for _, typical in sorted(groups, key=lambda pair: -pair[0])]
