"""The page: works without scripts, admits nothing from outside, cites every row, prints its handling."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from graphintel.model.subgraph import Subgraph
from graphintel.viz.html import css_string, html
from graphintel.viz.scene import Scene, build_scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]


class Page(HTMLParser):
    """What a browser would see: elements with attributes, texts of table cells, the style sheet."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.style = ""
        self._inside = ""
        self._open = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; open a row or cell."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True
        self._inside = tag

    def handle_data(self, data: str) -> None:
        """Note text; that of the style sheet apart."""
        if self._inside == "style":
            self.style += data
            return
        self.text += data
        if self._open and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave the style sheet, or a cell."""
        self._inside = ""
        if tag in ("td", "th"):
            self._open = False

    def ids(self) -> set[str]:
        """All ids."""
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}


@pytest.fixture(scope="module")
def page(scene: Scene, rows: Rows) -> Page:
    """The invented chart as a page."""
    return Page(html(scene, rows))


def assert_inert(page: Page) -> None:
    """No script, frame, image, form or handler; every link stays on the page."""
    for tag, attributes in page.elements:
        assert tag not in (
            "script",
            "iframe",
            "img",
            "object",
            "embed",
            "form",
            "link",
            "base",
            "image",
            "use",
        )
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
        assert not {"src", "style", "srcdoc", "action"} & attributes.keys()


def policy(page: Page) -> str:
    """The page's content security policy."""
    return next(
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )


def test_the_page_is_inert(page: Page) -> None:
    assert_inert(page)


def test_the_policy_admits_the_style_sheet_by_its_hash_its_fonts_and_nothing_else(page: Page) -> None:
    digest = base64.b64encode(sha256(page.style.encode()).digest()).decode()
    assert policy(page) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert set(re.findall(r"url\(([^,]*),", page.style)) == {"data:font/woff2;base64"}
    assert "@import" not in page.style


def test_hostile_texts_stay_text(hostile_scene: Scene, hostile_records: Rows) -> None:
    raw = html(hostile_scene, hostile_records)
    page = Page(raw)
    assert_inert(page)
    assert b"<script" not in raw
    assert "</script><script>window.ran=1</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.text)
    digest = base64.b64encode(sha256(page.style.encode()).digest()).decode()
    assert digest in policy(page)


def test_every_link_has_a_row_with_its_number_and_its_sources(page: Page, scene: Scene) -> None:
    assert page.ids() >= {f"link-{link.number}" for link in scene.links}
    rows = {row[0]: row for row in page.rows if row}
    for link in scene.links:
        row = rows[str(link.number)]
        assert row[1:4] == [link.source_label, link.title, link.target_label]
        for record in link.records:
            assert f"S{scene.source_number(record)}" in row[8]


def test_every_number_on_the_picture_leads_to_a_row(page: Page) -> None:
    targets = [attributes["href"][1:] for tag, attributes in page.elements if tag == "a"]
    assert len(targets) > 36
    assert set(targets) <= page.ids()


def test_every_source_row_is_cited_in_full(page: Page, scene: Scene, rows: Rows) -> None:
    found = {row[0]: row for row in page.rows if row}
    for name, number in scene.sources.items():
        row, source = found[f"S{number}"], rows[name]
        assert row[1] == source.source
        assert row[2] == source.file + source.sha256
        assert row[3:7] == [source.position, source.key, source.grade, source.banner]
        assert all(value in row[7] for value in source.cells.values())


def test_a_row_that_was_not_handed_over_keeps_its_number_and_says_so(scene: Scene) -> None:
    page = Page(html(scene, {}))
    assert f"row not handed over: {next(iter(scene.sources))}" in [
        row[1] for row in page.rows if row and row[0] == "S1"
    ]


def test_folded_links_tell_count_sums_and_the_rows_left_out(page: Page) -> None:
    row = next(row for row in page.rows if row and row[0] == "35")
    assert row[8].endswith("and 40 more")
    assert row[9] == "42 events; 125,000.5 kg; 1,200,000 EUR"
    assert row[4] == "30 Nov 2024"


def test_origin_names_question_version_author_time_and_hash(page: Page, scene: Scene) -> None:
    for part in ("neighbourhood of Seizure 2025-03-09, two hops", "hops = 2, kinds = all", "17", "analyst 7",
                 "2 Apr 2025 09:30 UTC", "hidden by limit 12, by filters 3, by policy: not told", scene.hash):  # fmt: skip
        assert part in page.text


def test_handling_stands_at_both_ends_and_in_the_margins_of_print(page: Page) -> None:
    assert page.text.count("RESTRICTED // TLP:AMBER // H1 not for court") >= 4
    assert "size:A4 landscape" in page.style
    assert page.style.count(css_string("RESTRICTED // TLP:AMBER // H1 not for court  ·  Case 2025/0042")) == 2


@pytest.mark.parametrize("text", ['"}*{x:url(//evil.invalid)}', "</style>", "\\", "a\nb", "İ"])
def test_text_in_a_style_sheet_is_only_letters_digits_and_escapes(text: str) -> None:
    inner = css_string(text)[1:-1]
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*", inner)


def test_the_page_speaks_turkish(graph: Subgraph, rows: Rows) -> None:
    page = Page(html(build_scene(graph, language="tr"), rows))
    assert page.elements[0] == ("html", {"lang": "tr"})
    for part in ("Kaynak satırları", "Doğrulanmış", "beyan edilmiş", "42 olay; 125.000,5 kg", "9 Mar 2025"):
        assert part in page.text


def test_a_community_chart_lists_them(graph: Subgraph) -> None:
    page = Page(html(build_scene(graph, communities=[["c1", "c2"]]), {}))
    assert ["Company", "Düşsel Tekstil Ticaret Limited Şirketi", "C1", "6"] in page.rows


def test_a_chart_without_links_says_so(graph: Subgraph) -> None:
    page = Page(html(build_scene(Subgraph(graph.nodes, [])), {}))
    assert "No link on this chart." in page.text
