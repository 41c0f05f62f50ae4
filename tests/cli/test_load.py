"""Loading by command: the report of the contract, every row accounted for, and where the others are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commanded import Run, sample

from graphintel import ingest
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
REPORT = {
    "batch", "source", "files", "files_refused", "rows_read", "records_new", "records_unchanged", "records_duplicate",
    "rows_quarantined", "mentions_new", "links_new", "unread_columns", "warnings", "seconds", "compare_seconds",
}  # fmt: skip
KCS, CEN, NOTICE = "kcs-declarations", "cen-seizures", "partner-notice"


def adds_up(report: dict[str, Any]) -> bool:
    """rows_read = records_new + records_unchanged + records_duplicate + rows_quarantined."""
    parts = ("records_new", "records_unchanged", "records_duplicate", "rows_quarantined")
    return bool(report["rows_read"] == sum(report[name] for name in parts))


def test_a_load_prints_the_report_of_the_contract_and_a_second_changes_nothing(
    command: Run, store: Store
) -> None:
    first = command("ingest", KCS, sample(KCS), "--json")
    report = first.json
    assert (first.code, first.err) == (0, "") and report.keys() >= REPORT and adds_up(report)
    assert report["rows_read"] == report["records_new"] > 0 < report["links_new"]
    before = command("store", "hash", "--json").json
    again = command("ingest", KCS, sample(KCS), "--json").json
    assert again["records_unchanged"] == report["rows_read"] and again["links_new"] == 0 and adds_up(again)
    assert command("store", "hash").out.strip() == before["hash"]
    assert [row["number"] for row in command("batches", "--json").json["batches"]] == [
        again["batch"],
        report["batch"],
    ]
    assert KCS in command("batches").out


def test_a_row_of_31_february_goes_to_quarantine_and_the_rest_is_loaded(
    command: Run, store: Store, tmp_path: Path
) -> None:
    bad = tmp_path / "february.csv"
    bad.write_text(sample(CEN, ".csv").read_text("utf-8").replace("2024-03-04", "2024-02-31"), "utf-8")
    done = command("ingest", CEN, bad, "--json")
    assert done.code == 3 and done.json["rows_quarantined"] == 1 and adds_up(done.json)
    assert done.json["records_new"] == done.json["rows_read"] - 1 > 0
    (row,) = command("quarantine", "list", "--json").json["rows"]
    assert row["file"] == "february.csv" and row["position"] == "line 2" and row["reason"] == "bad_date"
    assert "2024-02-31" in row["message"] and row["batch"] == done.json["batch"]
    shown = command("quarantine", "show", row["id"], "--json").json
    assert "2024-02-31" in shown["raw"] and bytes.fromhex(shown["raw_hex"]) in bad.read_bytes()
    assert command("quarantine", "list", "--batch", row["batch"] + 1, "--json").json["rows"] == []
    assert "bad_date" in command("quarantine", "list").out
    assert "2024-02-31" in command("quarantine", "show", row["id"]).out


def test_people_are_told_what_happened_and_where_to_look(command: Run, store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "february.csv"
    bad.write_text(sample(CEN, ".csv").read_text("utf-8").replace("2024-03-04", "2024-02-31"), "utf-8")
    (tmp_path / "empty.csv").touch()
    done = command("ingest", CEN, bad, tmp_path / "empty.csv")
    assert done.code == 3 and "1 in quarantine" in done.out and done.out.count("\n") == 1
    assert "empty.csv is empty" in done.err and "graphintel quarantine list" in done.err


def test_notices_wait_in_the_inbox_until_somebody_accepts_them(command: Run, store: Store) -> None:
    before = command("store", "hash").out
    waiting = command("ingest", NOTICE, sample(NOTICE), "--json")
    assert waiting.json["batch"] is None and "--accept" in waiting.json["warnings"][-1]
    assert command("store", "hash").out == before
    accepted = command(
        "ingest", NOTICE, sample(NOTICE), "--accept", "--grade", "B2", "--handling", "H1", "--json"
    )
    assert accepted.json["records_new"] > 0 and adds_up(accepted.json)
    assert command("store", "hash").out != before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((CEN, sample(CEN), "--accept"), "--accept belongs to partner-notice"),
        ((NOTICE, sample(NOTICE), "--grade", "B2"), "belong to --accept"),
        ((NOTICE, sample(NOTICE), "--accept", "--grade", "Z77"), "Z77"),
    ],
)
def test_an_acceptance_that_makes_no_sense_is_refused(
    command: Run, store: Store, words: tuple[Any, ...], said: str
) -> None:
    before = command("store", "hash").out
    done = command("ingest", *words)
    assert done.code == 2 and said in done.sentence and command("store", "hash").out == before


def test_every_source_of_the_shelf_is_listed(alone: Run) -> None:
    listed = alone("sources", "--json").json
    assert {row["name"] for row in listed} == set(ingest.catalogue())
    assert all(row["grade"] and row["banner"] and row["title"] for row in listed)
    assert KCS in alone("sources").out
