"""What the benchmark of planted worlds counts: aliases that are one or asked about, and near misses made one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from fabric import load, mention, record

from graphintel.acts.bench import planted
from graphintel.acts.bench.groups import Groups, found_again
from graphintel.acts.session import Session
from graphintel.training import Truth


def world() -> planted.World:
    """Two firms of known number, and a third statement that is a thing of its own."""
    made = [
        mention("a", "Company", name="Aksaray Gıda A.Ş.", tax_id="4540536920", tax_country="TR"),
        mention("b", "Company", name="AKSARAY GIDA", tax_id="9668845785", tax_country="TR"),
        mention("c", "Company", name="Aksaray"),
    ]
    found = planted.World({one.id: f"e{number}" for number, one in enumerate(made)})
    for one in made:
        found.take(one)
    return found


KEY = "tax:TR:4540536920"


def test_an_alias_is_one_asked_about_or_lost() -> None:
    found = world()
    (known,), (loose,) = (found.written[text] for text in (("Aksaray Gıda A.Ş.", "a"), ("Aksaray", "c")))
    assert planted.alias(found, [known], KEY, []) == {"aliases": 1, "one": 1}
    assert planted.alias(found, [known, loose], KEY, []) == {"aliases": 1, "waits": 0}
    assert planted.alias(found, [loose], KEY, [({"e2"}, {"e0"})]) == {"aliases": 1, "waits": 1}
    assert planted.alias(found, [loose], KEY, [({"e2"}, {"e1"})]) == {"aliases": 1, "waits": 0}
    assert planted.alias(found, [], KEY, []) == {"unwritten": 1}


def test_what_must_stay_apart_is_merged_where_its_numbers_are_one_thing() -> None:
    found = world()
    entry = {"innocent": {"tax_id": "9668845785"}, "planted": {"tax_id": "4540536920"}}
    assert planted.near(found, entry) == {"near": 1, "merged": 0} and planted.several(found) == 0
    found.known["tax:TR:9668845785"].add("e0")
    assert planted.near(found, entry) == {"near": 1, "merged": 1} and planted.several(found) == 1
    assert planted.near(found, {"innocent": {"phone": "1"}, "planted": {}}) == {}


def test_the_bars_hold_or_not_by_what_was_counted() -> None:
    total = Counter(statements=100, aliases=20, one=15, waits=4, near=3, right=9000)
    figures = planted.figures(total, [1.0, 0.5])
    assert figures["found"].value == 0.95 and figures["found"].holds and figures["near_misses_merged"].holds
    assert figures["hidden_numbers_lower_end"].holds and figures["comparing"].value == 5.0
    worse = planted.figures(total + Counter(aliases=1, merged=1, wrong=20), [1.0, 0.5])
    assert not worse["found"].holds and not worse["near_misses_merged"].holds
    assert not worse["hidden_numbers_lower_end"].holds


@pytest.mark.neo4j
def test_planted_groups_are_held_against_communities_and_organisers_against_all_persons(
    session: Session,
) -> None:
    """Two stars: each organiser trades with ten others of its group, and one trade joins the two."""
    known: dict[str, set[str]] = {}
    heads = [mention("a", "Person", name=f"Baş {letter}lkan") for letter in "AB"]
    groups: list[dict[str, Any]] = []
    records = []
    for head, letter in zip(heads, "AB", strict=True):
        others = [mention("a", "Person", name=f"Üye {letter}{chr(97 + n)}dal") for n in range(10)]
        for number, other in enumerate(others):
            event = mention("a", "Declaration", number=f"{letter}{number}", date="2024-05-01")
            records.append(
                record("a", f"{letter}{number}", event, [("CONSIGNOR", head, {}), ("CONSIGNEE", other, {})])
            )
        known.update({one.id: {one.id} for one in (head, *others)})
        groups.append(
            {"organiser": {"key": head.id}, "members": [{"key": one.id} for one in (head, *others)], "companies": [],
             "vehicles": [{"key": "nobody"}]}
        )  # fmt: skip
    bridge = mention("a", "Declaration", number="X", date="2024-05-01")
    records.append(record("a", "X", bridge, [("CONSIGNOR", heads[0], {}), ("CONSIGNEE", heads[1], {})]))
    load(session.store, records, size=30)
    found = found_again(session, Truth(1, "small", groups=groups), known)
    assert found.agreement == pytest.approx(1.0) and found[1:] == (22, 2, 2)
    mixed = [[{"key": name} for name in sorted(known)[place::2]] for place in range(2)]
    wrong = [{**one, "members": some} for one, some in zip(groups, mixed, strict=True)]
    assert found_again(session, Truth(1, "small", groups=wrong), known).agreement < 0.2
    figures = planted.of_groups([Groups(0.9, 22, 2, 2), Groups(0.7, 20, 2, 1)])
    assert not figures["groups_ami"].holds and figures["organisers_top_decile"].value == 0.75
