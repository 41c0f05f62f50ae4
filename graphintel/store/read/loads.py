"""What was loaded: batches, and whether any of it is invented for training."""

from __future__ import annotations

from graphintel.store.driver import Row, Store


def batches(store: Store, limit: int = 200, before: int | None = None) -> list[Row]:
    """Batches with their source, files, actor and counts, newest first, from before a number if one is given."""
    rows = store.read(
        "MATCH (b:Batch) WHERE $before IS NULL OR b.number < $before "
        "RETURN properties(b) AS batch ORDER BY b.number DESC LIMIT $limit",
        {"limit": limit, "before": before},
    )
    return [row["batch"] for row in rows]


def older(store: Store, number: int) -> int:
    """How many batches are older than this one."""
    row = store.read("MATCH (b:Batch) WHERE b.number < $number RETURN count(b) AS n", {"number": number})[0]
    return int(row["n"])


def holds_training(store: Store) -> bool:
    """Whether any load is marked as invented data."""
    return bool(store.read("MATCH (b:Batch) WHERE b.training RETURN count(b) > 0 AS yes")[0]["yes"])


def engine(store: Store) -> str:
    """Name and version of the database."""
    row = store.read("CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version")[0]
    return f"{row['name']} {row['version']}"
