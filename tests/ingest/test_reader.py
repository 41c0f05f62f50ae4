"""The reader's process: the same records as in this one; whatever happens to it is one refused file, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphintel.errors import FileRefused
from graphintel.ingest import Accounting, Limits, Reader, Source, catalogue, read
from graphintel.ingest.expected import samples

Shelf = Callable[..., Source]
ROWS = "no,date,who,code,plate,land,kg\n1,2024-03-04,Öz,K1,34 KLT 481,TR,5\n2,2024-02-31,Öz,K2,,BG,6\n"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def children() -> set[int]:
    """The processes that this one has started and that still run or wait to be taken leave of."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if (
                int(parent) == os.getpid()
                and "graphintel.ingest.child" in (entry / "cmdline").read_text() + state
            ):
                found.add(int(entry.name))
    return found


def pretend(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let another program answer in the reader's stead: it has read its orders when `code` begins."""
    start = "import json, os, sys, time\nsend = lambda b: (sys.stdout.buffer.write(len(b).to_bytes(4, 'big') + b), sys.stdout.flush())\n"
    start += "for _ in range(2): sys.stdin.readline()\nsend(b'{\"fence\": 1}')\n"
    program = [sys.executable, "-IS", "-c", start + code]
    started = subprocess.Popen

    def start_other(_: list[str], **options: object) -> subprocess.Popen[bytes]:
        return started(program, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "Popen", start_other)


def refusal(source: Source, path: Path, limits: Limits | None = None) -> FileRefused:
    """How a file is refused; the reader's process must be gone with it."""
    with Reader(source, limits or Limits(seconds=20)) as reader, pytest.raises(FileRefused) as refused:
        list(reader.read(path))
    assert not children()
    return refused.value


def test_files_are_read_as_they_are_here_in_one_process_with_the_same_accounts() -> None:
    source = catalogue()["declarations-csv"]
    here, there = Accounting(), Accounting()
    with Reader(source) as reader:
        seen = set()
        for path in samples(source):
            assert list(reader.read(path, accounting=there)) == list(read(source, path, accounting=here))
            seen |= children()
    assert (len(seen), children()) == (1, set())
    assert there == here


def test_a_refused_file_is_refused_in_the_same_words_and_the_next_is_read(
    shelf: Shelf, tmp_path: Path, rows: Path
) -> None:
    source = shelf()
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"no,date\n1,\0\n")
    with pytest.raises(FileRefused) as here:
        list(read(source, bad))
    with Reader(source) as reader:
        with pytest.raises(FileRefused) as there:
            list(reader.read(bad))
        before = children()
        assert len(list(reader.read(rows))) == 2
        assert children() == before
    assert (there.value.reason, there.value.message) == (here.value.reason, here.value.message)


def test_a_file_goes_under_its_label_and_hash(shelf: Shelf, rows: Path) -> None:
    with Reader(shelf()) as reader:
        items = list(reader.read(rows, label="/deliveries/mart\u202e.csv", sha256="ab"))
    assert {(item.position.file, item.position.sha256) for item in items} == {("mart\\u202e.csv", "ab")}


def test_names_of_any_bytes_are_read(shelf: Shelf, tmp_path: Path, rows: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xdd\xfearet.csv")
    os.rename(rows, odd)
    with Reader(shelf()) as reader:
        assert len(list(reader.read(Path(odd)))) == 2


def test_one_that_is_left_in_the_middle_of_a_file_is_ended(shelf: Shelf, rows: Path) -> None:
    with Reader(shelf()) as reader:
        items: Iterator[object] = reader.read(rows)
        next(items)
        items.close()  # type: ignore[attr-defined]
        assert not children()
        assert len(list(reader.read(rows))) == 2


def test_a_document_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f"<MetaData>{'<a/>' * 400_000}</MetaData>")
    refused = refusal(catalogue()["wco-declaration"], path, Limits(memory=160 << 20, seconds=60))
    assert (refused.reason, "160 MB of memory" in refused.message) == ("took_too_much_memory", True)


def test_a_mapping_that_computes_without_end_is_stopped(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf(("  gross_kg: kg", "  gross_kg: kg\n      nature: {from: who, pattern: '^((a|aa)+)+$'}"))
    path = tmp_path / "x.csv"
    path.write_text(f"no,date,who\n1,2024-03-04,{'a' * 60}!\n")
    began = time.monotonic()
    refused = refusal(source, path, Limits(seconds=1.5))
    assert refused.reason == "took_too_long"
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("code", "reason", "word"),
    [
        ("time.sleep(30)", "took_too_long", "took longer than 1 s"),
        ("sys.exit(7)", "reader_died", "exit code 7"),
        ("sys.exit('Fatal: torn')", "reader_died", "Fatal: torn"),
        ("raise MemoryError", "took_too_much_memory", "memory"),
        ("os.abort()", "reader_died", "SIGABRT"),
        ("sys.stderr.write('memory allocation of 9 bytes failed'); sys.stderr.flush(); os.abort()", "took_too_much_memory", ""),
        ("os.kill(os.getpid(), 9)", "reader_died", "SIGKILL"),
        ("sys.stdout.buffer.write(b'half'); sys.stdout.flush(); sys.exit(0)", "reader_died", "too long"),
        ("send(b'no json'); time.sleep(30)", "reader_died", "cannot be read"),
        ("send(b'{}'); time.sleep(30)", "reader_died", "cannot be read"),
        ("send(b'[' * 100_000); time.sleep(30)", "reader_died", "cannot be read"),
        ("send(json.dumps({'rows': [[1, 2, 3]]}).encode()); time.sleep(30)", "reader_died", "cannot be read"),
        ("send(json.dumps({'refused': 5}).encode()); time.sleep(30)", "reader_died", "cannot be read"),
        ("send(json.dumps({'end': {}}).encode()); time.sleep(30)", "reader_died", "cannot be read"),
        ("while True: send(json.dumps({'log': ['x', 10, 'y']}).encode())", "reader_died", "cannot be read"),
        ("sys.stderr.write('x' * 1_000_000); sys.exit(5)", "reader_died", ""),
    ],
)  # fmt: skip
def test_whatever_becomes_of_the_process_is_a_refused_file(
    shelf: Shelf, rows: Path, monkeypatch: pytest.MonkeyPatch, code: str, reason: str, word: str
) -> None:
    source = shelf()
    pretend(monkeypatch, code)
    with Reader(source, Limits(seconds=1)) as reader, pytest.raises(FileRefused) as refused:
        list(reader.read(rows))
    assert (refused.value.reason, word in refused.value.message) == (reason, True)
    assert "Traceback" not in refused.value.message
    assert len(refused.value.message.splitlines()) == 1


def test_after_a_death_the_next_file_is_read_by_another(
    shelf: Shelf, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = shelf()
    with Reader(source) as reader:
        with monkeypatch.context() as patch:
            pretend(patch, "os.abort()")
            with pytest.raises(FileRefused, match="SIGABRT"):
                list(reader.read(rows))
        assert len(list(reader.read(rows))) == 2


def test_how_many_rows_came_before_is_said(shelf: Shelf, rows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = shelf()
    row = "{'fresh': True, 'names': [], 'mentions': [], 'rows': [['line 2', 'bad_date', 'no date', 'x']]}"
    pretend(monkeypatch, f"send(json.dumps({row}).encode()); sys.exit(1)")
    with Reader(source) as reader:
        items = reader.read(rows)
        assert next(items).position.place == "line 2"
        with pytest.raises(FileRefused, match="the 1 rows before that are read"):
            next(items)


def test_the_environment_does_not_go_along(shelf: Shelf, rows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHINTEL_STORE_PASSWORD", "secret")
    source = shelf()
    pretend(monkeypatch, "sys.exit(' '.join(sorted(os.environ)))")
    with Reader(source) as reader, pytest.raises(FileRefused) as refused:
        list(reader.read(rows))
    assert "PYTHONPATH" in refused.value.message
    assert "GRAPHINTEL" not in refused.value.message


def test_a_row_that_breaks_the_mapping_is_in_this_sides_log(
    shelf: Shelf, rows: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    source = shelf()
    end = "send(json.dumps({'end': {'accounts': [], 'notes': ['n']}}).encode()); time.sleep(30)"
    pretend(
        monkeypatch, "send(json.dumps({'log': ['graphintel.ingest', 40, 'row not mapped']}).encode())\n" + end
    )
    accounting = Accounting()
    with Reader(source) as reader:
        assert list(reader.read(rows, accounting=accounting)) == []
    assert [(record.name, record.message) for record in caplog.records] == [
        ("graphintel.ingest", "row not mapped")
    ]
    assert accounting.notes == ["n"]
