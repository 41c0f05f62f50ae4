"""A dry run by command: no store, nothing written; counts, what rows are like, and what it cannot know."""

from __future__ import annotations

from pathlib import Path

import pytest
from commanded import Run, sample

CEN, NOTICE = "cen-seizures", "partner-notice"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """The sample of seizures with its first row twice, a date that is none, and a column that nobody knows."""
    head, first, *rest = sample(CEN, ".csv").read_text("utf-8").splitlines()
    date = rest[0].split(",")[head.split(",").index("date")]
    broken = rest[0].replace(date, f"{date}?", 1)
    lines = [f"{head},gate_camera", *[f"{row},yes" for row in (first, first, broken, *rest[1:])]]
    path = tmp_path / "odd.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_it_needs_no_store_and_leaves_nothing_behind(alone: Run, tmp_path: Path) -> None:
    done = alone("ingest", CEN, sample(CEN), "--dry-run", "--json")
    told = done.json
    assert done.code == 0 and told["dry_run"] and told["batch"] is None
    assert told["rows_read"] == told["records_new"] > 0 == told["mentions_new"]
    assert "asks no store" in told["warnings"][-1] and not (tmp_path / "home").exists()


def test_it_tells_of_every_row_and_what_the_rows_are_like(alone: Run, odd: Path) -> None:
    done = alone("ingest", CEN, odd, "--dry-run", "--json")
    told, quality = done.json, done.json["quality"]
    assert done.code == 3 and told["rows_quarantined"] == told["records_duplicate"] == 1
    assert told["rows_read"] == told["records_new"] + 2 and told["unread_columns"] == ["gate_camera"]
    assert quality["rows"]["quarantined"] == 1 and quality["unread"]["columns"] == ["gate_camera"]
    assert [row["reason"] for row in quality["quarantine"]] == ["bad_date"]
    assert {"values", "columns", "vocabularies", "future"} <= quality.keys()
    assert not {"drift", "distributions"} & quality.keys()
    people = alone("ingest", CEN, odd, "--dry-run")
    assert "nothing was written" in people.out and "bad_date" in people.out
    assert "Nobody reads gate_camera" in people.out and "quarantine list" not in people.err
    assert "note: A dry run asks no store" in people.err


def test_a_file_that_cannot_be_read_is_exit_2_and_notices_are_only_read(alone: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    refused = alone("ingest", CEN, tmp_path / "empty.csv", "--dry-run", "--json")
    assert refused.code == 2 and refused.json["files_refused"] and "quality" not in refused.json
    notice = ("ingest", NOTICE, sample(NOTICE), "--dry-run", "--json")
    assert (
        alone(*notice).json["records_new"]
        == alone(*notice, "--accept", "--grade", "B2").json["records_new"]
        > 0
    )
    assert "--accept belongs to" in alone("ingest", CEN, sample(CEN), "--dry-run", "--accept").sentence
