"""The cache of an entity in a load that sees all its mentions at once."""

from __future__ import annotations

from graphintel.model.display import identifiers_of, label, merged
from graphintel.model.kinds import EVENTS
from graphintel.store.driver import Row

_NAMES = ("name", "alias", "former_name")


def cache_of(kind: str, rows: list[Row]) -> Row:
    """Kind, name, names and identifiers from the mentions' rows, and of things also their merged values."""
    if kind not in EVENTS:
        return merged(kind, rows)
    if len(rows) == 1 and not any(name in rows[0] for name in _NAMES):
        # Nearly every event stands alone; what it stated itself is no cache.
        row = rows[0]
        found = sorted(identifiers_of(kind, row))
        return {"kind": kind, "display": label(kind, row), "names": [], "identifiers": found}
    made = merged(kind, rows)
    return {name: made[name] for name in ("kind", "display", "names", "identifiers")}
