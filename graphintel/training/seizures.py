"""Seizure reports in CEN columns: those of the groups, and those of people who belong to none."""

from __future__ import annotations

from datetime import date
from random import Random

from graphintel.training.entities import Declaration, Firm, Group, Person, Vehicle
from graphintel.training.geography import STOPS, country
from graphintel.training.goods import CONTRABAND
from graphintel.training.lawful import arrival
from graphintel.training.market import Market
from graphintel.training.scribe import Scribe

SOURCE = "cen-seizures"
_PERSON = ["name", "role", "nationality", "birth_date", "passport", "phone", "arrested"]
COLUMNS = (
    [
        "report_no",
        "country",
        "administration",
        "date",
        "time",
        "place",
        "location_type",
        "flow",
        "conveyance",
        "conveyance_id",
        "conveyance_country",
        "carrier",
        "seals",
        "detection_method",
        "concealment",
        "departure",
        "transit",
        "destination",
        "product_group",
        "product",
        "quantity",
        "unit",
        "value",
        "currency",
        "brand",
        "container",
        "declaration_no",
    ]
    + [f"person{number}_{field}" for number in (1, 2) for field in _PERSON]
    + ["company1_name", "company1_role", "company1_tax_id", "company1_country", "narrative"]
)
_LOCATION = {"gate": "land boundary", "port": "seaport", "airport": "airport", "city": "inland"}
_DETECTION = (
    "Risk profile/selection",
    "Intelligence/investigation",
    "Scanner",
    "Detector dog",
    "Routine",
    "Random",
)
_NAMES = {"BG": "Bulgaria", "TR": "Türkiye", "IR": "Iran", "GE": "Georgia", "GR": "Greece", "SY": "Syria"}
_LONE = tuple(name for name, stop in STOPS.items() if stop.country in ("TR", "BG") and stop.kind != "city")


def land(code: str, rng: Random) -> str:
    """A country as most reports write it, and as some do."""
    return _NAMES.get(code, code) if rng.random() < 0.12 else code


def _person(place: int, person: Person, role: str, scribe: Scribe, sure: bool) -> dict[str, str]:
    rng = scribe.rng
    values = (
        scribe.person(person, SOURCE), role, person.country, person.birth.isoformat(),
        scribe.number(person.passport, sure), person.phone if sure or rng.random() < 0.4 else "",
        "yes" if role != "owner of the goods" else "no",
    )  # fmt: skip
    return {f"person{place}_{field}": value for field, value in zip(_PERSON, values, strict=True)}


def _goods(commodity: str, rng: Random, share: float) -> dict[str, str]:
    what = CONTRABAND[commodity]
    amount = max(1, round(what.most * share * rng.uniform(0.3, 1)))
    return {
        "product_group": what.group,
        "product": rng.choice(what.products),
        "quantity": str(amount),
        "unit": what.unit,
        "value": f"{amount * what.value:.2f}",
        "currency": "EUR",
        "brand": rng.choice(what.brands),
        "concealment": rng.choice(what.concealment),
    }


def _head(stop: str, day: date, scribe: Scribe) -> dict[str, str]:
    where, rng = country(stop), scribe.rng
    return dict.fromkeys(COLUMNS, "") | {
        "country": where,
        "administration": "Gümrükler Muhafaza" if where == "TR" else "Customs",
        "date": day.isoformat(),
        "time": f"{rng.randrange(24):02}:{rng.randrange(60):02}",
        "place": scribe.place(stop),
        "location_type": _LOCATION[STOPS[stop].kind],
        "detection_method": rng.choice(_DETECTION),
    }


def _company(firm: Firm, role: str, scribe: Scribe, sure: bool) -> dict[str, str]:
    return {
        "company1_name": scribe.firm(firm, SOURCE),
        "company1_role": role,
        "company1_tax_id": scribe.number(firm.number, sure),
        "company1_country": firm.country,
    }


def _lorry(vehicle: Vehicle, scribe: Scribe, cyrillic: bool) -> dict[str, str]:
    return {
        "conveyance": "Vehicle",
        "conveyance_id": scribe.plate(vehicle, SOURCE, cyrillic),
        "conveyance_country": vehicle.country,
    }


def planted(trip: Declaration, group: Group, scribe: Scribe) -> dict[str, str]:
    """The report on a planted trip that was stopped."""
    rng, plan, lorry, driver = scribe.rng, trip.plan, trip.vehicle, trip.driver
    if plan is None or plan.seized is None or plan.second is None or lorry is None or driver is None:
        raise ValueError(f"the trip of {trip.day} is not planned to be seized")
    cyrillic = lorry.country == "BG" and not plan.case and rng.random() < 0.25
    second = "organiser" if plan.second is group.organiser else "owner of the goods"
    # Reports give the route by countries; the stops are what an analyst has to find.
    passed = (country(stop) for stop in trip.route[1:-1])
    ends = (country(trip.route[0]), country(trip.route[-1]))
    row = _head(trip.route[plan.seized], arrival(trip, plan.seized), scribe)
    row |= _goods(group.commodity, rng, 1.0) | _lorry(lorry, scribe, cyrillic)
    row |= _person(1, driver, "driver", scribe, True) | _person(2, plan.second, second, scribe, True)
    row |= _company(trip.consignee, "consignee", scribe, trip.pinned or plan.case)
    return row | {
        "flow": "transit" if trip.regime == "TR" else "import",
        "carrier": scribe.firm(trip.carrier, SOURCE),
        "departure": land(ends[0], rng),
        "transit": "/".join(dict.fromkeys(code for code in passed if code not in ends)),
        "destination": land(ends[1], rng),
        "container": trip.containers[0] if trip.containers else "",
        "seals": f"TR{rng.randrange(10**6):06}" if trip.containers else "",
        "declaration_no": trip.number,
        "narrative": f"Found in a load declared as {trip.items[0].english.lower()}.",
    }


def lone(day: date, market: Market, scribe: Scribe, trip: Declaration | None) -> dict[str, str]:
    """The report on somebody of no group: a traveller, or a driver's own contraband on a lawful load."""
    rng, makers = scribe.rng, market.makers
    stop = rng.choice(_LONE)
    commodity = rng.choice(list(CONTRABAND))
    if trip and trip.vehicle and trip.driver:
        stop = rng.choice([one for one in trip.route if one in _LONE])
        row = _head(stop, trip.day, scribe) | _lorry(trip.vehicle, scribe, False)
        row |= _person(1, trip.driver, "driver", scribe, False) | _company(
            trip.carrier, "carrier", scribe, False
        )
        row |= {
            "declaration_no": trip.number,
            "flow": {"EX": "export", "IM": "import"}.get(trip.regime, "transit"),
        }
        ends = (trip.origin, trip.destination)
    else:
        home = rng.choice(("TR", "BG", "GE", "IR", "GR", "SY"))
        ends = (home, rng.choice([code for code in ("TR", "BG", "GR") if code != home]))
        # Most of those stopped belong to nobody: they must not light up.
        row = _head(stop, day, scribe) | _person(1, makers.person(home), "traveller", scribe, False)
        row |= {"flow": "import", "conveyance": "Pedestrian"}
        if STOPS[stop].kind == "airport":
            row |= {"conveyance": "Aircraft", "conveyance_id": f"X9 {700 + day.weekday()}"}
        elif rng.random() < 0.7:
            row |= _lorry(Vehicle(makers.registers.plate(home), home), scribe, False)
    # A traveller carries what fits into a bag or a boot.
    row |= _goods(commodity, rng, 0.02)
    return row | {"departure": land(ends[0], rng), "destination": land(ends[1], rng) if rng.random() < 0.8 else "",
                  "narrative": "Found on inspection."}  # fmt: skip
