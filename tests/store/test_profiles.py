"""Non-interference: deleting everything that a reader may not see leaves every answer as it was, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from fabric import OPEN, SECRET, load, mention, record, world

from graphintel.acts import look
from graphintel.acts.session import Session
from graphintel.errors import GraphIntelError
from graphintel.model.marking import Profile
from graphintel.model.records import Mention, Record
from graphintel.store.driver import Store
from graphintel.store.read import between, entity, expand, search, ways, whole
from graphintel.store.read.expand import Expansion
from graphintel.store.write import batch as batches
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
PLATES = ("34ABC123", "06DEF45", "35GHJ678")
TAXES = ("4540536920", "1234567890")
PLACES = ("kapikule", "cilvegozu")
WORDS = ("Akın", "Bora", "Ceylan", "Deniz")
# Where an answer is as of: these differ between two stores that say the same.
_COUNTERS = {"counter", "batch", "deliveries", "at_load"}


def draw_vehicle(draw: random.Random, source: str) -> Mention:
    """A lorry known by its plate, with a make and a colour that only some sources state."""
    return mention(
        source, "Vehicle", plate=draw.choice(PLATES), plate_country="TR",
        make=draw.choice(WORDS), colour=draw.choice(WORDS),
    )  # fmt: skip


def draw_firm(draw: random.Random, source: str) -> Mention:
    """A company known by its tax number under one of several names."""
    return mention(
        source, "Company", name=f"{draw.choice(WORDS)} Nakliyat", tax_id=draw.choice(TAXES), tax_country="TR"
    )


def draw_place(draw: random.Random, source: str) -> Mention:
    """A gate known by its key, with a name and coordinates that differ by source."""
    return mention(
        source, "Place", place_key=draw.choice(PLACES), name=f"{draw.choice(WORDS)} Kapısı", country="TR",
        latitude=str(draw.randint(36, 41)), longitude=str(draw.randint(26, 44)),
    )  # fmt: skip


def draw_goods(draw: random.Random, source: str) -> Mention:
    """Goods under one heading, under several names."""
    return mention(
        source, "Commodity", hs="293911", name=draw.choice(WORDS), product_group=draw.choice(WORDS)
    )


def draw_event(draw: random.Random, source: str, number: int) -> tuple[str, Mention]:
    """A declaration (which several sources may report), a seizure or a movement."""
    kind = draw.choice(("Declaration", "Declaration", "Seizure", "Movement"))
    if kind == "Declaration":
        values = {"number": f"B{draw.randint(1, 4)}", "office": "340100", "mode": draw.choice(("3", "1"))}
        return kind, mention(
            source, kind, **values, date=f"2024-05-0{draw.randint(1, 9)}", note=draw.choice(WORDS)
        )
    mode = {"mode": draw.choice(("3", "1"))}
    return kind, mention(
        source, kind, number=f"{kind[0]}{number}", date=f"2024-06-0{draw.randint(1, 9)}", **mode
    )


def draw_record(draw: random.Random, number: int) -> Record:
    """One row of one of three sources, open or secret."""
    source = draw.choice("abc")
    kind, event = draw_event(draw, source, number)
    links: list[tuple[str, Mention, dict[str, str | int | float]]] = [
        ("BY_MEANS_OF", draw_vehicle(draw, source), {"role": "border"})
    ]
    if kind == "Declaration":
        links += [
            ("CONSIGNEE", draw_firm(draw, source), {}),
            ("CARRIES", draw_goods(draw, source), {"item": 1, "gross_kg": float(draw.randint(1, 900)), "value": 5.0}),
        ]  # fmt: skip
    if kind == "Seizure":
        links += [
            ("SEIZED", draw_goods(draw, source), {"amount": 1.0, "unit": "kg"}),
            ("SEIZED_AT", draw_place(draw, source), {}),
        ]
    else:
        links.append(
            ("CLEARED_AT" if kind == "Declaration" else "SEEN_AT", draw_place(draw, source), {"seq": 1})
        )
    marking = SECRET if draw.random() < 0.5 else OPEN
    return record(source, f"{source}{number}", event, links, marking=marking)


def without_counters(found: Any) -> Any:
    """An answer without what only says when it was made."""
    if isinstance(found, dict):
        return {str(name): without_counters(value) for name, value in found.items() if name not in _COUNTERS}
    if isinstance(found, list | tuple):
        return [without_counters(one) for one in found]
    return found.tolist() if hasattr(found, "tolist") else found


def told(ask: Callable[[], Any]) -> bytes:
    """What an act answers, or how it refuses, as bytes."""
    try:
        found = ask()
    except GraphIntelError as error:
        return orjson.dumps(error.as_json())
    return orjson.dumps(without_counters(found), option=orjson.OPT_NON_STR_KEYS)


def columns(store: Store, profile: Profile) -> Any:
    """The columns for analysis as plain lists."""
    found = whole.columns(store, profile)
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def answers(store: Store, profile: Profile, ids: list[str]) -> dict[str, bytes]:
    """Every reading act with this profile, over all ids ever heard of."""
    found: dict[str, bytes] = {}
    fold = ["Declaration", "Movement"]
    for one in ids:
        found[f"show {one}"] = told(lambda one=one: entity.entity(store, one, profile))  # type: ignore[misc]
        found[f"records {one}"] = told(lambda one=one: entity.records(store, one, profile, limit=3))  # type: ignore[misc]
        found[f"preview {one}"] = told(lambda one=one: expand.preview(store, [one], profile))  # type: ignore[misc]
        found[f"history {one}"] = told(
            lambda one=one: [row["records"] for row in entity.loads_of(store, one, profile)]  # type: ignore[misc]
        )
        found[f"expand cut {one}"] = told(
            lambda one=one: expand.expand(  # type: ignore[misc]
                store, Expansion([one], fold=fold, limit=1), profile, events=2
            ).as_columns()
        )
        for asked in (Expansion([one], limit=4), Expansion([one], limit=3, order="date"), Expansion([one], hops=2),
                      Expansion([one], fold=fold)):  # fmt: skip
            name = f"expand {one} {asked.limit} {asked.order} {asked.hops} {asked.fold}"
            found[name] = told(lambda a=asked: expand.expand(store, a, profile).as_columns())  # type: ignore[misc]
    for text in (*WORDS, *PLATES, *TAXES, "nakliyat", "B1", "S3", "2024", "a", "b"):
        for limit in (2, 20):
            found[f"search {text} {limit}"] = told(
                lambda t=text, n=limit: search.search(store, t, profile, limit=n)  # type: ignore[misc]
            )
    for one, other in zip(ids[::3], ids[1::3], strict=False):
        found[f"paths {one} {other}"] = told(
            lambda a=one, b=other: between.paths(store, a, b, profile, limit=1000).as_columns()  # type: ignore[misc]
        )
    found["subgraph"] = told(lambda: between.subgraph(store, ids, profile).as_columns())
    found["folded"] = told(lambda: between.subgraph(store, ids, profile, fold=fold).as_columns())
    found["columns"] = told(lambda: columns(store, profile))
    rows = ways.place_links(store, profile).rows
    found["ways"] = told(lambda: rows)
    found["ways cut"] = told(lambda: ways.place_links(store, profile, events=2)[0])
    found["folded cut"] = told(
        lambda: between.subgraph(store, ids, profile, fold=fold, limit=2, events=2).as_columns()
    )
    for word in WORDS:
        found[f"ways {word}"] = told(lambda w=word: ways.place_links(store, profile, commodity=w).rows)  # type: ignore[misc]
    found["ways of"] = told(lambda: ways.place_links(store, profile, ids=ids[:5]).rows)
    found["places"] = told(lambda: ways.places(store, sorted({row["place"] for row in rows}), profile))
    found["seizures"] = told(lambda: ways.seizure_rows(store, profile))
    return found


@pytest.mark.parametrize("seed", range(9))
def test_what_is_hidden_leaves_no_trace_in_any_answer(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    records = [draw_record(draw, number) for number in range((4, 8, 14)[seed % 3])]
    ids = sorted({one.id for item in records for one in item.mentions})
    seen: list[dict[str, bytes]] = []
    for part in (records, [item for item in records if item.marking == OPEN]):
        empty(store)
        numbers = batches.intern_markings(store, {OPEN, SECRET})
        load(store, part, size=5)
        seen.append(answers(store, Profile((numbers[OPEN.text],)), ids))
    different = [name for name in seen[0] if seen[0][name] != seen[1][name]]
    assert not different, (
        f"{len(different)} differ: {[(n, seen[0][n][:600], seen[1][n][:600]) for n in different[:2]]}"
    )


def test_a_full_reader_and_a_narrow_one_agree_where_nothing_is_hidden(session: Session) -> None:
    draw = random.Random(7)
    load(session.store, [draw_record(draw, number) for number in range(10)])
    marks = tuple(session.markings)
    ids = [row["id"] for row in session.store.read("MATCH (e:Entity) RETURN e.id AS id")]
    for one in ids:
        full = entity.entity(session.store, one, Profile(marks, sees_all=True))
        some = entity.entity(session.store, one, Profile(marks))
        assert (full["label"], full["links"], full["values"]) == (
            some["label"],
            some["links"],
            some["values"],
        )


def test_a_crowd_makes_a_hub_only_for_who_sees_it(session: Session) -> None:
    load(session.store, world())
    ids = {
        row["n"]: row["id"]
        for row in session.store.read("MATCH (e:Entity) RETURN e.display AS n, e.id AS id")
    }
    numbers = {marking.level: number for number, marking in session.markings.items()}
    session.store.execute(
        "MATCH (v:Vehicle:Entity), (m:Movement) UNWIND range(1, 500) AS n CREATE (m)-[:BY_MEANS_OF {id: 'crowd' + n, "
        "record: 'r', from_mention: m.id, to_mention: v.id, marking: $mark, basis: 'observed'}]->(v)",
        {"mark": numbers["secret"]},
    )
    full, narrow = Profile(tuple(numbers.values()), sees_all=True), Profile((numbers["restricted"],))
    hubs = [
        {node.label: node.hub for node in expand.expand(session.store, Expansion([ids["M1"]]), profile).nodes}
        for profile in (full, narrow)
    ]
    assert [found["34ABC123"] for found in hubs] == [True, False]
    ends = (ids["CSQU3054383"], ids["M1"])
    assert not between.paths(session.store, *ends, full).extra["paths"]
    assert between.paths(session.store, *ends, narrow).extra["paths"]


def test_a_summed_link_carries_the_strictest_marking_it_rests_on(session: Session) -> None:
    firm = mention("a", "Company", name="Deneme", tax_id="4540536920", tax_country="TR")
    truck = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    trip = mention("a", "Movement", number="M1", date="2024-05-01")
    load(session.store, [
        record("a", "1", event, [("CONSIGNEE", firm, {}), ("BY_MEANS_OF", truck, {})], marking=SECRET),
        record("a", "2", trip, [("BY_MEANS_OF", truck, {})], marking=OPEN),
    ])  # fmt: skip
    found = look.among(session, [firm.id, truck.id, trip.id], ["Declaration"])
    assert {edge.type for edge in found.edges} == {"FOLD", "BY_MEANS_OF"} and found.handling.startswith(
        "SECRET"
    )
    around = look.neighbourhood(session, Expansion([truck.id], fold=["Declaration"]))
    assert around.handling.startswith("SECRET") and "marks" not in around.as_columns()["meta"]
