"""How many independent origins say each value of an entity, by the records that a reader sees."""

from __future__ import annotations

import orjson
from neo4j import ManagedTransaction

from graphintel.model.corroboration import Told, independent
from graphintel.store.driver import Row

_RECORDS = (
    "UNWIND $ids AS id MATCH (d:Record {id: id}) RETURN d.id AS id, d.source AS source, d.content AS content, "
    "d.grade AS grade"
)
# Beyond so many records the origins of a value are no longer counted: it is said often enough.
_RECORDS_READ = 2000


def corroborated(tx: ManagedTransaction, values: list[Row]) -> list[Row]:
    """Values with `corroboration`, the number of independent origins of their records; None where it was not counted."""
    ids = list(dict.fromkeys(name for value in values for name in value["records"]))
    told = {
        row["id"]: Told(row["id"], row["source"], orjson.loads(row["content"]), row["grade"])
        for row in tx.run(_RECORDS, ids=ids[:_RECORDS_READ])
    }
    for value in values:
        known = [told[name] for name in value["records"] if name in told]
        value["corroboration"] = independent(known) if len(known) == len(value["records"]) else None
    return values
