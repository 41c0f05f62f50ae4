"""Places: the same every time, old ones kept, components apart, nothing on top of another."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from time import perf_counter

import igraph
import pytest

from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.viz import layout
from graphintel.viz.layout import place


def chain(*names: str, prefix: str = "") -> list[Edge]:
    """Links that join things in a row."""
    return [Edge(f"{prefix}{a}{b}", a, b, "OWNS") for a, b in pairwise(names)]


def people(names: str) -> list[Node]:
    """One person a letter."""
    return [Node(name, "Person", f"Person {name}") for name in names]


def test_the_order_of_things_and_links_does_not_matter(graph: Subgraph) -> None:
    first = place(graph, 7)
    random.Random(1).shuffle(graph.nodes)
    random.Random(2).shuffle(graph.edges)
    assert place(graph, 7) == first
    assert place(graph, 8) != first


def test_the_program_wide_generator_is_left_as_it_was(graph: Subgraph) -> None:
    random.seed(5)
    expected = random.Random(5).random()
    place(graph, 3)
    assert random.random() == expected
    assert igraph.Graph.Erdos_Renyi(n=5, m=3).ecount() == 3


def test_every_thing_has_a_finite_place(graph: Subgraph) -> None:
    places = place(graph)
    assert places.keys() == {node.id for node in graph.nodes}
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())


def test_nothing_and_one_thing_can_be_placed() -> None:
    assert place(Subgraph([], [])) == {}
    assert set(place(Subgraph(people("a"), []))) == {"a"}
    assert len(place(Subgraph(people("ab"), chain("a", "b")))) == 2


def test_no_two_marks_lie_on_each_other(graph: Subgraph) -> None:
    spots = list(place(graph).values())
    gaps = [math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]]
    assert min(gaps) > 50


def test_components_lie_in_boxes_of_their_own() -> None:
    places = place(Subgraph(people("abcdwxyz"), chain(*"abcd") + chain(*"wxyz")))
    boxes = [
        (min(xs), max(xs), min(ys), max(ys))
        for xs, ys in (zip(*(places[name] for name in part), strict=True) for part in ("abcd", "wxyz"))
    ]
    one, two = boxes
    assert one[1] < two[0] or two[1] < one[0] or one[3] < two[2] or two[3] < one[2]


def test_things_alone_stand_in_rows() -> None:
    names = [f"alone{i:02}" for i in range(12)]
    places = place(Subgraph([Node(name, "Phone", "+900000000000") for name in names], []))
    rows = {round(y, 3) for _, y in places.values()}
    columns = {round(x, 3) for x, _ in places.values()}
    assert len(rows) * len(columns) == 12
    assert max(x for x, _ in places.values()) < 2_000


def test_given_places_are_kept_and_new_things_come_near_their_neighbours() -> None:
    nodes = people("abcnz")
    held = {"a": (0.0, 0.0), "b": (400.0, 0.0), "c": (400.0, 300.0)}
    for node in nodes:
        if node.id in held:
            node.x, node.y = held[node.id]
    places = place(Subgraph(nodes, chain("b", "n") + chain("a", "b", "c")))
    assert {name: places[name] for name in held} == held
    assert 60 < math.dist(places["n"], held["b"]) < 200
    assert places["z"][0] > 400


def test_a_chain_of_new_things_is_placed_to_its_end() -> None:
    nodes = people("abcde")
    nodes[0].x = nodes[0].y = 0.0
    places = place(Subgraph(nodes, chain(*"abcde")))
    gaps = [math.dist(places[a], places[b]) for a, b in zip("abcd", "bcde", strict=True)]
    assert all(50 < gap < 400 for gap in gaps)


def test_self_links_and_links_to_things_not_shown_are_no_matter() -> None:
    places = place(Subgraph(people("ab"), [Edge("1", "a", "a", "OWNS"), Edge("2", "a", "gone", "OWNS")]))
    assert set(places) == {"a", "b"}


def test_large_charts_are_laid_out_by_communities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "ONE_LEVEL_AT_MOST", 20)
    names = [[f"{group}{i}" for i in range(12)] for group in "pqr"]
    edges = [
        Edge(f"{a}{b}", a, b, "OWNS") for group in names for i, a in enumerate(group) for b in group[i + 1 :]
    ]
    edges += [Edge("pq", "p0", "q0", "OWNS"), Edge("qr", "q1", "r0", "OWNS")]
    graph = Subgraph([Node(name, "Person", name) for group in names for name in group], edges)
    places = place(graph)
    assert place(graph) == places
    centres = {group[0][0]: middle([places[name] for name in group]) for group in names}
    for group in names:
        own = max(math.dist(places[name], centres[group[0][0]]) for name in group)
        others = [
            math.dist(centres[group[0][0]], spot) for name, spot in centres.items() if name != group[0][0]
        ]
        assert own < min(others)


def middle(spots: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of some places."""
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def test_five_hundred_things_take_less_than_a_second(big: Subgraph) -> None:
    start = perf_counter()
    assert len(place(big)) == 500
    assert perf_counter() - start < 1.0
