"""Key players: the set that breaks most, proved by trying all sets, and when it says that nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis.breakage import fragmentation, pieces, remaining_pairs
from graphintel.analysis.keyplayers import MOST_THINGS, key_players
from graphintel.analysis.network import Network
from graphintel.errors import InputError, LimitReached


def _neighbours(size: int, ties: int, seed: int) -> list[list[int]]:
    graph = nx.gnm_random_graph(size, ties, seed=seed)
    return [sorted(graph[node]) for node in range(size)]


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 16), st.floats(0, 2), st.integers(0, 10**6), st.sets(st.integers(0, 15), max_size=4))
def test_one_sweep_equals_trying_each_removal(
    size: int, density: float, seed: int, removed: set[int]
) -> None:
    neighbours = _neighbours(size, int(size * density), seed)
    removed = {node for node in removed if node < size}
    pairs = remaining_pairs(neighbours, removed)
    for node in range(size):
        left = sum(piece * (piece - 1) for piece in pieces(neighbours, removed | {node}))
        assert pairs[node] == (-1 if node in removed else left)


def test_fragmentation_is_borgattis() -> None:
    assert fragmentation([4]) == 0
    assert fragmentation([1, 1, 1]) == 1
    assert fragmentation([3, 2]) == pytest.approx(1 - 8 / 20)
    assert fragmentation([1]) == fragmentation([]) == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_set_breaks_more(network_of: Callable[..., Network], seed: int) -> None:
    graph = nx.gnm_random_graph(14, 18, seed=seed)
    neighbours = [sorted(graph[node]) for node in range(14)]
    best = max(fragmentation(pieces(neighbours, chosen)) for chosen in combinations(range(14), 3))
    found = key_players(network_of(graph), 3)
    assert found.fragmentation == pytest.approx(best)
    assert found.fragmentation >= found.baseline_top_degree
    assert found.fragmentation == pytest.approx(
        fragmentation(pieces(neighbours, [int(name) for name in found.chosen]))
    )


def test_the_middle_of_a_star(network_of: Callable[..., Network]) -> None:
    answer = key_players(network_of(nx.star_graph(12)), 1).as_json()
    assert answer["set"] == ["0"]
    assert answer["fragmentation"] == 1
    assert answer["verdict"] == "breakable"


def test_a_set_beats_the_ranking(network_of: Callable[..., Network]) -> None:
    """Eight chained groups: the best connected things all sit in the one dense group."""
    graph = nx.complete_graph(10)
    for start in range(10, 70, 10):
        graph.add_edges_from((start, start + step) for step in range(1, 10))
        graph.add_edge(start, start - 1)
    found = key_players(network_of(graph), 4)
    assert found.fragmentation > found.baseline_top_degree + 0.1


def test_a_dense_network_is_not_breakable(network_of: Callable[..., Network]) -> None:
    found = key_players(network_of(nx.complete_graph(20)), 3)
    assert found.verdict == "not breakable"
    assert "No set of this size" in found.explanation().en


@pytest.mark.parametrize("graph", [nx.path_graph(5), nx.empty_graph(30)])
def test_too_small_or_already_in_pieces(network_of: Callable[..., Network], graph: nx.Graph[Any]) -> None:
    assert key_players(network_of(graph), 2).verdict == "cannot tell"


@pytest.mark.parametrize("k", [0, 5, 9])
def test_k_must_leave_something(network_of: Callable[..., Network], k: int) -> None:
    with pytest.raises(InputError, match="below the number of things, 5"):
        key_players(network_of(nx.path_graph(5)), k)


def test_too_large_a_network_is_refused(network_of: Callable[..., Network]) -> None:
    with pytest.raises(LimitReached):
        key_players(network_of(nx.empty_graph(MOST_THINGS + 1)), 2)
