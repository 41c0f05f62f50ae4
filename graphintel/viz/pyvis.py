"""A scene as an interactive page: pyvis holds the network, but nothing of its template or its remote resources is used.

pyvis 0.3.2 loads scripts from elsewhere in all its modes, runs markup in labels and drops parallel links of undirected
networks; so the page, its escaping and its policy are our own, and vis-network comes from the installed package.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

import orjson
import pyvis as package
from markupsafe import Markup
from pyvis.network import Network

from graphintel.viz.fonts import REGULAR, font_rules, letters_of
from graphintel.viz.frame import community_sample, facts, style_sample
from graphintel.viz.geometry import outline
from graphintel.viz.html import TEMPLATES, css_of, digest_source, environment, link_row, strip, title
from graphintel.viz.ink import add, points_of
from graphintel.viz.legend import LegendRow
from graphintel.viz.lines import SceneLine
from graphintel.viz.scene import Scene
from graphintel.viz.sceneparts import SceneNode
from graphintel.viz.sources import SourceRow
from graphintel.viz.strokes import chip_text
from graphintel.viz.style import Theme, look
from graphintel.viz.words import say

# Image, html, multi and group stay out: each lets a label load, run or restyle something.
NODE_OPTIONS = frozenset(("id", "label", "shape", "color", "x", "y", "size", "title", "borderWidth", "font"))
EDGE_OPTIONS = frozenset(
    ("id", "from", "to", "label", "title", "color", "width", "dashes", "arrows", "smooth", "font")
)
# The nearest of the shapes that vis-network draws with the label outside.
SHAPES = {
    "party": "dot", "transport": "square", "identifier": "triangle", "place": "hexagon", "goods": "diamond",
    "record": "triangleDown", "intelligence": "star",
}  # fmt: skip
_CORNERS = {
    "dot": outline("ellipse", 16, 16), "square": outline("rectangle", 14, 14), "hexagon": outline("hexagon", 16, 14),
    "diamond": outline("diamond", 16, 16), "triangle": ((0.0, -8.0), (8.0, 6.0), (-8.0, 6.0)),
    "triangleDown": ((-8.0, -6.0), (8.0, -6.0), (0.0, 8.0)),
    "star": tuple(
        ((8.0, 3.6)[i % 2] * math.sin(i * math.pi / 5), -(8.0, 3.6)[i % 2] * math.cos(i * math.pi / 5))
        for i in range(10)
    ),
}  # fmt: skip
_LABEL_AT_MOST = 200
_ISLAND = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def pyvis(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart as one page that moves: no request leaves it, no script but ours and vis-network's runs."""
    words = {"language": scene.language, "say": lambda key: say(scene.language, key)}
    model = network(scene)
    body = environment().get_template("pyvis.body.html.j2").render(
        **words, title=title(scene), strip=strip(scene), facts=facts(scene),
        kinds=_kind_samples(scene), styles=_style_samples(scene),
        links=[{**link_row(link, scene), "rows": _rows(link.records, records)} for link in scene.links],
    )  # fmt: skip
    letters = letters_of(body)
    letters.setdefault(("sans", REGULAR), set()).update(*(map(ord, one["label"]) for one in _drawn(model)))
    style, start = (
        font_rules(letters) + css_of("pyvis.css", scene),
        (TEMPLATES / "pyvis.js").read_text("utf-8"),
    )
    policy = (
        f"default-src 'none'; script-src {digest_source(library())} {digest_source(start)}; "
        f"style-src {digest_source(style)}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    page = environment().get_template("pyvis.html.j2").render(
        **words, policy=policy, css=Markup(style), title=title(scene), body=Markup(body),
        data=Markup(island(model)), library=Markup(library()), start=Markup(start),
    )  # fmt: skip
    return page.encode()


def network(scene: Scene) -> Network:
    """The pyvis model of a scene: directed, every curve under its own id, physics off."""
    # An undirected pyvis network drops parallel links without a word.
    model = Network(directed=True, cdn_resources="in_line")
    index = {node.id: number for number, node in enumerate(scene.nodes)}
    for node in scene.nodes:
        # Under its index: an id is text from data, which the page needs nowhere else.
        model.add_node(index[node.id], **_node(node, scene.theme))
    for number, line in enumerate(scene.lines):
        model.add_edge(index[line.source], index[line.target], id=number, **_edge(line, scene))
    return model


def _drawn(model: Network) -> list[dict[str, Any]]:
    return [*model.nodes, *model.edges]


def island(model: Network) -> str:
    """The network as JSON that may stand inside a page: allowed attributes only, no character that ends an element."""
    nodes = [{key: value for key, value in node.items() if key in NODE_OPTIONS} for node in model.nodes]
    edges = [{key: value for key, value in edge.items() if key in EDGE_OPTIONS} for edge in model.edges]
    options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "tooltipDelay": 150, "navigationButtons": False, "keyboard": False},
        "nodes": {"font": {"multi": False, "face": look().sans}},
        "edges": {"font": {"multi": False, "face": look().sans}},
    }
    return orjson.dumps({"nodes": nodes, "edges": edges, "options": options}).decode().translate(_ISLAND)


@lru_cache(maxsize=1)
def library() -> str:
    """vis-network as it lies in the pyvis package, with the line ends that a browser hashes."""
    folder = Path(package.__file__).parent / "lib"
    newest = max(folder.glob("vis-*/vis-network.min.js"))
    text = newest.read_text(encoding="utf-8").replace("\r\n", "\n")
    # The page would end its script at the first closing tag; a map file would be a request.
    return text.replace("</script", "<\\/script").split("\n//# sourceMappingURL")[0]


def _node(node: SceneNode, theme: Theme) -> dict[str, Any]:
    tokens = look().tokens[theme]
    colour = look().families[node.family].colour[theme]
    if node.community is not None:
        colour = look().community_colour(node.community, theme)
    return {
        "label": "\n".join(node.lines) or "·", "shape": SHAPES[node.family], "x": node.x, "y": node.y, "size": 16,
        "title": f"{node.kind}: {node.label[:_LABEL_AT_MOST]}", "borderWidth": 3 if node.hub else 1,
        "color": {"background": colour, "border": tokens["ink2"] if node.hub else colour},
        "font": {"color": tokens["ink"], "size": 12, "multi": False, "strokeWidth": 3, "strokeColor": tokens["canvas"]},
    }  # fmt: skip


def _edge(line: SceneLine, scene: Scene) -> dict[str, Any]:
    tokens, style = look().tokens[scene.theme], look().lines[line.style]
    return {
        "label": chip_text(line, scene.language, False), "title": f"{line.title[:_LABEL_AT_MOST]} {line.links[0].at}",
        "width": line.width, "dashes": list(style.dash) or False, "arrows": _arrows(line),
        "color": {"color": tokens["path" if line.on_path else style.colour]},
        "smooth": {"enabled": True, "type": "curvedCCW", "roundness": round(line.bend / 200, 2)},
        "font": {"color": tokens["ink2"], "size": 11, "multi": False, "strokeWidth": 3, "strokeColor": tokens["canvas"]},
    }  # fmt: skip


def _arrows(line: SceneLine) -> dict[str, Any]:
    hollow = look().lines[line.style].arrow == "hollow"
    return {"to": {"enabled": line.directed, "type": "vee" if hollow else "arrow"}}


def _rows(names: tuple[str, ...], records: dict[str, SourceRow]) -> str:
    found = [records[name] for name in names if name in records]
    return "; ".join(f"{row.source}, {row.file}, {row.position} ({row.grade})" for row in found[:20])


def _kind_samples(scene: Scene) -> list[dict[str, Any]]:
    rows = []
    for row in scene.legend.kinds:
        family = look().family_of(row.key)
        fill = look().tokens[scene.theme]["other"] if scene.legend.communities else family.colour[scene.theme]
        sample = Element("svg", {"viewBox": "-9 -9 18 18", "width": "18", "height": "18", "fill": fill})
        add(sample, "polygon", points=points_of(_CORNERS[SHAPES[family.name]]))
        rows.append(_row(row, sample))
    return rows


def _style_samples(scene: Scene) -> list[dict[str, Any]]:
    rows = []
    for row in (*scene.legend.styles, *scene.legend.communities):
        sample = Element("svg", {"viewBox": "0 0 64 24", "width": "64", "height": "24"})
        if row in scene.legend.communities:
            community_sample(sample, row.key, 22, 12, scene.theme)
        else:
            style_sample(sample, row.key, 0, 12, scene.theme)
        rows.append(_row(row, sample))
    return rows


def _row(row: LegendRow, sample: Element) -> dict[str, Any]:
    return {"title": row.title, "count": row.count, "sample": Markup(tostring(sample, encoding="unicode"))}
