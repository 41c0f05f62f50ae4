"""A scene for other graph programs: GraphML (graphml.graphdrawing.org) and GEXF 1.3 (gexf.net), through an element tree."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from graphintel.viz.labels import clean
from graphintel.viz.scene import Scene
from graphintel.viz.sceneparts import SceneLink, SceneNode
from graphintel.viz.sources import SourceRow
from graphintel.viz.style import look

_NODE = {"kind": "string", "label": "string", "x": "double", "y": "double"}
_LINK = {
    "number": "int", "type": "string", "at": "string", "confidence": "string", "basis": "string", "grade": "string",
    "count": "int", "probability": "double", "sources": "string",
}  # fmt: skip
_CHART = {"handling": "string", "query": "string", "counter": "int", "hash": "string"}
_GEXF_TYPES = {"int": "integer"}


def graphml(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart as GraphML with typed keys."""
    root = Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for scope, names in (("graph", _CHART), ("node", _NODE), ("edge", _LINK)):
        for name, kind in names.items():
            attributes = {"id": f"{scope}_{name}", "for": scope, "attr.name": name, "attr.type": kind}
            SubElement(root, "key", attributes)
    graph = SubElement(root, "graph", {"id": "chart", "edgedefault": "directed"})
    _data(graph, "graph", _of_chart(scene))
    for node in scene.nodes:
        _data(SubElement(graph, "node", {"id": clean(node.id)}), "node", _of_node(node))
    for link in scene.links:
        ends = {"id": clean(link.id), "source": clean(link.source), "target": clean(link.target)}
        _data(SubElement(graph, "edge", ends), "edge", _of_link(link, records))
    return _file(root)


def gexf(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart as GEXF 1.3 with places and colours."""
    root = Element(
        "gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    )
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = scene.made.by
    SubElement(meta, "description").text = "; ".join(
        f"{name}: {value}" for name, value in _of_chart(scene).items()
    )
    graph = SubElement(root, "graph", {"defaultedgetype": "directed"})
    for scope, names in (("node", {"kind": "string"}), ("edge", _LINK)):
        declared = SubElement(graph, "attributes", {"class": scope})
        for name, kind in names.items():
            SubElement(
                declared, "attribute", {"id": name, "title": name, "type": _GEXF_TYPES.get(kind, kind)}
            )
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for node in scene.nodes:
        _gexf_node(nodes, node, scene)
    for link in scene.links:
        ends = {"id": clean(link.id), "source": clean(link.source), "target": clean(link.target)}
        element = SubElement(edges, "edge", ends | {"label": link.title, "weight": str(link.count)})
        _values(element, _of_link(link, records))
    return _file(root)


def _gexf_node(parent: Element, node: SceneNode, scene: Scene) -> None:
    element = SubElement(parent, "node", {"id": clean(node.id), "label": node.label})
    _values(element, {"kind": clean(node.kind)})
    # Gephi draws y upwards.
    SubElement(element, "viz:position", {"x": str(node.x), "y": str(-node.y), "z": "0.0"})
    colour = look().families[node.family].colour[scene.theme]
    parts = {name: str(int(colour[i : i + 2], 16)) for name, i in (("r", 1), ("g", 3), ("b", 5))}
    SubElement(element, "viz:color", parts)


def _values(element: Element, values: dict[str, object]) -> None:
    holder = SubElement(element, "attvalues")
    for name, value in values.items():
        SubElement(holder, "attvalue", {"for": name, "value": str(value)})


def _data(element: Element, scope: str, values: dict[str, object]) -> None:
    for name, value in values.items():
        SubElement(element, "data", {"key": f"{scope}_{name}"}).text = str(value)


def _of_chart(scene: Scene) -> dict[str, object]:
    made = scene.made
    return {"handling": made.handling, "query": made.query, "counter": made.counter, "hash": scene.hash}


def _of_node(node: SceneNode) -> dict[str, object]:
    return {"kind": clean(node.kind), "label": node.label, "x": node.x, "y": node.y}


def _of_link(link: SceneLink, records: dict[str, SourceRow]) -> dict[str, object]:
    found = (records.get(name) for name in link.records)
    rows = "; ".join(clean(f"{row.source} {row.file} {row.position}") for row in found if row)
    values: dict[str, object] = {
        "number": link.number, "type": clean(link.type), "at": link.at, "confidence": link.style,
        "basis": link.basis, "grade": link.grade, "count": link.count, "sources": rows,
    }  # fmt: skip
    return values if link.probability is None else {**values, "probability": link.probability}


def _file(root: Element) -> bytes:
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
