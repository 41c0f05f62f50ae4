"""Hostile files, each made here: one reason code and one sentence, not one row, and nothing left behind."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from workbook import write

from graphintel.acts import load
from graphintel.acts.session import Session
from graphintel.errors import FileRefused
from graphintel.ingest import Limits, Reader, Source, catalogue, read
from graphintel.model.records import Quarantined, Record

Shelf = Callable[..., Source]
XML, FLAT, NOTICE = "wco-declaration", "declarations-csv", "partner-notice"
ROW = "no,date,who,code,plate,land,kg\n1,2024-03-04,Öz,K1,34 KLT 481,TR,5\n"
NOTE = {
    "notice_no": "N-1",
    "date": "2024-03-04",
    "partner": "P",
    "source_grade": "B",
    "information_grade": "2",
}


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE MetaData [<!ENTITY l0 "ha">{lines}]><MetaData>&l9;</MetaData>'.encode()


def _bomb(declared: int | None) -> bytes:
    """A zip of 40 MB of line ends in 40 kB, its sizes as declared."""
    path = Path(os.environ["TMPDIR_OF_TEST"]) / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "no,date\n" + "\n" * 40_000_000)
    content = bytearray(path.read_bytes())
    if declared is not None:
        for at in (22, content.index(b"PK\x01\x02") + 24):
            content[at : at + 4] = struct.pack("<I", declared)
    return bytes(content)


def _cells() -> bytes:
    path = Path(os.environ["TMPDIR_OF_TEST"]) / "cells.xlsx"
    rows = f"<row>{'<c><v>1</v></c>' * 60}</row>" * 10_000
    write(
        path,
        {"S": []},
        raw={"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"},
    )
    return path.read_bytes()


FILES: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("billion laughs", XML, _laughs, "doctype"),
    ("external entity", XML, lambda: b'<!DOCTYPE MetaData [<!ENTITY x SYSTEM "file:///etc/passwd">]><MetaData>&x;</MetaData>', "doctype"),
    ("a type alone", XML, lambda: b'<?xml version="1.0"?><!DOCTYPE MetaData SYSTEM "http://127.0.0.1:1/x.dtd"><MetaData/>', "doctype"),
    ("a type in UTF-16", XML, lambda: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE MetaData []><MetaData/>'.encode("utf-16"), "doctype"),
    ("500 k deep", XML, lambda: b"<MetaData>" + b"<a>" * 500_000 + b"</a>" * 500_000 + b"</MetaData>", "too_deep"),
    ("2 M elements", XML, lambda: b"<MetaData>" + b"<a/>" * 2_000_000 + b"</MetaData>", "too_large"),
    ("gzip bomb", FLAT, lambda: gzip.compress(b"no,date\n" + b"\n" * 40_000_000), "too_large"),
    ("zip bomb", FLAT, lambda: _bomb(None), "too_large"),
    ("zip bomb that says 10 bytes", FLAT, lambda: _bomb(10), "broken_archive"),
    ("zip bomb that says 2 GB", FLAT, lambda: _bomb(1 << 31), "too_large"),
    ("600 k cells", NOTICE, _cells, "too_large"),
    ("NUL in a table", FLAT, lambda: b"registration_no,registration_date,hs\n1,\0,2\n", "nul_byte"),
    ("UTF-16 as UTF-8", FLAT, lambda: "registration_no,registration_date,hs\n1,2,3\n".encode("utf-16-le"), "nul_byte"),
    ("UTF-16 with a mark", FLAT, lambda: "registration_no,hs\n1,3\n".encode("utf-16"), "nul_byte"),
    ("JSON of NaN", NOTICE, lambda: b'[{"notice_no": NaN}]', "bad_json"),
    ("JSON of Infinity", NOTICE, lambda: b'[{"notice_no": -Infinity}]', "bad_json"),
    ("JSON with a name twice", NOTICE, lambda: b'[{"notice_no": "1", "notice_no": "2"}]', "bad_json"),
    ("JSON 100 k deep", NOTICE, lambda: b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "too_deep"),
    ("one line of 64 MB", FLAT, lambda: b"a" * (64 << 20), "missing_column"),
]  # fmt: skip


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[str, Reader]]:
    """One reader a source, as a load has."""
    held = {name: Reader(catalogue()[name], Limits(seconds=120)) for name in (XML, FLAT, NOTICE)}
    yield held
    for reader in held.values():
        reader.close()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], bytes]], Path]:
    """Writes a hostile file."""

    def make(content: Callable[[], bytes]) -> Path:
        monkeypatch.setenv("TMPDIR_OF_TEST", str(tmp_path))
        path = tmp_path / "hostile"
        path.write_bytes(content())
        return path

    return make


@pytest.mark.parametrize(
    ("source", "content", "reason"), [case[1:] for case in FILES], ids=[case[0] for case in FILES]
)
def test_each_is_refused_with_its_reason_in_one_sentence_before_a_row(
    readers: dict[str, Reader],
    made: Callable[..., Path],
    source: str,
    content: Callable[[], bytes],
    reason: str,
) -> None:
    path = made(content)
    with pytest.raises(FileRefused) as refused:
        next(readers[source].read(path))
    assert refused.value.reason == reason
    assert str(path) in refused.value.message
    assert (len(refused.value.message.splitlines()), "Traceback" in refused.value.message) == (1, False)


def _notices(content: bytes, folder: Path) -> list[Record | Quarantined]:
    path = folder / "n.json"
    path.write_bytes(content)
    return list(read(catalogue()[NOTICE], path))


@pytest.mark.parametrize("number", [b"1e999", b"9" * 5_000, b"-1e-999", b"0." + b"1" * 5_000])
def test_numbers_without_end_stay_texts_or_their_row_is_set_aside(tmp_path: Path, number: bytes) -> None:
    note = orjson.dumps(NOTE)[:-1]
    found = _notices(
        b"[" + note + b', "imo": ' + number + b', "deadline": ' + number + b"}, " + note + b"}]", tmp_path
    )
    assert len(found) == 2
    assert isinstance(found[1], Record)
    for item in found:
        if isinstance(item, Record):
            kept: list[Any] = [
                value for mention in item.mentions for name, value in mention.values if name == "imo"
            ]
            assert all(value.verdict == "invalid" for value in kept)


def test_bad_objects_of_lines_are_set_aside_alone(tmp_path: Path) -> None:
    good = orjson.dumps(NOTE)
    deep = b'{"notice_no": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    bad = [good[:-1] + b', "imo": NaN}', good[:-1] + b', "notice_no": "2"}', deep, b"{"]
    found = _notices(b"\n".join([good, *bad]), tmp_path)
    assert [item.reason for item in found if isinstance(item, Quarantined)] == ["bad_json"] * 4
    assert isinstance(found[0], Record)


def test_a_long_line_costs_its_row_and_little_memory(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as out:
        out.write(ROW.encode() + b"2,2024-03-04,")
        for _ in range(100):
            out.write(b"x" * (1 << 20))
        out.write(b",,,,\n3,2024-03-04,,,,,\n")
    with Reader(shelf(), Limits(memory=300 << 20)) as reader:
        found = list(reader.read(path))
    assert [(item.position.place, getattr(item, "reason", "")) for item in found] == [
        ("line 2", ""), ("line 3", "long_line"), ("line 4", ""),
    ]  # fmt: skip


def test_turned_round_and_invisible_characters_are_kept_raw_and_never_shown(
    shelf: Shelf, tmp_path: Path
) -> None:
    name = "Kara\u202eçınar\u200b Gıda\u2066\x1b[2J"
    path = tmp_path / "x.csv"
    path.write_text(ROW.replace("Öz", name), encoding="utf-8")
    record = next(item for item in read(shelf(), path) if isinstance(item, Record))
    shown = [value for mention in record.mentions for _, value in mention.values if value.raw == name]
    assert [(value.raw, value.normal) for value in shown] == [(name, "Karaçınar Gıda[2J")]


@pytest.mark.neo4j
def test_a_load_of_them_loads_nothing_says_why_and_exits_2(
    session: Session, made: Callable[..., Path]
) -> None:
    for _, source, content, reason in (FILES[0], FILES[11], FILES[17]):
        report = load.load(session, source, [made(content)])
        assert (report.exit_code, report.batch, report.rows_read) == (2, None, 0)
        assert [row["code"] for row in report.files_refused] == [reason]
    assert session.store.read("MATCH (r:Record) RETURN count(r) AS n") == [{"n": 0}]
    kept = [path.read_bytes() for path in session.settings.evidence.rglob("*") if path.is_file()]
    assert all(content.startswith(b"title") for content in kept)
