"""Files by ending, and a browser that runs nothing and asks for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

from graphintel.errors import InputError
from graphintel.viz.export import FORMATS, export, format_of
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]


@pytest.mark.parametrize(
    ("to", "ending"),
    [("a.svg", ".svg"), ("A.HTML", ".html"), (Path("/x/y.pyvis.html"), ".pyvis.html"), (".csv", ".csv"),
     ("json", ".json"), ("pyvis.html", ".pyvis.html"), ("b.graphml", ".graphml"), ("c.gexf", ".gexf")],
)  # fmt: skip
def test_the_ending_says_the_format(to: Path | str, ending: str) -> None:
    assert format_of(to).ending == ending


@pytest.mark.parametrize("to", ["chart.docx", "chart", "", "svg.txt"])
def test_an_unknown_ending_is_refused_with_what_there_is(scene: Scene, to: str) -> None:
    with pytest.raises(InputError, match=r"\.pyvis\.html, \.html, \.svg, \.csv, \.json"):
        export(scene, {}, to)


@pytest.mark.parametrize("ending", [one.ending for one in FORMATS])
def test_every_format_writes_the_handling_and_is_the_same_each_time(
    scene: Scene, rows: Rows, ending: str
) -> None:
    made = export(scene, rows, f"chart{ending}")
    assert "H1 not for court" in made.decode()
    assert export(scene, rows, ending) == made
    assert format_of(ending).media_type


class Witness:
    """What a page asked for and said while it was open."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", self._error)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        self.said.append(message.text)

    def _error(self, error: Error) -> None:
        self.said.append(str(error))


@pytest.mark.browser
@pytest.mark.parametrize("ending", [".svg", ".html", ".pyvis.html"])
def test_no_script_of_the_data_runs_and_no_request_leaves(
    chromium: Browser, hostile_scene: Scene, hostile_records: Rows, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"chart{ending}"
    file.write_bytes(export(hostile_scene, hostile_records, file))
    page = chromium.new_page()
    witness = Witness(page)
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert witness.asked == [file.as_uri()]
    assert witness.said == []
    assert page.evaluate("document.querySelectorAll('canvas, svg[role=img]').length") == 1
    page.close()
