"""Small groups of passages that stand together whichever sample is looked at.

Consensus clustering (Monti et al. 2003, Machine Learning 52): k-means over many subsamples; how
often two passages came together is their likeness, and average linkage over it gives groups. A
full partition would promise more than short excerpts can keep, so most passages are in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from kodebok.suggest.features import learn_vocabulary, words_of
from kodebok.suggest.keywords import choose_keywords
from kodebok.suggest.learning import along, cluster_rows, main_directions
from kodebok.suggest.passages import Passage, limit_passages

DIMENSIONS = 20
SAMPLES = 200
SAMPLES_OF_MANY, MANY = 100, 1_500  # so that thousands of passages are grouped within seconds
SAMPLED_SHARE = 0.8
LEAST_MEMBERS = 4
LEAST_PASSAGES = 12  # fewer cannot be divided into groups that mean anything
MOST_CLUSTERS = 40
ROWS_AT_ONCE = 500  # of the passages × passages, so that it is not held twice
TOGETHER = 0.5  # share of samples in which members are together on the average
SAYS_ENOUGH = 20  # words from which a passage counts wholly in ranking groups
MOST_GROUPS = 30
TYPICAL, BORDERLINE = 5, 2
MOST_TYPICAL_OF_ONE = 2  # typical passages of one informant, while there are others


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that may belong together.

    Attributes:
        members: The most typical first.
        typical, borderline: Some of the members, typical ones spread over informants.
        counter_example: The passage outside that is most alike, or None.
        together: In how many of `samples` two members came together, on the average.
        fidelity: How well the key words alone tell members from others: 0.5 not at all, 1 wholly
            (area under the ROC curve).
        unexplained: Mean log-odds of being uncoded rather than coded; 0 where it is not known.
    """

    members: tuple[Passage, ...]
    typical: tuple[Passage, ...]
    borderline: tuple[Passage, ...]
    counter_example: Passage | None
    keywords: tuple[str, ...]
    fidelity: float
    together: int
    samples: int
    unexplained: float = 0.0

    @property
    def informants(self) -> int:
        """How many informants the members come from."""
        return len({member.informant for member in self.members})

    @property
    def others(self) -> tuple[Passage, ...]:
        """Members that are neither typical nor borderline, the most typical first."""
        return tuple(m for m in self.members if m not in {*self.typical, *self.borderline})

    @property
    def stability(self) -> float:
        """Share of the samples in which two members came together, on the average."""
        return self.together / self.samples


def find_groups(
    passages: Sequence[Passage],
    seed: int,
    *,
    beside: Sequence[Passage] = (),
    unexplained: Mapping[Passage, float] | None = None,
    samples: int | None = None,
    most: int = MOST_GROUPS,
) -> list[Group]:
    """What `search_groups` finds, without its telling how far it has come."""
    search = search_groups(
        passages, seed, beside=beside, unexplained=unexplained, samples=samples, most=most
    )
    while True:
        try:
            next(search)
        except StopIteration as end:
            found: list[Group] = end.value
            return found


def search_groups(
    passages: Sequence[Passage],
    seed: int,
    *,
    beside: Sequence[Passage] = (),
    unexplained: Mapping[Passage, float] | None = None,
    samples: int | None = None,
    most: int = MOST_GROUPS,
) -> Generator[float, None, list[Group]]:
    """Groups among passages, the best candidates first; the order given does not matter.

    Args:
        passages: Where to look.
        seed: Of the subsamples.
        beside: Other passages, coded or not, that tell what words go together. Some tens of
            passages are too few to tell that by themselves.
        unexplained: Log-odds of being uncoded, where known: it moves groups up and down.
        samples: How many subsamples are clustered; chosen by how many passages there are, when
            None.
        most: How many groups are wanted.

    Yields:
        Which share of the subsamples is done.
    """
    ordered = limit_passages(passages)
    if len(ordered) < LEAST_PASSAGES:
        return []
    samples = samples or (SAMPLES if len(ordered) <= MANY else SAMPLES_OF_MANY)
    texts = [p.text for p in ordered]
    background = limit_passages({*ordered, *limit_passages(beside)}) if beside else ordered
    vocabulary = learn_vocabulary(p.text for p in background)
    rows = vocabulary.weigh(texts)
    known = rows if background == ordered else vocabulary.weigh([p.text for p in background])
    points = along(rows, main_directions(known, DIMENSIONS))
    consensus = yield from cluster_samples(points, seed, samples)
    scores = [(unexplained or {}).get(passage, 0.0) for passage in ordered]
    ranked = sorted(
        (_draft(ordered, consensus, places, scores) for places in _stable_places(consensus)),
        key=lambda draft: (-draft.promise, draft.places),
    )
    words = [set(words_of(text)) for text in texts]
    everywhere = Counter(word for there in words for word in there)
    best = ranked[:most]
    return [_describe(ordered, rows, words, everywhere, draft, samples) for draft in best]


def cluster_samples(points: Any, seed: int, samples: int) -> Generator[float, None, Any]:
    """Passages × passages: share of the samples with both in which they came together."""
    import numpy as np
    from scipy.sparse import csr_matrix

    count = len(points)
    is_drawn = np.zeros((count, samples), dtype=np.float32)
    dice = np.random.default_rng(seed)
    distinct = len(np.unique(points, axis=0))
    middle = min(MOST_CLUSTERS, max(2, round(sqrt(count))))
    members: list[Any] = []
    clusters_of: list[Any] = []
    used = 0
    for sample in range(samples):
        drawn = np.sort(dice.permutation(count)[: max(2, round(count * SAMPLED_SHARE))])
        clusters = int(dice.integers(max(2, middle // 2), middle + middle // 2 + 1))
        clusters = min(clusters, len(drawn), max(1, distinct // 2))
        clusters_of.append(
            used + cluster_rows(points[drawn], clusters, int(dice.integers(1 << 31)))
        )
        members.append(drawn)
        used += clusters
        is_drawn[drawn, sample] = 1
        yield (sample + 1) / samples
    places = (np.concatenate(members), np.concatenate(clusters_of))
    belongs = csr_matrix((np.ones(len(places[0]), dtype=np.float32), places), (count, used))
    consensus = is_drawn @ is_drawn.T
    for at in range(0, count, ROWS_AT_ONCE):
        both = consensus[at : at + ROWS_AT_ONCE]
        together = (belongs[at : at + ROWS_AT_ONCE] @ belongs.T).toarray()
        np.divide(together, both, out=both, where=both > 0)
    return consensus


def _stable_places(consensus: Any) -> list[list[int]]:
    """Places of the members of each group."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    apart = 1.0 - squareform(consensus, checks=False).astype(float)
    tree = linkage(apart, "average")
    labels = fcluster(tree, 1.0 - TOGETHER, "distance")
    by_label = np.argsort(labels, kind="stable")
    groups = np.split(by_label, np.flatnonzero(np.diff(labels[by_label])) + 1)
    found = [places.tolist() for places in groups if len(places) >= LEAST_MEMBERS]
    return [places for places in found if len(places) < len(labels)]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A group before it is described: its members' places, and how each keeps to the others."""

    places: list[int]
    kept: list[float]
    unexplained: float
    promise: float


def _draft(
    ordered: Sequence[Passage], consensus: Any, places: list[int], scores: Sequence[float]
) -> _Draft:
    """What puts a group before others: unexplained, stable, of several voices, not small talk."""
    inside = consensus[places][:, places].astype(float)
    kept = ((inside.sum(axis=1) - inside.diagonal()) / (len(places) - 1)).round(8).tolist()
    mean = sum(scores[place] for place in places) / len(places)
    voices = len({ordered[place].informant for place in places})
    said = sum(min(1.0, len(words_of(ordered[p].text)) / SAYS_ENOUGH) for p in places)
    weight = sum(kept) / len(kept) * sqrt(voices) * said / len(places)
    lift = mean - sum(scores) / len(scores)
    promise = weight if not any(scores) else lift * weight if lift > 0 else lift / weight
    return _Draft(places, kept, mean, round(promise, 6))


def _describe(
    ordered: Sequence[Passage],
    rows: Any,
    words: Sequence[set[str]],
    everywhere: Counter[str],
    draft: _Draft,
    samples: int,
) -> Group:
    import numpy as np

    places = draft.places
    centre = np.asarray(rows[places].mean(axis=0)).ravel()
    likeness = (rows @ centre).round(8)
    typicality = {p: k * float(likeness[p]) for p, k in zip(places, draft.kept, strict=True)}
    members = tuple(ordered[p] for p in sorted(places, key=lambda p: (-typicality[p], p)))
    outside = min(set(range(len(ordered))) - set(places), key=lambda p: (-likeness[p], p))
    typical = _spread(members, TYPICAL)
    keywords, fidelity = choose_keywords(words, everywhere, places)
    return Group(
        members=members,
        typical=typical,
        borderline=tuple(m for m in reversed(members) if m not in typical)[:BORDERLINE],
        counter_example=ordered[outside] if likeness[outside] > 0 else None,
        keywords=keywords,
        fidelity=fidelity,
        together=round(sum(draft.kept) / len(places) * samples),
        samples=samples,
        unexplained=draft.unexplained,
    )


def _spread(members: Sequence[Passage], most: int) -> tuple[Passage, ...]:
    """The most typical members, few of each informant as long as there are others."""
    chosen: list[Passage] = []
    for allowed in (MOST_TYPICAL_OF_ONE, len(members)):
        for member in members:
            of_same = sum(other.informant == member.informant for other in chosen)
            if len(chosen) < most and member not in chosen and of_same < allowed:
                chosen.append(member)
    return tuple(chosen)
