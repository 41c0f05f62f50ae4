"""What changed between two findings: planted births, deaths, splits and merges are found and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.analysis.change import changed
from graphintel.errors import InputError


def result(*groups: str) -> dict[str, Any]:
    """A result of communities; each member is a letter."""
    return {
        "communities": [
            {"id": place, "name": group, "members": list(group)} for place, group in enumerate(groups)
        ]
    }


def test_a_birth_a_death_a_split_and_a_merge_are_told_apart() -> None:
    told = changed(
        "communities",
        result("abcdef", "ghij", "klm", "nop", "uvwxyz"),
        result("abc", "def", "ghij", "klmnop", "123"),
    )
    assert told["counts"] == {
        "born": 1, "gone": 1, "split": 1, "merged": 1, "grown": 0, "shrunk": 0, "stayed": 1,
    }  # fmt: skip
    assert told["born"][0]["name"] == "123" and told["gone"][0]["name"] == "uvwxyz"
    assert told["split"][0]["from"]["name"] == "abcdef"
    assert [one["name"] for one in told["split"][0]["into"]] == ["abc", "def"]
    assert [one["name"] for one in told["merged"][0]["from"]] == ["klm", "nop"]
    assert (
        not told["same"]
        and "1 split" in told["explanation"]["en"]
        and "1 bölünen" in told["explanation"]["tr"]
    )


def test_a_group_swallowed_by_a_large_one_is_a_merge_and_no_death() -> None:
    told = changed("communities", result("abcdefghijklmnop", "xyz"), result("abcdefghijklmnopxyz"))
    assert told["counts"]["merged"] == 1 and told["counts"]["gone"] == 0


def test_growth_counts_members_that_were_not_there_before() -> None:
    told = changed("communities", result("abcde", "fghij"), result("abcde12", "fgh"))
    assert [one["into"]["size"] for one in told["grown"]] == [7]
    assert [one["into"]["size"] for one in told["shrunk"]] == [3]
    assert told["counts"]["stayed"] == 0


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.randoms())
def test_the_same_communities_in_any_order_are_the_same(of: list[int], draw: Any) -> None:
    groups = [
        "".join(chr(0x100 + place) for place, group in enumerate(of) if group == number) for number in set(of)
    ]
    mixed = ["".join(draw.sample(group, len(group))) for group in draw.sample(groups, len(groups))]
    told = changed("communities", result(*groups), result(*mixed))
    assert told["same"] and sum(told["counts"].values()) == told["counts"]["stayed"]
    assert told["counts"]["stayed"] == sum(len(group) >= 3 for group in groups)


def test_sets_ranks_and_pairs_are_compared() -> None:
    old = {"set": ["a", "b"], "labels": ["Aras", "Batu"], "fragmentation": 0.5, "verdict": "breakable"}
    new = {"set": ["b", "c"], "labels": ["Batu", "Cem"], "fragmentation": 0.4, "verdict": "breakable"}
    told = changed("key-players", old, new)
    assert (told["came"], told["went"], told["fragmentation"]) == (["c"], ["a"], [0.5, 0.4])
    assert "Cem" in told["explanation"]["en"] and changed("key-players", old, old)["same"]
    nodes = [{"id": name, "label": name} for name in "abcdefghijkl"]
    told = changed("centrality", {"nodes": nodes}, {"nodes": nodes[::-1]})
    assert told["came"] == ["l", "k"] and told["went"] == ["a", "b"]
    assert {"id": "l", "label": "l", "before": 12, "after": 1} in told["ranks"]
    pair = {"source": "a", "target": "b"}
    told = changed(
        "hidden-ties", {"pairs": [pair], "verdict": "leads"}, {"pairs": [], "verdict": "cannot tell"}
    )
    assert told["went"] == [pair] and told["verdict"] == ["leads", "cannot tell"] and not told["same"]
    turned = {"pairs": [{"source": "b", "target": "a"}], "verdict": "leads"}
    assert changed("hidden-ties", {"pairs": [pair], "verdict": "leads"}, turned)["came"] == []


def test_another_method_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be compared"):
        changed("routes-observed", {}, {})
