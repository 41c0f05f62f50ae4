"""Tables for those who deliver: every part of a report has its rows, and no cell is run by a spreadsheet."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from graphintel.acts.handout import FINDING, findings, table

_ONE = {
    "raw": "=1+1",
    "kind": "Vehicle",
    "property": "plate",
    "record": "r",
    "file": "a.csv",
    "position": "line 2",
}
REPORT = {
    "drift": {"new": ["seal"], "missing": ["mark"], "renamed": [{"from": "a", "to": "b", "why": "same look", "likeness": 0.9}]},
    "values": [{"type": "plate", "valid": 5, "invalid": 2, "unknown": 0, "properties": [], "examples": [_ONE]}],
    "vocabularies": [{"column": "unit", "declared": [], "seen": 2, "full": False, "new": [{"word": "@sum", "count": 3}]}],
    "distributions": [{"column": "kg", "moved": True, "psi": 0.4, "buckets": []}, {"column": "n", "moved": False, "psi": 0.0}],
    "columns": [{"name": "kg", "moved": True, "rate": 0.5, "rate_before": 1.0}, {"name": "n", "moved": False}],
    "unread": {"columns": ["note"], "share": 0.1, "left_out_share": 0.0},
    "future": {"after": "2024-01-01", "fields": [{"kind": "Seizure", "property": "date", "count": 1, "examples": [_ONE]}]},
    "unplaced": [{"text": "Nowhere", "count": 4}],
    "quarantine": [{"reason": "bad_date", "count": 2, "examples": [{"file": "a.csv", "position": "line 9", "message": "no day"}]}],
}  # fmt: skip


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_finding_has_its_row_and_what_is_well_has_none() -> None:
    rows = read(table(FINDING, findings(REPORT)))
    told = [(row["part"], row["name"], row["finding"], row["count"]) for row in rows]
    assert told == [
        ("drift", "seal", "new", ""), ("drift", "mark", "missing", ""), ("drift", "a", "renamed to b", ""),
        ("values", "plate", "invalid", "2"), ("values", "plate", "example", ""),
        ("future", "Seizure date", "after the day of the load", "1"), ("future", "Seizure date", "example", ""),
        ("vocabularies", "unit", "new word", "3"), ("distributions", "kg", "moved, index 0.4", ""),
        ("columns", "kg", "moved", ""), ("columns", "note", "not read", ""), ("unplaced", "", "stayed text", "4"),
        ("quarantine", "bad_date", "refused", "2"), ("quarantine", "bad_date", "example", ""),
    ]  # fmt: skip
    raws = {row["raw"] for row in rows}
    assert {"'=1+1", "'@sum", "Nowhere", "no day"} <= raws and rows[4]["position"] == "line 2"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_no_cell_starts_a_formula_whatever_the_data_says(cells: list[str]) -> None:
    rows = read(table(("raw",), [{"raw": cell} for cell in cells]))
    assert len(rows) == len(cells)
    assert not [
        row for row in rows if row["raw"].lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    ]
