"""Who stands between: degree, brokers with an interval, PageRank, core, and the things that hold the network together.

Core: Batagelj and Zaversnik 2003; articulation points: Hopcroft and Tarjan 1973; the rest in its own modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.betweenness import SOURCES, betweenness, estimated_betweenness
from graphintel.analysis.network import Floats, Ints, Network
from graphintel.analysis.pagerank import pagerank
from graphintel.analysis.words import Words

EXACT_TIES = 30_000
RESAMPLES = 20
# Share of the ties left out in each resample: what if one tie in ten were not known to us?
LEFT_OUT = 0.1
# Ties looked at over all resamples; bounds the cost of the interval whatever the size.
BUDGET = 200_000_000


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
    value = betweenness(network) if exact else estimated_betweenness(network, rng)
    low, high = _interval(network, value, resamples, rng)
    graph = network.graph
    parameters = {"exact_ties": EXACT_TIES, "sources": SOURCES, "resamples": resamples, "left_out": LEFT_OUT}
    return Centrality(
        network, value, low, high, pagerank(network), np.array(graph.coreness(), dtype=np.int32),
        sorted(graph.articulation_points()), exact, parameters, seed,
    )  # fmt: skip


def _interval(
    network: Network, value: Floats, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The 5th to 95th percentile over networks that miss a share of their ties, with the value itself inside."""
    if not network.ties or resamples < 1:
        return value.copy(), value.copy()
    work = network.ties + network.size
    exact = resamples * network.size * work <= BUDGET
    rounds = resamples if exact else int(np.clip(BUDGET // (SOURCES * work), 4, resamples))
    drawn = []
    for _ in range(rounds):
        kept = rng.random(network.ties) >= LEFT_OUT
        part = Network(network.names, network.source[kept], network.target[kept], network.weight[kept])
        drawn.append(betweenness(part) if exact else estimated_betweenness(part, rng))
    low, high = np.quantile(np.stack(drawn), [0.05, 0.95], axis=0)
    return np.minimum(low, value), np.maximum(high, value)


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
