"""Near misses: innocent people and firms that look like a group's, and a lorry that was sold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graphintel.training.entities import Firm, Group, Person
from graphintel.training.geography import CORRIDORS
from graphintel.training.lawful import Errand
from graphintel.training.market import Makers, Market
from graphintel.training.names import neighbour

NearMiss = dict[str, Any]


def near_misses(groups: list[Group], makers: Makers, market: Market) -> tuple[list[Errand], list[NearMiss]]:
    """The errands that put near misses into the files, and their list for the answers."""
    errands: list[Errand] = []
    listed: list[NearMiss] = []
    for group in groups:
        for make in (_namesake, _similar_firm, _phone_prefix, _sold):
            errand, entry = make(group, makers, market)
            errands += errand
            listed.append({"group": group.number, **entry})
    return errands, listed


def _days(makers: Makers, count: int, first: date = date(2023, 3, 1)) -> list[date]:
    return [first + timedelta(days=90 * place + makers.rng.randrange(60)) for place in range(count)]


def _namesake(group: Group, makers: Makers, market: Market) -> tuple[list[Errand], NearMiss]:
    """A lawful driver of the organiser's name with another birth date and passport."""
    guilty = group.organiser
    land = guilty.country
    # Years apart: no slip of the pen makes one birth date of the other.
    birth = guilty.birth + timedelta(days=makers.rng.randrange(400, 4000))
    innocent = Person(
        guilty.name, guilty.native, land, birth, makers.registers.passport(land), makers.registers.phone(land)
    )
    fleet = market.fleets[makers.rng.randrange(len(market.fleets))]
    lorry = fleet.lorries[0][0]
    client = next(one for one in market.clients if one.corridor.mode == "30")
    errands = [Errand(day, client, fleet.firm, lorry, innocent) for day in _days(makers, 3)]
    return errands, {
        "kind": "same name, other birth date",
        "name": guilty.name,
        "innocent": {"passport": innocent.passport, "birth_date": innocent.birth.isoformat()},
        "planted": {"passport": guilty.passport, "birth_date": guilty.birth.isoformat()},
    }


def _trader(group: Group, makers: Makers, market: Market, name: str, phone: str) -> tuple[list[Errand], Firm]:
    firm = makers.firm("TR", "trader", phone)
    firm = Firm(name or firm.name, "", "TR", firm.number, firm.address, firm.phone)
    way = next(way for way in CORRIDORS if way.regime == "IM" and way.mode == "30")
    client = market.client(way, market.hubs[group.number % len(market.hubs)], firm)
    return [Errand(day, client) for day in _days(makers, 4)], firm


def _similar_firm(group: Group, makers: Makers, market: Market) -> tuple[list[Errand], NearMiss]:
    """A lawful firm whose name differs from a front's by a suffix."""
    front = next(firm for firm in group.fronts if firm.country == "TR")
    errands, firm = _trader(group, makers, market, neighbour(front.name), "")
    return errands, {
        "kind": "similar company name",
        "innocent": {"name": firm.name, "tax_id": firm.number},
        "planted": {"name": front.name, "tax_id": front.number},
    }


def _phone_prefix(group: Group, makers: Makers, market: Market) -> tuple[list[Errand], NearMiss]:
    """A lawful firm whose phone differs from the group's in the last figure only."""
    phone = makers.registers.next_phone(group.phone)
    errands, firm = _trader(group, makers, market, "", phone)
    return errands, {
        "kind": "same phone prefix",
        "innocent": {"name": firm.name, "tax_id": firm.number, "phone": firm.phone},
        "planted": {"phone": group.phone},
    }


def _sold(group: Group, makers: Makers, market: Market) -> tuple[list[Errand], NearMiss]:
    """A lorry that a lawful haulier ran before the group bought it: the group's last, and its trips begin after that."""
    lorry = group.vehicles[-1]
    trips = [trip for trip in group.trips if trip.vehicle == lorry]
    bought = date(2023, 9, 1)
    # Before the sale the group drives another lorry.
    for trip in trips:
        if trip.day < bought:
            trip.vehicle = group.vehicles[0]
    fleet = market.fleets[(group.number * 4 + 1) % len(market.fleets)]
    client = next(one for one in market.clients if one.corridor.mode == "30")
    driver = fleet.lorries[0][1]
    errands = [
        Errand(date(2023, 1, 9) + timedelta(days=50 * place), client, fleet.firm, lorry, driver)
        for place in range(3)
    ]
    return errands, {
        "kind": "vehicle sold between owners",
        "plate": lorry.plate,
        "plate_country": lorry.country,
        "innocent": {"name": fleet.firm.name, "tax_id": fleet.firm.number, "until": "2023-04-30"},
        "planted": {"name": group.carrier.name, "tax_id": group.carrier.number, "from": bought.isoformat()},
    }
