"""Lawful trade month by month: every client at least once with its broker, then by weight and season."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from graphintel.training.entities import Declaration, Firm, Person, Vehicle
from graphintel.training.geography import Corridor, between, country, turkish
from graphintel.training.goods import LAWFUL, items
from graphintel.training.market import Client, Fleet, Market
from graphintel.training.size import MONTHS, days, spread

_CURRENCY = {"BG": "EUR", "GR": "EUR", "DE": "EUR", "RO": "EUR"}


class Errand(NamedTuple):
    """A lawful trip that must happen as told: near misses are planted with it."""

    day: date
    client: Client
    haulier: Firm | None = None
    lorry: Vehicle | None = None
    driver: Person | None = None


class Trade:
    """All lawful declarations, made a month at a time so that no more than a month is held."""

    def __init__(self, market: Market, total: int, errands: list[Errand], rng: Random) -> None:
        self.market, self.rng, self.errands = market, rng, errands
        regular = list(market.clients)
        rng.shuffle(regular)
        self._counts = spread(total - len(errands))
        self._regular: list[list[Client]] = []
        for share in spread(len(regular)):
            self._regular.append([regular.pop() for _ in range(share)])

    def month(self, index: int) -> Iterator[Declaration]:
        """The declarations of one of the 24 months, in no order of days."""
        year, month = MONTHS[index]
        for errand in self.errands:
            if (errand.day.year, errand.day.month) == (year, month):
                yield self._errand(errand)
        length = days(year, month)
        for number in range(self._counts[index]):
            first = number < len(self._regular[index])
            client = self._regular[index][number] if first else self._client(month)
            trip = self.trip(client, date(year, month, self.rng.randrange(length) + 1))
            if first:
                trip.declarant, trip.pinned = client.broker, True
            yield trip

    def _client(self, month: int) -> Client:
        while True:
            # Out of season a client is passed over every other time.
            client = self.rng.choices(self.market.clients, cum_weights=self.market.weights)[0]
            away = abs(client.corridor.peak - month) % 12
            if not client.corridor.peak or min(away, 12 - away) <= 2 or self.rng.random() < 0.5:
                return client

    def _errand(self, errand: Errand) -> Declaration:
        trip = self.trip(errand.client, errand.day)
        trip.pinned = True
        trip.carrier = errand.haulier or trip.carrier
        trip.vehicle = errand.lorry or trip.vehicle
        trip.driver = errand.driver or trip.driver
        return trip

    def trip(self, client: Client, day: date) -> Declaration:
        """One declaration of a client."""
        rng, way = self.rng, client.corridor
        partner = rng.choice(client.partners)
        consignor, consignee = (client.firm, partner) if way.regime == "EX" else (partner, client.firm)
        fleet = client.fleets[rng.random() < 0.3]
        lorry, driver = rng.choice(fleet.lorries)
        # Traders change their broker for a load now and then.
        broker = client.broker if rng.random() < 0.93 else rng.choice(self.market.small)
        cargo = tuple(good for kind in way.goods.split()[:2] for good in LAWFUL[kind])
        land = way.mode in ("30", "40")
        return Declaration(
            day, way.regime, consignor, consignee, broker, fleet.firm,
            country(way.route[0]), country(way.route[-1]), between(way.route), way.route,
            *offices(way.regime, way.route), way.mode,
            lorry, None if land else rng.choice(self.market.ships), driver if way.mode == "30" else None,
            self._containers(way, fleet), items(rng, cargo, rng.choice((1, 1, 1, 2, 3)), currency(way.route)),
        )  # fmt: skip

    def _containers(self, way: Corridor, fleet: Fleet) -> tuple[str, ...]:
        if way.mode != "10" and self.rng.random() > 0.06:
            return ()
        return tuple(self.market.makers.registers.container() for _ in range(self.rng.choice((1, 1, 2))))


def currency(route: tuple[str, ...]) -> str:
    """Euro with the Union, dollars elsewhere."""
    return _CURRENCY.get(country(route[0])) or _CURRENCY.get(country(route[-1]), "USD")


def offices(regime: str, route: tuple[str, ...]) -> tuple[str, str, str, str]:
    """Clearance office, office at the border, exit office and place of loading, as a declaration would state them."""
    gates = turkish(route)
    entry, leaving = gates[0], gates[-1]
    if regime == "EX":
        # Exports are cleared inland, everything else where it enters.
        return (route[0] if country(route[0]) == "TR" else entry), leaving, leaving, route[0]
    return entry, entry, (leaving if regime == "TR" else ""), route[0]


def arrival(trip: Declaration, stop: int) -> date:
    """The day on which a trip reaches its n-th stop: a day a stop, a week on a sea leg from afar."""
    afar = 21 if trip.route[0] == "Shanghai" else 0
    return trip.day + timedelta(days=stop + (afar if stop else 0))
