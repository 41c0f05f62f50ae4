"""Who together reach most of a network in few steps: where to listen, or whom to tell; "cannot tell" is an answer.

KPP-POS of Borgatti 2006: distance-weighted reach, the mean over all things of 1/(1 + steps to the nearest of the set), so
that the set itself counts 1 and what it cannot reach 0. Greedy choice and swaps; the greedy set alone is within 1 - 1/e.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from graphintel.analysis.keyplayers import SMALLEST
from graphintel.analysis.network import Network
from graphintel.analysis.words import Words, listed
from graphintel.errors import InputError, LimitReached

MOST_THINGS = 20_000
# The best connected are tried; with fewer things all of them are.
CANDIDATES = 1_000
SWAP_ROUNDS = 20
# Sets drawn by lot that the search also begins from.
STARTS = 6
# A set that reaches less than this more than the same number drawn by lot says nothing.
LITTLE = 0.05
DRAWS = 50

Verdict = Literal["reaches", "cannot tell"]


@dataclass(frozen=True)
class Reach:
    """The set, its reach, that of the best connected and of sets drawn by lot, and how many are within one and two steps."""

    chosen: list[str]
    labels: list[str]
    reach: float
    baseline_top_degree: float
    by_lot: float
    within: list[int]
    total: int
    verdict: Verdict
    parameters: dict[str, Any]
    seed: int

    method = "kpp-pos-greedy-swaps"

    def as_json(self) -> dict[str, Any]:
        """Shaped as a set of key players, with the explanation in both languages."""
        return {
            "set": self.chosen, "labels": self.labels, "reach": self.reach, "baseline_top_degree": self.baseline_top_degree,
            "by_lot": self.by_lot, "within_one": self.within[0], "within_two": self.within[1], "things": self.total,
            "verdict": self.verdict, "method": self.method, "parameters": self.parameters, "seed": self.seed,
            "explanation": self.explanation()._asdict(),
        }  # fmt: skip

    def explanation(self) -> Words:
        """The verdict and its figures in plain words."""
        names, (one, two) = listed(self.labels, 5), self.within
        figures = f"{self.reach:.2f}, {self.baseline_top_degree:.2f}, {self.by_lot:.2f}"
        if self.verdict == "cannot tell":
            return Words(
                f"Cannot tell: any set of this size reaches about as much (this one, the best connected, by lot: {figures}).",
                f"Söylenemez: bu büyüklükteki her küme yaklaşık o kadarına ulaşıyor (bu küme, en bağlantılılar, kura: "
                f"{figures}).",
            )
        return Words(
            f"{names} together are one step from {one} of {self.total} things and two from {two} (reach of this set, of "
            f"the best connected, by lot: {figures}). It says where recorded ties lead, not who speaks to whom.",
            f"{names} birlikte {self.total} düğümün {one} tanesine bir, {two} tanesine iki adım uzakta (bu kümenin, en "
            f"bağlantılıların, kuranın erişimi: {figures}). Kayıtlı bağların nereye vardığını söyler, kimin kiminle "
            "konuştuğunu değil.",
        )


def reach(network: Network, k: int = 5, *, seed: int = 20) -> Reach:
    """The k things that together reach most. Raises InputError unless 1 <= k < n, LimitReached by size."""
    if not 1 <= k < network.size:
        raise InputError(f"k is {k}; it must be at least 1 and below the number of things, {network.size}.")
    if network.size > MOST_THINGS:
        raise LimitReached(
            f"{network.size} things; who reaches most is sought among at most {MOST_THINGS}. Analyse one case or community."
        )
    ranked = np.lexsort((np.arange(network.size), -network.degree))
    tried = np.sort(ranked[: max(CANDIDATES, k)])
    steps = _steps(network, tried)
    near = 1.0 / (1.0 + steps)
    rng = np.random.default_rng(seed)
    drawn = [rng.choice(len(tried), k, replace=False).tolist() for _ in range(STARTS)]
    starts = [_greedy(near, k), np.searchsorted(tried, ranked[:k]).tolist(), *drawn]
    chosen = max(
        (_swapped(near, start) for start in starts), key=lambda some: float(near[some].max(axis=0).sum())
    )
    lots = [near[rng.choice(len(tried), k, replace=False)].max(axis=0).mean() for _ in range(DRAWS)]
    best = near[np.searchsorted(tried, ranked[:k])].max(axis=0).mean()
    value, nearest = float(near[chosen].max(axis=0).mean()), steps[chosen].min(axis=0)
    order = sorted((int(tried[one]) for one in chosen), key=lambda node: (-int(network.degree[node]), node))
    verdict: Verdict = "reaches"
    if network.size < max(SMALLEST, k + 3) or value - float(np.mean(lots)) < LITTLE:
        verdict = "cannot tell"
    return Reach(
        [network.names[node] for node in order], [network.labels[node] for node in order], value, float(best),
        float(np.mean(lots)), [int(np.count_nonzero(nearest == far)) for far in (1, 2)], network.size, verdict,
        {"k": k, "tried": len(tried), "goal": "reach"}, seed,
    )  # fmt: skip


def _steps(network: Network, tried: NDArray[np.intp]) -> NDArray[np.float64]:
    """Steps from each that is tried to each thing, infinite where there is no way; shape tried x n."""
    graph = csr_matrix(network.matrix(weighted=False))
    found: NDArray[np.float64] = dijkstra(graph, directed=False, indices=tried, unweighted=True)
    return found


def _greedy(near: NDArray[np.float64], k: int) -> list[int]:
    chosen: list[int] = []
    have = np.zeros(near.shape[1])
    for _ in range(k):
        gain = np.maximum(near, have).sum(axis=1)
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(gain)))
        have = np.maximum(have, near[chosen[-1]])
    return chosen


def _swapped(near: NDArray[np.float64], start: list[int]) -> list[int]:
    """Exchange one member at a time for the best other until nothing gains."""
    chosen = list(start)
    for _ in range(SWAP_ROUNDS):
        before = list(chosen)
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            have = near[others].max(axis=0) if others else np.zeros(near.shape[1])
            gain = np.maximum(near, have).sum(axis=1)
            gain[others] = -1.0
            best = int(np.argmax(gain))
            if gain[best] > gain[chosen[place]] + 1e-9:
                chosen[place] = best
        if chosen == before:
            break
    return chosen
