"""Hidden ties: resource allocation equals networkx, evidence is shown, trees get no guess."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis import ties
from graphintel.analysis.network import Network
from graphintel.analysis.ties import best_pairs, hidden_ties


def _network(graph: nx.Graph[Any]) -> Network:
    ends = np.array(list(graph.edges()), dtype=np.int32).reshape(-1, 2)
    names = [str(node) for node in range(graph.number_of_nodes())]
    return Network.of(names, ends[:, 0], ends[:, 1], np.ones(len(ends)))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 20), st.floats(0, 3), st.integers(0, 10**6))
def test_scores_equal_networkx(size: int, density: float, seed: int) -> None:
    graph = nx.gnm_random_graph(size, int(size * density), seed=seed)
    expected = {
        (left, right): score for left, right, score in nx.resource_allocation_index(graph) if score > 0
    }
    first, second, score = best_pairs(_network(graph), 10_000)
    found = dict(zip(zip(first.tolist(), second.tolist(), strict=True), score.tolist(), strict=True))
    assert found == pytest.approx({(min(pair), max(pair)): value for pair, value in expected.items()})


def test_blocks_and_the_cut_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    network = _network(nx.gnm_random_graph(300, 1500, seed=1))
    whole = best_pairs(network, 7)
    monkeypatch.setattr(ties, "BLOCK", 17)
    parts = best_pairs(network, 7)
    assert np.allclose(np.stack(whole), np.stack(parts))
    assert np.all(np.diff(parts[2]) <= 1e-12)


def test_leads_show_the_common_contacts(planted: tuple[Network, np.ndarray]) -> None:
    network, truth = planted
    answer = hidden_ties(network, 15).as_json()
    assert answer["verdict"] == "leads"
    assert len(answer["pairs"]) == 15
    assert (
        np.mean([truth[int(pair["source"])] == truth[int(pair["target"])] for pair in answer["pairs"]]) > 0.9
    )
    around = network.neighbours()
    for pair in answer["pairs"]:
        shared = set(around[int(pair["source"])]) & set(around[int(pair["target"])])
        assert {int(name) for name in pair["common"]} == shared
        assert pair["adamic_adar"] == pytest.approx(sum(1 / np.log(len(around[node])) for node in shared))
    assert answer["trial"]["precision"] > 5 * answer["trial"]["chance"]


@pytest.mark.parametrize(
    "graph", [nx.balanced_tree(3, 4), nx.star_graph(30), nx.empty_graph(4), nx.grid_2d_graph(6, 6)]
)
def test_without_closed_triangles_it_cannot_tell(
    graph: nx.Graph[Any], network_of: Callable[..., Network]
) -> None:
    found = hidden_ties(network_of(nx.convert_node_labels_to_integers(graph)))
    assert (found.verdict, found.pairs) == ("cannot tell", [])
    assert "Cannot tell" in found.explanation().en and "Söylenemez" in found.explanation().tr


def test_contacts_of_very_many_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "CONTACT_CAP", 12)
    found = hidden_ties(_network(nx.barabasi_albert_graph(200, 4, seed=1)))
    assert found.left_out
    assert "0" in found.left_out or len(found.left_out) < 50
