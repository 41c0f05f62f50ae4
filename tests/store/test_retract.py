"""What is taken back might never have been: by graph hash, whatever was loaded before or after, stopped anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fabric import load, mention, record, world
from neo4j import ManagedTransaction
from takings import Step, deliver, flaws, remaining, replayed, row, run, sequence, take_back

from graphintel.acts.look import finished
from graphintel.acts.regrade import regrade
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.store.driver import Store
from graphintel.store.read.entity import entity
from graphintel.store.read.expand import Expansion, expand
from graphintel.store.read.profile import full_profile
from graphintel.store.read.whole import columns, store_hash
from graphintel.store.write import batch as batches
from graphintel.store.write import retract as taking
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
# More with RETRACT_SEQUENCES=500; each is a run of loads, full deliveries, re-gradings, retractions and their undoing.
SEQUENCES = int(os.environ.get("RETRACT_SEQUENCES", "12"))


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_the_graph_is_the_one_that_would_be_there(store: Store, seed: int) -> None:
    steps = sequence(seed, 8)
    run(store, steps)
    assert not flaws(store)
    found = store_hash(store)
    assert found == replayed(store, steps), remaining(steps)


class Stop(Exception):
    """A retraction stopped by the test."""


@dataclass(slots=True)
class Stopped(taking.Retraction):
    """A retraction that stops at its n-th transaction, before it commits (`late`: after its work was done)."""

    left: int = 0
    late: bool = False

    def _step(self, work: Callable[[ManagedTransaction], bool]) -> bool:
        self.left -= 1
        if self.left >= 0:
            return taking.Retraction._step(self, work)

        def stopping(tx: ManagedTransaction) -> bool:
            if self.late:
                work(tx)
            raise Stop

        return taking.Retraction._step(self, stopping)


def stop(store: Store, number: int, at: int, late: bool) -> bool:
    """Begin a retraction and stop it at a transaction; whether it came so far."""
    with batches.writer(store) as holder:
        if taking.pending(store) is None:
            taking.begin(store, holder, number, False, {"actor": "t"})
        try:
            Stopped(store, holder, number, False, 2, 0.0, left=at, late=late).run()
        except Stop:
            return True
    return False


STORY = [
    Step("load", "a", ((1, 0), (2, 1), (3, 0))), Step("load", "b", ((1, 1), (2, 2), (0, 1))),
    Step("load", "a", ((1, 2), (2, 1), (3, 1), (0, 0)), "2"), Step("load", "b", ((2, 2), (3, 0))),
]  # fmt: skip


def seen(store: Store) -> list[Any]:
    """Everything that a reader may see: links with their grades, the same by expansion of every thing, and degrees."""
    profile = full_profile(store)
    held = columns(store, profile)
    links = sorted(held.links)
    told: set[tuple[str, ...]] = set()
    for name in sorted(set(held.mentions)):
        try:
            found = expand(store, Expansion([name], limit=500), profile)
        except NotFound:
            continue
        told.update((edge.id, edge.type, edge.grade, edge.at) for edge in found.edges)
    return [links, sorted(told)]


@pytest.mark.parametrize("late", [False, True])
def test_a_retraction_stopped_anywhere_goes_on_and_nobody_sees_a_part_of_it(store: Store, late: bool) -> None:
    number = run(store, STORY)[2]
    before = seen(store)
    take_back(store, number)
    after, expected = seen(store), store_hash(store)
    take_back(store, number, undo=True)
    assert seen(store) == before != after
    views = []
    at = 0
    while stop(store, number, at, late):
        views.append(seen(store))
        with batches.writer(store) as holder:
            assert taking.resume(store, holder, grace=0.0) is not None
        assert store_hash(store) == expected and not flaws(store)
        take_back(store, number, undo=True)
        at += 1
    assert at >= 6
    turned = views.index(after)
    assert all(view == before for view in views[:turned]) and all(view == after for view in views[turned:])


def test_between_turn_and_tidying_records_and_links_hash_as_in_the_end(store: Store) -> None:
    # Rows whose things stand apart, so that no entity is split or merged.
    def rows(cell: str) -> list[Any]:
        return [
            record("a", f"D{n}", mention("a", "Declaration", number=f"D{n}", date="2024-05-01"),
                   [("CONSIGNEE", mention("a", "Company", name=f"Firma {n}", tax_id=f"454053692{n}"), {})], cell=cell)
            for n in range(5)
        ]  # fmt: skip

    load(store, rows("A"))
    expected = store_hash(store)
    load(store, rows("B")[:3])
    number = store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    hashes = []
    for at in range(8):
        assert stop(store, number, at, True) or at > 3
        hashes.append(store_hash(store))
        with batches.writer(store) as holder:
            taking.resume(store, holder, grace=0.0)
        if at < 7:
            take_back(store, number, undo=True)
    turned = hashes.index(expected)
    assert 0 < turned < 6 and set(hashes[turned:]) == {expected} and len(set(hashes[:turned])) == 1


def bridged(store: Store, crowd: int) -> tuple[int, list[str]]:
    """A crowd at a plate, one movement at a VIN, and a batch that says both are one; the batch and the three ids."""
    by_plate = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    by_vin = mention("b", "Vehicle", vin="1M8GDM9AXKP042788")
    both = mention("c", "Vehicle", plate="34ABC123", plate_country="TR", vin="1M8GDM9AXKP042788")
    events = [mention("x", "Movement", number=f"M{n}", date="2024-05-01") for n in range(crowd + 2)]
    rows = [
        record("x", str(n), event, [("BY_MEANS_OF", by_plate, {})]) for n, event in enumerate(events[:crowd])
    ]
    load(store, [record("x", "v", events[crowd], [("BY_MEANS_OF", by_vin, {})])])
    load(store, rows, 50)
    load(store, [record("x", "b", events[crowd + 1], [("BY_MEANS_OF", both, {})])])
    number = store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    return number, [by_plate.id, by_vin.id, both.id]


def test_what_only_a_bridge_held_together_splits_and_the_crowd_stays(session: Session) -> None:
    store = session.store
    number, (plate, vin, both) = bridged(store, 120)
    assert len(store.read("MATCH (v:Vehicle) RETURN v.id")) == 1
    done = retract(session, number, reason="a wrong reading", grace=0.0)
    assert done["moved"] == 1 and done["closed"] == 1
    rows = store.read(
        "MATCH (v:Vehicle)<-[r:BY_MEANS_OF]-() RETURN v.id AS id, v.plate AS plate, v.vin AS vin, count(r) AS n ORDER BY n"
    )
    assert [(row["plate"], row["vin"], row["n"]) for row in rows] == [
        (None, "1M8GDM9AXKP042788", 1), ("34ABC123", None, 120),
    ]  # fmt: skip
    profile = full_profile(store)
    assert entity(store, plate, profile)["links"] == {"BY_MEANS_OF": 120}
    assert entity(store, vin, profile)["links"] == {"BY_MEANS_OF": 1}
    assert entity(store, both, profile)["id"] in {row["id"] for row in rows}
    assert not flaws(store)
    again = retract(session, number, undo=True, grace=0.0)
    assert again["moved"] <= 2 and len(store.read("MATCH (v:Vehicle) RETURN v.id")) == 1


def test_a_record_of_two_loads_survives_and_names_the_load_that_remains(session: Session) -> None:
    store = session.store
    load(store, world()[:4])
    load(store, world())
    before = store_hash(store)
    retract(session, 1, grace=0.0)
    assert store_hash(store) == before
    numbers = store.read("MATCH (b:Batch) RETURN b.number AS n ORDER BY n")
    left = numbers[-1]["n"]
    assert store.read("MATCH (r:Record) RETURN DISTINCT r.batch AS b, r.deliveries AS d") == [
        {"b": left, "d": [left]}
    ]
    assert store.read("MATCH (:Entity)-[r]->(:Entity) RETURN DISTINCT r.batch AS b") == [{"b": left}]


def test_taking_everything_back_leaves_nothing_to_be_seen(session: Session) -> None:
    store = session.store
    nothing = store_hash(store)
    load(store, world())
    held, whole = store_hash(store), world()
    retract(session, 1, grace=0.0)
    assert store_hash(store) == nothing
    assert store.read("MATCH (e:Entity) RETURN count(e) AS n") == [{"n": 0}]
    assert not columns(store, full_profile(store)).mentions
    with pytest.raises(NotFound):
        entity(store, whole[0].subjects[0], full_profile(store))
    load(store, whole)
    assert store_hash(store) == held
    assert not flaws(store)


def test_a_regrading_is_taken_back_by_its_number(session: Session) -> None:
    load(session.store, world())
    before = store_hash(session.store)
    done = regrade(session, world()[0].id, grade="D4", handling="H2", reason="why")
    assert store_hash(session.store) != before
    told = retract(session, done["batch"], reason="a slip", grace=0.0)
    assert told["changed"] == 1 and store_hash(session.store) == before
    retract(session, done["batch"], undo=True, grace=0.0)
    assert store_hash(session.store) != before
    entry = log.tail(session.desk)[1]
    assert (entry["act"], entry["detail"]["reason"], entry["detail"]["batch"]) == (
        "retract",
        "a slip",
        done["batch"],
    )


def test_a_full_delivery_closes_what_it_leaves_out_and_can_be_taken_back(store: Store) -> None:
    first = Step("load", "a", ((1, 0), (2, 1), (3, 0)))
    other = Step("load", "b", ((1, 0),))
    run(store, [first, other])
    before = store_hash(store)
    number = deliver(store, Step("full", "a", ((2, 1),)))
    row = store.read("MATCH (b:Batch {number: $n}) RETURN b.records_closed AS n, b.full AS f", {"n": number})[
        0
    ]
    assert (row["n"], row["f"]) == (2, True)
    closed = store_hash(store)
    take_back(store, number)
    assert store_hash(store) == before and not flaws(store)
    take_back(store, number, undo=True)
    assert store_hash(store) == closed
    empty(store)
    run(store, [Step("load", "a", ((2, 1),)), other])
    assert store_hash(store) == closed


def test_what_cannot_be_taken_back_is_told(session: Session) -> None:
    load(session.store, world())
    with pytest.raises(InputError, match="There is no batch 99"):
        retract(session, 99)
    with pytest.raises(InputError, match="not retracted"):
        retract(session, 1, undo=True)
    retract(session, 1, grace=0.0)
    with pytest.raises(InputError, match="retracted already"):
        retract(session, 1)
    with batches.writer(session.store):
        number = batches.begin(session.store, {"source": "a"})
        with pytest.raises(Conflict, match="still being loaded"):
            retract(session, number)


def test_a_load_that_was_stopped_can_be_taken_back(session: Session) -> None:
    nothing = store_hash(session.store)
    load(session.store, world())
    session.store.execute("MATCH (b:Batch) SET b.state = 'open'")
    retract(session, 1, grace=0.0)
    assert store_hash(session.store) == nothing


def test_what_a_stopped_program_left_is_finished_before_anything_else(session: Session) -> None:
    number = run(session.store, STORY)[2]
    take_back(session.store, number)
    expected = store_hash(session.store)
    take_back(session.store, number, undo=True)
    assert stop(session.store, number, 2, False)
    # The very same command goes on where the other stopped.
    done = retract(session, number, grace=0.0)
    assert done["state"] == "retracted" and store_hash(session.store) == expected
    take_back(session.store, number, undo=True)
    assert stop(session.store, number, 4, True)
    name = session.store.read("MATCH (r:Record) WHERE r.closed IS NULL RETURN r.id AS id LIMIT 1")[0]["id"]
    regrade(session, name, grade="D4", reason="after the stop")
    assert taking.pending(session.store) is None


def test_who_reads_meanwhile_sees_all_of_it_before_or_all_of_it_after(session: Session) -> None:
    store = session.store
    number = run(store, STORY)[2]
    name = row("b", 3, 0, "1").links[1].target

    def view(reader: Session) -> frozenset[tuple[str, str, int]]:
        found = finished(reader, expand(store, Expansion([name], limit=500), reader.profile))
        return frozenset((edge.id, edge.grade, edge.marking) for edge in found.edges)

    before = view(session)
    take_back(store, number)
    after = view(replace(session, _read_at=float("-inf")))
    take_back(store, number, undo=True)
    reader = replace(session, _read_at=float("-inf"))
    views = [view(reader)]
    with ThreadPoolExecutor(1) as other:
        # With the time that readers are given: their markings are a second old.
        done = other.submit(retract, replace(session), number, page=1)
        while not done.done():
            views.append(view(reader))
    views.append(view(replace(session, _read_at=float("-inf"))))
    assert before != after and len(views) > 5
    turned = views.index(after)
    assert set(views[:turned]) == {before} and set(views[turned:]) == {after}


KILLED = """
import sys
from graphintel.acts.retract import retract
from graphintel.acts.session import open_session
from graphintel.settings import Settings
with open_session(Settings()) as session:
    print("open", flush=True)
    retract(session, int(sys.argv[1]), page=1, grace=0.1)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 0.9])
def test_a_killed_retraction_run_again_ends_in_the_same_graph(
    session: Session, tmp_path: Path, seconds: float
) -> None:
    number = run(session.store, STORY)[2]
    take_back(session.store, number)
    expected = store_hash(session.store)
    take_back(session.store, number, undo=True)
    settings = session.settings
    env = {
        **os.environ, "GRAPHINTEL_HOME": str(tmp_path / "killed"), "GRAPHINTEL_STORE": settings.store,
        "GRAPHINTEL_STORE_USER": settings.store_user,
        "GRAPHINTEL_STORE_PASSWORD": settings.store_password.get_secret_value(),
    }  # fmt: skip
    command = [sys.executable, "-c", KILLED, str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as killed:
        assert killed.stdout is not None and killed.stdout.readline() == b"open\n"
        time.sleep(seconds)
        killed.kill()
    # The lease of a killed program runs out by itself; the test does not wait for that.
    session.store.execute("MATCH (l:Lease) SET l.until = 0")
    state = session.store.read("MATCH (b:Batch {number: $n}) RETURN b.state AS s", {"n": number})[0]["s"]
    if state != "retracted" or taking.pending(session.store):
        retract(session, number, grace=0.0)
    assert store_hash(session.store) == expected and not flaws(session.store)
