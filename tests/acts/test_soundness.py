"""Damage is named: a chunk's node, a record that went, a byte of an evidence file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commanded import inside, sample
from fabric import load as write
from fabric import mention, record, world

from graphintel.acts import load, soundness
from graphintel.acts.regrade import regrade
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.model.records import Record
from graphintel.settings import Settings
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
# Each hits a chunk of its own, which holds two records.
CHUNK = "MATCH (c:Chunk {batch: 1, number: $chunk}) "
RECORD = CHUNK + "MATCH (d:Record {id: c.records[0]}) "
HALF = "it names 2 records and 1 of them are there"
DAMAGE = (
    (CHUNK + "SET c.hash = 'x' + substring(c.hash, 1)", "its hash is not that of its records"),
    (CHUNK + "SET c.records = c.records[1..]", "its hash is not that of its records"),
    (CHUNK + "SET c.records = [c.records[1], c.records[0]]", "its hash is not that of its records"),
    (CHUNK + "REMOVE c.records", "it does not name its records"),
    (CHUNK + "SET c.rows = 1", "it names 2 records of 1 rows"),
    (RECORD + "DETACH DELETE d", HALF),
    (RECORD + "SET d.history = []", HALF),
    (RECORD + "SET d.id = reverse(d.id)", HALF),
    (RECORD + "SET d.history = ['[11' + substring(d.history[0], 2)]", HALF),
    (CHUNK + "DELETE c", "it is not there"),
)


def silent(done: int, total: int, what: str) -> None:
    """No progress."""


def seizures(count: int) -> list[Record]:
    """So many seizures of nothing."""
    return [
        record("b", f"S{n}", mention("b", "Seizure", number=f"S{n}", date="2024-06-01"), [])
        for n in range(count)
    ]


def test_an_untouched_ledger_is_sound(session: Session) -> None:
    records = world()
    write(session.store, records)
    # Delivered again, one row twice in a chunk: the same records under another batch.
    write(session.store, [records[0], records[0], *records[1:3]])
    assert soundness.ledger(session, silent) == {
        "name": "ledger", "ok": True, "found": "9 records in 5 chunks of 2 batches",
    }  # fmt: skip


def test_the_ledger_stays_sound_when_loads_are_taken_back_and_records_graded_again(session: Session) -> None:
    records = seizures(4)
    write(session.store, records)
    write(session.store, records[1:])
    regrade(session, records[0].id, grade="D4", reason="known to invent")
    for undo in (False, True):
        retract(session, 1, undo=undo, grace=0.0)
        told = soundness.ledger(session, silent)
        assert told == {"name": "ledger", "ok": True, "found": "8 records in 5 chunks of 3 batches"}


def test_every_damage_to_chunks_and_records_is_named(session: Session, store: Store) -> None:
    write(store, seizures(2 * len(DAMAGE) + 2))
    assert soundness.ledger(session, silent)["ok"]
    for chunk, (statement, _) in enumerate(DAMAGE):
        store.execute(statement, {"chunk": chunk})
    told = soundness.ledger(session, silent)
    assert not told["ok"]
    faults = told["found"].split("; ")
    for chunk, (statement, said) in enumerate(DAMAGE):
        assert f"chunk {chunk} of batch 1: {said}" in faults, statement
    assert not any(fault.startswith(f"chunk {len(DAMAGE)} ") for fault in faults if "not there" not in fault)
    # Three ids and a whole chunk went from the ledger; a record, a history and its end went from the graph.
    assert "batch 1: its ledger has 17 records and 19 records name it" in faults
    assert "batch 11: 1 records name it and it is not there" in faults


def test_damage_to_a_load_as_a_whole_is_named(session: Session, store: Store) -> None:
    for _ in range(3):
        write(store, seizures(4))
    store.execute("MATCH (b:Batch {number: 1}) SET b.records_new = 5")
    batches = [row["n"] for row in store.read("MATCH (b:Batch) RETURN b.number AS n ORDER BY n")]
    store.execute("MATCH (b:Batch {number: $batch}) DELETE b", {"batch": batches[1]})
    store.execute("MATCH (c:Chunk {batch: $batch}) DELETE c", {"batch": batches[2]})
    faults = soundness.ledger(session, silent)["found"].split("; ")
    assert faults == [
        "batch 1: it says 5 new records and its ledger 4",
        f"batch {batches[1]}: its chunks are there and it is not",
        f"batch {batches[2]}: its ledger has 0 records and 4 records name it",
        f"batch {batches[1]}: 4 records name it and it is not there",
    ]


def test_damage_to_evidence_is_named_and_the_doctor_ends_with_3(
    session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    found = load.load(session, "movements-csv", [sample("movements-csv")])
    load.load(session, "cen-seizures", [sample("cen-seizures", ".csv")])
    assert soundness.ledger(session, silent)["ok"]
    assert soundness.evidence(session, silent)["ok"]
    cited = session.store.read("MATCH (d:Record) RETURN DISTINCT d.sha256 AS name ORDER BY name")
    first, second = (settings.evidence / row["name"][:2] / row["name"] for row in cited)
    first.chmod(0o640)
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)
    told = soundness.evidence(session, silent)
    assert told["found"] == f"{first.name}: its bytes are not those that its name says"
    session.store.execute(
        "MATCH (c:Chunk {batch: $batch, number: 0}) SET c.hash = 'x'", {"batch": found.batch}
    )
    done = inside(settings, monkeypatch, capsys, "doctor", "--json")
    checks: dict[str, dict[str, Any]] = {check["name"]: check for check in done.json["checks"]}
    assert done.code == 3 and not done.json["well"]
    assert (
        first.name in checks["evidence"]["found"]
        and f"chunk 0 of batch {found.batch}: its hash" in checks["ledger"]["found"]
    )
    _gone(session, second)


def _gone(session: Session, path: Path) -> None:
    """What a local store's records cite is missed; what those of another cite may lie elsewhere."""
    path.unlink()
    assert "it is not there" not in soundness.evidence(session, silent)["found"]
    local = Session(
        session.settings.model_copy(update={"store": "local"}), session.store, session.desk, "tester"
    )
    assert f"{path.name}: records cite it and it is not there" in soundness.evidence(local, silent)["found"]
