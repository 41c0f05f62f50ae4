"""Entities as connected components, held against networkx, and parted where somebody said "different"."""

from __future__ import annotations

import random

import networkx
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.partition import Tie, divide, partition

NAMES = st.sampled_from("abcdefgh")
KEYED = st.dictionaries(NAMES, st.lists(st.sampled_from("12345"), max_size=3), max_size=8)
PAIRS = st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]), max_size=6)


def tie(pair: tuple[str, str], *, person: bool = True, weight: float = 1.0) -> Tie:
    return Tie(*pair, judgement="".join(sorted(pair)), person=person, weight=weight)


@given(KEYED, PAIRS)
def test_who_shares_a_key_or_was_judged_the_same_is_one(
    keys: dict[str, list[str]], judged: list[tuple[str, str]]
) -> None:
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((name, f"key {key}") for name, own in keys.items() for key in own)
    graph.add_edges_from(pair for pair in judged if pair[0] in keys and pair[1] in keys)
    expected = {
        frozenset(name for name in part if name in keys) for part in networkx.connected_components(graph)
    }
    found = divide(keys, keys, map(tie, judged))
    assert {frozenset(group) for group in found.groups} == expected - {frozenset()}
    assert not found.refused and not found.contested


@given(KEYED, PAIRS, PAIRS, PAIRS, st.randoms(use_true_random=False))
def test_no_different_is_broken_and_the_order_does_not_matter(
    keys: dict[str, list[str]],
    said: list[tuple[str, str]],
    guessed: list[tuple[str, str]],
    different: list[tuple[str, str]],
    draw: random.Random,
) -> None:
    ties = [tie(pair) for pair in said] + [tie(pair, person=False, weight=0.9) for pair in guessed]
    found = divide(keys, keys, ties, different)
    at = {name: number for number, group in enumerate(found.groups) for name in group}
    assert all(at[one] != at[other] for one, other in different if one in at and other in at)
    # A tie holds or is told to be refused; a key unites its mentions or is told to be contested.
    for one in ties:
        if one.one in at and one.other in at and at[one.one] != at[one.other]:
            assert one in found.refused
    for key in {key for own in keys.values() for key in own} - found.contested:
        assert len({at[name] for name, own in keys.items() if key in own}) == 1
    shuffled = list(keys)
    draw.shuffle(shuffled)
    draw.shuffle(ties)
    again = divide(
        shuffled, {name: keys[name][::-1] for name in shuffled}, ties, [pair[::-1] for pair in different]
    )
    assert again.groups == found.groups and again.contested == found.contested


def test_a_bridge_holds_two_sides_together() -> None:
    keys = {"plate": ["p"], "vin": ["v"], "both": ["p", "v"]}
    assert partition(keys, keys) == [["both", "plate", "vin"]]
    assert partition(["plate", "vin"], keys) == [["plate"], ["vin"]]


def test_a_person_holds_against_a_key_and_a_key_against_a_model() -> None:
    keys = {"a": ["1"], "b": ["1"], "c": []}
    found = divide("abc", keys, [tie(("b", "c"))], [("a", "c")])
    assert found.groups == [["a"], ["b", "c"]] and found.contested == {"1"}
    found = divide("abc", keys, [tie(("b", "c"), person=False)], [("a", "c")])
    assert found.groups == [["a", "b"], ["c"]] and [one.judgement for one in found.refused] == ["bc"]


def test_of_two_guesses_the_weaker_yields() -> None:
    ties = [tie(("a", "b"), person=False, weight=0.99), tie(("b", "c"), person=False, weight=0.999)]
    found = divide("abc", {}, ties, [("a", "c")])
    assert found.groups == [["a"], ["b", "c"]] and [one.judgement for one in found.refused] == ["ab"]


def test_a_thing_different_from_itself_stays_one() -> None:
    assert divide("a", {"a": ["1"]}, [], [("a", "a")]).groups == [["a"]]
