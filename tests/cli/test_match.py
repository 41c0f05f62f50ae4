"""`match pairs` and `match dedupe` as a user runs them: without a store, on stdout only what was asked for."""

from __future__ import annotations

import csv
from pathlib import Path

import orjson
from commanded import Run

PAIRS = "no,left,right,kind\n1,Yorgo Kastrinos,KASTRINOS YORGO,Person\n2,=cmd|x,Sevgi Durmazlar,Person\n"
RECORDS = "record,name,dob,shoe\na,Nihat Akıncıoğlu,1960-01-02,41\nb,AKINCIOGLU NIHAT,02.01.1960,\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_pairs_as_csv_json_and_table(alone: Run, tmp_path: Path) -> None:
    path = written(tmp_path, PAIRS)
    as_csv = alone("match", "pairs", path, "--csv")
    rows = list(csv.DictReader(as_csv.out.splitlines()))
    assert (
        as_csv.code == 0
        and [row["match"] for row in rows] == ["true", "false"]
        and rows[1]["left"] == "'=cmd|x"
    )
    assert "Kept but not compared: no." in as_csv.err
    as_json = alone("match", "pairs", path, "--json")
    assert as_json.err == "" and as_json.json.keys() == {"pairs", "cut", "weights", "unread_columns"}
    assert [row["match"] for row in as_json.json["pairs"]] == [True, False]
    assert as_json.json["pairs"][1]["left"] == "=cmd|x"
    assert "KASTRINOS YORGO" in alone("match", "pairs", path).out


def test_records_one_line_each(alone: Run, tmp_path: Path) -> None:
    path = written(tmp_path, RECORDS)
    for option in ((), ("--json",)):
        found = alone("match", "dedupe", path, *option)
        assert [orjson.loads(line) for line in found.out.splitlines()] == [
            {"record": "a", "entity": "a"}, {"record": "b", "entity": "a"},
        ]  # fmt: skip
        assert found.code == 0 and "Not read: shoe." in found.err
    assert alone("match", "dedupe", path, "--csv").out.splitlines() == ["record,entity", "a,a", "b,a"]


def test_what_cannot_be_compared_exits_2_with_one_sentence(alone: Run, tmp_path: Path) -> None:
    for words in (
        ("pairs", written(tmp_path, "a,b\n1,2\n")),
        ("pairs", tmp_path / "none.csv"),
        ("dedupe", tmp_path / "t.csv"),
    ):
        refused = alone("match", *words, "--json")
        assert refused.code == 2 and refused.sentence and refused.json["error"]["code"] == "bad_input"


def test_control_characters_never_reach_the_terminal(alone: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "left,right\n\x1b[31mNihat,\u202eNihat\n")
    for option in ((), ("--json",)):
        out = alone("match", "pairs", path, *option).out
        assert "\x1b" not in out and "\u202e" not in out
