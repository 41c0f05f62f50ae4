"""Communities against chance: planted groups are more than it, a network drawn by lot is not, and degrees are kept."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np

from graphintel.analysis.chance import MOST_TIES, chance, rewired
from graphintel.analysis.communities import communities
from graphintel.analysis.network import Network


def test_a_copy_keeps_every_degree_and_all_weights_and_nothing_else(
    planted: tuple[Network, np.ndarray],
) -> None:
    network = planted[0]
    copy = rewired(network, 3)
    assert copy.degree.tolist() == network.degree.tolist()
    assert sorted(copy.weight.tolist()) == sorted(network.weight.tolist())
    kept = set(zip(network.source.tolist(), network.target.tolist(), strict=True))
    same = kept & set(zip(copy.source.tolist(), copy.target.tolist(), strict=True))
    assert len(same) < network.ties / 5
    again = rewired(network, 3)
    assert again.source.tolist() == copy.source.tolist() and again.target.tolist() == copy.target.tolist()


def test_planted_groups_are_more_than_chance(planted: tuple[Network, np.ndarray]) -> None:
    found = chance(planted[0], communities(planted[0]))
    assert found is not None and found.verdict == "more than chance" and found.confidence < 0.9
    assert (
        found.surer
        == sum(one.confidence > found.confidence for one in communities(planted[0]).communities)
        > 10
    )
    assert "More than chance" in found.explanation.en and "Rastlantıdan" in found.explanation.tr


def test_a_network_drawn_by_lot_cannot_be_told_from_chance(network_of: Callable[..., Network]) -> None:
    network = network_of(nx.gnm_random_graph(300, 900, seed=4))
    found = chance(network, communities(network))
    assert (
        found is not None
        and found.verdict == "cannot tell"
        and found.explanation.en.startswith("Cannot tell")
    )


def test_without_ties_or_with_too_many_there_is_no_copy(network_of: Callable[..., Network]) -> None:
    nothing = network_of(nx.empty_graph(4))
    assert chance(nothing, communities(nothing)) is None
    few = network_of(nx.path_graph(3))
    ends = np.zeros(MOST_TIES + 1, dtype=np.int32)
    many = Network(few.names, ends, ends, np.ones(MOST_TIES + 1))
    assert chance(many, communities(few)) is None


def test_a_star_and_a_single_tie_do_not_fail(network_of: Callable[..., Network]) -> None:
    for graph in (nx.star_graph(5), nx.path_graph(2), nx.complete_graph(4)):
        network = network_of(graph)
        found = chance(network, communities(network))
        assert found is not None and found.verdict == "cannot tell"
