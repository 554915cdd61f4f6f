"""The one place that knows scikit-learn: logistic regression, fewer dimensions, k-means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-10  # scores come out alike to 1e-6 and better; `lbfgs` stops too early for that
MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A linear rule: the score of a row is `row · weights + bias`, a log-odds."""

    weights: Any
    bias: float

    def score(self, rows: Any) -> Any:
        """One score a row."""
        return rows @ self.weights + self.bias


def learn_line(rows: Any, is_one: Any, strength: float) -> Line:
    """Logistic regression, the two kinds weighing the same however many there are of each.

    Args:
        rows: Sparse matrix, a row for each example.
        is_one: A boolean for each row; both values occur.
        strength: scikit-learn's C.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    used = np.unique(rows.indices)
    if not len(used):
        return Line(np.zeros(rows.shape[1]), 0.0)
    model = LogisticRegression(
        C=strength, class_weight="balanced", solver="newton-cg", tol=TOLERANCE, max_iter=MOST_STEPS
    ).fit(rows[:, used], is_one)
    weights = np.zeros(rows.shape[1])
    weights[used] = model.coef_[0]
    return Line(weights, float(model.intercept_[0]))


def reduce_rows(rows: Any, dimensions: int) -> Any:
    """Latent semantic analysis (Deerwester et al. 1990): rows of few dimensions, of length 1.

    The same for the same rows; rounded, so that a machine's last digits do not decide a cluster.
    """
    import numpy as np
    from sklearn.utils.extmath import randomized_svd

    most = min(dimensions, min(rows.shape) - 1)
    if most < 1:
        return np.ones((rows.shape[0], 1))
    left, strengths, _right = randomized_svd(rows, most, n_iter=10, random_state=0)
    reduced = left * strengths
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    return (reduced / np.where(lengths > 0, lengths, 1.0)).round(8)


def cluster_rows(points: Any, clusters: int, seed: int) -> Any:
    """k-means, once: the number of the cluster of each row."""
    from sklearn.cluster import KMeans

    model = KMeans(clusters, n_init=1, init="k-means++", max_iter=20, random_state=seed)
    return model.fit_predict(points)
