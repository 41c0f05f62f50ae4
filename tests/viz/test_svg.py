"""The picture: valid, inert, complete, and the same every time."""

from __future__ import annotations

import math
import re
from time import process_time
from xml.etree.ElementTree import Element, fromstring

import pytest

from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.viz.geometry import touch
from graphintel.viz.scene import Scene, build_scene
from graphintel.viz.style import LANGUAGES, THEMES, Language, Theme, look
from graphintel.viz.svg import NAMESPACE, svg

DRAWN = {"svg", "g", "title", "desc", "rect", "ellipse", "circle", "polygon", "path", "text", "tspan"}


def parsed(picture: bytes) -> Element:
    """The root element of a picture."""
    return fromstring(picture)


def names(root: Element) -> set[str]:
    """The local names of all elements."""
    return {element.tag.removeprefix(f"{{{NAMESPACE}}}") for element in root.iter()}


def texts(root: Element) -> list[str]:
    """All drawn texts, each in one piece."""
    return ["".join(element.itertext()) for element in root.iter(f"{{{NAMESPACE}}}text")]


FONTS = re.compile(
    r'(?:@font-face\{font-family:"IBM Plex [A-Za-z ]+";font-weight:[46]00;'
    r'src:url\(data:font/woff2;base64,[A-Za-z0-9+/=]+\) format\("woff2"\);unicode-range:[U+0-9A-F,-]+\})*'
)


def assert_inert(root: Element) -> None:
    """Only shapes, text and its fonts; no handler, and no address in any attribute."""
    assert names(root) <= DRAWN | {"style"}
    (sheet,) = root.iter(f"{{{NAMESPACE}}}style")
    assert FONTS.fullmatch(sheet.text or "")
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert name not in ("style", "href", "src", "class", "id")
            assert "url(" not in value
            assert "://" not in value


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_shapes_text_and_fonts_only(graph: Subgraph, theme: Theme, language: Language) -> None:
    root = parsed(svg(build_scene(graph, theme=theme, language=language)))
    assert_inert(root)
    assert root.find(f"{{{NAMESPACE}}}rect").get("fill") == look().tokens[theme]["canvas"]  # type: ignore[union-attr]


def test_hostile_texts_are_drawn_as_text(hostile_scene: Scene) -> None:
    picture = svg(hostile_scene)
    root = parsed(picture)
    assert_inert(root)
    assert b"<script" not in picture
    drawn = "".join(root.itertext())
    assert "<script>window.ran=1</script>" in drawn
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", drawn)
    assert len(re.sub(b"base64,[A-Za-z0-9+/=]+", b"", picture)) < 200_000


def test_every_link_appears_with_its_number(scene: Scene) -> None:
    drawn = texts(parsed(svg(scene)))
    found: set[int] = set()
    for text in drawn:
        if match := re.match(r"(\d+)(?:–(\d+))?(?= |$)", text):
            first = int(match[1])
            found.update(range(first, int(match[2] or first) + 1))
    assert found >= {link.number for link in scene.links}


def test_an_inferred_link_carries_its_probability_and_a_fold_its_count(scene: Scene) -> None:
    drawn = texts(parsed(svg(scene)))
    assert any("≈ 0.62" in text for text in drawn)
    assert any("≈ 0.91" in text for text in drawn)
    assert any("42×" in text for text in drawn)


def test_every_label_has_room_on_a_chart_of_thirty(scene: Scene) -> None:
    drawn = texts(parsed(svg(scene)))
    for node in scene.nodes:
        assert all(line in drawn for line in node.lines)
    assert not any("left out" in text for text in drawn)


def test_labels_do_not_lie_on_marks_or_each_other(scene: Scene) -> None:
    from graphintel.viz.geometry import Sheet
    from graphintel.viz.marks import mark_box, place_labels

    sheet = Sheet()
    marks = [mark_box(node) for node in scene.nodes]
    for box in marks:
        sheet.take(box)
    boxes = [*place_labels(scene.nodes, {}, sheet, Sheet()).values(), *marks]
    assert not any(touch(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_label_keeps_off_the_line_that_comes_from_below() -> None:
    nodes = [Node("a", "Company", "Above Trading"), Node("b", "Company", "Below Trading")]
    made = build_scene(
        Subgraph(nodes, [Edge("1", "b", "a", "OWNS")]), positions={"a": (0.0, 0.0), "b": (0.0, 200.0)}
    )
    heights = {
        element.text: float(element.get("y", 0)) for element in parsed(svg(made)).iter(f"{{{NAMESPACE}}}text")
    }
    assert heights["Above Trading"] < -16
    assert heights["Below Trading"] > 216


def test_a_label_that_lines_must_cross_has_a_ground() -> None:
    ring = {"m": (0.0, 0.0)} | {f"n{i}": (120 * math.cos(i / 4), 120 * math.sin(i / 4)) for i in range(25)}
    edges = [Edge(str(i), f"n{i}", "m", "OWNS") for i in range(25)]
    made = build_scene(Subgraph([Node(name, "Company", name) for name in ring], edges), positions=ring)
    grounds = [
        element
        for element in parsed(svg(made)).iter(f"{{{NAMESPACE}}}rect")
        if element.get("fill-opacity") == "0.85"
    ]
    assert grounds
    assert not any(node.hub for node in made.nodes)


def test_labels_without_room_are_counted(graph: Subgraph) -> None:
    crowd = {node.id: (float(i), 0.0) for i, node in enumerate(graph.nodes)}
    drawn = texts(parsed(svg(build_scene(graph, positions=crowd))))
    assert any(re.search(r"\d+ labels left out for want of room", text) for text in drawn)


def test_handling_stands_above_and_below_with_origin_and_legend(scene: Scene) -> None:
    drawn = texts(parsed(svg(scene)))
    banner = "RESTRICTED // TLP:AMBER // H1 not for court · Case 2025/0042"
    assert drawn[0] == drawn[-1] == banner
    head = "\n".join(drawn)
    for part in ("Training case 1", "Question: neighbourhood of Seizure", "hops = 2", "Data version: 17",
                 "Made by: analyst 7", "2 Apr 2025 09:30", "32 things and 36 links shown", "by policy: not told",
                 scene.hash, "Person 5", "Confirmed 19", "Inferred 2", "Path 2"):  # fmt: skip
        assert part in head


def test_a_long_caveat_is_never_cut(graph: Subgraph) -> None:
    caveat = " ".join(f"word{i}" for i in range(120))
    drawn = " ".join(texts(parsed(svg(build_scene(graph, handling=caveat)))))
    assert drawn.count("word119") == 2


def test_dashes_follow_the_style(scene: Scene) -> None:
    root = parsed(svg(scene))
    dashes = {element.get("stroke-dasharray") for element in root.iter(f"{{{NAMESPACE}}}path")}
    assert dashes >= {None, "7,5", "1.5,5", "12,4,2,4"}
    widths = {element.get("stroke-width") for element in root.iter(f"{{{NAMESPACE}}}path")}
    assert "4" in widths


def test_a_community_chart_shows_badges(graph: Subgraph) -> None:
    drawn = texts(parsed(svg(build_scene(graph, communities=[["e1", "c1"], ["p2"]]))))
    assert drawn.count("C1") == 2
    assert "C1 2" in drawn


def test_the_same_scene_gives_the_same_bytes(graph: Subgraph, scene: Scene) -> None:
    assert svg(scene) == svg(scene)
    assert svg(build_scene(graph)) == svg(build_scene(graph))


def test_an_empty_chart_still_says_what_it_is() -> None:
    drawn = texts(parsed(svg(build_scene(Subgraph([], [])))))
    assert drawn[0] == "NO HANDLING STATED"
    assert "Link chart" in drawn


def test_a_thing_linked_with_itself_has_its_number() -> None:
    made = build_scene(Subgraph([Node("a", "Company", "A")], [Edge("1", "a", "a", "OWNS")]))
    assert "1 owns" in texts(parsed(svg(made)))


def test_five_hundred_things_are_drawn_in_a_second(big: Subgraph) -> None:
    start = process_time()
    assert len(svg(build_scene(big))) < 2_000_000
    assert process_time() - start < 1.0
