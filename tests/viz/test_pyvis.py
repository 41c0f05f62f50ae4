"""The pyvis page: its network is complete, its data an island, its scripts two known ones."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

import orjson
import pytest

from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.viz.pyvis import EDGE_OPTIONS, NODE_OPTIONS, SHAPES, island, library, network, pyvis
from graphintel.viz.scene import Scene, build_scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def page(scene: Scene, rows: Rows) -> str:
    """The invented chart as a pyvis page."""
    return pyvis(scene, rows).decode()


def test_only_the_two_known_scripts_are_admitted(page: str) -> None:
    scripts = SCRIPT.findall(page)
    assert [attributes for attributes, _ in scripts] == [' type="application/json" id="data"', "", ""]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for _, text in scripts[1:]:
        digest = base64.b64encode(sha256(text.encode()).digest()).decode()
        assert f"&#39;sha256-{digest}&#39;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_nothing_is_fetched(page: str) -> None:
    own = page.replace(library(), "")
    assert not re.search(r"<(?:link|img|iframe|script)[^>]+(?:src|href)=", own)
    assert "://" not in re.sub(r"\s", "", own)


def test_hostile_texts_do_not_leave_their_island(hostile_scene: Scene, hostile_records: Rows) -> None:
    page = pyvis(hostile_scene, hostile_records).decode()
    scripts = SCRIPT.findall(page)
    assert len(scripts) == 3
    assert not re.search("[<>&\u2028\u2029]", scripts[0][1])
    data = orjson.loads(scripts[0][1])
    assert len(data["nodes"]) == len(hostile_scene.nodes)
    assert "<img" not in page.replace(library(), "")


def test_every_curve_is_kept_under_its_own_id(scene: Scene) -> None:
    data = orjson.loads(island(network(scene)))
    assert [edge["id"] for edge in data["edges"]] == list(range(len(scene.lines)))
    assert [node["id"] for node in data["nodes"]] == list(range(len(scene.nodes)))
    labels = " ".join(edge["label"] for edge in data["edges"])
    assert "14–15 2×" in labels
    assert "≈ 0.62" in labels


def test_parallel_and_opposite_links_are_kept() -> None:
    nodes = [Node("a", "Person", "A"), Node("b", "Person", "B")]
    edges = [
        Edge("1", "a", "b", "RELATED_TO"),
        Edge("2", "a", "b", "ASSOCIATE_OF"),
        Edge("3", "b", "a", "RELATED_TO"),
    ]
    data = orjson.loads(island(network(build_scene(Subgraph(nodes, edges)))))
    assert len(data["edges"]) == 3
    assert len({(edge["from"], edge["smooth"]["roundness"]) for edge in data["edges"]}) == 3


def test_only_allowed_attributes_pass(scene: Scene) -> None:
    model = network(scene)
    model.nodes[0]["image"] = "http://evil.invalid/x.png"
    model.nodes[0]["group"] = "evil"
    model.edges[0]["chosen"] = "evil"
    data = orjson.loads(island(model))
    assert set().union(*data["nodes"]) <= NODE_OPTIONS
    assert set().union(*data["edges"]) <= EDGE_OPTIONS
    assert {node["shape"] for node in data["nodes"]} <= set(SHAPES.values())
    assert data["options"]["physics"] == {"enabled": False}
    assert all(node["font"]["multi"] is False for node in data["nodes"])


def test_things_stand_where_the_picture_has_them(scene: Scene) -> None:
    data = orjson.loads(island(network(scene)))
    assert [(node["x"], node["y"]) for node in data["nodes"]] == [(node.x, node.y) for node in scene.nodes]


def test_page_says_handling_origin_and_sources(page: str, scene: Scene) -> None:
    assert page.count("RESTRICTED // TLP:AMBER // H1 not for court") == 2
    for part in (scene.hash, "analyst 7", "beyan_2025.csv, line 2 (4x4 A2)", "Inferred ≈ 0.62", "<noscript>"):
        assert part in page


def test_a_community_colours_its_members(graph: Subgraph) -> None:
    made = build_scene(graph, communities=[["p1"], ["p2"]])
    data = orjson.loads(island(network(made)))
    colours = {
        node.id: one["color"]["background"] for node, one in zip(made.nodes, data["nodes"], strict=True)
    }
    assert len({colours["p1"], colours["p2"], colours["p3"]}) == 3
