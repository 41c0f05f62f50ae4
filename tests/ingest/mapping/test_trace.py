"""The trace of a row: each value and link names the cells that it came from, and no other."""

from __future__ import annotations

from pathlib import Path

from graphintel import ingest
from graphintel.ingest.formats.delimited import Line, layout, lines
from graphintel.ingest.formats.xml import parse, rows
from graphintel.ingest.limits import DEFAULT
from graphintel.ingest.mapping.trace import Cell, Trace, trace
from graphintel.ingest.opening import survey
from graphintel.ingest.source import Source


def flat(source: Source, number: int = 0) -> tuple[Trace, list[Cell]]:
    """The trace of one row of a flat sample."""
    path = next(iter(sorted(source.folder.glob("sample*.csv"))))
    found = survey(path, DEFAULT)
    given = layout(found, source.columns, source.charsets, source.delimiters, DEFAULT)
    line = list(lines(found, given, DEFAULT))[number]
    assert isinstance(line, Line)
    names = [column.name for column in source.columns]
    cells = [Cell(n, n, text) for n, text in zip(names, line.cells, strict=False) if text]
    return trace(source.plan, line.cells, "r"), cells


def document(source: Source, name: str) -> tuple[Trace, list[Cell]]:
    """The trace of the first record of an XML sample."""
    path = source.folder / name
    root = parse(survey(path, DEFAULT), DEFAULT)
    node = rows(root, source.root, source.row, source.require, Path(name))[0]
    return trace(source.plan, node, "r"), [Cell(*cell) for cell in node.cells("", "")]


def cited(found: Trace, cells: list[Cell], kind: str, name: str) -> dict[str, list[str]]:
    """The fields that each value of a kind's property is cited with."""
    answer: dict[str, list[str]] = {}
    for mention in found.draft.mentions.values():
        for stated, value in mention.values:
            if mention.kind == kind and stated == name:
                read = found.cells_of_value(mention.id, name, value.raw, cells)
                answer[value.raw] = [cell.field for cell in read]
    return answer


def test_a_flat_row_names_the_column_of_each_value() -> None:
    source = ingest.catalogue()["declarations-csv"]
    found, cells = flat(source)
    held = {cell.field: cell.text for cell in cells}
    companies = cited(found, cells, "Company", "name")
    assert companies[held["consignee_name"]] == ["consignee_name"]
    assert companies[held["exporter_name"]] == ["exporter_name"]
    assert cited(found, cells, "Company", "tax_id")[held["consignee_tax_id"]] == ["consignee_tax_id"]


def test_every_value_of_every_flat_sample_came_from_somewhere() -> None:
    for source in ingest.catalogue().values():
        if source.format != "csv" or not list(source.folder.glob("sample*.csv")):
            continue
        found, cells = flat(source)
        held = {cell.field: cell.text for cell in cells}
        constants = 0
        for mention in found.draft.mentions.values():
            for name, value in mention.values:
                read = found.cells_of_value(mention.id, name, value.raw, cells)
                constants += not read
                assert all(held[cell.field] == cell.text for cell in read)
        values = sum(len(mention.values) for mention in found.draft.mentions.values())
        assert values and constants <= values // 3, source.name


def test_a_repeated_part_names_its_own_element_only() -> None:
    source = ingest.catalogue()["asycuda-sad"]
    found, cells = document(source, "sample.sea.xml")
    texts = {cell.field: cell.text for cell in cells}
    (fields,) = cited(found, cells, "Commodity", "hs").values()
    # One heading on several items is one mention, and every item that states it is cited.
    assert len(fields) > 1 and len({texts[name] for name in fields}) == 1
    assert all(name.startswith("Item[") for name in fields)
    links = [link for link in found.draft.links if link.type == "CARRIES"]
    first = found.cells_of_link(links[0].id, cells)
    second = found.cells_of_link(links[1].id, cells)
    assert first and second and not {c.field for c in first} & {c.field for c in second if "Item" in c.field}


def test_the_trace_states_what_the_run_states() -> None:
    for source in ingest.catalogue().values():
        if source.format == "csv" and list(source.folder.glob("sample*.csv")):
            found, cells = flat(source)
            held = {cell.field: cell.text for cell in cells}
            row = [held.get(column.name, "") for column in source.columns]
            run = source.plan.run(row, "r")
            assert list(found.draft.mentions) == list(run.mentions)
            assert [link.id for link in found.draft.links] == [link.id for link in run.links]
