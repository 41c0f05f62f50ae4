"""Networks that the analysis tests share: from networkx graphs, and planted ones with a known answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from graphintel.analysis.network import Network


def of_graph(graph: nx.Graph[Any]) -> Network:
    """A networkx graph with nodes 0..n-1 as a network; ids are the numbers as text."""
    edges = np.array(list(graph.edges()), dtype=np.int32).reshape(-1, 2)
    weight = np.array([data.get("weight", 1.0) for _, _, data in graph.edges(data=True)], dtype=np.float64)
    names = [str(node) for node in range(graph.number_of_nodes())]
    return Network.of(names, edges[:, 0], edges[:, 1], weight)


@pytest.fixture
def network_of() -> Callable[[nx.Graph[Any]], Network]:
    """The function that turns a networkx graph into a network."""
    return of_graph


@pytest.fixture(scope="session")
def planted() -> tuple[Network, np.ndarray]:
    """Twenty groups of twenty-five with half of all ties inside, and the group of each thing."""
    graph = nx.planted_partition_graph(20, 25, 0.25, 0.0125, seed=3)
    return of_graph(graph), np.repeat(np.arange(20), 25)
