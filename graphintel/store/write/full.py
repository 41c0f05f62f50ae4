"""A full delivery: what its source held before and it does not bring no longer stands."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.store.driver import Row, Store
from graphintel.store.write import closing
from graphintel.store.write.batch import finish, hold, next_number
from graphintel.store.write.settle import settle

PAGE = 1000
_DECLARE = "MATCH (b:Batch {number: $batch}) SET b.full = true, b.full_after = ''"
_PLACE = "MATCH (b:Batch {number: $batch}) RETURN b.full_after AS after, b.source AS source"
_LEFT_OUT = (
    "MATCH (r:Record) WHERE r.id > $after WITH r ORDER BY r.id LIMIT $limit RETURN r.id AS id, "
    "r.source = $source AND r.closed IS NULL AND NOT $batch IN r.deliveries AS left ORDER BY id"
)
_WENT_ON = "MATCH (b:Batch {number: $batch}) SET b.full_after = $after, b.records_closed = coalesce(b.records_closed, 0) + $n"
# The counter at which it last closed something: from there on a reader of changes looks at what it closed.
_CLOSED_AT = "MATCH (b:Batch {number: $batch}) SET b.full_counter = $counter"
_STOPPED = "MATCH (b:Batch) WHERE b.full_after IS NOT NULL RETURN b.number AS number"


def close_rest(store: Store, holder: str, batch: int, limit: int = PAGE) -> int:
    """Close the records of a batch's source that it did not deliver, page by page; how many were closed now."""
    store.writing(lambda tx: tx.run(_DECLARE, batch=batch).consume())
    return _go_on(store, holder, batch, limit)


def resume(store: Store, holder: str, limit: int = PAGE) -> list[int]:
    """Finish full deliveries that were stopped while they closed what they left out; their numbers."""
    stopped = [row["number"] for row in store.read(_STOPPED)]
    for batch in stopped:
        _go_on(store, holder, batch, limit)
        finish(store, batch, {})
    return stopped


def _go_on(store: Store, holder: str, batch: int, limit: int) -> int:
    total = 0
    after: str | None = ""
    while after is not None:
        after, closed = store.writing(lambda tx: _page(tx, holder, batch, limit))
        total += closed
    return total


def _page(tx: ManagedTransaction, holder: str, batch: int, limit: int) -> tuple[str | None, int]:
    hold(tx, holder)
    place = tx.run(_PLACE, batch=batch).single(strict=True)
    rows: list[Row] = tx.run(
        _LEFT_OUT, after=place["after"], source=place["source"], batch=batch, limit=limit
    ).data()
    left = [row["id"] for row in rows if row["left"]]
    if left:
        asleep = closing.count(tx, closing.close(tx, left, batch))
        settle(tx, asleep, batch)
        tx.run(_CLOSED_AT, batch=batch, counter=next_number(tx)).consume()
    after = rows[-1]["id"] if len(rows) == limit else None
    tx.run(_WENT_ON, batch=batch, after=after, n=len(left)).consume()
    return after, len(left)
