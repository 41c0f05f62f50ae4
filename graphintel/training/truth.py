"""The answers to the invented world: who belongs to which group, and where every watched trip truly went."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graphintel.training import geography
from graphintel.training.entities import Firm, Group, Person, Vehicle
from graphintel.training.scribe import identity_key

VERSION = 1
Entry = dict[str, Any]


@dataclass(slots=True)
class Truth:
    """What `truth.json` says; identifiers stand as they stand in the files.

    `same` lists (written form, source, identity key); `routes` gives the true ordered places of a trip by the number of
    its declaration, of which the files state only some. `places` says how the files write a place of a route, and
    its key in the gazetteer.
    """

    seed: int
    size: str
    version: int = VERSION
    counts: dict[str, int] = field(default_factory=dict)
    groups: list[Entry] = field(default_factory=list)
    brokers: list[Entry] = field(default_factory=list)
    near_misses: list[Entry] = field(default_factory=list)
    same: list[tuple[str, str, str]] = field(default_factory=list)
    routes: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Entry] = field(default_factory=dict)
    case1: Entry = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write it as JSON, in the order of its fields."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read what `write` wrote."""
        held = json.loads(path.read_text(encoding="utf-8"))
        # JSON knows no tuples.
        held["same"] = [tuple(entry) for entry in held["same"]]
        return cls(**held)


def person(one: Person, role: str) -> Entry:
    """A person as the answers list it."""
    return {
        "name": one.name,
        "native_name": one.native,
        "role": role,
        "nationality": one.country,
        "birth_date": one.birth.isoformat(),
        "passport": one.passport,
        "phone": one.phone,
        "key": identity_key(one),
    }


def company(one: Firm, role: str) -> Entry:
    """A company as the answers list it."""
    return {
        "name": one.name,
        "native_name": one.native,
        "role": role,
        "country": one.country,
        "tax_id": one.number,
        "address": one.address,
        "phone": one.phone,
        "key": identity_key(one),
    }


def vehicle(one: Vehicle) -> Entry:
    """A lorry as the answers list it."""
    return {"plate": one.plate, "country": one.country, "trailer": one.trailer, "key": identity_key(one)}


def place(name: str) -> Entry:
    """A place as the answers list it."""
    stop = geography.STOPS[name]
    return {
        "country": stop.country,
        "kind": stop.kind,
        "written": list(geography.written(name)),
        "key": geography.key(name),
    }


def group(one: Group) -> Entry:
    """A group as the answers list it."""
    organiser = person(one.organiser, "organiser")
    helpers = [person(helper, "helper") for helper in one.helpers]
    drivers = [person(driver, "driver") for driver in one.drivers]
    fronts = [company(firm, "front") for firm in one.fronts]
    phones = [one.phone, *(member.phone for member in one.helpers), *(firm.phone for firm in one.fronts)]
    return {
        "id": f"G{one.number}",
        "name": one.name,
        "commodity": one.commodity,
        "organiser": organiser,
        "members": [organiser, *helpers, *drivers],
        "companies": [*fronts, company(one.carrier, "haulier"), company(one.supplier, "supplier")],
        "vehicles": [vehicle(lorry) for lorry in one.vehicles],
        "phones": list(dict.fromkeys(filter(None, phones))),
        "addresses": list(dict.fromkeys([one.address, *(firm.address for firm in one.fronts)])),
        "broker": {"name": one.broker.name, "tax_id": one.broker.number},
        "routes": [list(route) for route in one.routes],
        "declarations": one.declarations,
        "seizures": one.seizures,
        "notices": one.notices,
    }
