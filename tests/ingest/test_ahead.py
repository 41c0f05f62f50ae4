"""Dates after the day of the load are counted by field and shown; what may lie ahead, and what has begun, is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fabric import mention, record
from hypothesis import given
from hypothesis import strategies as st

from graphintel.ingest import ahead
from graphintel.ingest.ahead import EXAMPLES, Ahead
from graphintel.model.kinds import KINDS
from graphintel.model.records import Record


def dated(row: int, kind: str, /, **values: str) -> Record:
    """A record of one thing with dates."""
    return record("a", f"D{row}", mention("a", kind, **values), [])


def told(records: list[Record], size: int = 3) -> list[tuple[str, str, int]]:
    """Which fields are told, and how often, of records in blocks of a size."""
    made = Ahead()
    for start in range(0, len(records), size):
        block = records[start : start + size]
        for one in block:
            made.look(one.mentions[0], 1, block)
    return [(row["kind"], row["property"], row["count"]) for row in made.told()["fields"]]


@pytest.fixture(autouse=True)
def leap_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the twenty-ninth of February, early in the morning in Greenwich."""
    monkeypatch.setattr(ahead, "now", lambda: "2024-02-29T09:59:59+00:00")


def test_only_what_is_after_the_day_is_told() -> None:
    days = (
        "2024-02-28",
        "2024-02-29",
        "2024-02-29T23:59",
        "2024-02",
        "2024",
        "1899-12-31",
        "2024-02-30",
        "31.12.9999",
    )
    assert (
        told([dated(number, "Seizure", number=f"S{number}", date=day) for number, day in enumerate(days)])
        == []
    )
    later = ("2024-03-01", "2024-03", "2025", "2099-12-31T00:00")
    found = [dated(number, "Seizure", number=f"S{number}", date=day) for number, day in enumerate(later)]
    assert told(found) == [("Seizure", "date", 4)]


def test_a_day_that_has_begun_somewhere_on_earth_is_not_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    one = [dated(1, "Movement", number="M1", date="2024-03-01")]
    assert told(one) == [("Movement", "date", 1)]
    monkeypatch.setattr(ahead, "now", lambda: "2024-02-29T10:00:00+00:00")
    assert told(one) == []


def test_plans_may_lie_ahead_and_a_birth_may_not() -> None:
    assert told([dated(1, "Notice", number="N1", date="2024-01-01", deadline="2030-01-01")]) == []
    assert told([dated(1, "Person", name="Deneme Kişi", birth_date="2068-05-12")]) == [
        ("Person", "birth_date", 1)
    ]


def test_every_date_of_the_model_either_happened_or_is_meant() -> None:
    fields = {
        (name, item.name) for name, kind in KINDS.items() for item in kind.properties if item.type == "date"
    }
    meant = {("Notice", "deadline"), ("Operation", "start"), ("Operation", "end")}
    assert {(name, prop) for name, props in ahead.HAPPENED.items() for prop in props} == fields - meant


@given(st.lists(st.integers(-400, 400), max_size=30), st.integers(1, 7))
def test_counts_are_exact_in_blocks_of_any_size(shifts: list[int], size: int) -> None:
    day = date.fromisoformat(Ahead().day)
    records = [
        dated(number, "Declaration", number=f"D{number}", date=str(day + timedelta(days=shift)))
        for number, shift in enumerate(shifts)
    ]
    late = sum(shift > 0 for shift in shifts)
    assert told(records, size) == ([("Declaration", "date", late)] if late else [])


def test_examples_are_few_and_say_where_they_stand() -> None:
    made, records = Ahead(), [
        dated(number, "Seizure", number=f"S{number}", date=f"2031-01-{number % 9 + 1:02}") for number in range(40)
    ]  # fmt: skip
    for one in records:
        made.look(one.mentions[0], 1, records)
    (row,) = made.told()["fields"]
    assert row["count"] == 40 and len(row["examples"]) == EXAMPLES
    assert row["examples"][0] == {
        "raw": "2031-01-01", "record": records[0].id, "file": "sample.csv", "position": "line D0",
    }  # fmt: skip
