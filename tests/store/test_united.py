"""Statements judged the same in one transaction: what follows from all keys and verdicts, never against a person."""

from __future__ import annotations

import random

import pytest
from fabric import load, mention, record
from judging import expected, groups, say
from takings import do, flaws, sequence

from graphintel.model.judgement import Judgement
from graphintel.model.records import Mention
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write.judge import judge, withdraw
from graphintel.store.write.united import Alike, unite

pytestmark = pytest.mark.neo4j
SAID = Judgement("same", "", "", "resolve", "the same name", "m1/Company name", 0.9995)


def firms(store: Store, count: int) -> list[str]:
    """Firms of one name that nothing but a judgement unites, each with a declaration of its own."""
    made: list[Mention] = [
        mention(f"s{number}", "Company", name="Aksaray Gıda A.Ş.") for number in range(count)
    ]
    load(store, [
        record(one.source, "1", mention(one.source, "Declaration", number="1", date="2024-05-01"), [("CONSIGNEE", one, {})])
        for one in made
    ])  # fmt: skip
    return [one.id for one in made]


def test_all_are_one_by_one_judgement_each(store: Store) -> None:
    names = firms(store, 5)
    done = unite(store, [Alike(names[0], names[1:], SAID)])
    assert set(done.judgements) == set(names[1:]) and done.moved == 4 and not done.left_out
    assert frozenset(names) in groups(store) and groups(store) == expected(store) and not flaws(store)
    before = store_hash(store)
    again = unite(store, [Alike(names[0], names[1:], SAID)])
    assert not again.judgements and set(again.left_out) == set(names[1:]) and store_hash(store) == before


def test_several_groups_are_judged_together_and_each_can_be_undone(store: Store) -> None:
    names = firms(store, 6)
    done = unite(store, [Alike(names[0], names[1:3], SAID), Alike(names[3], names[4:], SAID)])
    assert {frozenset(names[:3]), frozenset(names[3:])} <= groups(store)
    withdraw(store, done.judgements[names[5]], "ayse", "another firm")
    assert {frozenset(names[3:5]), frozenset(names[5:])} <= groups(store) and groups(store) == expected(store)
    back = unite(store, [Alike(names[3], names[4:], SAID)])
    assert back.left_out == [names[4], names[5]] and frozenset(names[5:]) in groups(store)


def test_what_a_person_said_stands(store: Store) -> None:
    names = firms(store, 5)
    judge(store, Judgement("different", names[0], names[1], "ayse", "two registers"))
    judge(store, Judgement("unsure", names[3], names[4], "ayse", "only a name"))
    done = unite(store, [Alike(names[0], names[1:], SAID)])
    assert not done.judgements and set(done.left_out) == set(names[1:])
    other = unite(store, [Alike(names[2], names[1:2] + names[3:], SAID)])
    assert not other.judgements and len(groups(store)) == len(expected(store))


def test_who_sleeps_or_is_another_kind_is_left_out(store: Store) -> None:
    names = firms(store, 2)
    person = mention("a", "Person", name="Aksaray Gıda")
    load(
        store,
        [
            record(
                "a",
                "P",
                mention("a", "Declaration", number="P", date="2024-05-01"),
                [("CONSIGNEE", person, {})],
            )
        ],
    )
    done = unite(store, [Alike(names[0], [names[1], person.id, "nobody"], SAID)])
    assert list(done.judgements) == [names[1]] and set(done.left_out) == {person.id, "nobody"}
    assert not unite(store, [Alike("nobody", names, SAID)]).judgements and not unite(store, []).judgements


@pytest.mark.parametrize("seed", range(3))
def test_among_loads_and_judgements_the_entities_still_follow(store: Store, seed: int) -> None:
    draw = random.Random(f"united {seed}")
    numbers: list[int] = []
    for step in sequence(seed, 6):
        do(store, step, numbers)
        names = [
            row["id"]
            for row in store.read("MATCH (m:Mention {kind: 'Vehicle'}) RETURN m.id AS id ORDER BY id")
        ]
        if len(names) > 2:
            some = draw.sample(names, min(4, len(names)))
            unite(store, [Alike(some[0], some[1:], SAID)])
            assert groups(store) == expected(store), (seed, step)
        say(store, draw)
        assert groups(store) == expected(store), (seed, step)
    assert not flaws(store)
