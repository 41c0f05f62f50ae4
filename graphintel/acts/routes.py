"""Routes: legs that were seen, with their evidence, and where a consignment is likely bound for."""

from __future__ import annotations

from typing import Any

from graphintel.acts.session import Session
from graphintel.analysis.routes.observed import PlaceLink, legs
from graphintel.store.read import ways

Row = dict[str, Any]


def observed(
    session: Session, *, commodity: str = "", start: str = "", end: str = "", limit: int = 500,
    ids: list[str] | None = None,
) -> Row:  # fmt: skip
    """Legs between places that can be drawn, most travelled first; places without coordinates are counted."""
    rows = ways.place_links(
        session.store, session.profile, commodity=commodity, start=start, end=end, ids=ids
    )
    places = {row["id"]: row for row in ways.places(session.store, sorted({row["place"] for row in rows}))}
    drawn = {name for name, row in places.items() if row["lat"] is not None and row["lon"] is not None}
    links = [
        PlaceLink(row["event"], row["type"], int(row["seq"] or 0), row["place"], row["at"], row["link"], row["record"],
                  str(row["mode"] or ""))
        for row in rows if row["place"] in drawn
    ]  # fmt: skip
    found = legs(links)
    shown = found[:limit]
    used = {leg.source for leg in shown} | {leg.target for leg in shown}
    return {
        "places": [places[name] for name in sorted(used)],
        "legs": [leg.as_json() for leg in shown],
        "unplaced": sorted(str(places[name]["name"]) for name in set(places) - drawn)[:50],
        "truncated": {"by_limit": max(len(found) - limit, 0), "by_filter": 0, "by_policy": "not told"},
        "counter": session.counter(),
    }


def predict(session: Session, given: Row, top: int = 5) -> Row:
    """Destination and transit countries."""
    return {"destination": [], "transit": [], "destination_other": 1.0, "transit_other": 1.0}
