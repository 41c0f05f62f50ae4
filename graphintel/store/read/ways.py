"""Where events went: links to places for observed legs, and seizures as rows for prediction."""

from __future__ import annotations

from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graphintel.model.display import merged
from graphintel.model.fold import fold
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Truncated
from graphintel.store.driver import Store
from graphintel.store.read.cut import COUNTED, cut_off
from graphintel.store.read.entity import resolve
from graphintel.store.read.shape import seen_mentions, told_ids

Row = dict[str, Any]
PLACED = "DEPARTED_FROM|VIA|CLEARED_AT|SEIZED_AT|SEEN_AT|BOUND_FOR"
_GOODS = (
    "AND ($commodity = '' OR EXISTS { MATCH (v)-[g:CARRIES|SEIZED]->(c:Commodity) WHERE g.marking IN $marks AND "
    "(c.hs STARTS WITH $commodity OR toLower(c.product_group) = $folded OR toLower(c.display) CONTAINS $folded) }) "
)
# Who sees only some is answered by what the link's own ends state: the cache on a thing rests on all statements.
_GOODS_SEEN = (
    "AND ($commodity = '' OR EXISTS { MATCH (v)-[g:CARRIES|SEIZED]->(:Commodity) WHERE g.marking IN $marks "
    "MATCH (c:Mention {id: g.to_mention}) WHERE c.hs STARTS WITH $commodity OR toLower(c.product_group) = $folded "
    "OR toLower(coalesce(c.name, c.hs, c.substance)) CONTAINS $folded }) "
)
_ABOUT = "AND ($ids IS NULL OR v.id IN $ids OR EXISTS { MATCH (v)-[a]-(x:Entity) WHERE a.marking IN $marks AND x.id IN $ids }) "
_PLACED = (
    f"MATCH (v:Entity)-[r:{PLACED}]->(p:Place) WHERE r.marking IN $marks "
    "AND ($start = '' OR r.at >= $start) AND ($end = '' OR r.at <= $end) "
)
# Whole events, so that no way misses a place in its middle; by the least of their visible links, which tells nothing.
_LINKS = (
    _PLACED
    + "GOODS "
    + _ABOUT
    + "WITH v, min(r.id) AS o ORDER BY o LIMIT $events "
    + _PLACED
    + "WITH v, r, p ORDER BY r.id "
    "RETURN v.id AS event, v.kind AS kind, MODE AS mode, type(r) AS type, r.seq AS seq, p.id AS place, "
    "coalesce(r.at, '') AS at, r.id AS link, r.record AS record"
)
_LINKS_COUNT = _PLACED + "GOODS " + _ABOUT + "WITH r " + COUNTED
PLACES = (
    "UNWIND $ids AS id MATCH (p:Place {id: id}) RETURN p.id AS id, p.display AS name, p.latitude AS lat, "
    "p.longitude AS lon, coalesce(p.place_type, 'place') AS kind, p.country AS country, p.precision AS precision"
)
SEIZURES = (
    "MATCH (s:Seizure)-[r:SEIZED]->(c:Commodity) WHERE r.marking IN $marks "
    "OPTIONAL MATCH (s)-[w:DEPARTED_FROM|VIA|BOUND_FOR|SEIZED_AT]->(p:Place) WHERE w.marking IN $marks "
    "RETURN s.id AS id, coalesce(s.date, '') AS date, coalesce(c.product_group, c.display) AS commodity, "
    "coalesce(s.conveyance, s.mode, '') AS transport, coalesce(s.country, '') AS seizing, "
    "collect([type(w), w.seq, p.country]) AS places"
)
_SEIZURES_SEEN = (
    "MATCH (s:Seizure)-[r:SEIZED]->(c:Commodity) WHERE r.marking IN $marks "
    "OPTIONAL MATCH (s)-[w:DEPARTED_FROM|VIA|BOUND_FOR|SEIZED_AT]->(p:Place) WHERE w.marking IN $marks "
    "RETURN s.id AS s, c.id AS c, collect([type(w), w.seq, p.id]) AS places"
)
EVENTS_AT_MOST = 50_000


class PlaceLinks(NamedTuple):
    """Links from events to places as rows, and how many links of further events were left out."""

    rows: list[Row]
    cut: Truncated


def place_links(
    store: Store,
    profile: Profile,
    *,
    commodity: str = "",
    start: str = "",
    end: str = "",
    ids: list[str] | None = None,
    events: int = EVENTS_AT_MOST,
) -> PlaceLinks:
    """Every visible link from an event to a place, narrowed by commodity (HS prefix or word), dates and things.

    `events`: how many are read, each with all its links.
    """

    def work(tx: ManagedTransaction) -> PlaceLinks:
        given = {
            "marks": list(profile.marks), "commodity": commodity, "folded": fold(commodity), "start": start,
            "end": end + "\uffff" if end else "", "ids": None if ids is None else resolve(tx, ids, profile), "events": events,
        }  # fmt: skip
        rows = tx.run(_text(_LINKS, profile), given).data()
        full = len({row["event"] for row in rows}) == events
        cut = cut_off(tx, _text(_LINKS_COUNT, profile), given, len(rows), profile) if full else Truncated()
        return PlaceLinks(rows if profile.sees_all else _told(tx, rows, profile), cut)

    return store.reading(work, seconds=60)


def _text(statement: str, profile: Profile) -> str:
    if profile.sees_all:
        return statement.replace("GOODS ", _GOODS).replace("MODE", "v.mode")
    return statement.replace("GOODS ", _GOODS_SEEN).replace("MODE", "null")


def _told(tx: ManagedTransaction, rows: list[Row], profile: Profile) -> list[Row]:
    """Ids and means of transport by what this reader sees of each event and place."""
    seen = seen_mentions(tx, [row[end] for row in rows for end in ("event", "place")], profile)
    told = told_ids(seen)
    kinds = {row["event"]: row["kind"] for row in rows}
    modes = {name: merged(kind, seen.get(name, [])).get("mode") for name, kind in kinds.items()}
    return [
        {**row, "event": told[row["event"]], "place": told[row["place"]], "mode": modes[row["event"]]}
        for row in rows
    ]


def places(store: Store, ids: list[str], profile: Profile) -> list[Row]:
    """Name, coordinates, kind and country of places."""
    if profile.sees_all:
        return store.read(PLACES, {"ids": ids})

    def work(tx: ManagedTransaction) -> list[Row]:
        seen = seen_mentions(tx, resolve(tx, ids, profile), profile)
        return [
            _place(min(row["id"] for row in rows), merged("Place", rows)) for rows in seen.values() if rows
        ]

    return sorted(store.reading(work), key=lambda row: str(row["id"]))


def _place(name: str, row: Row) -> Row:
    return {
        "id": name, "name": row["display"], "lat": row.get("latitude"), "lon": row.get("longitude"),
        "kind": row.get("place_type") or "place", "country": row.get("country"), "precision": row.get("precision"),
    }  # fmt: skip


def seizure_rows(store: Store, profile: Profile) -> list[Row]:
    """Visible seizures with commodity, transport, seizing country, and their places by role."""
    marks = {"marks": list(profile.marks)}
    if profile.sees_all:
        return store.read(SEIZURES, marks, seconds=60)

    def work(tx: ManagedTransaction) -> list[Row]:
        rows = tx.run(_SEIZURES_SEEN, marks).data()
        places = [place[2] for row in rows for place in row["places"] if place[2]]
        seen = seen_mentions(tx, [row[end] for row in rows for end in ("s", "c")] + places, profile)
        made = [_seizure(row, seen) for row in rows]
        return sorted(made, key=lambda row: (row["id"], str(row["commodity"])))

    return store.reading(work, seconds=60)


def _seizure(row: Row, seen: dict[str, list[Row]]) -> Row:
    event, goods = merged("Seizure", seen[row["s"]]), merged("Commodity", seen[row["c"]])
    places = [
        [role, seq, merged("Place", seen[name]).get("country")] for role, seq, name in row["places"] if name
    ]
    return {
        "id": told_ids({"s": seen[row["s"]]})["s"], "date": event.get("date") or "",
        "commodity": goods.get("product_group") or goods["display"],
        "transport": event.get("conveyance") or event.get("mode") or "", "seizing": event.get("country") or "",
        "places": sorted(places, key=str),
    }  # fmt: skip
