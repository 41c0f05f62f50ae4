"""The lawful market: clients, their partners abroad, customs brokers with hundreds of clients, hauliers and their lorries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from graphintel.training.entities import Firm, Person, Ship, Vehicle
from graphintel.training.geography import CORRIDORS, Corridor, country
from graphintel.training.identifiers import Registers
from graphintel.training.names import Names
from graphintel.training.size import Size

# Shares of the clients that the three great brokers serve; the small ones share the rest.
_HUBS = (0.29, 0.26, 0.23)
_SMALL_BROKERS = 15
_FLAGS = {"IQ": "SY", "AE": "SY", "RO": "BG", "DE": "TR", "CN": "TR", "RS": "BG"}
_UNREGISTERED = ("CN", "AE", "IQ", "SY")


@dataclass(slots=True)
class Fleet:
    """A haulier and its lorries, each with its usual driver."""

    firm: Firm
    lorries: list[tuple[Vehicle, Person]]


@dataclass(slots=True)
class Client:
    """A trader with a regular corridor, a few partners abroad, one broker and one or two hauliers."""

    firm: Firm
    corridor: Corridor
    partners: tuple[Firm, ...]
    broker: Firm
    fleets: tuple[Fleet, ...]


class Makers:
    """The names and registers from which every part of the cast is made."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names = Names(rng)
        self.registers = Registers(rng)

    def person(self, land: str) -> Person:
        """A person of one of the six countries."""
        name, native = self.names.person(land)
        birth = date(1958, 1, 1) + timedelta(days=self.rng.randrange(45 * 365))
        return Person(name, native, land, birth, self.registers.passport(land), self.registers.phone(land))

    def firm(self, land: str, trade: str, phone: str = "", address: str = "") -> Firm:
        """A firm; phone and address may be shared with another."""
        named = {"IQ": "SY", "AE": "SY", "RS": "BG"}.get(land, land)
        name, native = self.names.firm(named, trade)
        # No invented number of these countries could be checked by anybody.
        number = "" if land in _UNREGISTERED else self.registers.firm(land)
        called = phone or (self.registers.phone(land) if land in ("TR", "BG", "GR", "GE", "IR", "SY") else "")
        return Firm(name, native, land, number, address or self.names.address(named), called)

    def vehicle(self, land: str) -> Vehicle:
        """A lorry of a country; one in three pulls a Turkish trailer."""
        trailer = self.registers.trailer() if land == "TR" and self.rng.random() < 0.33 else ""
        return Vehicle(self.registers.plate(land), land, trailer)


class Market:
    """Everyone who trades lawfully, drawn once."""

    def __init__(self, makers: Makers, size: Size) -> None:
        self.makers, self.rng = makers, makers.rng
        self.hubs = [makers.firm("TR", "broker") for _ in _HUBS]
        self.small = [makers.firm("TR", "broker") for _ in range(_SMALL_BROKERS)]
        self.agents = {land: [makers.firm(land, "broker") for _ in range(3)] for land in ("GE", "BG")}
        self.fleets = self._fleets(size.fleets)
        self.ships = [
            Ship(makers.names.ship(), makers.registers.imo()) for _ in range(max(12, size.fleets // 6))
        ]
        self._partners: dict[str, list[Firm]] = {}
        self.clients = self._clients(size.clients)
        # A heavy tail: the hundredth client trades a tenth as often as the first.
        self.weights = list(accumulate((rank + 4) ** -0.75 for rank in range(len(self.clients))))

    def _fleets(self, count: int) -> list[Fleet]:
        fleets = []
        for rank in range(count):
            # One haulier in four is foreign.
            land = "TR" if rank % 4 else self.rng.choice(("BG", "GE", "IR", "GR"))
            fleets.append(Fleet(self.makers.firm(land, "haulier"), []))
            for _ in range(max(2, round(60 / (rank % 60 + 1) ** 0.8))):
                fleets[-1].lorries.append((self.makers.vehicle(land), self.makers.person(land)))
        return fleets

    def _broker(self, place: float) -> Firm:
        for hub, share in zip(self.hubs, accumulate(_HUBS), strict=True):
            if place < share:
                return hub
        return self.rng.choice(self.small)

    def _clients(self, count: int) -> list[Client]:
        # Shuffled, or the busiest clients would all share the first broker.
        order = list(range(count))
        self.rng.shuffle(order)
        corridors = self.rng.choices(CORRIDORS, [way.weight for way in CORRIDORS], k=count)
        return [
            self.client(way, self._broker(place / count)) for place, way in zip(order, corridors, strict=True)
        ]

    def client(self, way: Corridor, broker: Firm, firm: Firm | None = None) -> Client:
        """A trader on a corridor; the client is the Turkish side, or the consignee of a transit."""
        home, abroad = way.route[-1], way.route[0]
        if way.regime == "EX":
            home, abroad = abroad, home
        partners = tuple(self._partner(country(abroad)) for _ in range(self.rng.choice((1, 1, 2, 3))))
        fleets = tuple(self.rng.sample(self.fleets, 2))
        return Client(firm or self.makers.firm(country(home), "trader"), way, partners, broker, fleets)

    def _partner(self, land: str) -> Firm:
        known = self._partners.setdefault(land, [])
        if not known or self.rng.random() < 0.25:
            known.append(self.makers.firm(land, "trader"))
        # The first partners of a country are met most often.
        return known[int(len(known) * self.rng.random() ** 2)]


def flag(land: str) -> str:
    """Where a lorry for that country is registered when the country has no plates of its own in this world."""
    return _FLAGS.get(land, land)
