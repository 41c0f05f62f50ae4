"""Reads over everything: the graph hash, and visible assertions as columns for analysis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import neo4j
import numpy as np
import orjson

from graphintel.model.columns import UNKNOWN_DAY, LinkColumns
from graphintel.model.ids import graph_hash, item_digest
from graphintel.model.marking import Profile
from graphintel.store.driver import Store
from graphintel.store.read.profile import counter
from graphintel.store.read.shape import TYPES

_UNHASHED_LINK = ("batch", "marking")
_UNHASHED_MENTION = ("display", "names", "identifiers", "hub", "born", "search", "uses")
_UNHASHED_JUDGEMENT = ("id", "at", "counter")
_EPOCH = date(1970, 1, 1).toordinal()


def store_hash(store: Store) -> str:
    """The graph hash of model.md: live records, mentions, links, membership and judgements, whatever their order."""
    marking = _marking_texts(store)
    items: list[bytes] = []
    live: set[str] = set()
    for told in _live_records(store):
        subjects = sorted(name for name, number in told[6] if name and number not in marking.hidden)
        live.update(subjects)
        items.append(item_digest("record", *told[:5], marking.get(told[5]), subjects))
    for row in store.records(f"MATCH ()-[r:{TYPES}]->() RETURN type(r), properties(r)"):
        if row[1]["marking"] in marking.hidden:
            continue
        properties = {name: value for name, value in row[1].items() if name not in _UNHASHED_LINK}
        live.update((properties["from_mention"], properties["to_mention"]))
        items.append(item_digest("link", row[0], properties, marking.get(row[1]["marking"])))
    members: dict[str, list[str]] = {}
    for row in store.records(
        "MATCH (m:Mention) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e) RETURN m.id, coalesce(e.id, m.id), properties(m)"
    ):
        if row[0] in live:
            members.setdefault(row[1], []).append(row[0])
            items.append(item_digest("mention", _values(row[2])))
    items.extend(item_digest("entity", sorted(group)) for group in members.values())
    items.extend(_judgements(store, live))
    return graph_hash(items)


def _judgements(store: Store, live: set[str]) -> Iterator[bytes]:
    """Judgements that stand, of mentions that do: who said what of which two and why, not when."""
    for row in store.records(
        "MATCH (j:Judgement) WHERE j.withdrawn_by IS NULL AND j.verdict <> 'withdrawn' RETURN properties(j)"
    ):
        if row[0]["left"] in live and row[0]["right"] in live:
            told = {name: value for name, value in row[0].items() if name not in _UNHASHED_JUDGEMENT}
            yield item_digest("judgement", told)


class _Texts(dict[int, str]):
    """Markings by number as text, and the numbers that a retraction under way hides."""

    hidden: frozenset[int] = frozenset()


def _marking_texts(store: Store) -> _Texts:
    rows = store.read(
        "MATCH (m:Marking) OPTIONAL MATCH (o:Marking {number: m.alias_of}) "
        "RETURN m.number AS n, coalesce(o.text, m.text) AS t, coalesce(m.state = 'hidden', false) AS hidden"
    )
    found = _Texts({row["n"]: row["t"] for row in rows})
    found.hidden = frozenset(row["n"] for row in rows if row["hidden"])
    return found


def _live_records(store: Store) -> Iterator[list[Any]]:
    """Records that stand, with what they state; one whose retraction has turned as it will stand then."""
    turned = {row["n"] for row in store.read("MATCH (b:Batch {retraction: 'tidy'}) RETURN b.number AS n")}
    for row in store.records(
        "MATCH (d:Record) WHERE d.closed IS NULL OR d.pending IS NOT NULL OPTIONAL MATCH (d)-[s:STATES]->(m:Mention) "
        "RETURN d.id, d.source, d.key, d.content, d.grade, d.marking, collect([m.id, s.marking]), d.closed, d.pending, d.next"
    ):
        *told, closed, pending, after = row
        if pending in turned:
            will = orjson.loads(after)["set"]
            closed = will["closed"]
            told[4], told[5] = will.get("grade", told[4]), will.get("marking", told[5])
        if closed is None:
            yield told


def _values(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _UNHASHED_MENTION}


def columns(store: Store, profile: Profile) -> LinkColumns:
    """All visible links as arrays between mentions, with the entity of each mention."""
    version = counter(store)
    entity_number: dict[str, int] = {}
    entities: list[str] = []
    labels: list[str] = []
    kinds: dict[str, int] = {}
    kind: list[int] = []
    hub: list[bool] = []
    mentions: dict[str, int] = {}
    partition: list[int] = []
    # Links first: a load that commits meanwhile only adds mentions, so that every link finds its ends.
    rows = list(
        store.records(
            f"MATCH ()-[r:{TYPES}]->() WHERE r.marking IN $marks "
            "RETURN r.from_mention, r.to_mention, type(r), coalesce(r.at, ''), r.id, r.record",
            {"marks": list(profile.marks)},
        )
    )
    if not profile.sees_all:
        rows.sort(key=lambda row: str(row[4]))
    for name, entity, label, kind_name, is_hub in _things(store, profile, rows):
        if entity not in entity_number:
            entity_number[entity] = len(entities)
            entities.append(entity)
            # The cached name rests on all mentions; who sees only some of them gets none from here.
            labels.append(label or "" if profile.sees_all else "")
            kind.append(kinds.setdefault(kind_name, len(kinds)))
            hub.append(bool(is_hub))
        mentions[name] = len(partition)
        partition.append(entity_number[entity])
    source: list[int] = []
    target: list[int] = []
    type_code: list[int] = []
    days: list[int] = []
    links: list[str] = []
    records: list[str] = []
    types: dict[str, int] = {}
    day_of: dict[str, int] = {"": UNKNOWN_DAY}
    for from_mention, to_mention, type_name, at, link, record in rows:
        source.append(mentions[from_mention])
        target.append(mentions[to_mention])
        type_code.append(types.setdefault(type_name, len(types)))
        if at not in day_of:
            day_of[at] = _day(at)
        days.append(day_of[at])
        links.append(link)
        records.append(record)
    return LinkColumns(
        list(mentions), _ints(partition), entities, labels, _ints(kind), list(kinds), np.array(hub, dtype=np.bool_),
        _ints(source), _ints(target), _ints(type_code), list(types), _ints(days), links, records, version, profile.key,
    )  # fmt: skip


def _things(store: Store, profile: Profile, links: list[neo4j.Record]) -> Iterator[list[Any]]:
    """Mention, entity, name, kind and hub flag of every statement that this reader may see."""
    streamed = store.records(
        "MATCH (m:Mention) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x) WITH m, coalesce(x, m) AS e "
        "RETURN m.id, e.id, e.display, e.kind, e.hub, coalesce(m.uses, 1) > 0"
    )
    used = {row[end] for row in links for end in (0, 1)}
    if profile.counts_all:
        # What no record uses any more sleeps, unless it fell asleep while this was read.
        yield from (list(row)[:5] for row in streamed if row[5] or row[0] in used)
        return
    stated = "MATCH (:Record)-[s:STATES]->(m:Mention) WHERE s.marking IN $marks RETURN DISTINCT m.id"
    used.update(row[0] for row in store.records(stated, {"marks": list(profile.marks)}))
    if profile.sees_all:
        yield from (list(row)[:5] for row in streamed if row[0] in used)
        return
    # By id: an entity is known by the least of its visible mentions, and is no hub by what is hidden.
    first: dict[str, str] = {}
    for name, entity, _, kind, *_ in sorted(
        (row for row in streamed if row[0] in used), key=lambda row: str(row[0])
    ):
        yield [name, first.setdefault(entity, name), "", kind, False]


def _ints(values: list[int]) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.array(values, dtype=np.int32)


def _day(text: str) -> int:
    """Days since 1970 of an ISO date of any precision; a month or a year stands for its first day."""
    parts = text[:10].split("-")
    try:
        year, month, day = (*map(int, parts), 1, 1)[:3]
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return UNKNOWN_DAY
