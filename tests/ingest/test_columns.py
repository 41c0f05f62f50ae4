"""What a column looks like: numbers by quantiles, few words by name, everything else by its shapes only."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.ingest.columns import SHAPES, TOP, profile, shape


def test_numbers_are_told_by_101_quantiles() -> None:
    made = profile([str(number) for number in range(1001)], "number")
    assert made["kind"] == "number" and made["quantiles"] == [float(number) for number in range(0, 1001, 10)]
    assert (made["cells"], made["distinct"]) == (1001, 1001)


def test_a_column_of_few_words_keeps_them_and_one_of_names_keeps_none() -> None:
    words = profile(["EUR"] * 6 + ["USD"] * 4, "word")
    assert (words["kind"], words["top"]) == ("word", [["EUR", 6], ["USD", 4]])
    names = [
        f"{first} {last}" for first in ("Ayla", "Cemal", "Deniz") for last in map("Yel{}".format, range(40))
    ]
    told = profile(names, "word")
    assert told["kind"] == "text" and "top" not in told
    assert not any(name.encode() in orjson.dumps(told) for name in ("Ayla", "Cemal", "Yel1"))


def test_few_cells_are_never_words() -> None:
    assert profile(["Ayla Yelkovan"] * 9, "word")["kind"] == "text"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1.5", "2,5", "3.0"] * 5, "number"),
        (["05.03.2024", "2024-03-06", "7.3.2024"] * 5, "date"),
        (["7312044185", "6047711295"], "text"),
        ([], "text"),
        (["1.5", "x"], "text"),
    ],
)
def test_what_nobody_reads_is_guessed(cells: list[str], kind: str) -> None:
    assert profile(cells)["kind"] == kind


def test_days_are_told_from_first_to_last() -> None:
    made = profile(["2024-05-03", "2024-01-09", "2024-02-31"], "date")
    assert (made["kind"], made["first"], made["last"]) == ("date", "2024-01-09", "2024-05-03")


def test_shapes_tell_a_number_from_a_name() -> None:
    assert (shape("34 ABC 123"), shape("CSQU3054383"), shape("Söğüt Sok. No: 4/12")) == (
        "9 A 9",
        "A9",
        "A A. A: 9/9",
    )


@given(
    st.lists(st.text(min_size=1, max_size=200), max_size=60), st.sampled_from(["", "word", "number", "date"])
)
def test_any_cells_give_a_bounded_json(cells: list[str], kind: str) -> None:
    made = profile(cells, kind)
    assert made["cells"] == len(cells) and len(made["shapes"]) <= SHAPES and len(made.get("top", [])) <= TOP
    assert made["kind"] in ("number", "date", "word", "text")
    assert made == profile(list(reversed(cells)), kind) or made["kind"] == "text" or kind == ""
