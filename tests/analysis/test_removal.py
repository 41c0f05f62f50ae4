"""What if these were taken out: pieces before and after, and what comes off."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis.breakage import fragmentation, pieces
from graphintel.analysis.network import Network
from graphintel.analysis.removal import removal
from graphintel.errors import InputError


def test_the_middle_of_a_star_leaves_single_things(network_of: Callable[..., Network]) -> None:
    told = removal(network_of(nx.star_graph(6)), ["0"]).as_json()
    assert told["before"] == {"pieces": 1, "largest": 7, "fragmentation": 0.0}
    assert told["after"] == {"pieces": 6, "largest": 1, "fragmentation": 1.0}
    assert told["split_off_total"] == 5 and "5 pieces with 5 things come off" in told["explanation"]["en"]


def test_who_holds_nothing_together_changes_nothing(network_of: Callable[..., Network]) -> None:
    told = removal(network_of(nx.complete_graph(6)), ["1", "2", "1"]).as_json()
    assert told["removed"] == ["1", "2"] and told["split_off"] == []
    assert "still does" in told["explanation"]["en"] and "kopmuyor" in told["explanation"]["tr"]


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 14), st.integers(0, 10**6), st.sets(st.integers(0, 13), min_size=1, max_size=2))
def test_pieces_are_those_of_what_remains(size: int, seed: int, out: set[int]) -> None:
    graph = nx.gnm_random_graph(size, size, seed=seed)
    out = {node % size for node in out}
    ends = [(a, b) for a, b in graph.edges()]
    edges = np.array(ends, dtype=np.int32).reshape(-1, 2)
    network = Network.of([str(node) for node in range(size)], edges[:, 0], edges[:, 1], np.ones(len(edges)))
    told = removal(network, [str(node) for node in sorted(out)]).as_json()
    sizes = pieces([sorted(graph[node]) for node in range(size)], out)
    assert told["after"] == {"pieces": len(sizes), "largest": sizes[0], "fragmentation": fragmentation(sizes)}


@pytest.mark.parametrize(
    ("removed", "why"), [([], "at least one"), (["9"], "9 is not in"), (["0", "1"], "Everything")]
)
def test_what_cannot_be_taken_out_is_refused(
    network_of: Callable[..., Network], removed: list[str], why: str
) -> None:
    with pytest.raises(InputError, match=why):
        removal(network_of(nx.path_graph(2)), removed)
