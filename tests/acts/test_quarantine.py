"""Retrying rows: the graph that a healthy file would have given, the same ids, and nothing undone that came later."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from graphintel.acts import accept, handout, load, quarantine
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import log
from graphintel.desk import quarantine as desk
from graphintel.errors import InputError, NotFound
from graphintel.store.driver import Store
from graphintel.store.read import held
from graphintel.store.read.held import Held
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
DESCRIPTION = """
title: Gate
title_tr: Kapı
version: "{version}"
format: csv
grade: B2
marking: {{level: restricted, tlp: AMBER, originator: gate}}
basis: observed
hints: {{date: {{order: "=dmy"}}}}
key: [no]
at: date
subjects: [movement]
columns:
  no: {{required: true}}
  date: {{required: true}}
  plate:
things:
  movement:
    kind: Movement
    values:
      number: {{from: no, required: true}}
      date: {{from: {date}, required: true}}
  lorry: {{make: conveyance, with: {{from: plate, mode: "=3", country: "=TR"}}}}
links:
  - [movement, BY_MEANS_OF, lorry]
"""
POISON = "2024.01.05 sabah"
MENDED = '{from: date, pattern: "^([^ ]+)"}'


def describe(session: Session, version: str = "1", date: str = "date") -> None:
    folder = session.settings.shelf / "gate"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gate.yaml").write_text(DESCRIPTION.format(version=version, date=date), encoding="utf-8")


def mend(session: Session) -> None:
    """The description that reads the poisoned dates as well."""
    describe(session, "2", MENDED)


def rows(count: int, poison: int = 0, first: int = 0) -> list[str]:
    """Rows of which every `poison`-th has a date that the first description cannot read."""
    return [
        f"M{n},{POISON if poison and n % poison == 7 else '05/01/2024'},34 ABC {100 + n % 800}"
        for n in range(first, first + count)
    ]


def table(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(["no,date,plate", *lines]) + "\n", encoding="utf-8")
    return path


def records(session: Session) -> dict[str, str]:
    found = session.store.read("MATCH (r:Record) WHERE r.closed IS NULL RETURN r.id AS id, r.file AS file")
    return {row["id"]: row["file"] for row in found}


def test_the_store_is_asked_once_for_a_chunk_of_rows(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    describe(session)
    load.load(session, "gate", [table(tmp_path / "day.csv", rows(40, 8))])
    later = table(tmp_path / "later.csv", [row.replace("M7,05/", "M7,06/") for row in rows(8)])
    second = load.load(session, "gate", [later])
    mend(session)
    asked: list[int] = []
    told = held.standing

    def standing(store: Store, naturals: Sequence[str]) -> dict[str, Held]:
        asked.append(len(naturals))
        return told(store, naturals)

    monkeypatch.setattr(held, "standing", standing)
    done = quarantine.retry(session, [], everything=True)
    assert asked == [5] and (done.rows, done.loaded, done.superseded) == (5, 4, 1)
    (row,) = desk.listed(session.desk, state=desk.SUPERSEDED)
    assert row["loaded_by"] == second.batch


def test_one_row_in_a_hundred_is_poison_and_comes_in_when_the_mapping_is_mended(
    session: Session, tmp_path: Path
) -> None:
    path = table(tmp_path / "day.csv", rows(2000, 100))
    describe(session)
    first = load.load(session, "gate", [path])
    assert (first.rows_read, first.counts.records_new, first.rows_quarantined, first.exit_code) == (
        2000,
        1980,
        20,
        3,
    )
    waiting = desk.listed(session.desk)
    assert len(waiting) == 20 and {row["reason"] for row in waiting} == {"bad_date"}
    assert all(
        POISON.encode() in bytes.fromhex(desk.one(session.desk, row["id"])["raw_hex"]) for row in waiting
    )
    before = store_hash(session.store)
    useless = quarantine.retry(session, [], everything=True)
    assert (useless.loaded, useless.batches, useless.exit_code) == (0, [], 3)
    assert store_hash(session.store) == before and useless.reasons == {"bad_date": 20}
    mend(session)
    done = quarantine.retry(session, [str(first.batch)])
    assert (done.rows, done.loaded, done.exit_code, len(done.batches)) == (20, 20, 0, 1)
    held, hashed = records(session), store_hash(session.store)
    assert len(held) == 2000 and set(held.values()) == {"day.csv"}
    batch = session.store.read("MATCH (b:Batch) RETURN properties(b) AS b ORDER BY b.number DESC LIMIT 1")[0][
        "b"
    ]
    assert (batch["number"], batch["retry_of"], batch["source"]) == (done.batches[0], [first.batch], "gate")
    assert batch["mapping_version"].startswith("2+") and batch["file_count"] == 1
    assert desk.listed(session.desk) == []
    kept = desk.listed(session.desk, state=desk.LOADED)
    assert len(kept) == 20 and {row["loaded_by"] for row in kept} == set(done.batches)
    assert [one["state"] for one in desk.one(session.desk, kept[0]["id"])["tries"]] == ["waiting", "loaded"]
    assert desk.total(session.desk, first.batch or 0) == 20
    empty(session.store)
    whole = load.load(session, "gate", [path])
    assert (whole.counts.records_new, whole.exit_code) == (2000, 0)
    assert records(session) == held and store_hash(session.store) == hashed


def test_a_load_of_the_whole_file_meets_the_same_records_before_or_after_a_retry(
    session: Session, tmp_path: Path
) -> None:
    path = table(tmp_path / "day.csv", rows(30, 10))
    describe(session)
    load.load(session, "gate", [path])
    mend(session)
    again = load.load(session, "gate", [path])
    hashed = store_hash(session.store)
    assert again.counts.records_new == 3
    done = quarantine.retry(session, [], everything=True)
    assert (done.loaded, done.exit_code) == (3, 0) and store_hash(session.store) == hashed


def test_a_row_does_not_undo_what_a_later_delivery_or_a_later_row_says(
    session: Session, tmp_path: Path
) -> None:
    describe(session)
    first = load.load(session, "gate", [table(tmp_path / "one.csv", [
        f"A,{POISON},34 ABC 100", "B,05/01/2024,34 ABC 200", f"B,{POISON},34 ABC 201", f"C,{POISON},34 ABC 300",
        "C,05/01/2024,34 ABC 301",
    ])])  # fmt: skip
    later = load.load(session, "gate", [table(tmp_path / "two.csv", ["A,05/01/2024,34 ABC 101"])])
    mend(session)
    done = quarantine.retry(session, [], everything=True)
    assert (done.rows, done.loaded, done.superseded, done.exit_code) == (3, 1, 2, 0)
    plates = session.store.read(
        "MATCH (m:Movement)-[l:BY_MEANS_OF]->(v) RETURN m.number AS number, v.display AS plate ORDER BY number"
    )
    assert [(row["number"], row["plate"]) for row in plates] == [
        ("A", "34ABC101"), ("B", "34ABC201"), ("C", "34ABC301"),
    ]  # fmt: skip
    superseded = desk.listed(session.desk, state=desk.SUPERSEDED)
    assert {(row["position"], row["loaded_by"]) for row in superseded} == {
        ("line 2", later.batch), ("line 5", first.batch),
    }  # fmt: skip


def test_what_is_retried_is_said_by_id_or_load_and_nothing_else(session: Session, tmp_path: Path) -> None:
    describe(session)
    batch = load.load(session, "gate", [table(tmp_path / "day.csv", rows(30, 10))]).batch
    mend(session)
    first, *_ = desk.listed(session.desk)
    done = quarantine.retry(session, [first["id"]])
    assert (done.rows, done.loaded) == (1, 1) and len(desk.listed(session.desk)) == 2
    with pytest.raises(InputError, match="does not wait"):
        quarantine.retry(session, [first["id"]])
    with pytest.raises(InputError, match="Say which rows"):
        quarantine.retry(session, [])
    with pytest.raises(InputError, match="Say which rows"):
        quarantine.retry(session, [str(batch)], everything=True)
    with pytest.raises(InputError, match="No row of load 999"):
        quarantine.retry(session, ["999"])
    with pytest.raises(NotFound):
        quarantine.retry(session, ["none"])
    assert log.tail(session.desk, 1)[0]["act"] == "retry"


@pytest.mark.parametrize("state", ["missing", "changed"])
def test_evidence_that_is_missing_or_changed_is_told_and_its_rows_stay(
    session: Session, tmp_path: Path, state: str
) -> None:
    describe(session)
    load.load(session, "gate", [table(tmp_path / "day.csv", rows(30, 10))])
    mend(session)
    before = store_hash(session.store)
    row = desk.listed(session.desk)[0]
    stored = session.settings.evidence / row["sha256"][:2] / row["sha256"]
    stored.chmod(0o600)
    if state == "missing":
        stored.unlink()
    else:
        stored.write_bytes(stored.read_bytes().replace(b"34 ABC", b"06 XYZ"))
    done = quarantine.retry(session, [], everything=True)
    assert (done.loaded, done.exit_code, done.reasons) == (0, 3, {f"evidence_{state}": 3})
    assert "load the delivery again" in done.warnings[0] and store_hash(session.store) == before
    assert {one["reason"] for one in desk.listed(session.desk)} == {f"evidence_{state}"}


def test_a_description_that_is_wrong_or_reads_no_such_row_leaves_the_rows_with_the_reason(
    session: Session, tmp_path: Path
) -> None:
    describe(session)
    load.load(session, "gate", [table(tmp_path / "day.csv", rows(30, 10))])
    describe(session, date="nowhere")
    wrong = quarantine.retry(session, [], everything=True)
    assert wrong.reasons == {"no_mapping": 3} and "gate.yaml, line" in desk.listed(session.desk)[0]["message"]
    describe(session, date="date, required: true}, note: {from: plate")
    folder = session.settings.shelf / "gate" / "gate.yaml"
    folder.write_text(
        folder.read_text("utf-8").replace("plate:\n", "plate:\n  gate: {required: true}\n"), "utf-8"
    )
    refused = quarantine.retry(session, [], everything=True)
    assert refused.reasons == {"no_mapping": 3} or refused.reasons == {"missing_column": 3}


def test_rows_wait_again_when_the_load_that_brought_them_in_is_taken_back(
    session: Session, tmp_path: Path
) -> None:
    describe(session)
    first = load.load(session, "gate", [table(tmp_path / "day.csv", rows(30, 10))])
    before = store_hash(session.store)
    mend(session)
    done = quarantine.retry(session, [], everything=True)
    retract(session, done.batches[0], reason="too early")
    assert store_hash(session.store) == before
    assert {row["reason"] for row in desk.listed(session.desk)} == {"bad_date"}
    again = quarantine.retry(session, [], everything=True)
    assert (again.loaded, again.exit_code) == (3, 0)
    assert desk.reopen(session.desk, 999, "ayla") == 0
    retract(session, again.batches[0])
    retract(session, first.batch or 0)
    gone = quarantine.retry(session, [], everything=True)
    assert (gone.loaded, gone.reasons) == (0, {"retracted": 3})


def test_an_export_has_text_and_bytes_and_no_formula(session: Session, tmp_path: Path) -> None:
    describe(session)
    evil = ["E1,=cmd|' /C calc'!A0,34 ABC 100", '"=1+1",x,34 ABC 101', "＝E3,x,34 ABC 102"]
    load.load(session, "gate", [table(tmp_path / "=day.csv", [*evil, *rows(5)])])
    assert quarantine.export(session.desk, tmp_path / "bad.csv", actor="ayla") == 3
    content = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    cells: list[dict[str, Any]] = list(csv.DictReader(content.splitlines()))
    assert len(cells) == 3 and set(cells[0]) == set(handout.REFUSED)
    assert not [
        cell for row in cells for cell in row.values() if cell.startswith(("=", "+", "-", "@", "＝", "\t"))
    ]
    assert cells[0]["file"] == "'=day.csv" and bytes.fromhex(cells[2]["raw_hex"]).decode() == evil[2]
    assert quarantine.export(session.desk, tmp_path / "bad.jsonl", reason="bad_date", actor="ayla") == 3
    lines = [orjson.loads(line) for line in (tmp_path / "bad.jsonl").read_bytes().splitlines()]
    assert lines[1]["raw"] == evil[1] and lines[0]["file"] == "=day.csv"
    assert quarantine.export(session.desk, tmp_path / "none.jsonl", source="other", actor="ayla") == 0
    with pytest.raises(InputError, match="neither .csv nor .jsonl"):
        quarantine.export(session.desk, tmp_path / "bad.txt", actor="ayla")
    with pytest.raises(InputError, match="cannot be written"):
        quarantine.export(session.desk, tmp_path / "no" / "bad.csv", actor="ayla")


def test_a_notice_is_retried_on_the_terms_of_its_acceptance(session: Session, tmp_path: Path) -> None:
    file = shelf("ingest") / accept.SOURCE / "sample.csv"
    first = accept.notices(session, [file], accepted=True, grade="B2", handling="H1", training=True)
    assert first.rows_quarantined == 1
    folder = session.settings.shelf / accept.SOURCE
    folder.mkdir(parents=True)
    text = (shelf("ingest") / accept.SOURCE / f"{accept.SOURCE}.yaml").read_text(encoding="utf-8")
    mended = text.replace("source: source_grade", "source: {from: source_grade, lookup: {Q: X}}")
    mended = mended.replace(
        "information: information_grade", "information: {from: information_grade, lookup: {9: 4}}"
    )
    assert mended.count("lookup: {Q: X}") == mended.count("lookup: {9: 4}") == 1
    (folder / f"{accept.SOURCE}.yaml").write_text(f"overrides: true\n{mended}", encoding="utf-8")
    done = quarantine.retry(session, [], everything=True)
    assert (done.loaded, done.exit_code) == (1, 0)
    batch = session.store.read("MATCH (b:Batch) RETURN properties(b) AS b ORDER BY b.number DESC LIMIT 1")[0][
        "b"
    ]
    assert (batch["accepted_by"], batch["accepted_handling"], batch["training"]) == ("tester", "H1", True)
    (row,) = session.store.read(
        "MATCH (r:Record {batch: $n}) RETURN r.marking AS marking", {"n": done.batches[0]}
    )
    assert session.markings[row["marking"]].handling == "H1"
