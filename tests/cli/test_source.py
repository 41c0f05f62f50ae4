"""Commands of the data officer: a new source is drafted, checked, decided and then stands among the others."""

from __future__ import annotations

from pathlib import Path

import orjson
from commanded import Run, sample

HOME = "home/sources"


def test_a_source_is_drafted_checked_decided_and_listed(alone: Run, tmp_path: Path) -> None:
    made = alone("source", "new", "port-gate", "--from", sample("movements-csv"), "--json")
    assert made.code == 0 and made.json["folder"] == str(tmp_path / HOME / "port-gate")
    assert made.json["files"] == ["port-gate.yaml", "sample.csv"] and "grade" in made.json["unclear"][0]
    done = alone("source", "check", "port-gate", "--json")
    assert done.code == 2 and not done.json["ok"] and done.json["sample"]["quarantined"] == 0
    keys = {found["key"] for found in done.json["findings"] if found["wrong"]}
    assert {"grade", "marking"} <= keys and all(
        "for a person" in f["message"] for f in done.json["findings"] if f["wrong"]
    )
    (row,) = [row for row in alone("sources", "--json").json if row["name"] == "port-gate"]
    assert row["own"] and "for a person to decide" in row["fault"]
    assert "port-gate cannot be used" in alone("sources").err
    path = tmp_path / HOME / "port-gate" / "port-gate.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("grade: DECIDE", "grade: B2")
        .replace("DECIDE: ", "not wanted: ")
    )
    path.write_text(
        text.replace("marking: DECIDE", "marking: {level: restricted, tlp: AMBER}"), encoding="utf-8"
    )
    last = alone("source", "check", "port-gate")
    assert "filled cells are left out" in last.out and "leave_out" in last.out
    (row,) = [row for row in alone("sources", "--json").json if row["name"] == "port-gate"]
    assert row["own"] and not row["fault"] and row["mapping_version"].startswith("1+")


def test_people_are_told_where_the_draft_lies_and_what_to_do_next(alone: Run, tmp_path: Path) -> None:
    made = alone("source", "new", "gate", "--from", sample("movements-csv"), "--out", tmp_path / "drafts")
    assert made.code == 0 and str(tmp_path / "drafts" / "gate") in made.out and "source check" in made.err
    again = alone("source", "new", "gate", "--from", sample("movements-csv"), "--out", tmp_path / "drafts")
    assert again.code == 2 and "is there already" in again.sentence
    assert alone("source", "check", tmp_path / "drafts" / "gate").code == 2


def test_wrong_use_is_told_in_a_sentence(alone: Run, tmp_path: Path) -> None:
    bad = alone("source", "new", "../gate", "--from", sample("movements-csv"))
    assert bad.code == 2 and "is no name of a source" in bad.sentence
    none = alone("source", "new", "gate", "--from", tmp_path / "none.csv")
    assert none.code == 2 and "cannot be read" in none.sentence
    unknown = alone("source", "check", "gate")
    assert unknown.code == 2 and "There is no source 'gate'" in unknown.sentence
    assert not (tmp_path / HOME).exists()


def test_a_shipped_source_is_checked_by_name_and_the_schema_is_printed(alone: Run) -> None:
    done = alone("source", "check", "cen-seizures")
    assert done.code == 0 and "can be loaded" in done.out
    schema = orjson.loads(alone("source", "schema").out)
    assert schema["$defs"]["Thing"] and schema["required"]
