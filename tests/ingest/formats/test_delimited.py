"""Flat files: header, delimiter, quoting, broken rows set aside alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import FileRefused
from graphintel.ingest.formats.delimited import Broken, Column, DelimitedAccess, Line, layout, lines
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import survey

COLUMNS = (Column("no", required=True), Column("name", ("Ad", "İsim")), Column("kg"))


def _read(folder: Path, content: bytes, limits: Limits = DEFAULT) -> list[Line | Broken]:
    path = folder / "x.csv"
    path.write_bytes(content)
    found = survey(path, limits)
    return list(lines(found, layout(found, COLUMNS, ("utf-8", "cp1254"), ",;\t", limits), limits))


def _cells(folder: Path, content: bytes) -> list[list[str]]:
    return [line.cells for line in _read(folder, content) if isinstance(line, Line)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_what_the_header_uses_most(tmp_path: Path, delimiter: str) -> None:
    text = "no,name,kg\n1,a b,2\n".replace(",", delimiter)
    assert _cells(tmp_path, text.encode()) == [["1", "a b", "2"]]


def test_columns_in_any_order_under_any_of_their_names_and_extra_ones_last(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("extra,KG,ISIM,No\ne,3,Öz,7\n", encoding="utf-8")
    found = survey(path, DEFAULT)
    given_ = layout(found, COLUMNS, ("utf-8",), ",", DEFAULT)
    assert given_.extra == ("extra",)
    assert [line.cells for line in lines(found, given_, DEFAULT) if isinstance(line, Line)] == [
        ["7", "Öz", "3", "e"]
    ]


def test_missing_optional_column_reads_as_empty(tmp_path: Path) -> None:
    assert _cells(tmp_path, b"kg,no\n2,1\n") == [["1", "", "2"]]


def test_missing_needed_column_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no column no") as refused:
        _read(tmp_path, b"name,kg\na,1\n")
    assert refused.value.reason == "missing_column"


def test_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(tmp_path, b"no,name,kg\n1,\0,2\n")
    assert refused.value.reason == "nul_byte"


def test_quotes_delimiters_and_doubled_quotes(tmp_path: Path) -> None:
    assert _cells(tmp_path, b'no,name,kg\n1,"a, ""b""",2\n') == [["1", 'a, "b"', "2"]]


def test_a_quoted_cell_may_go_on_over_lines(tmp_path: Path) -> None:
    read = _read(tmp_path, b'no,name,kg\n1,"a\nb\nc",2\n2,x,3\n')
    assert [(line.cells, line.number) for line in read if isinstance(line, Line)] == [
        (["1", "a\nb\nc", "2"], 2),
        (["2", "x", "3"], 5),
    ]


def test_a_quote_that_never_closes_loses_one_line_only(tmp_path: Path) -> None:
    read = _read(tmp_path, b'no,name,kg\n1,"open,2\n2,x,3\n3,y,4\n')
    assert isinstance(read[0], Broken)
    assert (read[0].reason, read[0].raw, read[0].number) == ("broken_quoting", b'1,"open,2\n', 2)
    assert [(line.cells[0], line.number) for line in read[1:] if isinstance(line, Line)] == [
        ("2", 3),
        ("3", 4),
    ]


def test_two_open_quotes_never_merge_the_rows_between_them(tmp_path: Path) -> None:
    read = _read(tmp_path, b'no,name,kg\n1,"open,2\n2,x,3\n3,y"z,4\n4,q,5\n')
    assert [line.number for line in read] == [2, 3, 4, 5]
    assert [line.cells for line in read if isinstance(line, Line)] == [
        ["2", "x", "3"],
        ["3", 'y"z', "4"],
        ["4", "q", "5"],
    ]


def test_other_line_separators_inside_a_quoted_cell_end_no_row(tmp_path: Path) -> None:
    assert _cells(tmp_path, 'no,name,kg\n1,"a\u2028b\x0cc",2\n'.encode()) == [["1", "a\u2028b\x0cc", "2"]]


def test_every_line_with_a_stray_quote_goes_alone_and_fast(tmp_path: Path) -> None:
    read = _read(tmp_path, b"no,name,kg\n" + b'1,"a"b",2\n' * 5000)
    assert {getattr(line, "reason", "") for line in read} == {"broken_quoting"}
    assert [line.number for line in read] == list(range(2, 5002))


def test_wrong_number_of_cells_goes_alone(tmp_path: Path) -> None:
    read = _read(tmp_path, b"no,name,kg\n1,a\n2,b,3\n3,c,4,5\n")
    assert [line.reason for line in read if isinstance(line, Broken)] == ["cell_count", "cell_count"]
    assert [line.cells[0] for line in read if isinstance(line, Line)] == ["2"]


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert len(_read(tmp_path, b"no,name,kg\r\n\r\n1,a,2\r\n   \r\n")) == 1


def test_a_line_of_another_charset_goes_alone(tmp_path: Path) -> None:
    # The first pass sees UTF-8 only if every byte fits, so the charset is decided for the whole file before.
    path = tmp_path / "x.csv"
    path.write_bytes("no,name,kg\n1,ş,2\n".encode())
    found = survey(path, DEFAULT)
    given_ = layout(found, COLUMNS, ("utf-8",), ",", DEFAULT)
    path.write_bytes("no,name,kg\n1,ş,2\n".encode() + b"2,\xfe,3\n")
    read = list(lines(found, given_, DEFAULT))
    assert [type(line) for line in read] == [Line, Broken]
    assert isinstance(read[1], Broken)
    assert read[1].reason == "bad_charset"


def test_a_line_longer_than_allowed_goes_alone(tmp_path: Path) -> None:
    read = _read(tmp_path, b"no,name,kg\n1," + b"x" * 500 + b",2\n2,b,3\n", Limits(line_bytes=100))
    assert [getattr(line, "reason", "") for line in read] == ["long_line", ""]


def test_cells_are_trimmed_and_composed(tmp_path: Path) -> None:
    assert _cells(tmp_path, "no,name,kg\n 1 , s\u0327 ,\u00a02\n".encode()) == [["1", "ş", "2"]]


def test_access_reads_by_name_and_knows_no_others() -> None:
    access = DelimitedAccess(COLUMNS)
    assert access.text("kg")(["1", "a", "2"]) == "2"
    assert access.every("name")(["1", "a", "2"]) == ["a"]
    again = access.again(["kg", "no"])
    assert again is not None
    assert again(["1", "a", "2"]) == ("2", "1")
    assert access.touched == ["kg", "name"]
    with pytest.raises(KeyError):
        access.text("other")
    with pytest.raises(KeyError):
        access.scopes("kg")


@given(st.lists(st.binary(max_size=40).map(lambda raw: raw.replace(b"\0", b"")), max_size=12))
def test_rows_and_broken_rows_never_lose_a_line(
    tmp_path_factory: pytest.TempPathFactory, raws: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    content = b"no,name,kg\n" + b"".join(raw.replace(b"\n", b"").replace(b"\r", b"") + b"\n" for raw in raws)
    path = folder / "x.csv"
    path.write_bytes(content)
    found = survey(path, DEFAULT)._replace(ascii=False, mark="utf-8-sig")
    given_ = layout(found, COLUMNS, ("utf-8",), ",", DEFAULT)
    covered = 0
    for item in lines(found, given_, DEFAULT):
        covered += 1 if isinstance(item, Broken) else item.text.count("\n") + 1
    filled = [raw for raw in content.split(b"\n")[1:] if raw.decode("utf-8", "replace").strip()]
    assert covered >= len(filled)
    assert covered <= content.count(b"\n")
