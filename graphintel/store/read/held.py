"""What stands under natural keys, and which loads are still part of the graph: what a late row must not undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graphintel.store.driver import Row, Store

_GROUP = 5000
_STANDING = (
    "UNWIND $naturals AS natural MATCH (r:Record {natural: natural}) WHERE r.closed IS NULL "
    "RETURN natural, r.id AS id, reduce(last = 0, n IN r.deliveries | CASE WHEN n > last THEN n ELSE last END) AS batch, "
    "r.sha256 AS sha256, r.file AS file, r.position AS position"
)


class Held(NamedTuple):
    """The record that stands under a natural key: its id, the last load that delivered it, and where it was read."""

    id: str
    batch: int
    sha256: str
    file: str
    position: str


def standing(store: Store, naturals: Sequence[str]) -> dict[str, Held]:
    """The records that stand under some natural keys."""
    found: dict[str, Held] = {}
    for start in range(0, len(naturals), _GROUP):
        for row in store.read(_STANDING, {"naturals": list(naturals[start : start + _GROUP])}):
            found[row["natural"]] = Held(row["id"], row["batch"], row["sha256"], row["file"], row["position"])
    return found


def batches(store: Store, numbers: Sequence[int]) -> dict[int, Row]:
    """The batch nodes of these numbers, with all that is noted on them."""
    rows = store.read(
        "MATCH (b:Batch) WHERE b.number IN $numbers RETURN properties(b) AS batch", {"numbers": list(numbers)}
    )
    return {row["batch"]["number"]: row["batch"] for row in rows}


def newest(store: Store) -> int:
    """The number of the newest load; 0 if there is none."""
    return int(store.read("MATCH (b:Batch) RETURN max(b.number) AS number")[0]["number"] or 0)


def last_full(store: Store, source: str) -> int:
    """The number of the last load of a source that was said to be the whole of it; 0 if there was none."""
    rows = store.read(
        "MATCH (b:Batch {source: $source}) WHERE b.full = true AND b.state = 'complete' RETURN max(b.number) AS number",
        {"source": source},
    )
    return int(rows[0]["number"] or 0)
