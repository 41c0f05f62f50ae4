"""The desk: charts keep data, filters and look apart; quarantine lists only what committed; the log is append-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graphintel.desk import Desk, charts, exports, jobs, log, notices, open_desk, quarantine
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.model.marking import Marking
from graphintel.model.records import Position, Quarantined, Record


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "home" / "desk.sqlite") as opened:
        yield opened


def refused(line: int, raw: bytes = b"a;b\x00") -> Quarantined:
    return Quarantined("s", Position("f.csv", "0" * 64, f"line {line}"), "bad_date", "31 February", raw)


def notice(name: str) -> Record:
    position = Position("n.csv", "0" * 64, "line 2")
    return Record(
        name,
        "partner-notice",
        "N1",
        {"subject": "x"},
        position,
        "1",
        '["admiralty","B","2"]',
        Marking(),
        [],
        [],
    )


def test_a_chart_is_saved_changed_and_opened(desk: Desk) -> None:
    saved = charts.save(desk, "ayla", "Case 1", {"nodes": ["a"]}, look={"theme": "dark"}, opening=True)
    changed = charts.replace(desk, saved["id"], {"data": {"nodes": ["a", "b"]}, "version": 1, "name": None})
    assert (changed["data"], changed["name"], changed["version"]) == ({"nodes": ["a", "b"]}, "Case 1", 2)
    assert changed["look"] == {"theme": "dark"} and charts.opening(desk) == saved["id"]
    assert [row["name"] for row in charts.listed(desk)] == ["Case 1"]
    with pytest.raises(Conflict, match="somebody else"):
        charts.replace(desk, saved["id"], {"name": "Mine", "version": 1})
    with pytest.raises(NotFound):
        charts.get(desk, "none")


def test_only_one_chart_opens_the_workbench(desk: Desk) -> None:
    charts.save(desk, "a", "one", {}, opening=True)
    second = charts.save(desk, "a", "two", {}, opening=True)
    assert charts.opening(desk) == second["id"]


def test_a_refused_row_is_listed_only_when_its_chunk_committed(desk: Desk) -> None:
    quarantine.put(desk, 3, 0, [refused(2), refused(3)])
    assert quarantine.listed(desk) == [] and quarantine.total(desk, 3) == 0
    quarantine.confirm(desk, 3, 0)
    rows = quarantine.listed(desk, batch=3)
    assert [row["position"] for row in rows] == ["line 2", "line 3"] and quarantine.listed(
        desk, batch=4
    ) == []
    assert quarantine.one(desk, rows[0]["id"])["raw_hex"] == "613b6200"
    quarantine.put(desk, 3, 0, [refused(2)])
    quarantine.confirm(desk, 3, 0)
    assert quarantine.total(desk, 3) == 2
    with pytest.raises(NotFound):
        quarantine.one(desk, "none")


def test_the_log_can_only_grow(desk: Desk) -> None:
    log.write(desk, "ayla", "ingest", text="line\nbreak\x1b[31m")
    entry = log.tail(desk)[0]
    assert (entry["actor"], entry["act"], entry["detail"]["text"]) == (
        "ayla",
        "ingest",
        "line\nbreak\x1b[31m",
    )
    for statement in ("DELETE FROM log", "UPDATE log SET actor = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.transaction() as db:
            db.execute(statement)
    assert len(log.tail(desk)) == 1


def test_a_job_goes_from_waiting_to_done_or_is_abandoned(desk: Desk) -> None:
    job = jobs.add(desk, "ayla", "communities", {"seed": 1})
    jobs.mark(desk, job, "running", progress=0.5)
    jobs.mark(desk, job, "done", progress=1.0, result={"n": 1})
    assert jobs.get(desk, job)["result"] == {"n": 1} and jobs.get(desk, job)["ended"]
    jobs.mark(desk, job, "failed", error={"code": "late"})
    assert jobs.get(desk, job)["state"] == "done"
    left, other, nobody = (
        jobs.add(desk, "ayla", "communities", {}, owner) for owner in ("dead", "alive", "")
    )
    assert jobs.abandon(desk, lambda owner: owner == "alive") == 2
    assert {jobs.get(desk, one)["error"]["code"] for one in (left, nobody)} == {"stopped"}
    assert (jobs.get(desk, other)["state"], jobs.get(desk, job)["state"]) == ("waiting", "done")
    with pytest.raises(NotFound):
        jobs.get(desk, "none")


def test_a_notice_is_received_once_and_decided_by_somebody(desk: Desk) -> None:
    assert notices.receive(desk, [notice("a"), notice("b")]) == (2, 0)
    assert notices.receive(desk, [notice("a")]) == (0, 1)
    assert notices.claim(desk, ["a"], "ayla", "1", again=False) == ["a"]
    notices.accepted(desk, [replace(notice("a"), grade='["admiralty","A","1"]')], "ayla", 7)
    rows = {row["id"]: row for row in notices.listed(desk)}
    assert (rows["a"]["state"], rows["a"]["actor"], rows["a"]["batch"]) == ("accepted", "ayla", 7)
    assert rows["b"]["state"] == "received" and rows["b"]["content"] == {"subject": "x"}


def test_an_export_is_registered(desk: Desk) -> None:
    number = exports.register(desk, "ayla", chart="", case="7", format_name="svg", sha256="s", chart_hash="h", counter=3,
                              handling="R", query="expand")  # fmt: skip
    assert [(row["id"], row["actor"], row["counter"]) for row in exports.listed(desk)] == [
        (number, "ayla", 3)
    ]


def test_a_failed_transaction_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.transaction() as db:
        db.execute("INSERT INTO log (at, actor, act, outcome, detail) VALUES ('', '', '', '', '{}')")
        raise ZeroDivisionError
    assert log.tail(desk) == []


def test_a_desk_that_cannot_be_opened_is_told_plainly(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(InputError, match="cannot be opened"), open_desk(blocked / "desk.sqlite"):
        pass
    broken = tmp_path / "desk.sqlite"
    broken.write_bytes(b"this is no database" * 100)
    with pytest.raises(InputError, match="cannot be opened"), open_desk(broken):
        pass
