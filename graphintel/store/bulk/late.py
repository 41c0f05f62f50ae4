"""What `neo4j-admin import` cannot write, written when the store is up again."""

from __future__ import annotations

from graphintel.store.bulk.files import Late
from graphintel.store.driver import Store

_SECONDS = 3600.0
_ROWS = 5000
_EMPTY = (
    "MATCH (n:{label}) WHERE n.{name} IS NULL CALL (n) {{ SET n.{name} = [] }} IN TRANSACTIONS OF 20000 ROWS"
)
_ONE = "UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties"


def write_late(store: Store, late: list[Late]) -> None:
    """Write empty lists, and lists whose texts no cell can hold."""
    single: dict[str, list[Late]] = {}
    for one in late:
        if one.id is not None:
            single.setdefault(one.label, []).append(one)
            continue
        for name in one.properties:
            store.execute(_EMPTY.format(label=one.label, name=name), seconds=_SECONDS)
    for label, rows in single.items():
        given = [{"id": one.id, "properties": one.properties} for one in rows]
        for start in range(0, len(given), _ROWS):
            store.execute(_ONE.format(label=label), {"rows": given[start : start + _ROWS]}, seconds=_SECONDS)
