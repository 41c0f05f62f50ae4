"""Flat files: every usual delimiter and charset, JSON lines, and one sentence for what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.acts.flat import read
from graphintel.errors import InputError


def made(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1254"])
def test_one_table_in_any_dress(tmp_path: Path, delimiter: str, charset: str) -> None:
    text = f'left{delimiter}right\r\n"Işıl, Şen"{delimiter}x\r\n\r\n{delimiter}\r\n'
    found = read(made(tmp_path, "t.csv", text.encode(charset)))
    assert found.columns == ["left", "right"]
    assert found.rows == [{"left": "Işıl, Şen", "right": "x"}, {"left": "", "right": ""}]


def test_a_short_row_is_filled_and_control_characters_and_line_ends_inside_quotes_stay(
    tmp_path: Path,
) -> None:
    found = read(made(tmp_path, "t.csv", b'a,b\n"x\ny\x07",\nonly\n'))
    assert found.rows == [{"a": "x\ny\x07", "b": ""}, {"a": "only", "b": ""}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"", "is empty"), ("t.csv", b"a,b\n1,2,3\n", "line 2: 3 cells under 2 columns"),
        ("t.csv", b"a,a\n", "stands there twice"), ("t.jsonl", b"{", "line 1: not JSON"), ("t.jsonl", b"[1]\n", "line 1: a JSON object"),
        ("t.jsonl", b"", "is empty"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read(made(tmp_path, name, content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path / "none.csv")


def test_json_lines_are_flattened_and_may_differ(tmp_path: Path) -> None:
    content = b'{"RECORD_ID": 7, "FEATURES": [{"NAME_FULL": "A"}, {"NAME_FULL": "B", "DOB": null}]}\n\n{"x": {"y": true}}\n'
    found = read(made(tmp_path, "t.jsonl", content))
    assert found.columns == ["RECORD_ID", "NAME_FULL", "y"]
    assert found.rows == [{"RECORD_ID": "7", "NAME_FULL": "A"}, {"y": "True"}]
