"""Files that cannot be loaded: one sentence that names what and where, exit 2, and the store as it was."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commanded import Run, sample

from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
CEN, DECLARATIONS, WCO = "cen-seizures", "declarations-csv", "wco-declaration"
DOCTYPE = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n'


def _xml() -> bytes:
    return sample(WCO).read_bytes()


def _without_head() -> bytes:
    return _xml().split(b"?>", 1)[1]


def _without_column() -> bytes:
    return sample(CEN, ".csv").read_bytes().replace(b"report_no", b"reported_by", 1)


REFUSED: dict[str, tuple[str, str, Callable[[], bytes], str]] = {
    "empty": (CEN, "given.csv", bytes, "is empty"),
    "truncated_xml": (WCO, "given.xml", lambda: _xml()[: len(_xml()) // 2], "given.xml"),
    "doctype": (WCO, "given.xml", lambda: DOCTYPE + _without_head(), "given.xml"),
    "nul_byte": (CEN, "given.csv", lambda: sample(CEN, ".csv").read_bytes() + b"\0", "NUL"),
    "missing_column": (CEN, "given.csv", _without_column, "report_no"),
    "wrong_root": (WCO, "given.xml", lambda: b"<Invoice><Line/></Invoice>", "Invoice"),
    "broken_archive": (CEN, "given.csv.gz", lambda: b"\x1f\x8b\x08\x00cut", "given.csv.gz"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refused_file_is_named_with_its_reason_and_loads_nothing(
    command: Run, store: Store, tmp_path: Path, code: str
) -> None:
    source, name, content, said = REFUSED[code]
    (tmp_path / name).write_bytes(content())
    before = command("store", "hash").out
    done = command("ingest", source, tmp_path / name, "--json")
    (refused,) = done.json["files_refused"]
    assert (done.code, refused["code"], done.json["rows_read"]) == (2, code, 0)
    assert refused["file"] == str(tmp_path / name) and said in refused["message"]
    told = command("ingest", source, tmp_path / name)
    assert told.err.count("\n") == 1 and told.err.startswith(f"refused {tmp_path / name}: ")
    assert command("store", "hash").out == before and command("batches", "--json").json["batches"] == []


def test_a_file_of_another_source_is_refused_with_what_is_missing(command: Run, store: Store) -> None:
    before = command("store", "hash").out
    done = command("ingest", DECLARATIONS, sample(CEN, ".csv"))
    assert done.code == 2 and "TescilNo" in done.err and "is it of this source?" in done.err
    assert command("store", "hash").out == before


def test_a_file_that_nobody_can_read_is_refused(command: Run, store: Store) -> None:
    before = command("store", "hash").out
    # Its first byte is unmapped memory: open succeeds, reading fails, for the superuser too.
    done = command("ingest", CEN, "/proc/self/mem", "--json")
    assert done.code == 2 and done.json["files_refused"][0]["code"] == "not_readable"
    assert "/proc/self/mem cannot be read" in done.json["files_refused"][0]["message"]
    assert command("store", "hash").out == before


@pytest.mark.parametrize(
    ("source", "path", "said"),
    [
        (CEN, "nothing-here.csv", "nothing-here.csv is not there"),
        (CEN, ".", "There is no file of cen-seizures"),
        ("no-such-source", "nothing-here.csv", "There is no source 'no-such-source'; there are asycuda-sad"),
        (CEN, "\udcfe.csv", "is not UTF-8"),
    ],
)
def test_a_load_that_cannot_begin_says_why(
    command: Run, store: Store, tmp_path: Path, source: str, path: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    before = command("store", "hash").out
    done = command("ingest", source, f"{tmp_path}/folder/{path}", "--json")
    assert done.code == 2 and said in done.sentence and said in done.json["error"]["message"]
    assert command("store", "hash").out == before


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_no_room_for_the_evidence_stops_the_load_before_anything_is_written(
    command: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = command("store", "hash").out
    monkeypatch.setattr(os, "fsync", _full)
    done = command("ingest", CEN, sample(CEN, ".csv"), "--json")
    assert done.code == 2 and done.json["error"]["code"] == "disk_full" and "evidence" in done.sentence
    assert [path for path in (tmp_path / "home" / "evidence").rglob("*") if path.is_file()] == []
    assert command("store", "hash").out == before and command("batches", "--json").json["batches"] == []


class _Cramped(sqlite3.Connection):
    """A connection whose file may not grow beyond one page: SQLite's own "database or disk is full"."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.execute("PRAGMA max_page_count = 1")


def test_no_room_for_the_desk_is_said(
    command: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = command("store", "hash").out
    with monkeypatch.context() as during:
        during.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=_Cramped))
        done = command("ingest", CEN, sample(CEN, ".csv"), "--json", home=str(tmp_path / "cramped"))
    assert (
        done.code == 2
        and done.json["error"]["code"] == "disk_full"
        and "desk.sqlite is full" in done.sentence
    )
    assert command("store", "hash").out == before
