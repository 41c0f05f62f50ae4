"""Reading files: records, quarantine, refusal, and the same ids however a file is written."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphintel.errors import FileRefused, InputError
from graphintel.ingest import Accounting, Source, catalogue, files, read
from graphintel.ingest.expected import samples
from graphintel.model.grading import parse_grade
from graphintel.model.records import Quarantined, Record

Shelf = Callable[..., Source]
HEADER = "no,date,who,code,plate,land,kg\n"
ROWS = HEADER + "1,2024-03-04,Karaçınar Gıda,K1,34 KLT 481,TR,6516.0\n2,2024-03-05,Öz,K2,,BG,\n"


def _file(folder: Path, content: str | bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _records(source: Source, path: Path) -> list[Record]:
    return [item for item in read(source, path) if isinstance(item, Record)]


def _refused(source: Source, path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        next(read(source, path))
    return refused.value.reason


def test_a_record_has_all_that_the_store_needs(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    record = _records(source, _file(tmp_path, ROWS))[0]
    assert (record.source, record.key, record.mapping_version) == ("rows", "1", source.mapping_version)
    assert record.content == {
        "no": "1", "date": "2024-03-04", "who": "Karaçınar Gıda", "code": "K1", "plate": "34 KLT 481", "land": "TR", "kg": "6516",
    }  # fmt: skip
    assert (record.position.file, record.position.place, len(record.position.sha256)) == (
        "x.csv",
        "line 2",
        64,
    )
    assert (record.grade, record.marking) == (source.grade, source.marking)
    assert record.raw == "1,2024-03-04,Karaçınar Gıda,K1,34 KLT 481,TR,6516.0"
    assert [mention.kind for mention in record.mentions if mention.id in record.subjects] == ["Declaration"]
    assert [link.type for link in record.links] == ["CONSIGNEE", "BY_MEANS_OF", "DEPARTED_FROM"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "iso8859-9", "cp857"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_one_table_in_any_charset_and_delimiter_is_the_same_records(
    shelf: Shelf, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    source = shelf()
    wanted = [record.id for record in _records(source, _file(tmp_path, ROWS))]
    written = _file(tmp_path, ROWS.replace(",", delimiter).encode(encoding), "y.csv")
    assert [record.id for record in _records(source, written)] == wanted


def test_other_order_of_columns_other_names_line_ends_packing_are_the_same_records(
    shelf: Shelf, tmp_path: Path
) -> None:
    source = shelf()
    wanted = [record.id for record in _records(source, _file(tmp_path, ROWS))]
    turned = "TARIH,no,kg,land,plate,code,who\r\n04.03.2024,1,6516,TR,34 KLT 481 ,K1,Karaçınar Gıda\r\n05.03.2024,2,,BG,,K2,Öz\r\n"
    assert [record.id for record in _records(source, _file(tmp_path, turned, "y.csv"))] == wanted
    packed = _file(tmp_path, gzip.compress(ROWS.encode()), "z.csv.gz")
    assert [record.id for record in _records(source, packed)] == wanted


def test_any_change_of_a_cell_is_another_record(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    first = _records(source, _file(tmp_path, ROWS))[0]
    changed = _records(source, _file(tmp_path, ROWS.replace("6516.0", "6517")))[0]
    assert (changed.key, changed.id == first.id) == (first.key, False)


def test_31_february_goes_to_quarantine_alone_with_reason_and_bytes(shelf: Shelf, tmp_path: Path) -> None:
    bad = "3,2024-02-31,Öz,K2,,BG,\n"
    accounting = Accounting()
    items = list(read(shelf(), _file(tmp_path, ROWS + bad), accounting=accounting))
    assert [type(item) for item in items] == [Record, Record, Quarantined]
    refused = items[2]
    assert isinstance(refused, Quarantined)
    assert (refused.reason, refused.position.place, refused.raw) == (
        "bad_date",
        "line 4",
        bad.strip().encode(),
    )
    assert (accounting.files[0].rows, accounting.files[0].quarantined) == (3, 1)


def test_a_row_that_breaks_the_mapping_does_not_lose_the_others(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    run = source.plan.run

    def breaks(scope: Any, identity: str) -> Any:
        if scope[0] == "1":
            raise ZeroDivisionError("row 1")
        return run(scope, identity)

    object.__setattr__(source.plan, "run", breaks)
    items = list(read(source, _file(tmp_path, ROWS)))
    assert isinstance(items[0], Quarantined)
    assert items[0].reason == "mapping_failed"
    assert isinstance(items[1], Record)


def test_two_columns_of_one_name_are_both_kept(shelf: Shelf, tmp_path: Path) -> None:
    record = _records(shelf(), _file(tmp_path, "no,date,note,note\n1,2024-03-04,a,b\n"))[0]
    assert sorted(value for name, value in record.content.items() if name.startswith("note")) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"no,date\n1,\0\n", "nul_byte"),
        (b"who,code\na,b\n", "missing_column"),
        (b"<a/>", "missing_column"),
    ],
)
def test_flat_files_that_are_refused_whole(shelf: Shelf, tmp_path: Path, content: bytes, reason: str) -> None:
    assert _refused(shelf(), _file(tmp_path, content)) == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"no,date\n1,2\n", "bad_xml"),
        (b"<Other/>", "wrong_root"),
        (b"<MetaData><WCOTypeName>RES</WCOTypeName></MetaData>", "wrong_root"),
        (b"<!DOCTYPE MetaData><MetaData/>", "doctype"),
    ],
)
def test_documents_that_are_refused_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    assert _refused(catalogue()["wco-declaration"], _file(tmp_path, content, "x.xml")) == reason


def test_a_document_cut_short_loads_nothing(tmp_path: Path) -> None:
    source = catalogue()["wco-declaration"]
    whole = samples(source)[0].read_bytes()
    for share in (0.3, 0.6, 0.9, 0.999):
        assert _refused(source, _file(tmp_path, whole[: int(len(whole) * share)], "x.xml")) in (
            "truncated_xml",
            "bad_xml",
        )


def test_unreadable_paths_are_input_errors(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    with pytest.raises(InputError, match="is not there"):
        files(source, [tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no file of rows"):
        files(source, [tmp_path / "shelf"])
    assert _refused(source, tmp_path / "nowhere.csv") == "not_readable"


def test_folders_are_walked_in_order_without_hidden_and_foreign_files(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    inside = tmp_path / "in"
    for name in ("b.csv", "a.csv.gz", ".hidden.csv", "note.md", "sub/c.CSV", ".git/d.csv"):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text("x")
    assert [path.relative_to(inside).as_posix() for path in files(source, [inside, inside / "b.csv"])] == [
        "a.csv.gz", "b.csv", "sub/c.CSV",
    ]  # fmt: skip
    assert files(source, [inside / "note.md"]) == [inside / "note.md"]


def test_itineraries_are_in_order_of_their_numbers_whatever_the_file_says(tmp_path: Path) -> None:
    source = catalogue()["wco-declaration"]
    text = (source.folder / "sample.export.xml").read_text(encoding="utf-8")
    first, last = "<SequenceNumeric>1</SequenceNumeric>", "<SequenceNumeric>9</SequenceNumeric>"
    head, _, tail = text.partition("<Itinerary>")
    path = _file(tmp_path, head + "<Itinerary>" + tail.replace(first, last, 1), "x.xml")
    via = [link.properties["seq"] for link in _records(source, path)[0].links if link.type == "VIA"]
    assert len(via) > 1
    assert via == sorted(via)
    assert via[-1] == 9


def test_one_container_on_nine_items_is_one_mention_and_nine_links() -> None:
    source = catalogue()["asycuda-sad"]
    record = _records(source, source.folder / "sample.sea.xml")[0]
    assert [mention.kind for mention in record.mentions].count("Container") == 1
    links = [link for link in record.links if link.type == "IN_CONTAINER"]
    assert [link.properties["item"] for link in links] == list(range(1, 10))
    assert len({link.id for link in links}) == 9


def test_rows_of_one_declaration_are_one_declaration() -> None:
    source = catalogue()["declarations-csv"]
    first, second = _records(source, source.folder / "sample.en.csv")[:2]
    assert first.id != second.id
    assert first.subjects == second.subjects


def test_handling_of_a_notice_makes_its_marking_stricter_and_its_grade_its_own() -> None:
    source = catalogue()["partner-notice"]
    first, second = _records(source, source.folder / "sample.csv")[:2]
    assert parse_grade(first.grade).label == "4x4: B2 H1"
    assert first.marking == source.marking._replace(handling="H1")
    assert second.marking == source.marking


def test_equal_rows_without_a_key_are_equal_records() -> None:
    source = catalogue()["unodc-ids"]
    records = _records(source, source.folder / "sample.csv")
    assert {record.key for record in records} == {""}
    assert records[1].id == records[2].id
    assert records[1].subjects == records[2].subjects
    assert records[0].subjects != records[1].subjects


def test_litres_and_plants_are_never_kilograms() -> None:
    source = catalogue()["unodc-ids"]
    seized = [
        link.properties
        for record in _records(source, source.folder / "sample.csv")
        for link in record.links
        if link.type == "SEIZED"
    ]
    assert [(item["unit"], item.get("kg")) for item in seized] == [
        ("Kilogram", 1.2), ("Gram", 0.536), ("Gram", 0.536), ("Plants", None), ("Litre", None),
    ]  # fmt: skip


_CELL = st.text(st.characters(exclude_characters="\0\r\n", codec="utf-8"), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(_CELL, _CELL, _CELL, _CELL), max_size=6))
def test_hostile_cells_never_stop_a_file_and_every_row_is_accounted_for(
    shelf: Shelf, tmp_path: Path, cells: list[tuple[str, str, str, str]]
) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    rows = [",".join([str(n), "2024-01-02", *map(quoted, row), ""]) for n, row in enumerate(cells, 1)]
    source, accounting = shelf(), Accounting()
    items = list(read(source, _file(tmp_path, HEADER + "\n".join(rows) + "\n"), accounting=accounting))
    assert len(items) == accounting.files[0].rows
    for record in items:
        if isinstance(record, Record):
            assert all(
                "\x1b" not in value.normal for mention in record.mentions for _, value in mention.values
            )
