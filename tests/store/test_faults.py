"""Nothing is lost or doubled: versions of a row within a chunk, merges while a load uses them, kills, two loads."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fabric import load, mention, record

from graphintel.acts import load as loading
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import log, quarantine
from graphintel.errors import LimitReached
from graphintel.model.records import Position, Quarantined, Record
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j


def versions() -> tuple[Record, Record]:
    """One row as first sent and as corrected."""
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})], cell="A")
    return first, record("a", "D1", event, [("SELLER", firm, {})], cell="B")


def live(store: Store) -> list[str]:
    """The types of the live links."""
    return [row["t"] for row in store.read("MATCH (:Declaration)-[r]->(:Company) RETURN type(r) AS t")]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_file_with_both_versions_of_a_row_may_be_loaded_again(store: Store, size: int) -> None:
    first, second = versions()
    load(store, [first, second], size)
    before = store_hash(store)
    load(store, [first, second], size)
    assert live(store) == ["SELLER"] and store_hash(store) == before


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_then_b_then_a_ends_at_a_in_chunks_of_any_size(store: Store, size: int) -> None:
    first, second = versions()
    load(store, [first, second, first], size)
    assert live(store) == ["CONSIGNEE"]


def test_a_merge_in_the_chunk_that_uses_its_things_loses_no_link(store: Store) -> None:
    by_plate = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    by_vin = mention("b", "Vehicle", vin="1M8GDM9AXKP042788")
    both = mention("c", "Vehicle", plate="34ABC123", plate_country="TR", vin="1M8GDM9AXKP042788")
    events = [mention("x", "Movement", number=f"M{n}", date="2024-05-01") for n in range(5)]
    rows = [
        record("x", str(n), event, [("BY_MEANS_OF", thing, {})])
        for n, (event, thing) in enumerate(
            zip(events, (by_plate, by_vin, both, by_vin, by_plate), strict=True)
        )
    ]
    load(store, rows[:2])
    counts = load(store, rows[2:], 3)
    assert store.read("MATCH (:Vehicle)<-[r:BY_MEANS_OF]-() RETURN count(r) AS n") == [{"n": 5}]
    assert counts.links_new == 3
    together = store_hash(store)
    empty(store)
    load(store, rows[::-1], 1)
    assert store_hash(store) == together


def test_rows_refused_in_a_chunk_that_committed_before_a_kill_are_listed(session: Session) -> None:
    source = "kcs-declarations"
    report = loading.load(session, source, sorted((shelf("ingest") / source).glob("sample*")))
    assert report.batch is not None
    lost = Quarantined(source, Position("a.csv", "0" * 64, "line 7"), "bad_date", "no day", b"x")
    quarantine.put(session.desk, report.batch, 0, [lost])
    never = Quarantined(source, Position("a.csv", "0" * 64, "line 9"), "bad_date", "no day", b"x")
    quarantine.put(session.desk, report.batch, 99, [never])
    assert quarantine.listed(session.desk) == []
    loading.load(session, source, sorted((shelf("ingest") / source).glob("sample*")))
    assert [row["position"] for row in quarantine.listed(session.desk)] == ["line 7"]


def test_a_load_that_stops_is_in_the_log(session: Session, tmp_path: Path) -> None:
    head, first, *_ = (
        min((shelf("ingest") / "kcs-declarations").glob("sample*")).read_text("utf-8").splitlines()
    )
    cells = first.split(",")
    cells[1] = "yesterday"
    path = tmp_path / "poison.csv"
    path.write_text("\n".join([head, *[",".join(cells)] * 60]) + "\n", encoding="utf-8")
    session.settings = session.settings.model_copy(update={"chunk_rows": 5})
    with pytest.raises(LimitReached):
        loading.load(session, "kcs-declarations", [path])
    told = log.tail(session.desk)[0]
    assert (told["act"], told["outcome"]) == ("ingest", "failed") and "stopped" in told["detail"]["why"]


KILLED = """
import sys
from pathlib import Path
from graphintel.acts import load
from graphintel.acts.session import open_session
from graphintel.settings import Settings
with open_session(Settings()) as session:
    print("open", flush=True)
    load.load(session, "kcs-declarations", [Path(sys.argv[1])])
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_load_run_again_ends_in_the_same_graph(session: Session, tmp_path: Path, seed: int) -> None:
    sample = min((shelf("ingest") / "kcs-declarations").glob("sample*"))
    settings = session.settings
    given = {
        "GRAPHINTEL_HOME": str(tmp_path / "killed"), "GRAPHINTEL_STORE": settings.store, "GRAPHINTEL_CHUNK_ROWS": "5",
        "GRAPHINTEL_STORE_USER": settings.store_user,
        "GRAPHINTEL_STORE_PASSWORD": settings.store_password.get_secret_value(),
    }  # fmt: skip
    command, env = [sys.executable, "-c", KILLED, str(sample)], {**os.environ, **given}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=env)
    undisturbed = store_hash(session.store)
    empty(session.store)
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as loading_process:
        assert loading_process.stdout is not None and loading_process.stdout.readline() == b"open\n"
        time.sleep(random.Random(seed).uniform(0.02, 0.6))
        loading_process.kill()
    # The lease of a killed load runs out by itself; the test does not wait for that.
    session.store.execute("MATCH (l:Lease) SET l.until = 0")
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=env)
    assert store_hash(session.store) == undisturbed
