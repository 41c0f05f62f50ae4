"""The writer lease and the order of loads do not hang on anybody's clock: not on one that jumps, nor on one set back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from graphintel.acts import load as loading
from graphintel.acts.bench.ingest import SOURCE, made_file
from graphintel.acts.bench.trial import split
from graphintel.acts.session import Session
from graphintel.errors import Conflict
from graphintel.store.driver import Store
from graphintel.store.read.loads import batches as listed
from graphintel.store.read.whole import store_hash
from graphintel.store.write import batch as batches
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
DAY = 86_400.0


def left(store: Store, until: str) -> None:
    """A lease as a load leaves it that never came to its end."""
    store.execute(
        f"MERGE (l:Lease {{name: 'writer'}}) SET l.holder = 'gone', l.until = timestamp() / 1000.0 + {until}"
    )


def taken(store: Store) -> float:
    """Seconds until the lease is had."""
    began = time.monotonic()
    with batches.writer(store, seconds=30):
        return time.monotonic() - began


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A lease lasts a second."""
    monkeypatch.setattr(batches, "_LEASE_SECONDS", 1)
    yield


def test_a_lease_that_ran_out_is_free_at_once_and_one_that_runs_is_not(store: Store, short: None) -> None:
    left(store, "-0.1")
    assert taken(store) < 0.9
    left(store, "1.5")
    assert taken(store) >= 1.0


def test_a_lease_of_next_year_is_free_when_nobody_renews_it(store: Store, short: None) -> None:
    """The store's clock was a year ahead when a load was killed, and was set right since."""
    left(store, "3.2e7")
    assert 1.0 <= taken(store) < 10


def test_a_lease_that_is_renewed_is_left_alone_whatever_the_clock_says(store: Store, short: None) -> None:
    left(store, "3.2e7")
    over = threading.Event()

    def renew() -> None:
        shift = 0
        while not over.wait(0.3):
            shift += 1
            store.execute("MATCH (l:Lease {holder: 'gone'}) SET l.until = l.until - $shift", {"shift": shift})

    live = threading.Thread(target=renew)
    live.start()
    try:
        with pytest.raises(Conflict, match="wait for it, or stop it"), batches.writer(store, seconds=3):
            pass
    finally:
        over.set()
        live.join()


def test_a_load_whose_lease_was_taken_says_so(store: Store) -> None:
    with batches.writer(store) as holder:
        store.writing(lambda tx: batches.hold(tx, holder))
        store.execute("MATCH (l:Lease) SET l.until = 0")
        with batches.writer(store), pytest.raises(Conflict, match="run this load again, nothing is lost"):
            store.writing(lambda tx: batches.hold(tx, holder))


def test_loads_keep_their_order_and_their_rows_while_the_clock_jumps(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = split(made_file(tmp_path, 30), tmp_path / "parts", 10)
    session.settings = session.settings.model_copy(update={"chunk_rows": 4})
    loading.load(session, SOURCE, parts)
    undisturbed = store_hash(session.store)
    empty(session.store)
    real, jumps = time.time, cycle((0.0, -400 * DAY, 3.0, 400 * DAY, -DAY))
    days = cycle(("2024-02-29", "2031-01-01", "1999-12-31", "2024-02-28", "9999-12-31", "0001-01-01"))
    with monkeypatch.context() as during:
        during.setattr(time, "time", lambda: real() + next(jumps))
        during.setattr(batches, "now", lambda: f"{next(days)}T00:00:00+00:00")
        reports = [loading.load(session, SOURCE, [path]) for path in parts]
    assert [(report.rows_read, report.counts.records_new, report.rows_quarantined) for report in reports] == [
        (10, 10, 0)
    ] * 3
    assert store_hash(session.store) == undisturbed
    told = listed(session.store, 10)
    assert [row["number"] for row in told] == [report.batch for report in reversed(reports)]
    assert told[0]["number"] > told[1]["number"] > told[2]["number"]
    assert [row["at"][:4] for row in told] == ["9999", "1999", "2024"]
