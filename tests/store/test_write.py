"""Loading records: idempotent, united by identifiers, superseded by key, and hashed the same in any order."""

from __future__ import annotations

import random

import pytest
from fabric import load, mention, record, world

from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j


def entities(store: Store, kind: str) -> list[str]:
    """Display names of the entities of a kind."""
    return sorted(row["name"] for row in store.read(f"MATCH (e:{kind}:Entity) RETURN e.display AS name"))


def test_identifiers_unite_mentions_across_sources(store: Store) -> None:
    counts = load(store, world())
    assert counts.records_new == 6
    assert entities(store, "Vehicle") == ["34ABC123"]
    assert entities(store, "Container") == ["CSQU3054383"]
    assert len(entities(store, "Company")) == 1
    degree = store.read("MATCH (:Vehicle)<-[r:BY_MEANS_OF]-() RETURN count(r) AS n")[0]["n"]
    assert degree == 5


def test_every_link_carries_record_grade_marking_and_mentions(store: Store) -> None:
    load(store, world())
    rows = store.read(
        "MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n, count(r.record) AS record, count(r.marking) AS marking, "
        "count(r.grade) AS grade, count(r.from_mention) AS a, count(r.to_mention) AS b, count(r.basis) AS basis"
    )
    assert set(rows[0].values()) == {13}


def test_a_second_load_changes_nothing_but_deliveries(store: Store) -> None:
    load(store, world())
    before = store_hash(store)
    counts = load(store, world())
    assert (counts.records_new, counts.records_unchanged, counts.links_new, counts.mentions_new) == (
        0,
        6,
        0,
        0,
    )
    assert store_hash(store) == before
    assert store.read("MATCH (r:Record) RETURN collect(DISTINCT size(r.deliveries)) AS n")[0]["n"] == [2]


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 3), (3, 6)])
def test_order_and_chunks_leave_no_trace_in_the_hash(store: Store, seed: int, size: int) -> None:
    load(store, world(), 2)
    expected = store_hash(store)
    for row in store.read("MATCH (n) WHERE NOT n:Migration RETURN elementId(n) AS id"):
        store.execute("MATCH (n) WHERE elementId(n) = $id DETACH DELETE n", {"id": row["id"]})
    records = world()
    random.Random(seed).shuffle(records)
    load(store, records, size)
    assert store_hash(store) == expected


MUTATIONS = [
    "MATCH (r:Record) WITH r LIMIT 1 SET r.grade = 'x'",
    "MATCH (r:Record) WITH r LIMIT 1 SET r.content = '{}'",
    "MATCH (r:Record) WITH r LIMIT 1 SET r.closed = 1",
    "MATCH (r:Record {marking: 1}) WITH r LIMIT 1 SET r.marking = 2",
    "MATCH ()-[r:CONSIGNEE]->() WITH r LIMIT 1 SET r.marking = 9",
    "MATCH ()-[r:CONSIGNEE]->() WITH r LIMIT 1 SET r.at = '2020-01-01'",
    "MATCH ()-[r:IN_CONTAINER]->() WITH r LIMIT 1 SET r.item = 7",
    "MATCH ()-[r:BY_MEANS_OF]->() WITH r LIMIT 1 DELETE r",
    "MATCH (m:Mention {kind: 'Vehicle'}) WITH m LIMIT 1 SET m.plate = '06XYZ99'",
    (
        "MATCH (m:Mention {kind: 'Vehicle'})-[r:RESOLVES_TO]->() WITH m, r LIMIT 1 "
        "CREATE (e:Entity:Vehicle {id: 'new', kind: 'Vehicle'}) CREATE (m)-[:RESOLVES_TO]->(e) DELETE r"
    ),
    (
        "MATCH (m:Mention {kind: 'Vehicle'}) WITH collect(m.id) AS ids "
        "CREATE (:Judgement {id: 'j', verdict: 'same', by: 'x', left: ids[0], right: ids[1]})"
    ),
]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_any_one_change_gives_another_hash(store: Store, mutation: str) -> None:
    load(store, world())
    before = store_hash(store)
    store.execute(mutation)
    assert store_hash(store) != before


def test_a_corrected_row_supersedes_and_the_old_one_returns(store: Store) -> None:
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    other = mention("a", "Company", name="Başka Gıda A.Ş.", tax_id="1234567890", tax_country="TR")
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})], cell="A")
    second = record("a", "D1", event, [("CONSIGNEE", other, {})], cell="B")
    load(store, [first])
    only_first = store_hash(store)
    counts = load(store, [second])
    assert counts.records_superseded == 1
    names = [row["n"] for row in store.read("MATCH (:Declaration)-[:CONSIGNEE]->(c) RETURN c.display AS n")]
    assert names == ["Başka Gıda A.Ş."]
    assert store.read("MATCH (:Mention)-[c:CLOSED]->(:Mention) RETURN c.type AS t") == [{"t": "CONSIGNEE"}]
    load(store, [first])
    assert store_hash(store) == only_first


def test_two_versions_of_one_row_in_one_chunk_end_at_the_last(store: Store) -> None:
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})], cell="A")
    second = record("a", "D1", event, [("SELLER", firm, {})], cell="B")
    load(store, [first, second])
    assert [row["t"] for row in store.read("MATCH (:Declaration)-[r]->(:Company) RETURN type(r) AS t")] == [
        "SELLER"
    ]


def test_a_later_mention_merges_two_entities_and_links_move(store: Store) -> None:
    by_plate = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    by_vin = mention("b", "Vehicle", vin="1M8GDM9AXKP042788")
    both = mention("c", "Vehicle", plate="34ABC123", plate_country="TR", vin="1M8GDM9AXKP042788")
    events = [mention("x", "Movement", number=f"M{n}", date="2024-05-01") for n in range(3)]
    load(store, [record("x", "1", events[0], [("BY_MEANS_OF", by_plate, {})])])
    load(store, [record("x", "2", events[1], [("BY_MEANS_OF", by_vin, {})])])
    assert len(entities(store, "Vehicle")) == 2
    load(store, [record("x", "3", events[2], [("BY_MEANS_OF", both, {})])])
    assert len(entities(store, "Vehicle")) == 1
    rows = store.read(
        "MATCH (v:Vehicle)<-[r:BY_MEANS_OF]-(m) RETURN count(r) AS n, v.plate AS plate, v.vin AS vin"
    )
    assert rows == [{"n": 3, "plate": "34ABC123", "vin": "1M8GDM9AXKP042788"}]


def test_two_reports_of_one_declaration_become_one_event(store: Store) -> None:
    first = mention("a", "Declaration", mrn="25GB4TNV8LHQQPOAA5", date="2024-05-01")
    again = mention("b", "Declaration", mrn="25GB4TNV8LHQQPOAA5")
    seizure = mention("b", "Seizure", number="S1", date="2024-06-01")
    load(store, [record("a", "1", first, [])])
    load(store, [record("b", "2", seizure, [("CONCERNS", again, {})])])
    assert len(entities(store, "Declaration")) == 1
    assert store.read("MATCH (:Seizure)-[:CONCERNS]->(d:Declaration) RETURN d.date AS d") == [
        {"d": "2024-05-01"}
    ]


def test_a_duplicate_in_one_load_is_counted(store: Store) -> None:
    records = world()
    counts = load(store, [*records, records[0], records[1]], size=3)
    assert (counts.records_new, counts.records_duplicate) == (6, 2)


def test_a_chunk_leaves_its_ledger(store: Store) -> None:
    load(store, world(), 4)
    rows = store.read("MATCH (c:Chunk) RETURN c.number AS n, c.rows AS rows, c.records_new AS new ORDER BY n")
    assert rows == [{"n": 0, "rows": 4, "new": 4}, {"n": 1, "rows": 2, "new": 2}]
