"""Who reaches most: proved by trying all sets, and when any set would do as well."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import networkx as nx
import pytest

from graphintel.analysis.network import Network
from graphintel.analysis.reach import MOST_THINGS, reach
from graphintel.errors import InputError, LimitReached


def _reach(graph: nx.Graph[int], chosen: tuple[int, ...]) -> float:
    steps = nx.multi_source_dijkstra_path_length(graph, set(chosen))
    return sum(1 / (1 + far) for far in steps.values()) / graph.number_of_nodes()


@pytest.mark.parametrize("seed", range(8))
def test_no_set_reaches_more(network_of: Callable[..., Network], seed: int) -> None:
    graph = nx.gnm_random_graph(14, 16, seed=seed)
    best = max(_reach(graph, chosen) for chosen in combinations(range(14), 3))
    found = reach(network_of(graph), 3)
    assert found.reach == pytest.approx(_reach(graph, tuple(map(int, found.chosen))))
    assert found.reach >= best - 1e-9 and found.reach >= found.baseline_top_degree


def test_the_middles_of_two_stars_reach_all_in_one_step(network_of: Callable[..., Network]) -> None:
    graph = nx.disjoint_union(nx.star_graph(9), nx.star_graph(6))
    found = reach(network_of(graph), 2)
    assert found.chosen == ["0", "10"] and found.within == [15, 0] and found.verdict == "reaches"
    assert found.as_json()["reach"] == pytest.approx((2 + 15 / 2) / 17)


def test_where_any_set_does_as_well_it_says_so(network_of: Callable[..., Network]) -> None:
    for graph in (nx.complete_graph(20), nx.empty_graph(20), nx.path_graph(4)):
        found = reach(network_of(graph), 2)
        assert found.verdict == "cannot tell" and found.explanation().en.startswith("Cannot tell")


def test_sizes_that_do_not_fit_are_refused(network_of: Callable[..., Network]) -> None:
    with pytest.raises(InputError, match="below the number of things, 5"):
        reach(network_of(nx.path_graph(5)), 5)
    with pytest.raises(LimitReached):
        reach(network_of(nx.empty_graph(MOST_THINGS + 1)), 2)


def test_a_large_network_tries_the_best_connected(network_of: Callable[..., Network]) -> None:
    found = reach(network_of(nx.barabasi_albert_graph(3000, 2, seed=3)), 5)
    assert found.parameters["tried"] == 1000 and found.reach > found.by_lot
