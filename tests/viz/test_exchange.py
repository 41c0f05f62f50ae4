"""GraphML and GEXF: valid, whole, with every link's own id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import networkx
import pytest

from graphintel.viz.exchange import gexf, graphml
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]
Writer = Callable[[Scene, Rows], bytes]


def local(root: Element, name: str) -> list[Element]:
    """Elements by local name."""
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]


@pytest.mark.parametrize("write", [graphml, gexf])
def test_everything_is_there_under_its_own_id(write: Writer, scene: Scene, rows: Rows) -> None:
    root = fromstring(write(scene, rows))
    assert [node.get("id") for node in local(root, "node")] == [node.id for node in scene.nodes]
    assert [edge.get("id") for edge in local(root, "edge")] == [link.id for link in scene.links]
    assert scene.made.handling in "".join(root.itertext())


@pytest.mark.parametrize("write", [graphml, gexf])
def test_hostile_texts_stay_text(write: Writer, hostile_scene: Scene, hostile_records: Rows) -> None:
    raw = write(hostile_scene, hostile_records)
    assert b"<script" not in raw
    assert len(local(fromstring(raw), "node")) == len(hostile_scene.nodes)


def test_another_program_reads_graphml(scene: Scene, rows: Rows) -> None:
    read: Any = networkx.parse_graphml(graphml(scene, rows).decode(), force_multigraph=True)
    assert read.number_of_edges() == 36
    assert read.nodes["c1"]["label"] == "Düşsel Tekstil Ticaret Limited Şirketi"
    links = {key: read.get_edge_data(a, b, key) for a, b, key in read.edges}
    assert links["inf1"]["probability"] == 0.62
    assert links["link01"]["sources"].startswith("declarations-csv beyan_2025.csv line")


def test_gexf_brings_places_and_colours(scene: Scene) -> None:
    root = fromstring(gexf(scene, {}))
    first = local(root, "position")[0]
    assert (first.get("x"), first.get("y")) == (str(scene.nodes[0].x), str(-scene.nodes[0].y))
    assert local(root, "color")[0].get("r") is not None
