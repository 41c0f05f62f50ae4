"""What a limit cut off is counted, exactly or as a least, and equals a recount of the whole answer."""

from __future__ import annotations

import pytest
from fabric import OPEN, SECRET, load, mention, record

from graphintel.acts import routes
from graphintel.acts.session import Session
from graphintel.model.marking import Profile
from graphintel.model.records import Mention, Record
from graphintel.model.subgraph import Subgraph, Truncated
from graphintel.store.driver import Store
from graphintel.store.read import between, cut, expand, ways
from graphintel.store.read.expand import Expansion
from graphintel.store.read.profile import full_profile, profile_where

pytestmark = pytest.mark.neo4j
FOLD = ["Declaration"]
EVENTS = 12


def consignments() -> list[Record]:
    """Twelve declarations of one lorry, three consignees and four places; every third is secret."""
    made = []
    truck = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    for number in range(EVENTS):
        event = mention("a", "Declaration", number=f"D{number}", date="2024-05-01")
        firm = mention(
            "a", "Company", name=f"Firma {number % 3}", tax_id=f"454053692{number % 3}", tax_country="TR"
        )
        gates = [mention("a", "Place", locode=code) for code in ("TRGRB", "TRMER", "BGVAR", "BGSOF")]
        way: list[tuple[str, Mention, dict[str, str | int | float]]] = [
            ("DEPARTED_FROM", gates[0], {}), ("VIA", gates[1], {"seq": 1}), ("VIA", gates[2], {"seq": 2}),
            ("BOUND_FOR", gates[3], {}),
        ]  # fmt: skip
        made.append(record("a", f"D{number}", event, [("CONSIGNEE", firm, {}), ("BY_MEANS_OF", truck, {}), *way],
                           marking=SECRET if number % 3 == 0 else OPEN))  # fmt: skip
    return made


@pytest.fixture
def filled(store: Store) -> Store:
    load(store, consignments())
    return store


def ids_of(store: Store, *kinds: str) -> list[str]:
    """Ids of the entities of some kinds."""
    return [row["id"] for row in store.read("MATCH (e:Entity) WHERE e.kind IN $kinds RETURN e.id AS id",
                                            {"kinds": list(kinds)})]  # fmt: skip


def narrow(store: Store) -> Profile:
    """A reader who may not see what is secret."""
    return profile_where(store, lambda marking: marking.level != "secret")


def events_in(found: Subgraph) -> int:
    """How many events all summed links of a subgraph count."""
    return sum(edge.fold.count for edge in found.edges if edge.fold)


@pytest.mark.parametrize(("most", "hidden"), [(3, False), (5, True), (7, False), (100, True), (100, False)])
def test_events_beyond_those_looked_at_are_counted_when_expanding(
    filled: Store, most: int, hidden: bool
) -> None:
    profile = narrow(filled) if hidden else full_profile(filled)
    (truck,) = ids_of(filled, "Vehicle")
    whole = expand.expand(filled, Expansion([truck], fold=FOLD), profile)
    found = expand.expand(filled, Expansion([truck], fold=FOLD), profile, events=most)
    there = len(ids_of(filled, "Declaration")) * 2 // 3 if hidden else EVENTS
    assert found.truncated.by_limit == max(there - most, 0)
    assert whole.truncated.by_limit == 0 and events_in(whole) == there * 5
    assert events_in(found) == min(most, there) * 5
    assert found.as_columns()["meta"]["truncated"]["by_limit"] == max(there - most, 0)


def test_summed_links_beyond_the_limit_are_counted_when_expanding(filled: Store) -> None:
    (truck,) = ids_of(filled, "Vehicle")
    profile = full_profile(filled)
    whole = expand.expand(filled, Expansion([truck], fold=FOLD), profile)
    found = expand.expand(filled, Expansion([truck], fold=FOLD, limit=2), profile)
    assert len([edge for edge in whole.edges if edge.fold]) == 7
    assert (len([edge for edge in found.edges if edge.fold]), found.truncated.by_limit) == (2, 5)


@pytest.mark.parametrize("most", [1, 30, 1000])
def test_a_folded_chart_counts_the_events_it_left_out(filled: Store, most: int) -> None:
    ids, profile = ids_of(filled, "Vehicle", "Company", "Place"), full_profile(filled)
    whole = between.subgraph(filled, ids, profile, fold=FOLD)
    found = between.subgraph(filled, ids, profile, fold=FOLD, events=most)
    assert events_in(whole) == EVENTS * 15 and whole.truncated == Truncated()
    assert events_in(found) == min(most, EVENTS * 15)
    assert found.truncated == Truncated(by_limit=max(EVENTS * 15 - most, 0))
    assert found.as_columns() == between.subgraph(filled, ids, profile, fold=FOLD, events=most).as_columns()


def test_links_beyond_the_limit_of_a_chart_are_all_counted(filled: Store) -> None:
    ids, profile = ids_of(filled, "Vehicle", "Declaration"), full_profile(filled)
    found = between.subgraph(filled, ids, profile, limit=5)
    assert (len(found.edges), found.truncated.by_limit) == (5, EVENTS - 5)


def test_who_sees_some_is_counted_as_far_as_it_is_told(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "COUNT_TO", 4)
    (truck,) = ids_of(filled, "Vehicle")
    found = expand.expand(filled, Expansion([truck], fold=FOLD), narrow(filled), events=2)
    assert found.truncated == Truncated(by_limit=4, more=True)
    assert found.truncated.as_json() == {"by_limit": 4, "by_filter": 0, "by_policy": "not told", "more": True}
    exact = expand.expand(filled, Expansion([truck], fold=FOLD), full_profile(filled), events=2)
    assert exact.truncated == Truncated(by_limit=10)


@pytest.mark.parametrize(("events", "hidden"), [(1, False), (5, False), (5, True), (8, True), (12, False)])
def test_ways_are_cut_by_whole_events_and_their_links_counted(
    filled: Store, events: int, hidden: bool
) -> None:
    profile = narrow(filled) if hidden else full_profile(filled)
    whole = ways.place_links(filled, profile)
    found = ways.place_links(filled, profile, events=events)
    kept = {row["event"] for row in found.rows}
    assert len(kept) == events and whole.cut == Truncated()
    assert [row for row in whole.rows if row["event"] in kept] == found.rows
    assert found.cut == Truncated(by_limit=len(whole.rows) - len(found.rows))


def test_ways_narrowed_by_date_are_counted_as_narrowed(filled: Store) -> None:
    profile = full_profile(filled)
    assert ways.place_links(filled, profile, start="2030-01-01", events=1) == ([], Truncated())
    (truck,) = ids_of(filled, "Vehicle")
    found = ways.place_links(filled, profile, ids=[truck], events=2)
    assert (len(found.rows), found.cut.by_limit) == (8, (EVENTS - 2) * 4)


def test_observed_legs_say_what_they_do_not_rest_on(session: Session) -> None:
    load(session.store, consignments())
    session.store.execute("MATCH (p:Place) SET p.latitude = 41.0, p.longitude = 29.0")
    whole = routes.observed(session)
    assert {leg["count"] for leg in whole["legs"]} == {EVENTS} and whole["truncated"]["by_limit"] == 0
    few = routes.observed(session, events=2, limit=1)
    assert few["legs"][0]["count"] == 2
    # Ten events of four links each, and two of the three legs.
    assert few["truncated"]["by_limit"] == 10 * 4 + 2
