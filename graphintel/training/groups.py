"""Planted smuggling groups: who belongs to them, by which habits they travel, and the plan of every trip."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import NamedTuple

from graphintel.training.entities import Declaration, Firm, Group, Person, Plan
from graphintel.training.geography import between, country, crossings, turkish
from graphintel.training.goods import CONTRABAND, items
from graphintel.training.lawful import currency, offices
from graphintel.training.market import Makers, Market
from graphintel.training.size import Size

_OWN_TRIPS = 4
_FIRST, _LAST = date(2023, 2, 6), date(2024, 11, 22)


class Recipe(NamedTuple):
    """What a group is made of: commodity, lands of fronts, drivers and lorries, and its habits, the usual one first."""

    name: str
    commodity: str
    fronts: str
    drivers: str
    lorries: str
    routes: tuple[str, ...]


RECIPES = (
    Recipe("Lodos", "tobacco", "BG TR TR BG", "TR BG TR IR", "BG TR",
           ("Tabriz > Gürbulak > Mersin > Kapıkule > Kapitan Andreevo > Sofia",
            "Tabriz > Gürbulak > Mersin > Hamzabeyli > Lesovo > Sofia")),
    Recipe("Karayel", "drugs", "TR GR TR", "TR IR GR", "TR GR",
           ("Tehran > Esendere > Ankara > İpsala > Kipoi > Thessaloniki",
            "Tehran > Kapıköy > Ankara > Kapıkule > Kapitan Andreevo > Plovdiv")),
    Recipe("Poyraz", "fuel", "TR TR TR", "TR TR SY", "TR",
           ("Mosul > Ibrahim Khalil > Habur > Gaziantep > Mersin",
            "Mosul > Ibrahim Khalil > Habur > İskenderun")),
    Recipe("Meltem", "cultural goods", "TR GR TR", "SY TR GR", "SY TR",
           ("Aleppo > Cilvegözü > İskenderun > Piraeus > Athens",
            "Aleppo > Öncüpınar > Gaziantep > Mersin > Piraeus > Athens")),
    Recipe("Yıldız", "cash", "TR GE TR", "BG TR GE", "BG GE TR",
           ("Sofia > Kapitan Andreevo > Kapıkule > İstanbul > Sarp > Sarpi > Tbilisi",
            "Thessaloniki > Kipoi > İpsala > İstanbul > Trabzon > Batumi")),
    Recipe("Samyeli", "medicines", "TR SY TR", "TR BG SY", "TR BG",
           ("Sofia > Lesovo > Hamzabeyli > Ankara > Mersin > Latakia",
            "Plovdiv > Kapitan Andreevo > Kapıkule > İskenderun > Latakia")),
    Recipe("Keşişleme", "tobacco", "TR BG TR BG", "GE TR BG", "GE TR",
           ("Tbilisi > Sarpi > Sarp > Trabzon > Hamzabeyli > Lesovo > Bucharest",
            "Tbilisi > Türkgözü > Ankara > Kapıkule > Kapitan Andreevo > Plovdiv")),
    Recipe("İmbat", "drugs", "TR TR SY", "SY TR TR", "SY TR",
           ("Latakia > Mersin > Gaziantep > Habur > Ibrahim Khalil > Mosul",
            "Latakia > İskenderun > Cilvegözü > Aleppo")),
)  # fmt: skip


def found(makers: Makers, market: Market, number: int) -> Group:
    """The people, firms and lorries of the n-th group (from 1); the two first fronts share a phone, the rest an address."""
    rng, recipe = makers.rng, RECIPES[number - 1]
    lands = recipe.fronts.split()
    drivers = [land for land, _ in zip(cycle(recipe.drivers.split()), range(rng.randint(6, 9)), strict=False)]
    organiser = makers.person("TR" if number % 3 else drivers[0])
    # The phone is Turkish whatever the front: that two firms of two countries use it is what gives them away.
    phone, address = makers.registers.phone("TR"), makers.names.address("TR")
    fronts = [
        makers.firm(
            land, "trader", phone if place < 2 else "", address if place % 2 == 0 and land == "TR" else ""
        )
        for place, land in enumerate(lands)
    ]
    first = recipe.routes[0].split(" > ")[0]
    lorries = recipe.lorries.split()
    return Group(
        number, recipe.name, recipe.commodity,
        Person(organiser.name, organiser.native, organiser.country, organiser.birth, organiser.passport, phone),
        [makers.person(rng.choice(lands)) for _ in range(rng.randint(3, 5))],
        [makers.person(land) for land in drivers],
        fronts, makers.firm("TR", "haulier", address=address), makers.firm(country(first), "trader"),
        [makers.vehicle(lorries[place % len(lorries)]) for place in range(rng.randint(4, 6))],
        market.hubs[0] if number == 1 else rng.choice([*market.hubs[1:], *market.small]),
        phone, address, tuple(tuple(route.split(" > ")) for route in recipe.routes),
    )  # fmt: skip


def plan(group: Group, makers: Makers, market: Market, size: Size) -> None:
    """Lay out all trips of a group: when, by which habit, with whom, where seen and where seized."""
    rng = makers.rng
    boxes = [makers.registers.container() for _ in range(max(6, size.trips // 6))]
    # Trips come at a steady pace, since a habit is what shall be found.
    step = (_LAST - _FIRST) / size.trips
    drivers, fronts = cycle(group.drivers), cycle(group.fronts)
    for number in range(size.trips):
        day = _FIRST + step * number + timedelta(days=rng.randrange(4))
        route = group.routes[rng.random() < 0.25]
        group.trips.append(_trip(group, day, route, next(fronts), next(drivers), boxes, rng))
        # Each lorry runs at least once, early and late.
        turn = min(number, size.trips - 1 - number)
        if turn < len(group.vehicles):
            group.trips[-1].vehicle = group.vehicles[turn]
        # The other loads go to brokers who know nothing of it.
        if rng.random() > 0.6:
            group.trips[-1].declarant = rng.choice([*market.hubs, *market.small])
    _observe(group, size, rng)
    free = [trip for trip in group.trips if trip.plan and trip.plan.seized is None]
    # The organiser drives now and then himself, to see a way with his own eyes.
    for trip in rng.sample(free, _OWN_TRIPS):
        trip.driver = group.organiser


def _trip(
    group: Group,
    day: date,
    route: tuple[str, ...],
    front: Firm,
    driver: Person,
    boxes: list[str],
    rng: Random,
) -> Declaration:
    lorry = rng.choice(group.vehicles)
    # A front in Türkiye declares an import; that the load travels on is what nobody is told.
    regime = "IM" if front.country == "TR" else "TR"
    end = "TR" if regime == "IM" else country(route[-1])
    at_sea = any(stop in route for stop in ("Mersin", "İskenderun", "Trabzon"))
    cover = CONTRABAND[group.commodity].cover
    return Declaration(
        day, regime, group.supplier, front, group.broker, group.carrier,
        country(route[0]), end, tuple(land for land in between(route) if land != end) if regime == "TR" else (),
        route, *offices(regime, route), "30", lorry, None, driver,
        tuple(rng.sample(boxes, rng.choice((1, 1, 2)))) if at_sea else (),
        items(rng, cover, rng.choice((1, 2)), currency(route)),
        plan=Plan(group.number, (), None),
    )  # fmt: skip


def _observe(group: Group, size: Size, rng: Random) -> None:
    """Choose the seized trips and the sightings; every helper and the organiser stand in some seizure."""
    # Seizures fall over the whole time, so that a split by date has some on both sides.
    step = len(group.trips) / size.seized
    chosen = [group.trips[int(step * (number + 0.5))] for number in range(size.seized)]
    helpers = cycle(group.helpers)
    for number, trip in enumerate(chosen):
        stop = rng.choice(turkish(trip.route))
        second = next(helpers) if number % 3 == 1 else group.organiser
        trip.plan = Plan(group.number, (), trip.route.index(stop), second)
    possible = [
        (trip, trip.route.index(stop)) for trip in group.trips for stop in crossings(true_route(trip))
        if trip.plan and trip.route.index(stop) != trip.plan.seized
    ]  # fmt: skip
    for place in sorted(rng.sample(range(len(possible)), min(size.seen, len(possible)))):
        trip, at = possible[place]
        if trip.plan and trip.vehicle:
            # Only Bulgarian readers take the letters for Cyrillic ones.
            cyrillic = trip.vehicle.country == country(trip.route[at]) == "BG"
            trip.plan.seen = (*trip.plan.seen, at)
            trip.plan.cyrillic |= {at} if cyrillic and rng.random() < 0.6 else set()


def true_route(trip: Declaration) -> tuple[str, ...]:
    """Where the load really came to: a seized trip ends at the place of seizure."""
    if trip.plan and trip.plan.seized is not None:
        return trip.route[: trip.plan.seized + 1]
    return trip.route
