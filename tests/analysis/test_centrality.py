"""Centrality: equal to networkx on random graphs; intervals hold the value; brokers are told with their doubt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis.betweenness import betweenness, estimated_betweenness
from graphintel.analysis.centrality import centrality
from graphintel.analysis.network import Network
from graphintel.analysis.pagerank import pagerank


def _random(size: int, ties: int, seed: int) -> tuple[nx.Graph[Any], Network]:
    graph = nx.gnm_random_graph(size, ties, seed=seed)
    rng = np.random.default_rng(seed)
    for left, right in graph.edges():
        graph.edges[left, right]["weight"] = float(rng.integers(1, 5))
    ends = np.array(list(graph.edges()), dtype=np.int32).reshape(-1, 2)
    weight = np.array([data["weight"] for _, _, data in graph.edges(data=True)], dtype=np.float64)
    return graph, Network.of([str(node) for node in range(size)], ends[:, 0], ends[:, 1], weight)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 25), st.floats(0, 3), st.integers(0, 10**6))
def test_equal_to_networkx_on_random_graphs(size: int, density: float, seed: int) -> None:
    graph, network = _random(size, int(size * density), seed)
    found = centrality(network, seed=seed, resamples=0)
    expected = nx.betweenness_centrality(graph) if size > 2 else dict.fromkeys(graph, 0.0)
    assert found.betweenness == pytest.approx([expected[node] for node in range(size)], abs=1e-12)
    assert found.core.tolist() == [nx.core_number(graph)[node] for node in range(size)]
    assert found.articulation == sorted(nx.articulation_points(graph))
    rank = nx.pagerank(graph, tol=1e-12, max_iter=500)
    assert found.pagerank == pytest.approx([rank[node] for node in range(size)], abs=1e-8)


def test_estimates_from_few_starting_points_re_find_the_top() -> None:
    graph = nx.barabasi_albert_graph(1500, 4, seed=2)
    ends = np.array(list(graph.edges()), dtype=np.int32)
    network = Network.of([str(node) for node in range(1500)], ends[:, 0], ends[:, 1], np.ones(len(ends)))
    exact, guess = betweenness(network), estimated_betweenness(network, np.random.default_rng(5), sources=80)
    top = set(np.argsort(-exact)[:50].tolist())
    assert len(top & set(np.argsort(-guess)[:50].tolist())) >= 43
    assert guess.sum() == pytest.approx(exact.sum(), rel=0.3)


def test_estimates_see_a_bridge_of_few_ties() -> None:
    graph = nx.disjoint_union(
        nx.barabasi_albert_graph(400, 4, seed=1), nx.barabasi_albert_graph(400, 4, seed=2)
    )
    graph.add_edges_from([(800, 50), (800, 450)])
    ends = np.array(list(graph.edges()), dtype=np.int32)
    network = Network.of([str(node) for node in range(801)], ends[:, 0], ends[:, 1], np.ones(len(ends)))
    guess = estimated_betweenness(network, np.random.default_rng(5), sources=80)
    assert 800 in np.argsort(-guess)[:5]
    assert guess[800] == pytest.approx(betweenness(network)[800], rel=0.3)


def test_few_things_are_never_estimated(network_of: Callable[..., Network]) -> None:
    network = network_of(nx.karate_club_graph())
    assert np.array_equal(estimated_betweenness(network, np.random.default_rng(0)), betweenness(network))


def test_the_interval_holds_the_value_and_is_repeatable(network_of: Callable[..., Network]) -> None:
    network = network_of(nx.karate_club_graph())
    first, again = (centrality(network, seed=9) for _ in range(2))
    assert np.all(first.low <= first.betweenness) and np.all(first.betweenness <= first.high)
    assert np.any(first.high > first.low)
    assert first.as_json() == again.as_json()


def test_a_go_between_is_named_with_its_interval(network_of: Callable[..., Network]) -> None:
    graph = nx.barbell_graph(8, 1)
    found = centrality(network_of(graph))
    broker = found.brokers()[0]
    assert broker.id == "8"
    assert broker.rank == 1
    assert "shortest ways" in broker.sentence.en and "falls apart" in broker.sentence.en
    assert "en kısa yolların" in broker.sentence.tr


def test_a_wide_interval_is_not_called_a_broker(network_of: Callable[..., Network]) -> None:
    brokers = centrality(network_of(nx.cycle_graph(12))).brokers()
    assert not any(broker.firm for broker in brokers)
    assert "Too uncertain" in brokers[0].sentence.en


def test_json_has_the_promised_fields(network_of: Callable[..., Network]) -> None:
    answer = centrality(network_of(nx.path_graph(4))).as_json()
    assert answer["articulation_points"] == ["1", "2"]
    node = answer["nodes"][0]
    assert {"id", "degree", "betweenness", "betweenness_interval", "pagerank", "core"} <= node.keys()
    assert (node["id"], node["degree"], node["core"]) == ("1", 2, 1)


def test_an_empty_network_has_no_numbers() -> None:
    nothing = np.zeros(0, dtype=np.int32)
    network = Network.of([], nothing, nothing, np.zeros(0))
    assert centrality(network).as_json()["nodes"] == []
    assert pagerank(network).size == 0
