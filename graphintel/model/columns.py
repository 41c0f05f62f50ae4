"""Visible assertions as columns: what the store streams to analysis, mention-level with a partition vector."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(slots=True)
class LinkColumns:
    """Links between mentions as arrays of equal length, and which entity each mention belongs to.

    `source`, `target`: index into `mentions`; `type`: index into `types`; `day`: days since 1970-01-01, or the
    smallest int32 where unknown. `partition[m]` is an index into `entities`; `kind[e]` an index into `kinds`.
    """

    mentions: list[str]
    partition: Ints
    entities: list[str]
    labels: list[str]
    kind: Ints
    kinds: list[str]
    hub: NDArray[np.bool_]
    source: Ints
    target: Ints
    type: Ints
    types: list[str]
    day: Ints
    links: list[str]
    records: list[str]
    counter: int = 0
    profile: str = "all"
    place: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def entity_source(self) -> Ints:
        """The entity at the start of each link, as an index into `entities`."""
        return self.partition[self.source]

    @property
    def entity_target(self) -> Ints:
        """The entity at the end of each link, as an index into `entities`."""
        return self.partition[self.target]


UNKNOWN_DAY = int(np.iinfo(np.int32).min)
