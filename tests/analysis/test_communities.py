"""Communities: planted groups are found, chance networks give no firm ones, confidence is near the truth."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from graphintel.analysis.communities import FIRM, Communities, communities, member_confidence
from graphintel.analysis.network import Network, seeded


def _rand(left: np.ndarray, right: np.ndarray) -> float:
    """Adjusted Rand index, by the table of all pairs."""
    same_left, same_right = left[:, None] == left[None, :], right[:, None] == right[None, :]
    upper = np.triu_indices(len(left), 1)
    one, two = same_left[upper], same_right[upper]
    expected = one.mean() * two.mean()
    return float(((one & two).mean() - expected) / ((one.mean() + two.mean()) / 2 - expected))


def _rewired(network: Network) -> Network:
    graph = network.graph.copy()
    with seeded(7):
        graph.rewire(n=10 * network.ties)
    ends = np.array(graph.get_edgelist(), dtype=np.int32)
    return Network.of(network.names, ends[:, 0], ends[:, 1], np.ones(len(ends)))


def test_planted_groups_are_found(planted: tuple[Network, np.ndarray]) -> None:
    network, truth = planted
    found = communities(network)
    assert _rand(found.of, truth) > 0.9
    assert found.modularity > 0.35
    assert 0.5 < found.stability <= 1


def test_groups_of_a_benchmark_network_are_found() -> None:
    graph = nx.LFR_benchmark_graph(
        600, 3, 1.5, 0.1, average_degree=8, max_degree=30, min_community=30, max_community=90, seed=10
    )
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    groups = {frozenset(graph.nodes[node]["community"]) for node in graph}
    truth = np.empty(600, dtype=np.int32)
    for number, members in enumerate(groups):
        truth[list(members)] = number
    ends = np.array(list(graph.edges()), dtype=np.int32)
    network = Network.of([str(node) for node in range(600)], ends[:, 0], ends[:, 1], np.ones(len(ends)))
    assert _rand(communities(network).of, truth) > 0.85


def test_chance_gives_no_firm_community(planted: tuple[Network, np.ndarray]) -> None:
    found = communities(_rewired(planted[0]))
    assert max(community.confidence for community in found.communities) < FIRM
    assert found.stability < 0.5


def test_confidence_is_near_the_share_of_pairs_that_belong_together(
    planted: tuple[Network, np.ndarray],
) -> None:
    network, truth = planted
    pairs = []
    for community in communities(network).communities:
        groups = truth[[int(name) for name in community.members]]
        size = len(groups)
        together = sum(int(count) * (int(count) - 1) for count in np.bincount(groups)) / max(
            size * (size - 1), 1
        )
        pairs.append((community.confidence, together, size))
    confidence, together, weight = np.array(pairs).T
    assert abs(np.average(confidence, weights=weight) - np.average(together, weights=weight)) < 0.15


def test_the_same_seed_gives_the_same_answer(planted: tuple[Network, np.ndarray]) -> None:
    first, again = (communities(planted[0], seed=4).as_json() for _ in range(2))
    assert first == again


def test_members_are_a_partition_and_the_largest_comes_first(planted: tuple[Network, np.ndarray]) -> None:
    found = communities(planted[0])
    members = [name for community in found.communities for name in community.members]
    assert sorted(members) == sorted(planted[0].names)
    sizes = [len(community.members) for community in found.communities]
    assert sizes == sorted(sizes, reverse=True)


def test_json_has_the_promised_fields(planted: tuple[Network, np.ndarray]) -> None:
    answer = communities(planted[0]).as_json()
    assert {"communities", "modularity", "stability", "method", "parameters", "seed"} <= answer.keys()
    assert {"id", "members", "confidence"} <= answer["communities"][0].keys()
    assert answer["explanation"]["tr"] and answer["explanation"]["en"]


@pytest.mark.parametrize(
    ("resolution", "said"),
    [(1.0, "more ties inside than chance"), (2.5, "smaller, denser"), (0.4, "larger, looser")],
)
def test_the_choice_of_resolution_is_explained(
    planted: tuple[Network, np.ndarray], resolution: float, said: str
) -> None:
    told = communities(planted[0], resolution=resolution).explanation()
    assert f"Resolution {resolution:g}: " in told.en and said in told.en
    assert f"Çözünürlük {resolution:g}: " in told.tr


def test_weights_count(network_of: Callable[..., Network]) -> None:
    graph = nx.cycle_graph(8)
    for left, right in ((0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)):
        graph.edges[left, right]["weight"] = 20.0
    of = communities(network_of(graph)).of
    assert of[0] == of[3] != of[4] == of[7]


@pytest.mark.parametrize("size", [0, 3])
def test_things_without_ties_stand_alone(size: int) -> None:
    nothing = np.zeros(0, dtype=np.int32)
    network = Network.of([str(node) for node in range(size)], nothing, nothing, np.zeros(0))
    found: Communities = communities(network)
    assert [community.confidence for community in found.communities] == [0.0] * size


def test_a_chain_is_not_firm(network_of: Callable[..., Network]) -> None:
    (only,) = communities(network_of(nx.path_graph(2))).communities
    assert only.confidence == 0.5


def test_a_members_confidence_is_its_squared_share_of_runs_with_the_others() -> None:
    found = np.array([[0, 0, 0], [0, 0, 1]], dtype=np.int32)
    assert member_confidence(np.zeros(3, dtype=np.int32), found).tolist() == [0.75**2, 0.75**2, 0.5**2]


def test_the_reliability_of_members_by_decile(network_of: Callable[..., Network]) -> None:
    """Of members told with some confidence that share of their fellows is truly of their group, in every tenth of the scale."""
    told, true = [], []
    for seed, (inside, across) in enumerate(
        [(0.3, 0.005), (0.22, 0.012), (0.2, 0.018), (0.15, 0.018)] * 2, 40
    ):
        graph = nx.planted_partition_graph(20, 25, inside, across, seed=seed)
        for community in communities(network_of(graph)).communities:
            groups = np.array([int(name) for name in community.members]) // 25
            fellows = np.bincount(groups)[groups] - 1
            if len(groups) > 1:
                told.extend(community.member_confidence)
                true.extend(fellows / (len(groups) - 1))
    decile = np.minimum((np.array(told) * 10).astype(int), 9)
    table = {
        int(place): (np.array(told)[decile == place].mean(), np.array(true)[decile == place].mean())
        for place in np.unique(decile)
        if np.sum(decile == place) >= 50
    }
    assert len(table) >= 6 and 9 in table
    assert {place: pair for place, pair in table.items() if abs(pair[0] - pair[1]) > 0.15} == {}
