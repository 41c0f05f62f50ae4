"""Exported charts in a browser without IBM Plex: their own fonts draw them, as wide as their labels were placed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.viz.export import export
from graphintel.viz.labels import text_width
from graphintel.viz.scene import Scene, build_scene

pytestmark = pytest.mark.browser
TEXTS = (
    "Kapıkule Gümrük",
    "İşçi Ağı Şti. 34 ABC 123",
    "Вымышленные Грузы",
    "≈ 0.62 → 4–6 3×",
    "TR000000000000…98765",
)
LOADED = "() => document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight))"
WIDTHS = """texts => texts.map(([text, weight]) => {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${weight} 12px 'IBM Plex Sans'`;
    return pen.measureText(text).width;
})"""


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Names in three scripts, all also in the bold title or strip, and an inferred link."""
    nodes = [
        Node("1", "Company", TEXTS[0]),
        Node("2", "Company", TEXTS[2]),
        Node("3", "Person", "سمير المتخيل"),
    ]
    edges = [
        Edge("a", "1", "2", "OWNS", confidence="confirmed"),
        Edge("b", "3", "1", "DIRECTS", basis="inferred", probability=0.62),
    ]
    return build_scene(Subgraph(nodes, edges), language="tr", title=" ".join(TEXTS[:4]), case=TEXTS[4])


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that reaches no network and tolerates no message of the policy."""
    opened = chromium.new_context()
    page = opened.new_page()
    wrong: list[str] = []

    def refuse(route: Route) -> None:
        wrong.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith(("file:", "data:")), refuse)
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    opened.close()
    assert wrong == []


@pytest.mark.parametrize("ending", [".svg", ".html", ".pyvis.html"])
def test_an_export_brings_its_fonts(page: Page, scene: Scene, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"chart{ending}"
    file.write_bytes(export(scene, {}, file.name))
    page.goto(file.as_uri())
    loaded = page.evaluate(LOADED)
    assert {"IBM Plex Sans400", "IBM Plex Sans600", "IBM Plex Sans Arabic400"} <= {
        name.replace('"', "") for name in loaded
    }


def test_labels_are_as_wide_as_they_were_placed(page: Page, scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "chart.html"
    file.write_bytes(export(scene, {}, file.name))
    page.goto(file.as_uri())
    page.evaluate("() => document.fonts.ready")
    asked = [(text, weight) for text in TEXTS for weight in (400, 600)]
    page.evaluate(
        "texts => Promise.all(texts.map(([t, w]) => document.fonts.load(`${w} 12px 'IBM Plex Sans'`, t)))",
        asked,
    )
    for (text, weight), drawn in zip(asked, page.evaluate(WIDTHS, asked), strict=True):
        # Kerning pulls a few letters together; the placing allows for none of it.
        assert text_width(text, 12, weight == 600) == pytest.approx(drawn, rel=0.03), (text, weight)
