"""The cast of the invented world: persons, firms, vehicles, ships, and what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `native` is the name in the own script where that is not Latin."""

    name: str
    native: str
    country: str
    birth: date
    passport: str
    phone: str


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm with its tax number (VKN, or EORI in Bulgaria and Greece), address and phone."""

    name: str
    native: str
    country: str
    number: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A lorry (or car) and the trailer it usually pulls."""

    plate: str
    country: str
    trailer: str = ""


@dataclass(frozen=True, slots=True)
class Ship:
    """A ship with its IMO number."""

    name: str
    imo: str


@dataclass(frozen=True, slots=True)
class Item:
    """One goods item of a declaration."""

    hs: str
    english: str
    turkish: str
    packages: int
    gross_kg: float
    net_kg: float
    value: float
    currency: str


@dataclass(slots=True)
class Declaration:
    """One declaration; `route` is where the goods truly went, `pinned` means that all identifiers are written."""

    day: date
    regime: str
    consignor: Firm
    consignee: Firm
    declarant: Firm
    carrier: Firm
    origin: str
    destination: str
    transit: tuple[str, ...]
    route: tuple[str, ...]
    office: str
    border: str
    exit: str
    loading: str
    mode: str
    vehicle: Vehicle | None
    ship: Ship | None
    driver: Person | None
    containers: tuple[str, ...]
    items: tuple[Item, ...]
    pinned: bool = False
    form: str = "declarations-csv"
    number: str = ""
    plan: Plan | None = None


@dataclass(slots=True)
class Plan:
    """What shall happen to a planted trip: at which stops it is seen, and where it is seized."""

    group: int
    seen: tuple[int, ...]
    seized: int | None
    second: Person | None = None
    cyrillic: frozenset[int] = frozenset()
    case: bool = False


@dataclass(slots=True)
class Group:
    """A planted smuggling group."""

    number: int
    name: str
    commodity: str
    organiser: Person
    helpers: list[Person]
    drivers: list[Person]
    fronts: list[Firm]
    carrier: Firm
    supplier: Firm
    vehicles: list[Vehicle]
    broker: Firm
    phone: str
    address: str
    routes: tuple[tuple[str, ...], ...]
    trips: list[Declaration] = field(default_factory=list)
    declarations: list[str] = field(default_factory=list)
    seizures: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def members(self) -> list[Person]:
        """All persons of the group, the organiser first."""
        return [self.organiser, *self.helpers, *self.drivers]

    @property
    def companies(self) -> list[Firm]:
        """The front companies, the haulier and the supplier abroad."""
        return [*self.fronts, self.carrier, self.supplier]
