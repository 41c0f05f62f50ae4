"""The table: every thing, link and source row, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv as standard
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphintel.viz.csv import COLUMNS, csv, neutral
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def read(table: bytes) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    return list(standard.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_the_table_holds_chart_things_links_and_sources(scene: Scene, rows: Rows) -> None:
    table = read(csv(scene, rows))
    counts = {kind: sum(row["row"] == kind for row in table) for kind in ("chart", "thing", "link", "source")}
    assert counts == {"chart": 1, "thing": 32, "link": 36, "source": 12}
    assert tuple(table[0]) == COLUMNS
    assert table[0]["id"] == scene.hash
    assert table[0]["handling"].startswith("RESTRICTED")


def test_links_carry_their_numbers_ends_and_source_numbers(scene: Scene, rows: Rows) -> None:
    links = [row for row in read(csv(scene, rows)) if row["row"] == "link"]
    assert [row["number"] for row in links] == [str(link.number) for link in scene.links]
    sources = {row["number"]: row for row in read(csv(scene, rows)) if row["row"] == "source"}
    for row, link in zip(links, scene.links, strict=True):
        assert (row["from"], row["to"], row["confidence"]) == (link.source, link.target, link.style)
        assert [sources[number]["id"] for number in row["sources"].split()] == list(link.records)
    assert sources["S1"]["sha256"] == rows[next(iter(scene.sources))].sha256


def test_the_file_starts_with_a_byte_order_mark(scene: Scene) -> None:
    assert csv(scene, {}).startswith(b"\xef\xbb\xbfrow,")


def test_no_cell_of_a_hostile_chart_starts_a_formula(hostile_scene: Scene, hostile_records: Rows) -> None:
    table = csv(hostile_scene, hostile_records)
    for row in read(table):
        for cell in row.values():
            assert not cell.startswith(STARTS)
    assert b"\x00" not in table


@given(some.text(max_size=20))
def test_no_text_starts_a_formula(text: str) -> None:
    assert not neutral(text).lstrip(" ").startswith(STARTS)


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("+905550000000", "'+905550000000"), ("\uff1d1", "'\uff1d1"), ("\t=1", "' =1"),
     ("  =1", "' =1"), ("plain", "plain"), (0.62, "0.62"), (42, "42")],
)  # fmt: skip
def test_cells_that_would_run_get_an_apostrophe(text: object, cell: str) -> None:
    assert neutral(text) == cell
