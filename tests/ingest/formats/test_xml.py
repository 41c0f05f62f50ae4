"""XML documents: hardened parsing, wrong roots, paths, positions."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from graphintel.errors import FileRefused
from graphintel.ingest.formats.xml import Node, XmlAccess, parse, resolved, rows, steps_of
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import survey

DOCUMENT = """<?xml version="1.0"?>
<m:Message xmlns:m="urn:x"><Kind>DEC</Kind>
  <Doc unit="KGM" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x y">
    <!-- a remark --><Empty><null/></Empty>
    <Item><No>2</No><Code><Type>A</Type><Id>10</Id></Code><Code><Type>B</Type><Id>20</Id></Code></Item>
    <Item><No>1</No><Code><Type>B</Type><Id>30</Id></Code></Item>
  </Doc>
</m:Message>"""


def _parse(folder: Path, content: bytes | str, limits: Limits = DEFAULT) -> Node:
    path = folder / "x.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return parse(survey(path, limits), limits)


def _refused(folder: Path, content: bytes | str, limits: Limits = DEFAULT) -> str:
    with pytest.raises(FileRefused) as refused:
        _parse(folder, content, limits)
    return refused.value.reason


def _doc(folder: Path) -> Node:
    return rows(_parse(folder, DOCUMENT), "Message", "Doc", {"Kind": "DEC"}, folder)[0]


def test_paths_are_local_names_attributes_and_parents(tmp_path: Path) -> None:
    doc, access = _doc(tmp_path), XmlAccess()
    assert access.text("Item/No")(doc) == "2"
    assert access.text("@unit")(doc) == "KGM"
    assert access.text("../Kind")(doc) == "DEC"
    assert access.text("Nothing/Here")(doc) == ""
    assert access.text("Item/Code[Type=B]/Id")(doc) == "20"
    assert access.touched == [
        "Item/No", "@unit", "../Kind", "Nothing/Here", "Item/Code/Type", "Item/Code/Id",
    ]  # fmt: skip


def test_every_reads_all_and_by_the_number_beside(tmp_path: Path) -> None:
    doc, access = _doc(tmp_path), XmlAccess()
    assert access.every("Item/Code/Id")(doc) == ["10", "20", "30"]
    assert access.every("Item/No")(doc) == ["2", "1"]
    assert access.every("Item/No", "No")(doc) == ["1", "2"]
    assert "Item/Code/Id" in access.touched


def test_repeated_parts_with_their_own_access_and_position(tmp_path: Path) -> None:
    doc, access = _doc(tmp_path), XmlAccess()
    scopes, inner = access.scopes("Item")
    assert [inner.text("No")(part) for part in scopes(doc)] == ["2", "1"]
    assert [inner.text("#")(part) for part in scopes(doc)] == ["1", "2"]
    codes, deeper = inner.scopes("Code")
    assert [deeper.text("../#")(part) for item in scopes(doc) for part in codes(item)] == ["1", "1", "2"]
    assert set(access.touched) == {"Item/No"}


def test_empty_values_written_as_elements_and_comments_vanish(tmp_path: Path) -> None:
    doc = _doc(tmp_path)
    assert XmlAccess().text("Empty")(doc) == ""
    cells = {path: text for path, _, text in doc.cells("", "")}
    assert "Empty/null" not in cells
    assert "@schemaLocation" not in cells
    assert cells["@unit"] == "KGM"
    assert [indexed for _, indexed, _ in doc.cells("", "") if indexed.startswith("Item")] == [
        "Item[1]/No", "Item[1]/Code[1]/Type", "Item[1]/Code[1]/Id", "Item[1]/Code[2]/Type", "Item[1]/Code[2]/Id",
        "Item[2]/No", "Item[2]/Code/Type", "Item[2]/Code/Id",
    ]  # fmt: skip


def test_wrong_root_wrong_kind_and_no_rows_are_refused(tmp_path: Path) -> None:
    root = _parse(tmp_path, DOCUMENT)
    for wanted, row, require in (
        ("Other", "Doc", {}),
        ("Message", "Doc", {"Kind": "RES"}),
        ("Message", "Dec", {}),
    ):
        with pytest.raises(FileRefused) as refused:
            rows(root, wanted, row, require, tmp_path)
        assert refused.value.reason == "wrong_root"


def test_root_itself_may_be_the_row(tmp_path: Path) -> None:
    root = _parse(tmp_path, DOCUMENT)
    assert rows(root, "Message", "", {}, tmp_path) == [root]


def test_cut_short_at_any_place_is_refused(tmp_path: Path) -> None:
    whole = DOCUMENT.encode()
    for end in range(60, len(whole) - 1, 37):
        assert _refused(tmp_path, whole[:end]) in ("truncated_xml", "bad_xml")
    assert _refused(tmp_path, whole[:-14]) == "truncated_xml"


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_any_document_type_is_refused(tmp_path: Path, content: bytes | str) -> None:
    assert _refused(tmp_path, content) == "doctype"


def test_no_xml_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, "no,name\n1,a\n") == "bad_xml"
    assert _refused(tmp_path, b"<a>\0</a>") == "nul_byte"


def test_depth_elements_and_size_are_capped(tmp_path: Path) -> None:
    assert _refused(tmp_path, "<a>" * 100 + "</a>" * 100) == "too_deep"
    assert _refused(tmp_path, "<a>" * 100_000 + "</a>" * 100_000) == "too_deep"
    assert _refused(tmp_path, "<a>" + "<b/>" * 20 + "</a>", Limits(elements=10)) == "too_large"
    assert _refused(tmp_path, "<a>" + " " * 100 + "</a>", Limits(xml_bytes=50)) == "too_large"


def test_packed_documents_are_read(tmp_path: Path) -> None:
    assert _parse(tmp_path, gzip.compress(DOCUMENT.encode())).tag == "Message"


def test_utf16_documents_are_read(tmp_path: Path) -> None:
    assert _parse(tmp_path, '<?xml version="1.0" encoding="utf-16"?><a>ş</a>'.encode("utf-16")).text == "ş"


@pytest.mark.parametrize(
    ("base", "path", "whole"),
    [
        ("", "A/B", "A/B"),
        ("A", "../C", "C"),
        ("", "../C", "../C"),
        ("A/B", "../../@u", "@u"),
        ("A", "B@u", "A/B/@u"),
    ],
)
def test_paths_are_written_from_the_row(base: str, path: str, whole: str) -> None:
    assert resolved(base, path) == whole


def test_what_is_no_path_is_an_error() -> None:
    with pytest.raises(KeyError):
        steps_of("[x]")
