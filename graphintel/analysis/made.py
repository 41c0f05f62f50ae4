"""Networks made for measuring: with planted groups, and grown ones with a few strong brokers."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.network import Network, seeded


def planted(things: int, seed: int, mixing: float) -> tuple[Network, NDArray[np.int64]]:
    """A benchmark network of Lancichinetti, Fortunato and Radicchi 2008, ten ties a thing, and the group of each thing.

    `mixing`: what the generator is asked for; more ties leave their group than that.
    """
    # Imported where it is needed: the path of a million links does without.
    import networkx as nx

    graph = nx.LFR_benchmark_graph(
        things, 2.5, 1.5, mixing, average_degree=10, max_degree=100, min_community=20,
        max_community=max(things // 40, 200), seed=seed, max_iters=2000,
    )  # fmt: skip
    truth = np.empty(things, dtype=np.int64)
    for number, members in enumerate({frozenset(graph.nodes[node]["community"]) for node in graph}):
        truth[list(members)] = number
    ends = np.array([pair for pair in graph.edges() if pair[0] != pair[1]], dtype=np.int32)
    return _plain(things, ends), truth


def grown(things: int, ties: int, seed: int) -> Network:
    """A network that grew by preferential attachment (Barabasi and Albert 1999), `ties` for each new thing."""
    with seeded(seed):
        graph = igraph.Graph.Barabasi(n=things, m=ties)
    return _plain(things, np.array(graph.get_edgelist(), dtype=np.int32))


def _plain(things: int, ends: NDArray[np.int32]) -> Network:
    return Network.of([str(node) for node in range(things)], ends[:, 0], ends[:, 1], np.ones(len(ends)))
