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


def named(store: Store, numbers: list[int]) -> dict[int, Row]:
    """Who acted in some batches, when and why, and whether they were taken back since."""
    rows = store.read(
        "UNWIND $numbers AS number MATCH (b:Batch {number: number}) RETURN number, b.at AS at, "
        "coalesce(b.accepted_by, b.actor) AS by, b.reason AS reason, b.state = 'retracted' AS retracted",
        {"numbers": numbers},
    )
    return {row.pop("number"): row for row in rows}


def older(store: Store, number: int) -> int:
    """How many batches are older than this one."""
    row = store.read("MATCH (b:Batch) WHERE b.number < $number RETURN count(b) AS n", {"number": number})[0]
    return int(row["n"])


def mapping_kept(store: Store, source: str, version: str) -> str:
    """The SHA-256 under which the mapping that a source was read with is kept, or nothing."""
    rows = store.read(
        "MATCH (b:Batch {source: $source, mapping_version: $version}) WHERE b.mapping_sha256 IS NOT NULL "
        "RETURN b.mapping_sha256 AS sha256 ORDER BY b.number DESC LIMIT 1",
        {"source": source, "version": version},
    )
    return str(rows[0]["sha256"]) if rows else ""


def holds_training(store: Store) -> bool:
    """Whether any load is marked as invented data."""
    return bool(
        store.read("MATCH (b:Batch) WHERE b.training AND b.state <> 'retracted' RETURN count(b) > 0 AS yes")[
            0
        ]["yes"]
    )


def engine(store: Store) -> str:
    """Name and version of the database."""
    row = store.read("CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version")[0]
    return f"{row['name']} {row['version']}"
