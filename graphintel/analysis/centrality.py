"""Who stands between: degree, brokers with an interval, PageRank, core, and the things that hold the network together.

Betweenness: Freeman 1977 by Brandes 2001, from sampled sources above a size (Brandes and Pich 2007); undirected,
unweighted, normalised by 2/((n-1)(n-2)). PageRank: power iteration on the weighted ties. Core: Batagelj and Zaversnik.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.network import Floats, Ints, Network, graph_of
from graphintel.analysis.words import Words

EXACT_TIES = 30_000
SOURCES = 256
RESAMPLES = 20
# Share of the ties left out in each resample: what if one tie in ten were not known to us?
LEFT_OUT = 0.1
# Ties looked at over all resamples; bounds the cost of the interval whatever the size.
BUDGET = 60_000_000


@dataclass(frozen=True)
class Centrality:
    """One number a thing and measure, in the order of `network.names`."""

    network: Network
    betweenness: Floats
    low: Floats
    high: Floats
    pagerank: Floats
    core: Ints
    articulation: list[int]
    exact: bool
    parameters: dict[str, Any]
    seed: int

    method = "betweenness-resampled"

    def order(self) -> NDArray[np.intp]:
        """Positions from the strongest broker down; equal ones by degree, then by position."""
        return np.lexsort((-self.network.degree, -self.betweenness))

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, strongest broker first."""
        return {
            "nodes": [self._node(int(node)) for node in self.order()],
            "articulation_points": [self.network.names[node] for node in self.articulation],
            "brokers": [broker.as_json() for broker in self.brokers()],
            "exact": self.exact,
            "method": self.method,
            "parameters": self.parameters,
            "seed": self.seed,
            "explanation": self.explanation()._asdict(),
        }

    def _node(self, node: int) -> dict[str, Any]:
        return {
            "id": self.network.names[node],
            "label": self.network.labels[node],
            "degree": int(self.network.degree[node]),
            "betweenness": float(self.betweenness[node]),
            "betweenness_interval": [float(self.low[node]), float(self.high[node])],
            "pagerank": float(self.pagerank[node]),
            "core": int(self.core[node]),
        }

    def brokers(self, top: int = 10) -> list[Broker]:
        """The things most shortest ways run through, each with its interval and a sentence."""
        order = [int(node) for node in self.order()[:top] if self.betweenness[node] > 0]
        cut = set(self.articulation)
        return [_broker(self, node, rank, node in cut) for rank, node in enumerate(order, 1)]

    def explanation(self) -> Words:
        """How the numbers came about and what they do not say, in plain words."""
        how = (
            ("exactly", "tam olarak")
            if self.exact
            else ("from sampled starting points", "örneklenmiş başlangıçlarla")
        )
        return Words(
            f"Share of shortest ways between others that run through each thing, counted {how[0]}; the interval shows "
            "what remains when one tie in ten is left out. A high value marks a go-between, not a leader.",
            f"Başkaları arasındaki en kısa yolların her düğümden geçen payı, {how[1]} sayıldı; aralık, on bağdan biri "
            "çıkarıldığında kalanı gösterir. Yüksek değer aracı demektir, elebaşı demek değildir.",
        )


@dataclass(frozen=True)
class Broker:
    """A go-between: its share of shortest ways, the interval, whether it is firm, and a sentence."""

    id: str
    rank: int
    betweenness: float
    interval: tuple[float, float]
    firm: bool
    sentence: Words

    def as_json(self) -> dict[str, Any]:
        """The broker as one JSON object."""
        return {
            "id": self.id,
            "rank": self.rank,
            "betweenness": self.betweenness,
            "interval": list(self.interval),
            "firm": self.firm,
            "sentence": self.sentence._asdict(),
        }


def centrality(network: Network, *, seed: int = 20, resamples: int = RESAMPLES) -> Centrality:
    """All measures of a network; the same seed gives the same numbers."""
    rng = np.random.default_rng(seed)
    exact = network.ties <= EXACT_TIES
    value = betweenness(network, sources=None if exact else SOURCES, rng=rng)
    low, high = _interval(network, value, resamples, rng)
    graph = network.graph
    parameters = {"exact_ties": EXACT_TIES, "sources": SOURCES, "resamples": resamples, "left_out": LEFT_OUT}
    return Centrality(
        network, value, low, high, pagerank(network), np.array(graph.coreness(), dtype=np.int32),
        sorted(graph.articulation_points()), exact, parameters, seed,
    )  # fmt: skip


def betweenness(
    network: Network, *, sources: int | None = None, rng: np.random.Generator | None = None
) -> Floats:
    """Normalised betweenness, shape n; from `sources` starting points drawn by `rng`, or from all."""
    return _betweenness(
        network.size, network.source, network.target, sources, rng or np.random.default_rng(0)
    )


def _betweenness(
    size: int, source: Ints, target: Ints, sources: int | None, rng: np.random.Generator
) -> Floats:
    if size < 3:
        return np.zeros(size)
    graph = graph_of(size, source, target)
    scale = 2.0 / ((size - 1) * (size - 2))
    if sources is None or sources >= size:
        return np.array(graph.betweenness(directed=False)) * scale
    drawn = np.sort(rng.choice(size, size=sources, replace=False)).tolist()
    # A directed run from part of the sources counts each ordered pair once; half of that is an unordered pair.
    both = graph_of(size, np.concatenate([source, target]), np.concatenate([target, source]))
    return np.array(both.betweenness(directed=False, sources=drawn)) * scale * size / sources / 2


def _interval(
    network: Network, value: Floats, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The 5th to 95th percentile over networks that miss a share of their ties, with the value itself inside."""
    if not network.ties or resamples < 1:
        return value.copy(), value.copy()
    sources = max(16, BUDGET // (resamples * (network.ties + network.size)))
    drawn = []
    for _ in range(resamples):
        kept = rng.random(network.ties) >= LEFT_OUT
        drawn.append(_betweenness(network.size, network.source[kept], network.target[kept], sources, rng))
    low, high = np.quantile(np.stack(drawn), [0.05, 0.95], axis=0)
    return np.minimum(low, value), np.maximum(high, value)


def pagerank(
    network: Network, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 200
) -> Floats:
    """PageRank over weighted ties, shape n, sums to 1; stops when a round moves less than `tolerance` in all."""
    if not network.size:
        return np.zeros(0)
    matrix = network.matrix()
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    loose = strength == 0
    share = np.divide(1.0, strength, out=np.zeros_like(strength), where=~loose)
    rank = np.full(network.size, 1.0 / network.size)
    for _ in range(rounds):
        spread = damping * (matrix @ (rank * share) + rank[loose].sum() / network.size)
        new = np.asarray(spread, dtype=np.float64) + (1 - damping) / network.size
        moved = float(np.abs(new - rank).sum())
        rank = new
        if moved < tolerance:
            break
    return np.asarray(rank / rank.sum(), dtype=np.float64)


def _broker(result: Centrality, node: int, rank: int, cut: bool) -> Broker:
    low, high = float(result.low[node]), float(result.high[node])
    value, name = float(result.betweenness[node]), result.network.labels[node]
    firm = high - low <= value / 2
    english = (
        f"{name} lies on {value:.1%} of the shortest ways between others ({low:.1%} to {high:.1%} when one tie in ten"
        f" is missing){'; without it the network falls apart' if cut else ''}."
    )
    turkish = (
        f"{name}, başkaları arasındaki en kısa yolların %{value * 100:.1f} kadarının üzerinde (on bağdan biri eksikken "
        f"%{low * 100:.1f} - %{high * 100:.1f}){'; o olmadan ağ parçalanır' if cut else ''}."
    )
    unsure = (" Too uncertain to be called a broker.", " Aracı demek için fazla belirsiz.")
    words = Words(english + ("" if firm else unsure[0]), turkish + ("" if firm else unsure[1]))
    return Broker(result.network.names[node], rank, value, (low, high), firm, words)
