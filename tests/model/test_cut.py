"""The proposal which "same" falls, held against networkx."""

from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.cut import minimum_cut
from graphintel.model.partition import Tie

NAMES = "abcdef"
TIES = st.lists(
    st.builds(
        lambda pair, weight, number: Tie(pair[0], pair[1], str(number), False, weight),
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
        st.sampled_from([0.5, 0.75, 0.999, 1.0]),
        st.integers(0, 10**6),
    ),
    max_size=10,
)


def weigh(ties: list[Tie]) -> int:
    return sum(round(tie.weight * 10_000) for tie in ties)


@given(TIES)
def test_the_cut_is_the_least_and_parts_the_two(ties: list[Tie]) -> None:
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(NAMES)
    for tie in ties:
        held = graph.get_edge_data(tie.one, tie.other, {"capacity": 0})["capacity"]
        graph.add_edge(tie.one, tie.other, capacity=held + round(tie.weight * 10_000))
    found = minimum_cut({name: [] for name in NAMES}, ties, "a", "b")
    assert weigh(found) == networkx.minimum_cut_value(graph, "a", "b")
    rest = networkx.Graph([tie[:2] for tie in ties if tie not in found])
    rest.add_nodes_from(NAMES)
    assert not networkx.has_path(rest, "a", "b")


def test_a_guess_falls_before_what_a_person_said_and_a_key_holds() -> None:
    said, guessed = Tie("a", "c", "said"), Tie("c", "b", "guessed", False, 0.99)
    assert minimum_cut({"a": [], "b": [], "c": []}, [said, guessed], "a", "b") == [guessed]
    assert minimum_cut({"a": ["1"], "b": [], "c": ["1"]}, [guessed], "a", "b") == [guessed]
    assert minimum_cut({"a": ["1"], "b": ["1"]}, [], "a", "b") == []
