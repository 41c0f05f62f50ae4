"""Each saved question on a real server: finds what is planted, leaves out the near miss, changes with the profile."""

from __future__ import annotations

from typing import Any

import pytest
from fabric import load
from planted import PLANTS, Plant

from graphintel.model.marking import Profile
from graphintel.model.records import Record
from graphintel.queries.catalogue import Query, catalogue
from graphintel.store import gate
from graphintel.store.driver import Store
from graphintel.store.read.profile import full_profile, profile_where
from graphintel.store.run import Answer, Limits, run_query
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
QUESTIONS = catalogue()


def narrow(store: Store) -> Profile:
    """A reader who may not see what is secret."""
    return profile_where(store, lambda marking: marking.level != "secret")


def events(store: Store) -> dict[str, str]:
    """The ids of planted events by number."""
    rows = store.read("MATCH (m:Mention) WHERE m.number IS NOT NULL RETURN m.number AS number, m.id AS id")
    return {row["number"]: row["id"] for row in rows}


def ask(store: Store, name: str, plant: Plant, profile: Profile) -> list[tuple[Any, ...]]:
    """The rows of an answer, by the columns that the plant names; pairs by name, since ids decide who comes first."""
    answer = run_query(store, QUESTIONS[name], plant.params(events(store)), profile)
    places = [answer.columns.index(column) for column in plant.columns.split()]
    rows = [tuple(row[place] for place in places) for row in answer.rows]
    return [(*sorted(row[:2]), *row[2:]) for row in rows] if name == "shared-vehicle" else rows


def test_every_question_has_a_planted_graph() -> None:
    assert set(PLANTS) == set(QUESTIONS)


@pytest.mark.parametrize("name", PLANTS)
def test_finds_what_is_planted_and_nothing_else(store: Store, name: str) -> None:
    plant = PLANTS[name]()
    load(store, plant.records, size=50)
    seen = ask(store, name, plant, full_profile(store))
    assert set(seen) == plant.rows | plant.hidden and len(set(seen)) == len(seen)
    assert set(ask(store, name, plant, narrow(store))) == plant.rows
    assert ask(store, name, plant, Profile(())) == []


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=str)
def test_every_question_passes_the_gate_by_its_plan(store: Store, query: Query) -> None:
    given = {param.name: "0" * 32 for param in query.params if param.type == "entity"}
    params = {**query.bind(given), "marks": [1], "limit": 5}
    with store.driver.session() as session:
        summary = session.run("EXPLAIN\n" + query.text, params).consume()
    gate.check_plan(summary.query_type, summary.plan)
    assert gate.check_text(query.text, params)  # so that it can be pasted and bent
    assert summary.query_type == "r"


def everything(secret: bool) -> list[Record]:
    """All plants in one graph, with or without what is secret; keys are told apart by question."""
    found = []
    for name, make in PLANTS.items():
        for record in make().records:
            if secret or record.marking.level != "secret":
                record.key = f"{name}/{record.key}"
                found.append(record)
    return found


def answers(store: Store) -> dict[str, list[list[Any]]]:
    """What the reader who may not see secrets is told by every question."""
    seen = {}
    ids = events(store)
    for name, query in QUESTIONS.items():
        given = {param.name: ids["D1"] for param in query.params if param.type == "entity"}
        seen[name] = run_query(store, query, given, narrow(store)).rows
    return seen


def test_what_is_hidden_changes_no_answer(prepared: Store, store: Store) -> None:
    load(store, everything(secret=True), size=100)
    with_secrets = answers(store)
    empty(prepared)
    load(store, everything(secret=False), size=100)
    assert with_secrets == answers(store)
    assert sum(map(len, with_secrets.values())) >= len(QUESTIONS)


def test_answers_are_cut_at_the_limit_and_name_their_things(store: Store) -> None:
    plant = PLANTS["service-providers"]()
    load(store, plant.records, size=50)
    answer = run_query(
        store, QUESTIONS["service-providers"], {"least": 1}, full_profile(store), Limits(rows=2)
    )
    assert (len(answer.rows), answer.truncated) == (2, True)
    assert answer.entities == [row[answer.columns.index("provider_id")] for row in answer.rows]
    whole: Answer = run_query(store, QUESTIONS["service-providers"], {"least": 1}, full_profile(store))
    assert not whole.truncated and whole.rows[:2] == answer.rows and whole.counter > 0
