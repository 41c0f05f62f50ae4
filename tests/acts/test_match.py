"""Pairs and records of a file compared: every layout, nothing lost, bad names answered, groups of records."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from graphintel.acts.match import dedupe, guessed, pairs
from graphintel.errors import InputError
from graphintel.resolve.score import shipped


def table(folder: Path, columns: str, *rows: list[str]) -> Path:
    """A CSV file of columns and rows."""
    path = folder / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("left,right", ["Yorgo Kastrinos", "KASTRINOS YORGO"]),
        ("left,right,kind", ["Çınarlı Nakliyat Ltd. Şti.", "CINARLI NAKL. LTD", "company"]),
        ("name1,name2,schema", ["Yorgo Kastrinos", "Γιώργος Καστρινός", "Person"]),
        (
            "left_name,right_name,left_dob,right_dob",
            ["Nihat Akıncıoğlu", "N. Akincioglu", "1960-01-02", "02.01.1960"],
        ),
        ("left_plate,right_plate", ["34 KLM 482", "34klm482"]),
        ("left,right,kind", ["CSQU3054383", "CSQU 305438-3", "Container"]),
        ("left,right,kind", ["Hellas Spirit", "MV HELLAS SPIRIT", "Vessel"]),
        ("LEFT_NAME_ORG,RIGHT_NAME_ORG,left_tax_id", ["Çınarlı Gıda A.Ş.", "CINARLI GIDA AS", "4540536920"]),
    ],
)
def test_every_layout_is_read(tmp_path: Path, columns: str, row: list[str]) -> None:
    found = pairs(table(tmp_path, columns, row))
    assert found.columns == [*columns.split(","), "score", "match"]
    (made,) = found.rows
    assert made[:-2] == row and made[-1] is True and shipped().cut <= made[-2] <= 1


def test_every_column_and_row_stays_in_order(tmp_path: Path) -> None:
    rows = [
        [f"{number}", "Nihat Akıncıoğlu", "=1+1", ["Sevgi Durmazlar", ""][number % 2]] for number in range(60)
    ]
    found = pairs(table(tmp_path, "no,left,note,right", *rows))
    assert [row[:4] for row in found.rows] == rows and found.unread == ["no", "note"]
    assert all(row[-1] is False for row in found.rows)


def test_a_column_called_score_keeps_its_name_and_ours_gets_another(tmp_path: Path) -> None:
    found = pairs(table(tmp_path, "left,right,score", ["a b", "a b", "7"]))
    assert found.columns == ["left", "right", "score", "our_score", "match"] and found.rows[0][2] == "7"


@pytest.mark.parametrize("columns", ["a,b", "left,name2", "left_name,other", "name", "left_shoe,right_shoe"])
def test_a_file_without_the_columns_is_told_which(tmp_path: Path, columns: str) -> None:
    with pytest.raises(InputError, match="wanted are left,right"):
        pairs(table(tmp_path, columns, ["x"] * len(columns.split(","))))


HOSTILE = (
    "",
    " ",
    "a",
    "x" * 10_000,
    "ab " * 4000,
    "Иvан Kастriнос محمد",
    "😀🚀",
    "\x01\x02\u202e",
    "'; --",
    "…",
    "0",
    "\ufeff",
)


def test_names_that_are_none_are_answered_in_bounded_time(tmp_path: Path) -> None:
    rows = [[one, other] for one in HOSTILE for other in (*HOSTILE, "Nihat Akıncıoğlu")]
    began = time.process_time()
    found = pairs(table(tmp_path, "left,right", *rows))
    assert time.process_time() - began < 10 and len(found.rows) == len(rows)
    assert all(0 <= row[-2] <= 1 for row in found.rows)
    assert not any(row[-1] for row in found.rows if not row[0].strip() or not row[1].strip())


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [("Çınarlı Nakliyat", "Çınarlı", "Company"), ("Nihat", "Fatma Şen", "Person"), ("X Ltd", "Y", "Company"), ("", "", "Person")],
)  # fmt: skip
def test_the_kind_of_two_bare_names(left: str, right: str, kind: str) -> None:
    assert guessed(left, right) == kind


RECORDS = "record,name,dob,phone,address,national_id"
PEOPLE = (
    ["1", "Nihat Akıncıoğlu", "1960-01-02", "+905321234567", "Gül Cad. 4 Bursa", ""],
    ["2", "AKINCIOGLU, NIHAT", "02.01.1960", "", "", ""],
    ["3", "Nihat Akıncıoğlu", "1988-05-06", "+905321234567", "Gül Cad. 4 Bursa", ""],
    ["4", "Sevgi Akıncıoğlu", "1960-01-02", "+905321234567", "Gül Cad. 4 Bursa", ""],
    ["5", "Kamil Yardımlı", "", "", "", "10000000146"],
    ["6", "K. Yardimli", "", "", "", "10000000146"],
    ["7", "Kamil Yardımlı", "", "", "", "12345678950"],
    ["8", "", "", "", "", ""],
    ["9", "", "", "", "", ""],
)


def test_records_are_grouped_but_father_and_son_husband_and_wife_are_not(tmp_path: Path) -> None:
    found = dedupe(table(tmp_path, RECORDS, *PEOPLE))
    assert found.rows == [("1", "1"), ("2", "1"), ("3", "3"), ("4", "4"), ("5", "5"), ("6", "5"), ("7", "7"),
                          ("8", "8"), ("9", "9")]  # fmt: skip


def test_a_name_alone_joins_no_two_persons_that_say_anything_else(tmp_path: Path) -> None:
    found = dedupe(
        table(
            tmp_path,
            "record,name,email",
            ["1", "Nihat Akıncıoğlu", ""],
            ["2", "Nihat Akıncıoğlu", "n@x.example"],
        )
    )
    assert found.rows == [("1", "1"), ("2", "2")]


def test_json_lines_with_other_names_of_columns_are_known(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(
        '{"RECORD_ID":"a","RECORD_TYPE":"ORGANIZATION","PRIMARY_NAME_ORG":"Çınarlı Gıda A.Ş.","TAX_ID_NUMBER":"4540536920","SHOE":"1"}\n'
        '{"RECORD_ID":"b","RECORD_TYPE":"ORGANIZATION","PRIMARY_NAME_ORG":"CINARLI GIDA","TAX_ID_NUMBER":"4540536920"}\n',
        encoding="utf-8",
    )
    found = dedupe(path)
    assert found.rows == [("a", "a"), ("b", "a")] and found.unread == ["SHOE"]


def test_five_thousand_equal_names_end_soon_and_lose_nobody(tmp_path: Path) -> None:
    equal = [[str(number), "Nihat Akıncıoğlu", "", "", "", ""] for number in range(5000)]
    told = [[f"d{number}", "Nihat Akıncıoğlu", f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 10}", "", "", ""]
            for number in range(5000)]  # fmt: skip
    began = time.process_time()
    assert len(dedupe(table(tmp_path, RECORDS, *equal)).rows) == 5000
    assert len({entity for _, entity in dedupe(table(tmp_path, RECORDS, *told)).rows}) >= 90
    assert time.process_time() - began < 60


@pytest.mark.parametrize(
    ("columns", "row", "said"),
    [
        ("name,dob", ["x", ""], "no column `record`"), ("record,shoe", ["1", "x"], "nothing to compare by"),
        ("record,name", ["", "x"], "record 1 has no id"),
    ],
)  # fmt: skip
def test_records_that_cannot_be_told_apart_are_refused(
    tmp_path: Path, columns: str, row: list[str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        dedupe(table(tmp_path, columns, row))
