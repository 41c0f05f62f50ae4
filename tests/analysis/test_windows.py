"""Communities of two spans: what is stated when, what changed, and that what did not change is not drawn anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from columned import Said, columns_of
from hypothesis import given
from hypothesis import strategies as st

from graphintel.analysis.windows import between, span, within
from graphintel.errors import InputError
from graphintel.model.columns import UNKNOWN_DAY, LinkColumns

FIRST, SECOND = "2023-01-01..2023-12-31", "2024-01-01..2024-12-31"
_IN = {FIRST: 19_400, SECOND: 19_800}


def clique(name: str, size: int) -> list[tuple[str, str]]:
    """All pairs of a group."""
    return [(f"{name}{a}", f"{name}{b}") for a in range(size) for b in range(a + 1, size)]


def world(*told: tuple[str, list[tuple[str, str]]]) -> LinkColumns:
    """People tied in spans of time; a span of "" is no day at all."""
    pairs = [(when, *pair) for when, some in told for pair in some]
    names = sorted({name for _, *ends in pairs for name in ends})
    columns = columns_of(dict.fromkeys(names, "Person"), [Said(a, "ASSOCIATE_OF", b) for _, a, b in pairs])
    days = np.array([_IN.get(when, UNKNOWN_DAY) for when, *_ in pairs], dtype=np.int32)
    return replace(columns, day=days)


def test_born_gone_split_and_merged_are_told_with_what_each_span_rests_on() -> None:
    both = [*clique("a", 8), *clique("b", 8)]
    columns = world(
        (FIRST, [*both, *((f"a{n}", f"b{m}") for n in range(8) for m in range(8)), *clique("old", 5)]),
        (SECOND, [*both, *clique("new", 6)]), ("", [("a0", "new0")]),
    )  # fmt: skip
    told = between(columns, FIRST, SECOND).as_json()
    assert (
        told["change"]["counts"]["split"]
        == told["change"]["counts"]["born"]
        == told["change"]["counts"]["gone"]
        == 1
    )
    assert told["links"] == [120 + 10, 56 + 15] and told["links_without_day"] == 1
    assert {one["size"] for one in told["change"]["split"][0]["into"]} == {8}
    assert "1 split" in told["explanation"]["en"] and "1 bölünen" in told["explanation"]["tr"]
    back = between(columns, SECOND, FIRST).as_json()["change"]["counts"]
    assert (back["merged"], back["born"], back["gone"], back["split"]) == (1, 1, 1, 0)


def test_the_same_ties_in_both_spans_change_nothing() -> None:
    some = [*clique("a", 5), *clique("b", 4), ("a0", "b0")]
    told = between(world((FIRST, some), (SECOND, some)), FIRST, SECOND).as_json()
    assert told["change"]["same"] and "none changed" in told["explanation"]["en"]
    assert told["before"] == told["after"] and "Cannot tell" not in told["explanation"]["en"]


def test_a_span_with_far_fewer_links_is_said_to_be_so() -> None:
    told = between(world((FIRST, clique("a", 4)), (SECOND, clique("a", 9))), FIRST, SECOND).as_json()
    assert "Cannot tell growth from reporting" in told["explanation"]["en"]
    assert told["change"]["counts"]["grown"] == 1


def test_some_things_only_are_looked_at_if_asked() -> None:
    columns = world((FIRST, [*clique("a", 4), *clique("b", 4)]), (SECOND, clique("a", 4)))
    told = between(columns, FIRST, SECOND, ids=[f"a{n}" for n in range(4)]).as_json()
    assert told["change"]["same"] and told["before"]["things"] == 4


def test_a_span_without_anything_is_an_answer() -> None:
    told = between(world((FIRST, clique("a", 4))), FIRST, SECOND).as_json()
    assert told["after"]["communities"] == 0 and told["change"]["counts"]["gone"] == 1


@given(st.lists(st.integers(-30_000, 60_000), max_size=30), st.dates(), st.dates())
def test_a_link_is_in_the_spans_that_hold_its_day(days: list[int], one: object, other: object) -> None:
    first, last = sorted((str(one), str(other)))
    said = [Said("a", "ASSOCIATE_OF", "b") for _ in days]
    columns = replace(columns_of({"a": "Person", "b": "Person"}, said), day=np.array(days, dtype=np.int32))
    held = span(f"{first}..{last}")
    kept = within(columns, held)
    assert kept.day.tolist() == [day for day in days if held.first <= day <= held.last]
    assert len(kept.links) == len(kept.source) == len(kept.records)
    assert len(within(columns, span("..")).links) == len(days)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-02-30..2024-03-01", "2024-03-01..2024-02-01", "yesterday..today"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no span of days"):
        span(text)
