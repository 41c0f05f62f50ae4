"""A first load in bulk leaves what the daily path leaves, and one that is killed leaves an empty store."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest
from bulked import Things, Ties, held

from graphintel.acts import bulk, load
from graphintel.acts.session import Session, open_session
from graphintel.content import shelf
from graphintel.desk import quarantine
from graphintel.errors import Conflict, InputError
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.local.place import Place
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
SOURCE = "declarations-csv"
HOSTILE = 'a "quoted" \\ back\\slash;\t=1+1 \u202egnirts\u202c \x7f İıŞş'
KILLED = """
import sys
from pathlib import Path
from graphintel.acts import bulk
from graphintel.settings import Settings
bulk.load_first(Settings(), "declarations-csv", [Path(sys.argv[1])])
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    """Settings of a home with a managed server of its own."""
    held = Settings(home=tmp_path / "own", chunk_rows=4, store_idle=30, actor="tester")
    yield held
    local.stop(held.home)


def deliveries(path: Path) -> Path:
    """The sample with hostile text, a row over two lines, a repeated row, a corrected one, and poison."""
    sample = shelf("ingest") / SOURCE / "sample.en.csv"
    header, *rows = csv.reader(sample.read_text("utf-8").splitlines())
    described, packages = header.index("description"), header.index("packages")
    rows[0][described], rows[1][described] = HOSTILE, "two\nlines"
    other = list(rows[2])
    other[packages] = "77"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([header, *rows, rows[1], other, ["poison"]])
    return path


def told(things: Things, ties: Ties) -> tuple[Things, Ties]:
    """What of a store the two ways share: not into how many chunks they cut it."""
    kept: Things = {}
    for key, row in things.items():
        if {"Chunk", "Counter"} & set(key[0]):
            continue
        kept[key] = {name: value for name, value in row.items() if name not in ("history", "counter")}
        kept[key]["came"] = [_unplaced(text) for text in row.get("history", [])]
    return kept, ties


def _unplaced(text: str) -> list[Any]:
    batch, _, *rest = orjson.loads(text)
    return [batch, *rest]


def kill_in_the_import(own: Settings, path: Path) -> None:
    """Start a load in bulk and kill it while `neo4j-admin` works."""
    given = {"GRAPHINTEL_HOME": str(own.home), "GRAPHINTEL_STORE": "local", "GRAPHINTEL_STORE_IDLE": "30"}
    beside = Place.of(own.home).bulk / "data"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], env={**os.environ, **given}) as child:
        while not (imports := [one for one in _children(child.pid) if "import" in _words(one)]):
            assert child.poll() is None
            time.sleep(0.02)
        child.kill()
    assert beside.exists()
    assert not psutil.wait_procs(imports, timeout=30)[1]


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _words(process: psutil.Process) -> list[str]:
    """The command line of a process; empty for one that ended between being listed and being asked."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


@pytest.mark.slow
def test_a_first_load_in_bulk_is_the_daily_load(session: Session, own: Settings, tmp_path: Path) -> None:
    path = deliveries(tmp_path / "deliveries.csv")
    session.settings = session.settings.model_copy(update={"chunk_rows": 4})
    daily = load.load(session, SOURCE, [path])
    expected = told(*held(session.store))
    own.home.mkdir()
    kill_in_the_import(own, path)
    phases: list[str] = []
    report = bulk.load_first(own, SOURCE, [path], progress=lambda done, total, what: phases.append(what))
    times = ("seconds", "compare_seconds")
    same = {name: value for name, value in daily.as_json().items() if name not in times}
    assert {name: value for name, value in report.as_json().items() if name not in times} == same
    assert report.exit_code == 3 and report.counts.records_superseded > 0
    assert "rows" in phases and "import: node import" in phases
    assert not Place.of(own.home).bulk.exists()
    with open_session(own) as filled:
        found = told(*held(filled.store))
        assert found[0] == expected[0]
        assert found[1] == expected[1]
        assert store_hash(filled.store) == store_hash(session.store)
        assert [row["position"] for row in quarantine.listed(filled.desk)] == [
            row["position"] for row in quarantine.listed(session.desk)
        ]
        assert load.load(filled, SOURCE, [path]).counts == load.load(session, SOURCE, [path]).counts
        assert store_hash(filled.store) == store_hash(session.store)
    with pytest.raises(Conflict, match="empty"):
        bulk.load_first(own, SOURCE, [path])


def test_a_store_by_address_and_the_inbox_are_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run by its operator"):
        bulk.load_first(settings, SOURCE, [tmp_path])
    with pytest.raises(InputError, match="inbox"):
        bulk.load_first(settings.model_copy(update={"store": "local"}), "partner-notice", [tmp_path])
