"""Quarantine by command: list by page and filter, export, mend, retry; exit codes say what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from commanded import Run, sample

from graphintel.content import shelf
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
CEN = "cen-seizures"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A sample of which every row has a date that nobody reads."""
    path = tmp_path / "bad.csv"
    text = sample(CEN, ".csv").read_text("utf-8")
    head, *rows = text.splitlines()
    place = head.split(",").index("date")
    broken = [row.replace(row.split(",")[place], f"{row.split(',')[place]}?", 1) for row in rows]
    path.write_text("\n".join([head, *broken]) + "\n", encoding="utf-8")
    return path


def own(tmp_path: Path, date: str) -> None:
    """A source of the home that stands in for the shipped one and reads the date so."""
    folder = tmp_path / "home" / "sources" / CEN
    folder.mkdir(parents=True, exist_ok=True)
    text = (shelf("ingest") / CEN / f"{CEN}.yaml").read_text(encoding="utf-8")
    old = "date: {from: date, required: true}"
    assert old in text
    (folder / f"{CEN}.yaml").write_text(f"overrides: true\n{text.replace(old, date)}", encoding="utf-8")


def test_rows_are_listed_exported_mended_and_loaded(
    command: Run, store: Store, tmp_path: Path, bad: Path
) -> None:
    done = command("ingest", CEN, bad, "--json")
    count = done.json["rows_read"]
    assert done.json["rows_quarantined"] == count > 1 and done.code == 3
    page = command("quarantine", "list", "--limit", 1, "--json")
    assert len(page.json["rows"]) == 1 and page.json["truncated"]["by_limit"] == count - 1
    said = command("quarantine", "list", "--limit", 1).err
    assert said == f"1 of {count} shown; go on with --cursor {page.json['next']}.\n"
    rest = command("quarantine", "list", "--cursor", page.json["next"], "--json").json
    assert len(rest["rows"]) == count - 1 and rest["next"] is None
    assert page.json["rows"][0]["id"] not in {row["id"] for row in rest["rows"]}
    assert command("quarantine", "list", "--reason", "other", "--json").json["rows"] == []
    assert command("quarantine", "export", tmp_path / "bad.csv", "--json").json["rows"] == count
    assert "rows in" in command("quarantine", "export", tmp_path / "bad.jsonl", "--source", CEN).out
    left = command("quarantine", "retry", "--all", "--json")
    assert left.code == 3 and left.json["reasons"] == {"bad_date": count}
    own(tmp_path, 'date: {from: date, pattern: "^([^?]+)", required: true}')
    told = command("quarantine", "retry", done.json["batch"])
    assert told.code == 0 and f"{count} loaded" in told.out
    assert command("quarantine", "list", "--json").json["rows"] == []
    assert len(command("quarantine", "list", "--state", "loaded", "--json").json["rows"]) == count
    assert store.read("MATCH (r:Record) RETURN count(r) AS n") == [{"n": count}]


def test_a_retry_that_names_nothing_that_waits_is_wrong_use(command: Run, store: Store) -> None:
    assert "Say which rows" in command("quarantine", "retry").sentence
    assert command("quarantine", "retry", "7").code == 2
    assert command("quarantine", "retry", "none").code == 2
    assert command("quarantine", "retry", "--all", "--json").json["rows"] == 0
