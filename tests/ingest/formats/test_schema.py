"""A document that departs from its schema is read, and the report says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from graphintel.errors import FileRefused
from graphintel.ingest import Accounting, catalogue
from graphintel.ingest.expected import samples
from graphintel.ingest.formats.schema import departures
from graphintel.ingest.reading import read
from graphintel.model.records import Record

SOURCE = catalogue()["wco-declaration"]
WHOLE = samples(SOURCE)[1].read_text(encoding="utf-8")


def _report(folder: Path, text: str) -> tuple[list[Record], list[str]]:
    path = folder / "x.xml"
    path.write_text(text, encoding="utf-8")
    accounting = Accounting()
    items = list(read(SOURCE, path, accounting=accounting))
    return [item for item in items if isinstance(item, Record)], accounting.notes


@pytest.mark.parametrize("path", samples(SOURCE), ids=lambda path: str(path.name))
def test_samples_follow_the_schema_in_both_namespaces(path: Path) -> None:
    accounting = Accounting()
    assert list(read(SOURCE, path, accounting=accounting))
    assert accounting.notes == []


def test_an_element_that_is_not_expected_is_told_with_its_line(tmp_path: Path) -> None:
    lines = WHOLE.split("\n")
    at = next(number for number, line in enumerate(lines) if "<GoodsItemQuantity" in line)
    lines[at] = lines[at].replace("GoodsItemQuantity", "GoodsItemCount")
    records, notes = _report(tmp_path, "\n".join(lines))
    assert len(records) == 1
    (note,) = notes
    assert f"line {at + 1}: Element 'GoodsItemCount': This element is not expected." in note
    assert note.startswith("x.xml does not follow its schema:")
    assert "urn:" not in note


def test_a_value_of_the_wrong_form_is_told_and_read(tmp_path: Path) -> None:
    records, notes = _report(tmp_path, WHOLE.replace("<GoodsItemQuantity>3<", "<GoodsItemQuantity>three<"))
    assert len(records) == 1
    assert "GoodsItemQuantity" in notes[0]
    assert "'three'" in notes[0]


def test_many_faults_are_counted_not_listed(tmp_path: Path) -> None:
    schema = tmp_path / "x.xsd"
    schema.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="A"><xs:complexType><xs:sequence>'
        '<xs:element name="B" type="xs:integer" maxOccurs="99"/></xs:sequence></xs:complexType></xs:element></xs:schema>'
    )
    root = etree.fromstring("<A>" + "\n<B>x</B>" * 9 + "</A>")
    told = departures(root, schema)
    assert [line.partition(":")[0] for line in told] == [f"line {number}" for number in range(2, 7)] + [
        "and 4 more"
    ]


def test_only_what_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        _report(tmp_path, WHOLE[: len(WHOLE) // 2])
    assert refused.value.reason == "truncated_xml"
