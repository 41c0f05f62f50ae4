"""Where events went: links to places for observed legs, and seizures as rows for prediction."""

from __future__ import annotations

from typing import Any

from graphintel.model.fold import fold
from graphintel.model.marking import Profile
from graphintel.store.driver import Store

Row = dict[str, Any]
PLACED = "DEPARTED_FROM|VIA|CLEARED_AT|SEIZED_AT|SEEN_AT|BOUND_FOR"
_GOODS = (
    "AND ($commodity = '' OR EXISTS { MATCH (v)-[g:CARRIES|SEIZED]->(c:Commodity) WHERE g.marking IN $marks AND "
    "(c.hs STARTS WITH $commodity OR toLower(c.product_group) = $folded OR toLower(c.display) CONTAINS $folded) }) "
)
_ABOUT = "AND ($ids IS NULL OR v.id IN $ids OR EXISTS { MATCH (v)-[a]-(x:Entity) WHERE a.marking IN $marks AND x.id IN $ids }) "
LINKS = (
    f"MATCH (v:Entity)-[r:{PLACED}]->(p:Place) WHERE r.marking IN $marks "
    "AND ($start = '' OR r.at >= $start) AND ($end = '' OR r.at <= $end) "
    + _GOODS
    + _ABOUT
    + "WITH v, r, p LIMIT $limit "
    "RETURN v.id AS event, v.kind AS kind, v.mode AS mode, type(r) AS type, r.seq AS seq, p.id AS place, "
    "coalesce(r.at, '') AS at, r.id AS link, r.record AS record"
)
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
AT_MOST = 200_000


def place_links(
    store: Store,
    profile: Profile,
    *,
    commodity: str = "",
    start: str = "",
    end: str = "",
    ids: list[str] | None = None,
) -> list[Row]:
    """Every visible link from an event to a place, narrowed by commodity (HS prefix or word), dates and things."""
    return store.read(
        LINKS,
        {"marks": list(profile.marks), "commodity": commodity, "folded": fold(commodity), "start": start,
         "end": end + "\uffff" if end else "", "ids": ids, "limit": AT_MOST},
        seconds=60,
    )  # fmt: skip


def places(store: Store, ids: list[str]) -> list[Row]:
    """Name, coordinates, kind and country of places."""
    return store.read(PLACES, {"ids": ids})


def seizure_rows(store: Store, profile: Profile) -> list[Row]:
    """Visible seizures with commodity, transport, seizing country, and their places by role."""
    return store.read(SEIZURES, {"marks": list(profile.marks)}, seconds=60)
