"""From assertions to a network of things: events folded away, hubs left out and named, every tie still explained.

Two things are tied by what links say of them directly, and by each consignment, phone or address they share
(`folding`). Places and goods tie nobody: half the world passes one border gate with one HS code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.folding import distinct, folded, mask_of
from graphintel.analysis.network import Floats, Ints, Network
from graphintel.analysis.words import Words, listed
from graphintel.errors import InputError
from graphintel.model.columns import LinkColumns
from graphintel.model.kinds import KINDS

EVENTS = frozenset({"Declaration", "Seizure", "Notice", "Movement"})
NEVER = frozenset({"Place", "Commodity", "Route", "Operation"})
THINGS = frozenset(KINDS) - EVENTS - NEVER
# More links than this and a thing is a hub: a broker, a courier, a port, whose company says nothing about anybody.
HUB_CAP = 1_000
HUBS_SHOWN = 50


class Hub(NamedTuple):
    """A thing left out because nearly everything touches it."""

    id: str
    label: str
    links: int


@dataclass(frozen=True, eq=False)
class Projection:
    """The network, which entity each thing is, what was folded and what was left out.

    `entity`: shape n, index into `columns.entities`; `item`: shape of entities, whether it may tie others by being shared.
    """

    network: Network
    columns: LinkColumns
    entity: Ints
    item: NDArray[np.bool_]
    hubs: list[Hub]
    hubs_total: int
    items_folded: int
    items_on_a_ring: int
    parameters: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """What a finding says of the network it rests on."""
        return {
            "things": self.network.size,
            "ties": self.network.ties,
            "items_folded": self.items_folded,
            "items_on_a_ring": self.items_on_a_ring,
            "hubs": [hub._asdict() for hub in self.hubs],
            "hubs_total": self.hubs_total,
            "parameters": self.parameters,
            "explanation": self.explanation()._asdict(),
        }

    def explanation(self) -> Words:
        """What ties mean here and what was left out, in plain words."""
        named = listed([hub.label or hub.id for hub in self.hubs], 3)
        out = (
            f" {self.hubs_total} hubs are left out: {named}.",
            f" {self.hubs_total} merkez dışarıda: {named}.",
        )
        out = out if self.hubs_total else (" No hub is left out.", " Dışarıda bırakılan merkez yok.")
        return Words(
            f"{self.network.size} things, {self.network.ties} ties: stated directly, or by one of {self.items_folded} "
            f"consignments and other items that two things share.{out[0]}",
            f"{self.network.size} düğüm, {self.network.ties} bağ: doğrudan belirtilen ya da iki düğümün paylaştığı "
            f"{self.items_folded} sevkiyat ve benzeri üzerinden kurulan.{out[1]}",
        )

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.columns.entities)}

    @cached_property
    def _incident(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Links of entity e: `order[start[e]:start[e + 1]]`, each taken modulo the number of links."""
        ends = np.concatenate([self.columns.entity_source, self.columns.entity_target])
        order = np.argsort(ends, kind="stable")
        return order, np.searchsorted(ends[order], np.arange(len(self.columns.entities) + 1))

    def why(self, first: str, second: str) -> list[int]:
        """Positions in `columns.links` of every link behind a tie: direct ones, then both links to each shared item."""
        direct: list[int] = []
        left, right = self._around(first), self._around(second)
        goal = self._number[second]
        direct.extend(left.get(goal, ()))
        for other in sorted(left.keys() & right.keys()):
            if self.item[other]:
                direct.extend([*left[other], *right[other]])
        return list(dict.fromkeys(direct))

    def records(self, first: str, second: str) -> list[str]:
        """The records that justify a tie, each once."""
        return list(dict.fromkeys(self.columns.records[link] for link in self.why(first, second)))

    def _around(self, name: str) -> dict[int, list[int]]:
        """Links of an entity by the entity at the other end. Raises InputError for an entity that is not here."""
        if name not in self._number:
            raise InputError(f"{name} is not among the things of this network; take an id from its results.")
        entity = self._number[name]
        order, start = self._incident
        source, target = self.columns.entity_source, self.columns.entity_target
        around: dict[int, list[int]] = {}
        for place in order[start[entity] : start[entity + 1]].tolist():
            link = place % len(source)
            other = int(target[link]) if int(source[link]) == entity else int(source[link])
            around.setdefault(other, []).append(link)
        return around


def project(
    columns: LinkColumns, *, kinds: Iterable[str] | None = None, ids: Iterable[str] | None = None,
    fold_events: bool = True, hub_cap: int = HUB_CAP, seed: int = 20,
) -> Projection:  # fmt: skip
    """The network of the things of some kinds (or ids), all but events, places and goods by default.

    Kinds that are left out but tie people (a phone, an address, a vehicle) are folded as events are. Raises InputError
    for an unknown kind or a cap below 2. Memory and time grow with the links, and never with the square of anything.
    """
    chosen = _chosen(kinds, fold_events)
    if hub_cap < 2:
        raise InputError(f"hub_cap is {hub_cap}; a thing with fewer than 2 links cannot be a hub.")
    source, target = columns.entity_source, columns.entity_target
    degree = np.bincount(source, minlength=len(columns.entities)) + np.bincount(
        target, minlength=len(columns.entities)
    )
    event = mask_of(columns.kinds, columns.kind, EVENTS)
    # One declaration of a thousand containers is no hub: it is folded on a ring.
    hub = (columns.hub | (degree > hub_cap)) & ~event & (degree > 0)
    node = mask_of(columns.kinds, columns.kind, chosen) & ~hub & (degree > 0)
    if ids is not None:
        wanted = set(ids)
        node &= np.fromiter((name in wanted for name in columns.entities), np.bool_, len(columns.entities))
    foldable = (EVENTS if fold_events else frozenset()) | THINGS
    item = mask_of(columns.kinds, columns.kind, foldable - chosen) & ~hub
    number = np.cumsum(node) - 1
    first, second, weight, items, rings = _ties(columns, node, item, seed)
    entity = np.flatnonzero(node).astype(np.int32)
    network = Network.of(
        [columns.entities[e] for e in entity], number[first].astype(np.int32), number[second].astype(np.int32), weight,
        [columns.labels[e] or columns.entities[e] for e in entity],
    )  # fmt: skip
    hubs = _hubs(columns, hub & mask_of(columns.kinds, columns.kind, foldable | chosen), degree)
    parameters = {"kinds": sorted(chosen), "fold_events": fold_events, "hub_cap": hub_cap, "seed": seed}
    return Projection(network, columns, entity, item, hubs[:HUBS_SHOWN], len(hubs), items, rings, parameters)


def _chosen(kinds: Iterable[str] | None, fold_events: bool) -> frozenset[str]:
    if kinds is None:
        return THINGS if fold_events else THINGS | EVENTS
    chosen = frozenset(kinds)
    unknown = sorted(chosen - KINDS.keys())
    if unknown:
        raise InputError(f"There is no kind {', '.join(unknown)}; there are {', '.join(KINDS)}.")
    return chosen


def _ties(
    columns: LinkColumns, node: NDArray[np.bool_], item: NDArray[np.bool_], seed: int
) -> tuple[Ints, Ints, Floats, int, int]:
    """Ends as entities, weights, and how many items were folded, how many of them on a ring."""
    source, target = columns.entity_source, columns.entity_target
    direct = node[source] & node[target]
    ends = source[direct], target[direct]
    forth, back = node[source] & item[target], item[source] & node[target]
    thing = np.concatenate([source[forth], target[back]])
    shared = np.concatenate([target[forth], source[back]])
    thing, shared = distinct(thing, shared, len(columns.entities))
    first, second, weight, rings = folded(thing, shared, seed)
    count = int(np.count_nonzero(np.bincount(shared, minlength=1) > 1)) if len(shared) else 0
    plain = np.ones(len(ends[0]))
    return (
        np.concatenate([ends[0], first]), np.concatenate([ends[1], second]), np.concatenate([plain, weight]), count, rings,
    )  # fmt: skip


def _hubs(columns: LinkColumns, hub: NDArray[np.bool_], degree: NDArray[np.intp]) -> list[Hub]:
    found = [Hub(columns.entities[e], columns.labels[e], int(degree[e])) for e in np.flatnonzero(hub)]
    return sorted(found, key=lambda one: (-one.links, one.id))
