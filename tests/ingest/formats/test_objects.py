"""JSON tables: read strictly, into the same cells as a flat file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphintel.errors import FileRefused
from graphintel.ingest import catalogue, read
from graphintel.ingest.formats.delimited import Broken, Column, Line
from graphintel.ingest.formats.objects import is_json, table
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import survey
from graphintel.model.records import Record

COLUMNS = (Column("no", required=True), Column("name", ("Ad",)), Column("kg"))


def _read(folder: Path, content: str | bytes, limits: Limits = DEFAULT) -> list[Line | Broken]:
    path = folder / "x.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(table(survey(path, limits), COLUMNS, limits)[1])


def _refused(folder: Path, content: str | bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(FileRefused) as refused:
        _read(folder, content, limits)
    return refused.value.reason


@pytest.mark.parametrize(
    "text",
    [
        '[{"no": 1, "Ad": "Öz", "kg": 2.50}, {"no": "2", "kg": null, "extra": true}]',
        '{"no": 1, "Ad": "Öz", "kg": 2.50}\n\n{"no": "2", "kg": null, "extra": true}\n',
    ],
)
def test_arrays_and_lines_are_the_same_cells(tmp_path: Path, text: str) -> None:
    read_ = _read(tmp_path, text)
    assert [line.cells for line in read_ if isinstance(line, Line)] == [
        ["1", "Öz", "2.50", ""],
        ["2", "", "", "true"],
    ]
    assert [line.number for line in read_] == [1, 2]


def test_one_object_is_one_row_and_lists_are_divided_cells(tmp_path: Path) -> None:
    (line,) = _read(tmp_path, '{"no": 1, "name": ["BG", "", "RS"]}')
    assert isinstance(line, Line)
    assert line.cells == ["1", "BG/RS", ""]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"no": NaN}', "bad_json"),
        ('{"no": 1, "no": 2}', "bad_json"),
        ('{"no": {"a": 1}}', "nested_value"),
        ('{"no": [[1]]}', "nested_value"),
        ("[1, 2]", "bad_json"),
        ('{"no": ', "bad_json"),
        ("[" * 100_000, "bad_json"),
    ],
)
def test_a_row_that_is_not_strict_goes_alone(tmp_path: Path, row: str, reason: str) -> None:
    first, second, third = _read(tmp_path, '{"no": 1}\n' + row + '\n{"no": 3}')
    assert isinstance(first, Line)
    assert isinstance(second, Broken)
    assert second.reason == reason
    assert isinstance(third, Line)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"no": 1},\n{"no": 2}', "bad_json"),
        ('[{"no": Infinity}]', "bad_json"),
        ("[" * 200_000 + "]" * 200_000, "too_deep"),
        ('[{"name": "a"}]', "missing_column"),
        ("[]", "missing_column"),
        ("nothing", "bad_json"),
        (b'{"no": "\xff"}', "bad_charset"),
        (b'{"no": "\0"}', "nul_byte"),
    ],
)
def test_files_that_are_refused_whole(tmp_path: Path, content: str | bytes, reason: str) -> None:
    assert _refused(tmp_path, content) == reason


def test_size_is_capped(tmp_path: Path) -> None:
    assert _refused(tmp_path, '[{"no": 1}]', Limits(xml_bytes=5)) == "too_large"


def test_numbers_stay_as_written_and_half_surrogates_do_no_harm(tmp_path: Path) -> None:
    (line,) = _read(tmp_path, '{"no": ' + "9" * 6000 + ', "kg": 1e999, "name": "a\\ud800"}')
    assert isinstance(line, Line)
    assert line.cells == ["9" * 6000, "a?", "1e999"]


def test_json_is_known_by_its_first_character(tmp_path: Path) -> None:
    for content, wanted in ((b" \n[{}]", True), (b"\xef\xbb\xbf{}", True), (b"no,name\n", False)):
        (tmp_path / "x").write_bytes(content)
        assert is_json(survey(tmp_path / "x", DEFAULT)) is wanted


def test_a_source_reads_the_same_records_from_both(tmp_path: Path) -> None:
    source = catalogue()["cen-seizures"]
    wanted = [item for item in read(source, source.folder / "sample.csv") if isinstance(item, Record)]
    path = tmp_path / "x.json"
    path.write_text(json.dumps([record.content for record in wanted], ensure_ascii=False), encoding="utf-8")
    got = [item for item in read(source, path) if isinstance(item, Record)]
    assert [record.id for record in got] == [record.id for record in wanted]
    assert [record.links for record in got] == [record.links for record in wanted]
    assert got[0].position.place == "object 1"


def test_a_source_that_takes_no_json_refuses_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"movement_id": "1"}]', encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        list(read(catalogue()["movements-csv"], path))
    assert refused.value.reason == "missing_column"
