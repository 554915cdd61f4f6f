"""The numbers behind suggestions: logistic regression, fewer dimensions, k-means.

Logistic regressions are learned many at a time from the passages' likeness (their Gram matrix):
there are far fewer passages than runs of letters. What comes out is the one optimum of a convex
problem, the same as scikit-learn's to 1e-7, however it is reached.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

TOLERANCE = 1e-8  # of each passage's part in a rule, against the most that it could have
MOST_STEPS, MOST_INNER_STEPS, MOST_HALVINGS = 60, 500, 30
INNER_TOLERANCE = 0.3  # of a Newton step, times the root of how far off the last one was
LEAST_INNER_TOLERANCE = 1e-5
LEAST_CURVATURE = 1e-10


@dataclass(frozen=True, slots=True)
class Line:
    """A linear rule: the score of a row is `row · weights + bias`, a log-odds."""

    weights: Any
    bias: float

    def score(self, rows: Any) -> Any:
        """One score a row."""
        return rows @ self.weights + self.bias


def likeness_of(rows: Any) -> Any:
    """Rows × rows: the dot product of each two."""
    return (rows @ rows.T).toarray()


def balance(is_one: Any, strength: float, is_used: Any = None) -> Any:
    """Weight of each row in each rule: both kinds weigh the same, however many there are of each.

    Args:
        is_one: Rows × rules; each rule's column has both values among the rows that are used.
        strength: scikit-learn's C.
        is_used: Rows × rules; a row that is not used weighs nothing. All are, when None.
    """
    import numpy as np

    used = np.ones(is_one.shape, dtype=bool) if is_used is None else is_used
    count = used.sum(axis=0)
    ones = np.maximum((is_one & used).sum(axis=0), 1)
    zeros = np.maximum((~is_one & used).sum(axis=0), 1)
    return np.where(is_one, count / (2 * ones), count / (2 * zeros)) * used * strength


def learn_lines(rows: Any, likeness: Any, is_one: Any, weights: Any) -> list[Line]:
    """Logistic regressions, one for each column of `is_one`.

    Args:
        rows: Sparse matrix, a row for each passage.
        likeness: `likeness_of(rows)`, with what else the rules are to take into account.
        is_one: Passages × rules.
        weights: As `balance` gives them.
    """
    import numpy as np

    parts, biases = solve(likeness, is_one, weights)
    learned = np.asarray(rows.T @ parts)
    return [Line(learned[:, at], float(biases[at])) for at in range(len(biases))]


def solve(likeness: Any, is_one: Any, weights: Any) -> tuple[Any, Any]:
    """Each passage's part in each rule, and each rule's bias.

    Newton's method on the dual, all rules together (Keerthi et al. 2005, Machine Learning 61); a
    step is taken by conjugate gradients, and halved as long as it would lead uphill.
    """
    import numpy as np

    state = _State.begin(likeness, is_one, weights)
    for _step in range(MOST_STEPS):
        chance = 1.0 / (1.0 + np.exp(-state.scores))
        wanted = state.weights * (state.truth - chance)
        off = max(
            float((np.abs(state.parts - wanted) / state.most).max(initial=0.0)),
            float((np.abs(state.parts.sum(axis=0)) / state.most).max(initial=0.0)),
        )
        if off < TOLERANCE:
            break
        curvature = np.maximum(state.weights * chance * (1.0 - chance), LEAST_CURVATURE)
        state.step(wanted, np.sqrt(curvature), INNER_TOLERANCE * min(1.0, off**0.5))
    return state.parts, state.biases


@dataclass(slots=True)
class _State:
    """Where the search for the optimum is."""

    likeness: Any
    rough: Any  # the same in half the precision: enough for a step, which the next one corrects
    truth: Any
    weights: Any
    most: Any
    parts: Any
    biases: Any
    scores: Any
    turned: Any  # the answer of the system that the bias needs, kept as the next one's start

    @classmethod
    def begin(cls, likeness: Any, is_one: Any, weights: Any) -> _State:
        import numpy as np

        shape, rules = is_one.shape, is_one.shape[1]
        zeros = np.zeros(shape)
        most = np.maximum(weights.max(axis=0, initial=0.0), LEAST_CURVATURE)
        return cls(
            likeness,
            likeness.astype(np.float32),
            is_one.astype(float),
            weights,
            most,
            zeros,
            np.zeros(rules),
            zeros.copy(),
            zeros.copy(),
        )

    def step(self, wanted: Any, root: Any, tolerance: float) -> None:
        """One Newton step; `root` is the root of the curvature at each passage and rule."""
        import numpy as np

        rules = root.shape[1]
        found = _conjugate(
            self.rough,
            np.hstack([(wanted - self.parts) / root, root]),
            np.hstack([np.zeros_like(root), self.turned]),
            np.hstack([root, root]),
            max(tolerance, LEAST_INNER_TOLERANCE),
        ).astype(float)
        straight, self.turned = found[:, :rules], found[:, rules:]
        lift = (root * straight).sum(axis=0) + self.parts.sum(axis=0)
        bias = lift / (root * self.turned).sum(axis=0)
        parts = root * (straight - self.turned * bias)
        scores = self.likeness @ parts + bias
        before = self._loss(0.0, parts, bias, scores)
        share = np.ones(rules)
        for _halving in range(MOST_HALVINGS):
            after = self._loss(share, parts, bias, scores)
            uphill = after > before + TOLERANCE / 10 * np.abs(before)
            if not uphill.any():
                break
            share = np.where(uphill, share / 2, share)
        self.parts = self.parts + share * parts
        self.biases = self.biases + share * bias
        self.scores = self.scores + share * scores

    def _loss(self, share: Any, parts: Any, bias: Any, scores: Any) -> Any:
        import numpy as np

        there, score = self.parts + share * parts, self.scores + share * scores
        size = (there * (score - self.biases - share * bias)).sum(axis=0) / 2
        wrong = np.logaddexp(0.0, np.where(self.truth > 0, -score, score))
        return size + (self.weights * wrong).sum(axis=0)


def _conjugate(likeness: Any, right: Any, start: Any, root: Any, tolerance: float) -> Any:
    """Solve (1 + root · likeness · root) x = right for every column by conjugate gradients."""
    import numpy as np

    tiny = np.finfo(np.float32).tiny
    right, found, root = (each.astype(np.float32) for each in (right, start, root))
    scale = 1.0 / (1.0 + root**2 * np.diag(likeness)[:, None])
    rest = right - (found + root * (likeness @ (root * found)))
    turned = rest * scale
    way, size = turned.copy(), (rest * turned).sum(axis=0)
    enough = (right * right).sum(axis=0) * tolerance**2 + tiny
    for _step in range(MOST_INNER_STEPS):
        if ((rest * rest).sum(axis=0) <= enough).all():
            break
        turn = way + root * (likeness @ (root * way))
        length = size / np.maximum((way * turn).sum(axis=0), tiny)
        found = found + length * way
        rest = rest - length * turn
        turned = rest * scale
        next_size = (rest * turned).sum(axis=0)
        way = turned + next_size / np.maximum(size, tiny) * way
        size = next_size
    return found


def main_directions(rows: Any, dimensions: int) -> Any:
    """Latent semantic analysis (Deerwester et al. 1990): runs of letters × few directions.

    None where the rows have no two directions.
    """
    from sklearn.utils.extmath import randomized_svd

    most = min(dimensions, min(rows.shape) - 1)
    if most < 1:
        return None
    _left, _strengths, right = randomized_svd(rows, most, n_iter=4, random_state=0)
    return right.T


def along(rows: Any, directions: Any) -> Any:
    """Rows in few dimensions, of length 1; rounded, so that last digits decide no cluster."""
    import numpy as np

    if directions is None:
        return np.ones((rows.shape[0], 1))
    reduced = np.asarray(rows @ directions)
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    return (reduced / np.where(lengths > 0, lengths, 1.0)).round(8)


def on_one_core() -> AbstractContextManager[Any]:
    """Compute on one core inside a `with` block: the rows are few, and threads only wait."""
    library = import_module("threadpoolctl")  # scikit-learn's own; it has no types
    limits: AbstractContextManager[Any] = library.threadpool_limits(1)
    return limits


def cluster_rows(points: Any, clusters: int, seed: int) -> Any:
    """k-means, once: the number of the cluster of each row."""
    from sklearn.cluster import KMeans

    model = KMeans(clusters, n_init=1, init="k-means++", max_iter=20, random_state=seed)
    return model.fit_predict(points)
