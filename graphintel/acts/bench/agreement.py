"""How well two groupings of the same things agree: adjusted mutual information (Vinh, Epps and Bailey 2010), mean normalised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Groups = NDArray[np.integer]


def mutual_information(one: Groups, other: Groups) -> float:
    """1 for the same groups, 0 on average for groups by lot; shape n each."""
    total = len(one)
    _, left = np.unique(one, return_inverse=True)
    _, right = np.unique(other, return_inverse=True)
    a, b = np.bincount(left), np.bincount(right)
    _, both = np.unique(left.astype(np.int64) * len(b) + right, return_counts=True)
    keys = np.unique(left.astype(np.int64) * len(b) + right)
    found = float((both / total * np.log(both * total / (a[keys // len(b)] * b[keys % len(b)]))).sum())
    most = (_entropy(a) + _entropy(b)) / 2
    by_lot = _by_lot(a, b, total)
    return 1.0 if most == by_lot else (found - by_lot) / (most - by_lot)


def _entropy(sizes: NDArray[np.intp]) -> float:
    share = sizes / sizes.sum()
    return float(-(share * np.log(share)).sum())


def _by_lot(a: NDArray[np.intp], b: NDArray[np.intp], total: int) -> float:
    """The mutual information that groups of these sizes have on average; equal sizes are counted once."""
    sizes_a, times_a = np.unique(a, return_counts=True)
    sizes_b, times_b = np.unique(b, return_counts=True)
    found = 0.0
    for size, times in zip(sizes_a.tolist(), times_a.tolist(), strict=True):
        for other, often in zip(sizes_b.tolist(), times_b.tolist(), strict=True):
            shared = np.arange(max(1, size + other - total), min(size, other) + 1, dtype=np.float64)
            logarithm = (
                gammaln(size + 1) + gammaln(other + 1) + gammaln(total - size + 1) + gammaln(total - other + 1)
                - gammaln(total + 1) - gammaln(shared + 1) - gammaln(size - shared + 1) - gammaln(other - shared + 1)
                - gammaln(total - size - other + shared + 1)
            )  # fmt: skip
            worth = shared / total * np.log(total * shared / (size * other)) * np.exp(logarithm)
            found += times * often * float(worth.sum())
    return found
