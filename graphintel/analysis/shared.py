"""What the members of a community share: plates, phones, addresses, goods and places that few others touch.

Each thing or place is counted by how many members touch it, directly or through one consignment, against how many others
of the network do. A name made of them says what holds a community together, where a number says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphintel.analysis.folding import mask_of
from graphintel.analysis.network import Ints
from graphintel.analysis.projection import EVENTS, Projection
from graphintel.model.columns import LinkColumns

# People and companies have a community; everything else they may share.
PARTIES = frozenset({"Person", "Company", "Organisation"})
GOODS, PLACES = frozenset({"Commodity"}), frozenset({"Place"})
# At least so many members, and more than that share of all that touch it.
LEAST, OWN = 2, 0.5
SHOWN = 8


class Shared(NamedTuple):
    """Something that members touch: how many do, and their share of all parties that touch it."""

    id: str
    kind: str
    label: str
    members: int
    own: float

    def as_json(self) -> dict[str, Any]:
        """As an answer has it."""
        return self._asdict()


def shared(projection: Projection, of: Ints) -> dict[int, list[Shared]]:
    """By community number what most marks it, the strongest first; `of[v]`: the community of thing v, shape n.

    Communities without anything that two members share are left out. Cost grows with the links and the pairs of parties
    and other things on one event.
    """
    columns = projection.columns
    count = len(columns.entities)
    party = mask_of(columns.kinds, columns.kind, PARTIES)
    touches = _touches(columns, party, _others(columns, party))
    community = np.full(count, -1, dtype=np.int64)
    community[projection.entity] = of
    rows, others = touches.nonzero()
    inside = community[rows] >= 0
    everybody = np.bincount(others, minlength=count)
    keys, number = np.unique(community[rows[inside]] * count + others[inside], return_counts=True)
    found: dict[int, list[Shared]] = defaultdict(list)
    for key, members in zip(keys.tolist(), number.tolist(), strict=True):
        group, other = divmod(key, count)
        own = members / everybody[other]
        if members >= LEAST and own > OWN:
            found[group].append(Shared(
                columns.entities[other], columns.kinds[columns.kind[other]],
                columns.labels[other] or columns.entities[other], members, round(float(own), 4),
            ))  # fmt: skip
    return {
        group: sorted(some, key=lambda one: (-one.members * one.own, one.kind, one.id))[:SHOWN]
        for group, some in found.items()
    }


def named(some: list[Shared]) -> str:
    """A name of the strongest of what is shared: one of each sort, so that it says who, what and where."""
    sorts: dict[str, str] = {}
    for one in some:
        sort = "goods" if one.kind in GOODS else "places" if one.kind in PLACES else "things"
        sorts.setdefault(sort, one.label)
    return " · ".join(sorts[sort] for sort in ("things", "goods", "places") if sort in sorts)


def _others(columns: LinkColumns, party: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whatever can be shared: no party, no event."""
    return ~party & ~mask_of(columns.kinds, columns.kind, EVENTS)


def _touches(columns: LinkColumns, party: NDArray[np.bool_], other: NDArray[np.bool_]) -> csr_array:
    """Which party touches which other thing, directly or through one event: entities by entities, of ones."""
    source, target = columns.entity_source, columns.entity_target
    count = len(columns.entities)
    ends = np.concatenate([source, target]), np.concatenate([target, source])
    both = csr_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(count, count))
    event = mask_of(columns.kinds, columns.kind, EVENTS)
    to_event = _kept(both, party, event)
    found = _kept(both, party, other) + to_event @ _kept(both, event, other)
    found.data[:] = 1
    return csr_array(found)


def _kept(matrix: csr_array, rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> csr_array:
    """The cells of some rows and columns, as ones."""
    coordinates = matrix.tocoo()
    chosen = rows[coordinates.row] & columns[coordinates.col]
    ones = np.ones(int(chosen.sum()), dtype=np.int32)
    return csr_array((ones, (coordinates.row[chosen], coordinates.col[chosen])), shape=matrix.shape)
