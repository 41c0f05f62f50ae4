"""How good predictions of countries are: top-1, top-3, log-loss, and paired bootstrap intervals of a difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from graphintel.analysis.routes.frequency import destination
from graphintel.analysis.routes.ladder import Floats
from graphintel.analysis.routes.seizures import SeizureRow

# Least probability that counts in the log-loss, so that one surprise is not endless.
FLOOR = 1e-4


class Scores(NamedTuple):
    """One value a row: 1 if the truth was first, 1 if among three, and minus the logarithm of its probability."""

    top1: Floats
    top3: Floats
    loss: Floats

    def part(self, chosen: np.ndarray) -> Scores:
        """The same scores of some rows only."""
        return Scores(self.top1[chosen], self.top3[chosen], self.loss[chosen])

    def means(self) -> dict[str, float]:
        """The three means."""
        return {name: float(values.mean()) for name, values in self._asdict().items()}


class Difference(NamedTuple):
    """Mean of one score minus that of another on the same rows, with its 95 % interval."""

    mean: float
    low: float
    high: float


def scores(rows: Sequence[SeizureRow], distribution: Callable[[SeizureRow], dict[str, float]]) -> Scores:
    """Scores of destinations on rows that state one; arrays of shape rows."""
    values = np.zeros((3, len(rows)))
    for place, row in enumerate(rows):
        truth = destination(row) or ""
        answer = distribution(row)
        best = sorted(answer, key=lambda country: (-answer[country], country))[:3]
        values[:, place] = best[:1] == [truth], truth in best, -np.log(max(answer.get(truth, 0.0), FLOOR))
    return Scores(*values)


def compared(ours: Scores, theirs: Scores, *, seed: int = 20, draws: int = 1000) -> dict[str, Difference]:
    """Ours minus theirs for each score, with paired bootstrap over rows (Efron and Tibshirani 1993)."""
    rng = np.random.default_rng(seed)
    size = len(ours.top1)
    chosen = [rng.integers(0, size, size) for _ in range(draws)]
    result = {}
    for name in Scores._fields:
        gap: Floats = getattr(ours, name) - getattr(theirs, name)
        means = [float(gap[rows].mean()) for rows in chosen]
        low, high = np.quantile(means, [0.025, 0.975])
        result[name] = Difference(float(gap.mean()), float(low), float(high))
    return result
