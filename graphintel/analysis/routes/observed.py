"""Observed legs: what declarations, seizures and movements say of their way, place after place; nothing inferred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

# The order of a journey inside one event. A place where something was seen or seized stands before where it was bound.
_STEP = {"DEPARTED_FROM": 0, "VIA": 1, "SEEN_AT": 2, "CLEARED_AT": 3, "SEIZED_AT": 4, "BOUND_FOR": 5}
RECORDS_SHOWN = 20


class PlaceLink(NamedTuple):
    """One link from an event to a place: its type and order, date, link id, record and means of transport.

    `country`: of the place; `exact`: False where the place is the whole country.
    """

    event: str
    type: str
    seq: int
    place: str
    at: str
    link: str
    record: str
    mode: str = ""
    country: str = ""
    exact: bool = True


@dataclass(slots=True)
class Leg:
    """From one place to the next, as often as it was seen, with the records that say so."""

    source: str
    target: str
    count: int = 0
    first: str = ""
    last: str = ""
    modes: dict[str, int] = field(default_factory=dict)
    records: dict[str, None] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)

    def add(self, start: PlaceLink, end: PlaceLink) -> None:
        """Count one passage."""
        self.count += 1
        at = end.at or start.at
        if at:
            self.first = min(self.first or at, at)
            self.last = max(self.last, at)
        mode = start.mode or end.mode
        if mode:
            self.modes[mode] = self.modes.get(mode, 0) + 1
        for one in (start, end):
            self.records[one.record] = None
            self.links[one.link] = None

    def as_json(self) -> dict[str, Any]:
        """The leg as HTTP gives it: a page of its records and links, and how many there are."""
        return {
            "source": self.source, "target": self.target, "count": self.count, "first": self.first, "last": self.last,
            "mode": max(sorted(self.modes), key=lambda mode: self.modes[mode]) if self.modes else "",
            "records": list(self.records)[:RECORDS_SHOWN], "records_total": len(self.records),
            "links": list(self.links)[:RECORDS_SHOWN], "basis": "observed",
        }  # fmt: skip


def order_of(link: PlaceLink) -> tuple[int, int, str]:
    """Where a place stands in an event's way: by the step of its type, then by sequence number."""
    return _STEP.get(link.type, 2), link.seq, link.link


def ways(links: Iterable[PlaceLink]) -> dict[str, list[PlaceLink]]:
    """The places of each event in the order of its journey, the same place twice running taken once.

    A whole country is left out where the event also names a place in it: the gate says more than the country.
    """
    events: dict[str, list[PlaceLink]] = {}
    for link in links:
        events.setdefault(link.event, []).append(link)
    ordered = {}
    for event, group in events.items():
        way: list[PlaceLink] = []
        known = {link.country for link in group if link.exact and link.country}
        for link in sorted(group, key=order_of):
            if not link.exact and link.country in known:
                continue
            if not way or way[-1].place != link.place:
                way.append(link)
        ordered[event] = way
    return ordered


def legs(links: Iterable[PlaceLink]) -> list[Leg]:
    """Legs with their counts, most travelled first; an event with one place has none."""
    found: dict[tuple[str, str], Leg] = {}
    for way in ways(links).values():
        for start, end in pairwise(way):
            key = (start.place, end.place)
            found.setdefault(key, Leg(*key)).add(start, end)
    return sorted(found.values(), key=lambda leg: (-leg.count, leg.source, leg.target))
