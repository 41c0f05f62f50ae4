"""A ladder of contexts from coarse to fine: each rung's counts, with the rung below as prior.

p(y | rung) = (count(y) + a p(y | rung below)) / (total + a), where a = exp(m0) + exp(m1) x (different outcomes seen on
the rung): Dirichlet prior mass with a Witten-Bell part (Witten and Bell 1991; MacKay and Peto 1995).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.routes.seizures import SeizureRow

Floats = NDArray[np.float64]
Context = Callable[[SeizureRow], Hashable]


class Stats(NamedTuple):
    """What each rung has seen for queries of (row, outcome): arrays of shape (rungs, queries)."""

    total: Floats
    hits: Floats
    kinds: Floats


class Ladder:
    """Weighted counts of outcomes on every rung."""

    def __init__(self, rungs: Sequence[Context], seen: Iterable[tuple[SeizureRow, str, float]]) -> None:
        self.rungs = rungs
        self._counts: list[dict[Hashable, dict[str, float]]] = [{} for _ in rungs]
        for row, outcome, weight in seen:
            for rung, counts in zip(rungs, self._counts, strict=True):
                cell = counts.setdefault(rung(row), {})
                cell[outcome] = cell.get(outcome, 0.0) + weight
        self._totals = [{key: sum(cell.values()) for key, cell in counts.items()} for counts in self._counts]

    def outcomes(self, row: SeizureRow) -> set[str]:
        """Every outcome seen on any rung of a row."""
        cells = (counts.get(rung(row), {}) for rung, counts in zip(self.rungs, self._counts, strict=True))
        return {outcome for cell in cells for outcome in cell}

    def look(self, queries: Sequence[tuple[SeizureRow, Sequence[str]]]) -> Stats:
        """What each rung has seen, one column for each outcome of each row."""
        parts: list[tuple[list[float], list[float], list[float]]] = []
        for rung, counts, totals in zip(self.rungs, self._counts, self._totals, strict=True):
            total: list[float] = []
            count: list[float] = []
            kinds: list[float] = []
            for row, outcomes in queries:
                key = rung(row)
                cell = counts.get(key, {})
                total.extend([totals.get(key, 0.0)] * len(outcomes))
                kinds.extend([float(len(cell))] * len(outcomes))
                count.extend(cell.get(outcome, 0.0) for outcome in outcomes)
            parts.append((total, count, kinds))
        return Stats(*(np.array(part, dtype=np.float64) for part in zip(*parts, strict=True)))


def climb(stats: Stats, masses: Floats, base: Floats) -> Floats:
    """Probabilities of the queries at the top of the ladder; `masses` has shape (rungs, 2), `base` one value a query."""
    value = base
    for total, count, kinds, (constant, each) in zip(*stats, np.exp(masses), strict=True):
        mass = constant + each * kinds
        value = np.where(total > 0, (count + mass * value) / (total + mass), value)
    return value
