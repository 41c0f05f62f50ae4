"""Grading again, taking back and full deliveries by command: answers, exit codes, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from commanded import Run, sample

from graphintel.store.driver import Store
from graphintel.store.read.ledger import audit

pytestmark = pytest.mark.neo4j
CEN = "cen-seizures"


def hash_of(command: Run) -> str:
    """The graph hash as the command prints it."""
    return str(command("store", "hash").out.strip())


def test_a_load_is_taken_back_and_brought_again(command: Run, store: Store) -> None:
    nothing = hash_of(command)
    batch = str(command("ingest", CEN, sample(CEN), "--json").json["batch"])
    held = hash_of(command)
    done = command("retract", batch, "--reason", "sent by mistake", "--json")
    assert done.code == 0 and done.json["state"] == "retracted" and done.json["closed"] > 0
    assert hash_of(command) == nothing
    (row,) = command("batches", "--json").json["batches"]
    assert (row["state"], row["retracted_by"], row["retracted_why"]) == (
        "retracted",
        "tester",
        "sent by mistake",
    )
    again = command("retract", batch)
    assert again.code == 2 and "retracted already" in again.sentence
    back = command("retract", batch, "--undo")
    assert back.code == 0 and f"batch {batch} is back" in back.out and hash_of(command) == held
    wrong = command("retract", "77")
    assert wrong.code == 2 and "There is no batch 77" in wrong.sentence


def test_a_record_is_graded_again_with_a_reason(command: Run, store: Store) -> None:
    command("ingest", CEN, sample(CEN), "--json")
    name = store.read("MATCH (r:Record) RETURN r.id AS id ORDER BY id LIMIT 1")[0]["id"]
    done = command("regrade", name, "--grade", "D4", "--reason", "known to invent", "--json")
    assert done.code == 0 and done.json["grade"] == "D4"
    for given, says in (
        (("--grade", "D4"), "--reason"), (("--reason", "x"), "--grade"), (("--grade", "Z9", "--reason", "x"), "no source grade"),
    ):  # fmt: skip
        refused = command("regrade", name, *given)
        assert refused.code == 2 and says in refused.sentence
    taken = command("retract", str(done.json["batch"]))
    assert taken.code == 0 and "1 changed" in taken.out
    # The ledger still names every record that it brought or graded.
    assert audit(store, lambda *_: None).faults == []


def test_a_full_delivery_closes_what_it_leaves_out(command: Run, store: Store, tmp_path: Path) -> None:
    whole = sample(CEN, ".csv")
    first = command("ingest", CEN, whole, "--json").json
    held = hash_of(command)
    lines = whole.read_text("utf-8").splitlines(keepends=True)
    part = tmp_path / "part.csv"
    part.write_text("".join(lines[:-1]), "utf-8")
    done = command("ingest", CEN, part, "--full", "--json").json
    assert done["records_closed"] == first["records_new"] - done["records_unchanged"] > 0
    command("retract", str(done["batch"]), "--json")
    assert hash_of(command) == held
    bad = tmp_path / "bad.csv"
    bad.write_text(part.read_text("utf-8").replace("2024-03-04", "2024-02-31"), "utf-8")
    in_part = command("ingest", CEN, bad, "--full", "--json")
    assert in_part.code == 3 and in_part.json["records_closed"] == 0
    assert any("Nothing was closed" in warning for warning in in_part.json["warnings"])
    refused = command("ingest", "partner-notice", sample("partner-notice"), "--full")
    assert refused.code == 2 and "--full" in refused.sentence
