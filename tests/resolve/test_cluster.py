"""Clusters: joined from the strongest down, never across what parts, nor where two groups fit equally well."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.cluster import Said, clusters, keys, pairs
from graphintel.resolve.columns import flat
from graphintel.resolve.features import Features, described

Table = dict[tuple[str, str], Said]


def thing(name: str, **fields: str) -> Features:
    """A person of a flat record, its id the name's."""
    return described("Person", name, flat({"name": name, **fields}, kind="Person").stated)


def told(table: Table) -> Callable[[Features, Features], Said]:
    """A scorer that knows some pairs and thinks nothing of the rest."""

    def say(one: Features, other: Features) -> Said:
        return table.get((one.id, other.id)) or table.get((other.id, one.id)) or Said(0.0, False, False)

    return say


YES, NO = Said(9.0, True, False), Said(-9.0, False, True)
A, B, C = (thing(name) for name in ("Aydemir", "Bozdemir", "Caldemir"))


def test_a_chain_is_one_and_a_clash_parts_it() -> None:
    chain: Table = {("Aydemir", "Bozdemir"): YES, ("Bozdemir", "Caldemir"): YES}
    assert clusters([A, B, C], told(chain)) == [0, 0, 0]
    stronger = chain | {("Aydemir", "Bozdemir"): Said(20.0, True, False), ("Aydemir", "Caldemir"): NO}
    assert clusters([A, B, C], told(stronger)) == [0, 0, 2]


def test_what_fits_two_that_cannot_be_one_goes_to_neither() -> None:
    torn: Table = {("Aydemir", "Bozdemir"): YES, ("Bozdemir", "Caldemir"): YES, ("Aydemir", "Caldemir"): NO}
    assert clusters([A, B, C], told(torn)) == [0, 1, 2]


def test_records_that_say_the_same_are_one_without_being_compared() -> None:
    many = [thing("Nihat Akıncıoğlu", dob="1960-01-02")] * 5000
    began = time.process_time()
    assert clusters(many, told({})) == [0] * 5000
    assert time.process_time() - began < 5


def test_records_that_say_nothing_stay_apart() -> None:
    empty = [described("Person", str(number), ()) for number in range(3)]
    assert clusters(empty, told({})) == [0, 1, 2]


def test_a_large_set_is_compared_by_what_it_shares() -> None:
    draw = random.Random(3)
    letters = "bcdfghklmnprstvz"
    many = [
        thing("".join(draw.choices(letters, k=7)) + " " + "".join(draw.choices(letters, k=7)))
        for _ in range(900)
    ]
    twins = [*many, thing(many[0].names[0].spelled[1] + " " + many[0].names[0].spelled[0])]
    found = pairs(twins)
    assert (0, 900) in found and len(found) < 20_000


def test_a_key_that_everybody_shares_is_no_reason_to_compare() -> None:
    crowd = [thing("Nihat Akıncıoğlu", dob=f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 10}", phone=f"+90532{number:07d}")
             for number in range(2000)]  # fmt: skip
    assert len(pairs(crowd)) < 2000 * 150


def test_kinds_are_not_mixed() -> None:
    firm = described("Company", "x", flat({"name": "Aydemir"}, kind="Company").stated)
    assert pairs([A, firm]) == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from((YES, NO))), max_size=12))
def test_clusters_are_a_partition_and_hold_no_pair_that_must_not_be_one(
    said: list[tuple[int, int, Said]],
) -> None:
    names = [f"Ad{letter}emir" for letter in "abcdefgh"]
    table: Table = {(names[one], names[other]): verdict for one, other, verdict in said if one < other}
    found = clusters([thing(name) for name in names], told(table))
    assert all(found[place] == place for place in found)
    assert not any(verdict is NO and found[names.index(one)] == found[names.index(other)]
                   for (one, other), verdict in table.items())  # fmt: skip


def test_keys_name_what_one_thing_is_likely_to_share() -> None:
    found = set(keys(thing("Nihat Akıncıoğlu", dob="1960-01-02", phone="+905321234567", national_id="10000000146",
                           address="Gül Cad. 4 Bursa", email="n@x.example")))  # fmt: skip
    assert found >= {("id", "national_id", "10000000146"), ("contact", "1234567"), ("mail", "n@x.example"),
                     ("birth", "1960-1-2"), ("house", "4", "bursa")}  # fmt: skip
