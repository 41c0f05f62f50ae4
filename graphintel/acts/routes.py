"""Routes: legs that were seen, with their evidence, and where a consignment is likely bound for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphintel.acts.session import Session
from graphintel.analysis.routes.observed import PlaceLink, legs
from graphintel.analysis.routes.predict import CountryModel, fit
from graphintel.analysis.routes.seizures import SeizureRow, read_seizures, seizure_row
from graphintel.desk import log
from graphintel.model.subgraph import Truncated
from graphintel.model.values.countries import resolve_country
from graphintel.store.read import ways

Row = dict[str, Any]
# The last fitted model by profile and data counter: fitting takes seconds, asking milliseconds.
_FITTED: dict[tuple[str, int], tuple[CountryModel, int]] = {}


def observed(
    session: Session, *, commodity: str = "", start: str = "", end: str = "", limit: int = 500,
    ids: list[str] | None = None, events: int = ways.EVENTS_AT_MOST,
) -> Row:  # fmt: skip
    """Legs between places that can be drawn, most travelled first; places without coordinates are counted.

    `limit`: legs; `events`: how many are read. Legs beyond the first and links of events beyond the second are counted.
    """
    rows, cut = ways.place_links(
        session.store, session.profile, commodity=commodity, start=start, end=end, ids=ids, events=events
    )
    held = ways.places(session.store, sorted({row["place"] for row in rows}), session.profile)
    places = {row["id"]: row for row in held}
    drawn = {name for name, row in places.items() if row["lat"] is not None and row["lon"] is not None}
    links = [_placed(row, places[row["place"]]) for row in rows if row["place"] in drawn]
    found = legs(links)
    shown = found[:limit]
    cut.add(Truncated(by_limit=len(found) - len(shown)))
    used = {leg.source for leg in shown} | {leg.target for leg in shown}
    return {
        "places": [places[name] for name in sorted(used)],
        "legs": [leg.as_json() for leg in shown],
        "unplaced": sorted(str(places[name]["name"]) for name in set(places) - drawn)[:50],
        "truncated": cut.as_json(),
        "counter": session.counter(),
    }


def _placed(row: Row, place: Row) -> PlaceLink:
    return PlaceLink(
        row["event"], row["type"], int(row["seq"] or 0), row["place"], row["at"], row["link"], row["record"],
        str(row["mode"] or ""), place["country"] or "", place["kind"] != "country",
    )  # fmt: skip


def predict(session: Session, given: Row, top: int = 5) -> Row:
    """Destination and transit countries of one consignment, learned from the seizures this reader may see."""
    key = (session.profile.key, session.counter())
    if key not in _FITTED:
        rows = held_seizures(session)
        _FITTED.clear()
        _FITTED[key] = fit(rows), len(rows)
    model, learned_from = _FITTED[key]
    told = model.predict(seizure_row(given), top).as_json(0)
    log.write(session.desk, session.actor, "routes predict", given=given, counter=key[1])
    return {**told, "learned_from": learned_from, "counter": key[1], "parameters": model.parameters}


def held_seizures(session: Session) -> list[SeizureRow]:
    """The visible seizures as rows: departure, transit, destination and seizing country by their places' roles."""
    made = []
    for row in ways.seizure_rows(session.store, session.profile):
        place: dict[str, str] = {}
        for role, _, country in sorted(row["places"], key=lambda item: (str(item[0]), item[1] or 0)):
            if role and country:
                place.setdefault(role, country)
        cells = {
            "date": row["date"] if len(row["date"]) == 10 else "", "commodity": row["commodity"],
            "departure": place.get("DEPARTED_FROM", ""), "transit": place.get("VIA", ""),
            "destination": place.get("BOUND_FOR", ""), "transport": row["transport"],
            "seizing": resolve_country(row["seizing"] or "") or place.get("SEIZED_AT", ""),
        }  # fmt: skip
        made.append(seizure_row(cells))
    return made


def predict_file(train: Path, given: Path, top: int) -> Iterator[Row]:
    """One answer a row of a file, learned from another file; no store needed."""
    model = fit(read_seizures(train))
    for number, row in enumerate(read_seizures(given), 1):
        yield model.predict(row, top).as_json(number)
