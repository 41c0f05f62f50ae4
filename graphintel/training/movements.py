"""Movements: lorries at gates and plate readers, ships at ports, containers in terminals, flights."""

from __future__ import annotations

from datetime import date
from random import Random

from graphintel.training.entities import Declaration
from graphintel.training.geography import STOPS, country, crossings
from graphintel.training.lawful import arrival
from graphintel.training.scribe import Scribe

SOURCE = "movements-csv"
COLUMNS = (
    "movement_id", "type", "date", "time", "place", "place_code", "direction", "plate", "plate_country",
    "trailer_plate", "container", "vessel_name", "imo", "flight", "driver_name", "driver_passport",
    "from_place", "to_place", "sensor",
)  # fmt: skip
_END = date(2024, 12, 31)


def flight(trip: Declaration) -> str:
    """The flight of a trip by air; one number a day of the week, of an airline that does not exist."""
    return f"X9 {700 + trip.day.weekday()}"


def kind(trip: Declaration, stop: int, rng: Random) -> str:
    """What is registered at a stop."""
    where = STOPS[trip.route[stop]].kind
    if where == "airport":
        return "flight"
    if where == "city":
        return "plate-reading"
    # On a sea trip the lorry waits at the port, so the ship or the box is what is registered.
    if where == "port" and trip.ship:
        return "container-status" if trip.containers and rng.random() < 0.4 else "port-call"
    if where == "port" and trip.containers:
        return "container-status"
    # A lorry that comes to a port overland crosses no frontier there.
    inland = not direction(trip, stop)
    return "plate-reading" if inland or rng.random() < 0.3 else "border-crossing"


def direction(trip: Declaration, stop: int) -> str:
    """In or out of Türkiye at a frontier stop, empty inland."""
    here, route = country(trip.route[stop]), trip.route
    before = country(route[stop - 1]) if stop else here
    after = country(route[stop + 1]) if stop + 1 < len(route) else here
    # Neighbours report from their own side of the line.
    if here != "TR":
        return "in" if before != here else "out"
    return "out" if after != "TR" else "in" if before != "TR" else ""


def movement(trip: Declaration, stop: int, serial: int, scribe: Scribe) -> dict[str, str]:
    """One movement of a trip at its n-th stop."""
    rng, place, day = scribe.rng, STOPS[trip.route[stop]], min(arrival(trip, stop), _END)
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "movement_id": f"M{day.year % 100}{serial:07}",
        "type": kind(trip, stop, rng),
        "date": day.isoformat(),
        "time": f"{rng.randrange(24):02}:{rng.randrange(60):02}",
        "place": scribe.place(place.name),
        "place_code": place.code,
        "direction": direction(trip, stop),
        "from_place": _before(trip, stop, scribe),
    }
    # Only fixed readers have a name.
    if row["type"] == "plate-reading":
        row["sensor"] = f"PTS-{place.name.upper()[:3]}-{rng.randrange(1, 9)}"
    return row | _conveyance(trip, stop, row["type"], scribe)


def _before(trip: Declaration, stop: int, scribe: Scribe) -> str:
    """The gate or port before, which few registers note, and never for a group: its legs are to be worked out."""
    last = trip.route[stop - 1] if stop else ""
    told = last in crossings(trip.route) and not trip.plan and scribe.rng.random() < 0.15
    return scribe.place(last) if told else ""


def _conveyance(trip: Declaration, stop: int, what: str, scribe: Scribe) -> dict[str, str]:
    rng, driver = scribe.rng, trip.driver
    if what == "flight":
        return {"flight": flight(trip)}
    if what == "port-call" and trip.ship:
        return {"vessel_name": trip.ship.name, "imo": trip.ship.imo}
    box = {"container": rng.choice(trip.containers)} if trip.containers and what != "plate-reading" else {}
    lorry = trip.vehicle
    if lorry is None or (what == "container-status" and trip.ship):
        return box
    cyrillic = trip.plan is not None and stop in trip.plan.cyrillic and lorry.country == "BG"
    # A reader that takes Latin for Cyrillic does not know the country either.
    unknown = cyrillic and (rng.random() < 0.5 or (trip.plan is not None and trip.plan.case))
    seen = {
        "plate": scribe.plate(lorry, SOURCE, cyrillic),
        "plate_country": "" if unknown else lorry.country,
        "trailer_plate": lorry.trailer,
    }
    if driver and what == "border-crossing" and (trip.plan or rng.random() < 0.6):
        seen |= {
            "driver_name": scribe.person(driver, SOURCE),
            "driver_passport": scribe.number(driver.passport),
        }
    return box | seen
