"""Entity files: lines, ids that are found again, and what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import records_of, refused_of
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import FileRefused, RowRefused
from graphintel.ingest.entities.lines import EntityFile, EntityLine, entity_of
from graphintel.ingest.limits import DEFAULT
from graphintel.ingest.opening import survey


def _file(path: Path, *items: Any) -> Path:
    path.write_text(
        "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in items), "utf-8"
    )
    return path


def _person(key: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": key, "schema": "Person", "properties": {"name": [key.upper()], **properties}}


def test_every_line_is_an_entity_with_its_number_and_blank_lines_are_none(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.ftm.json", _person("a"), "", _person("b"))
    file = EntityFile(survey(path, DEFAULT), DEFAULT)
    lines = [(line.number, line.entity.id) for line in file if isinstance(line, EntityLine)]
    file.close()
    assert lines == [(1, "a"), (3, "b")]


def test_lines_of_one_id_are_taken_together_and_each_is_the_whole_entity(tmp_path: Path) -> None:
    path = _file(
        tmp_path / "a.ftm.json", _person("a", email=["a@example.com"]), _person("a", title=["Captain"])
    )
    one, other = records_of("ftm", path)
    assert one.id == other.id
    assert dict(one.content) == {
        "schema": "Person",
        "name": "A",
        "email": "a@example.com",
        "title": "Captain",
    }


def test_an_end_is_found_before_and_behind_its_link_also_in_a_packed_file(tmp_path: Path) -> None:
    link = {"id": "l", "schema": "Family", "properties": {"person": ["a"], "relative": ["b"]}}
    plain = _file(tmp_path / "a.ftm.json", _person("a"), link, _person("b"))
    packed = tmp_path / "b.ftm.json.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        found = [record for record in records_of("ftm", path) if record.links]
        assert [(record.key, record.links[0].type) for record in found] == [("l", "RELATED_TO")]


def test_a_link_uses_the_very_statements_of_its_ends_whatever_the_order(tmp_path: Path) -> None:
    link = {"id": "l", "schema": "Family", "properties": {"person": ["a"], "relative": ["b"]}}
    first = records_of("ftm", _file(tmp_path / "a.ftm.json", _person("a"), _person("b"), link))
    other = records_of("ftm", _file(tmp_path / "b.ftm.json", link, _person("b"), _person("a")))
    assert sorted(record.id for record in first) == sorted(record.id for record in other)
    persons = {mention.id for record in first if not record.links for mention in record.mentions}
    assert {mention.id for mention in first[2].mentions} == persons


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "bad_json"), ("[1]", "bad_json"), ('{"id": "x"}', "missing_value"), ('{"schema": "Person"}', "missing_value"),
        ('{"id": "x", "schema": "Person", "properties": {"name": [["y"]]}}', "nested_value"),
        ('{"id": "x", "id": "y", "schema": "Person"}', "bad_json"), ('{"id": "x", "schema": "Ufo"}', "unknown_schema"),
        ('{"id": "x", "schema": "Person", "properties": {"height": NaN}}', "bad_json"),
        ('{"id": "x", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["nobody"]}}', "missing_end"),
        ('{"id": "x", "schema": "Ownership", "properties": {"owner": ["a"]}}', "missing_end"),
        ('{"id": "x", "schema": "Person", "properties": []}', "bad_json"), ("[" * 100_000, "bad_json"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_entity_goes_to_quarantine_alone(tmp_path: Path, line: str, reason: str) -> None:
    path = _file(tmp_path / "a.ftm.json", _person("a"), line, _person("b"))
    assert refused_of("ftm", path) == [reason]
    assert [record.key for record in records_of("ftm", path)] == ["a", "b"]


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    long = json.dumps(_person("long", name=["x" * (DEFAULT.line_bytes + 10)]))
    path = _file(tmp_path / "a.ftm.json", _person("a"), long, _person("b"))
    assert refused_of("ftm", path) == ["long_line"]
    assert [record.key for record in records_of("ftm", path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name;plate\nx;y\n", "bad_json"),
        (b'{"id": "\xff"}\n', "bad_charset"),
        (b'{"id": "\0"}\n', "nul_byte"),
        (b"", "empty"),
    ],
)
def test_a_file_that_holds_no_entity_is_refused_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.ftm.json"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        records_of("ftm", path)
    assert refused.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_an_entity_or_a_refused_row(text: str) -> None:
    try:
        assert entity_of(text).id
    except RowRefused as error:
        assert error.reason in ("bad_json", "missing_value", "nested_value")


def test_the_order_of_texts_says_nothing() -> None:
    one = entity_of('{"id": "a", "schema": "Person", "properties": {"name": ["x", "y"], "alias": "z"}}')
    other = entity_of(
        '{"id": "a", "schema": "Person", "properties": {"alias": ["z", "z"], "name": ["y", "x", null, ""]}}'
    )
    assert one == other
