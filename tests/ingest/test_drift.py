"""Drift: what moved is told, what only strays by chance is not; renamings are found by place or by look."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.ingest import drift
from graphintel.ingest.columns import profile

Row = dict[str, Any]


def column(
    name: str, cells: list[str], kind: str = "word", *, rate: float = 1.0, place: int | None = None
) -> Row:
    """A column as the collector tells it."""
    return {"name": name, "rate": rate, "place": place, **profile(cells, kind)}


def numbers(seed: int, mean: float, count: int = 1000) -> list[str]:
    """Numbers that scatter round a mean by a tenth of it."""
    draw = random.Random(seed)
    return [f"{draw.gauss(mean, mean / 10):.1f}" for _ in range(count)]


def told(*columns: Row, form: str = "csv", sampled: int = 1000) -> Row:
    """A load of these columns."""
    return {"format": form, "sampled": sampled, "columns": list(columns)}


SHARES = st.lists(st.floats(0.0, 1.0), min_size=2, max_size=12)


@given(SHARES)
def test_the_index_is_zero_of_the_same_and_never_negative(shares: list[float]) -> None:
    assert drift.psi(shares, shares) == 0.0
    assert drift.psi(shares, list(reversed(shares))) >= 0.0


def test_the_index_of_a_known_table() -> None:
    # 0.2 ln 2 + (-0.1) ln 0.8 + (-0.1) ln (2/3): (now - before) ln(now / before), bucket by bucket.
    value = drift.psi([0.2, 0.5, 0.3], [0.4, 0.4, 0.2])
    assert value == pytest.approx(0.2 * 0.693147 + 0.1 * 0.223144 + 0.1 * 0.405465, abs=1e-5)


def test_numbers_that_moved_are_told_and_those_that_stayed_are_not() -> None:
    before = column("kg", numbers(1, 1000.0), "number")
    same = drift.distribution(before, column("kg", numbers(2, 1000.0), "number"))
    heavier = drift.distribution(before, column("kg", numbers(3, 1150.0), "number"))
    assert same and heavier and not same["moved"] and heavier["moved"]
    for made in (same, heavier):
        for side in ("before", "now"):
            assert sum(bucket[side] for bucket in made["buckets"]) == pytest.approx(1.0, abs=0.01)


def test_a_small_load_is_not_called_moved_for_its_size() -> None:
    before = column("kg", numbers(1, 1000.0, 12), "number")
    for seed in range(2, 30):
        made = drift.distribution(before, column("kg", numbers(seed, 1000.0, 12), "number"))
        assert made and not made["moved"], seed


@pytest.mark.parametrize("value", ["0", "7"])
def test_a_column_of_one_number_makes_two_buckets_at_most(value: str) -> None:
    made = drift.distribution(column("n", [value] * 50, "number"), column("n", [value] * 50, "number"))
    assert made and made["psi"] == 0.0 and len(made["buckets"]) == 2


def test_words_are_compared_with_all_others_as_one() -> None:
    before, now = column("c", ["EUR"] * 50 + ["USD"] * 50), column("c", ["EUR"] * 90 + ["GBP"] * 10)
    made = drift.distribution(before, now)
    assert made and made["moved"]
    assert {row["word"]: (row["before"], row["now"]) for row in made["buckets"]} == {
        "EUR": (0.5, 0.9), "USD": (0.5, 0.0), "GBP": (0.0, 0.1),
    }  # fmt: skip
    assert drift.distribution(before, column("c", numbers(1, 5.0), "number")) is None


def test_a_renamed_column_is_found_by_its_place() -> None:
    before = told(
        column("Konteyner", ["CSQU3054383"] * 20, place=3), column("Kg", numbers(1, 9.0), "number", place=4)
    )
    now = told(
        column("Container", ["MSKU1234565"] * 20, place=3), column("Kg", numbers(2, 9.0), "number", place=4)
    )
    assert drift.columns(before, now)["renamed"] == [
        {"from": "Konteyner", "to": "Container", "why": "same place", "likeness": drift.likeness(
            before["columns"][0], now["columns"][0])},
    ]  # fmt: skip


def test_a_renamed_column_is_found_by_its_look_and_a_new_one_is_not_taken_for_it() -> None:
    before = told(column("currency", ["EUR", "USD"] * 50), column("kg", numbers(1, 9.0), "number"))
    now = told(
        column("ccy", ["USD", "EUR"] * 50),
        column("note", ["x y z", "7"] * 50),
        column("kg", numbers(2, 9.0), "number"),
    )
    made = drift.columns(before, now)
    assert [(row["from"], row["to"], row["why"]) for row in made["renamed"]] == [
        ("currency", "ccy", "same look")
    ]
    assert (made["new"], made["missing"]) == (["note"], [])


def test_a_rare_element_that_a_small_document_lacks_is_not_missing() -> None:
    rare, usual = column("Seal", ["x"] * 5, rate=0.05), column("Mode", ["30"] * 90, rate=0.9)
    made = drift.columns(told(rare, usual, form="xml", sampled=100), told(form="xml", sampled=20))
    assert made == {"new": [], "missing": ["Mode"], "renamed": []}
    assert drift.columns(told(rare), told())["missing"] == ["Seal"]


@pytest.mark.parametrize(
    ("before", "now", "rows", "moved"),
    [(1.0, 0.5, 300, True), (0.5, 0.52, 100_000, False), (0.9, 0.7, 10, False), (0.0, 0.2, 500, True), (0.4, 0.4, 0, False)],
)  # fmt: skip
def test_a_fill_rate_moves_by_five_points_and_more_than_chance(
    before: float, now: float, rows: int, moved: bool
) -> None:
    assert drift.rate_moved(before, now, rows, rows) is moved


@given(
    st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=30),
    st.lists(st.text(min_size=1, max_size=9), max_size=30),
)
def test_likeness_is_a_share_and_one_of_the_same(one: list[str], other: list[str]) -> None:
    left, right = column("a", one), column("b", other)
    assert 0.0 <= drift.likeness(left, right) <= 1.0 + 1e-9
    assert drift.likeness(left, right) == pytest.approx(drift.likeness(right, left))
