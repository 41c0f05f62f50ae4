"""The scene: numbers, styles, curves, legend and hash follow from the subgraph alone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from graphintel.errors import InputError
from graphintel.model.subgraph import Edge, Fold, Node, Subgraph
from graphintel.viz.lines import line_width
from graphintel.viz.scene import Scene, build_scene, style_of


def legend(scene: Scene) -> dict[str, int]:
    """Every row of the legend by its key."""
    parts = (scene.legend.kinds, scene.legend.styles, scene.legend.communities)
    return {row.key: row.count for rows in parts for row in rows}


def test_links_are_numbered_from_one_by_date(scene: Scene) -> None:
    assert [link.number for link in scene.links] == list(range(1, 37))
    dates = [link.at for link in scene.links if link.at]
    assert dates == sorted(dates)
    assert [link.type for link in scene.links if not link.at] == ["ASSOCIATE_OF", "FOLD", "VIA"]


def test_the_order_of_the_subgraph_does_not_matter(graph: Subgraph, scene: Scene) -> None:
    random.Random(3).shuffle(graph.nodes)
    random.Random(4).shuffle(graph.edges)
    again = build_scene(graph)
    assert [link.id for link in again.links] == [link.id for link in scene.links]
    assert again.nodes == scene.nodes
    assert again.hash == scene.hash


def test_every_link_stands_on_exactly_one_curve(scene: Scene) -> None:
    on_curves = [link.number for line in scene.lines for link in line.links]
    assert sorted(on_curves) == [link.number for link in scene.links]
    shared = next(line for line in scene.lines if len(line.links) > 1)
    assert (shared.numbers, shared.count, shared.title) == ("14–15", 2, "uses")


def test_curves_between_the_same_two_things_are_bent_apart() -> None:
    nodes = [Node("a", "Person", "A"), Node("b", "Company", "B")]
    edges = [Edge("1", "a", "b", "OWNS"), Edge("2", "a", "b", "DIRECTS"), Edge("3", "b", "a", "OWNS")]
    lines = build_scene(Subgraph(nodes, edges)).lines
    sides = {line.links[0].id: line.bend * (1 if line.source == "a" else -1) for line in lines}
    assert len(set(sides.values())) == 3
    assert sum(sides.values()) == pytest.approx(0)


def test_a_path_splits_a_bundle_and_keeps_how_sure_it_is(graph: Subgraph) -> None:
    edges = [
        Edge(f"{i}", "p1", "t1", "USES", at=f"2025-01-0{i}", confidence="unconfirmed") for i in range(1, 6)
    ]
    lines = build_scene(Subgraph(graph.nodes, edges), path=["3"]).lines
    assert [(line.numbers, line.on_path, line.style) for line in lines] == [
        ("1–2", False, "unconfirmed"), ("3", True, "unconfirmed"), ("4–5", False, "unconfirmed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edge", "style"),
    [
        (Edge("1", "a", "b", "VIA", confidence="confirmed"), "confirmed"),
        (Edge("1", "a", "b", "VIA", confidence="probable"), "probable"),
        (Edge("1", "a", "b", "VIA", confidence="who knows"), "unconfirmed"),
        (Edge("1", "a", "b", "VIA", confidence="confirmed", basis="inferred"), "inferred"),
        (Edge("1", "a", "b", "VIA", confidence="confirmed", probability=0.4), "inferred"),
    ],
)
def test_style_says_how_sure_and_never_more(edge: Edge, style: str) -> None:
    assert style_of(edge) == style


def test_the_legend_counts_what_is_drawn(scene: Scene) -> None:
    rows = legend(scene)
    assert sum(row.count for row in scene.legend.kinds) == len(scene.nodes) == 32
    assert sum(rows[name] for name in ("confirmed", "probable", "unconfirmed", "inferred")) == len(
        scene.links
    )
    assert (rows["inferred"], rows["path"], rows["fold"], rows["hub"]) == (2, 2, 1, 1)
    assert "Unconfirmed" in [row.title for row in scene.legend.styles]


def test_communities_recolour_and_stand_in_the_legend(graph: Subgraph) -> None:
    made = build_scene(graph, communities=[["e1", "c1", "c2"], ["p2", "t1"]])
    assert {node.id: node.community for node in made.nodes if node.community} == {
        "e1": 1, "c1": 1, "c2": 1, "p2": 2, "t1": 2,
    }  # fmt: skip
    assert [(row.key, row.count) for row in made.legend.communities] == [("C1", 3), ("C2", 2), ("other", 27)]
    assert all(node.community is None for node in build_scene(graph).nodes)


def test_the_eighth_community_is_other(graph: Subgraph) -> None:
    made = build_scene(graph, communities=[[node.id] for node in graph.nodes])
    assert legend(made)["other"] == len(graph.nodes) - 7


def test_sources_are_cited_once_each_in_the_order_of_the_links(scene: Scene) -> None:
    cited = [record for link in scene.links for record in link.records]
    assert list(scene.sources) == list(dict.fromkeys(cited))
    assert scene.source_number(next(iter(scene.sources))) == 1


def test_a_fold_brings_its_count_sums_and_records(scene: Scene) -> None:
    fold = next(link for link in scene.links if link.folded)
    assert (fold.count, fold.at, fold.last) == (42, "", "2024-11-30")
    assert fold.sums == {"kg": 125_000.5, "EUR": 1_200_000.0}
    assert fold.records == ("rec01", "rec02")
    assert fold.records_total == 42
    assert next(line for line in scene.lines if line.folded).directed is False


def test_width_follows_the_count_within_bounds() -> None:
    assert line_width(1, False) == 1.5
    assert line_width(1, True) == 4
    assert line_width(10, False) == 3.0
    assert line_width(10**9, False) == line_width(10**9, True) == 6


def test_links_to_things_not_shown_are_left_out() -> None:
    made = build_scene(Subgraph([Node("a", "Person", "A")], [Edge("1", "a", "gone", "OWNS")]))
    assert len(made.links) == len(made.lines) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda graph: setattr(graph.edges[3], "type", "SELLER"),
        lambda graph: setattr(graph.edges[3], "target", "p1"),
        lambda graph: setattr(graph.edges[3], "at", "2025-03-08"),
        lambda graph: setattr(graph.edges[3], "record", "rec99"),
        lambda graph: setattr(graph.edges[3], "confidence", "unconfirmed"),
        lambda graph: setattr(graph.edges[3], "grade", "4x4 B3"),
        lambda graph: setattr(graph.edges[3], "properties", {"item": 1}),
        lambda graph: setattr(graph.edges[-1], "probability", 0.92),
        lambda graph: setattr(graph.edges[-3].fold, "count", 43),
        lambda graph: graph.edges.pop(),
        lambda graph: setattr(graph.nodes[0], "label", "Leyla Başkası"),
        lambda graph: graph.nodes.pop(),
        lambda graph: setattr(graph, "counter", 18),
        lambda graph: setattr(graph, "query", "another question"),
        lambda graph: graph.params.update(hops=3),
        lambda graph: setattr(graph, "handling", "OPEN"),
    ],
)
def test_the_hash_changes_with_anything_said(
    graph: Subgraph, scene: Scene, change: Callable[[Subgraph], object]
) -> None:
    change(graph)
    assert build_scene(graph).hash != scene.hash


def test_the_hash_is_the_same_however_it_is_drawn(graph: Subgraph, scene: Scene) -> None:
    places = {node.id: (float(i), 0.0) for i, node in enumerate(graph.nodes)}
    other = build_scene(
        graph, theme="dark", language="tr", title="x", made_by="y", made_at="2026", positions=places, seed=9,
        communities=[["p1"]],
    )  # fmt: skip
    assert other.hash == scene.hash
    assert {node.id: (node.x, node.y) for node in other.nodes} == places


def test_every_single_link_changes_the_hash(graph: Subgraph, scene: Scene) -> None:
    hashes = {
        build_scene(
            Subgraph(graph.nodes, graph.edges[:i] + graph.edges[i + 1 :], graph.query, graph.params)
        ).hash
        for i in range(len(graph.edges))
    }
    assert len(hashes) == len(graph.edges)
    assert scene.hash not in hashes


def test_a_turkish_chart_reads_turkish(graph: Subgraph) -> None:
    made = build_scene(graph, language="tr")
    assert "beyan sahibi" in [link.title for link in made.links]
    assert "ortak olayları olan" in [link.title for link in made.links]
    assert "Yakalama" in [row.title for row in made.legend.kinds]


def test_an_unknown_theme_or_language_is_refused(graph: Subgraph) -> None:
    with pytest.raises(InputError, match="light or dark"):
        build_scene(graph, theme="sepia")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="en or tr"):
        build_scene(graph, language="de")  # type: ignore[arg-type]


def test_a_fold_without_anything_is_a_link() -> None:
    nodes = [Node("a", "Company", "A"), Node("b", "Company", "B")]
    made = build_scene(Subgraph(nodes, [Edge("f", "a", "b", "FOLD", fold=Fold(1, "", "", {}))]))
    assert made.links[0].records == ()
    assert made.links[0].sums == {}
