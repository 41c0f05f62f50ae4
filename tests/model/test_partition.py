"""Entities as connected components, held against networkx."""

from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.partition import partition

NAMES = st.sampled_from("abcdefgh")
KEYED = st.dictionaries(NAMES, st.lists(st.sampled_from("12345"), max_size=3), max_size=8)


@given(KEYED, st.lists(st.tuples(NAMES, NAMES), max_size=4))
def test_who_shares_a_key_or_was_judged_the_same_is_one(
    keys: dict[str, list[str]], judgements: list[tuple[str, str]]
) -> None:
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((name, f"key {key}") for name, own in keys.items() for key in own)
    graph.add_edges_from(pair for pair in judgements if pair[0] in keys and pair[1] in keys)
    expected = {
        frozenset(name for name in part if name in keys) for part in networkx.connected_components(graph)
    }
    assert {frozenset(group) for group in partition(keys, keys, judgements)} == expected - {frozenset()}


def test_a_bridge_holds_two_sides_together() -> None:
    keys = {"plate": ["p"], "vin": ["v"], "both": ["p", "v"]}
    assert partition(keys, keys) == [["both", "plate", "vin"]]
    assert partition(["plate", "vin"], keys) == [["plate"], ["vin"]]
