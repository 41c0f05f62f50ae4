"""What a retraction changes: read page by page from the batch's ledger, decided by what remains, written unseen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import orjson
from neo4j import ManagedTransaction

from graphintel.model.deliveries import Delivery, Standing, opened, standing, winner
from graphintel.model.kinds import EVENTS
from graphintel.store.driver import Row
from graphintel.store.write import closing, statements
from graphintel.store.write import retract_text as text
from graphintel.store.write.aliases import Aliases, held
from graphintel.store.write.batch import joined_marking, taken_back
from graphintel.store.write.rows import cached

_CHUNKS = (
    "MATCH (c:Chunk {batch: $batch}) WHERE c.number >= $chunk RETURN c.number AS number, c.records AS ids "
    "ORDER BY number LIMIT 1"
)
_NEXT_CHUNK = "MATCH (c:Chunk {batch: $batch}) WHERE c.number > $chunk RETURN count(c) AS n"
# A full delivery closed what it did not bring: any record of its source may come back. So many are looked at at once.
_SCANNED = 5000


@dataclass(slots=True)
class Turned:
    """What one page does: records whose links go, whose links come from between the mentions, or are copied."""

    hide: list[Row] = field(default_factory=list)
    come: list[Row] = field(default_factory=list)
    copy: list[Row] = field(default_factory=list)
    pending: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def page(tx: ManagedTransaction, batch: Row, size: int) -> tuple[list[str], Row]:
    """The ids of the next records that the batch may change, and where to go on after them."""
    number, chunk, offset = batch["number"], batch["retraction_chunk"], batch["retraction_offset"]
    row = tx.run(_CHUNKS, batch=number, chunk=max(chunk, 0)).single()
    place: Row = {"retraction_chunk": chunk, "retraction_offset": offset, "retraction_left": True}
    rows = batch["retraction_rows"]
    if row is not None:
        ids = (row["ids"] or [])[offset : offset + size]
        if offset + size < len(row["ids"] or []):
            place.update(retraction_chunk=row["number"], retraction_offset=offset + size)
        else:
            place.update(retraction_chunk=row["number"] + 1, retraction_offset=0)
            more = tx.run(_NEXT_CHUNK, batch=number, chunk=row["number"]).single(strict=True)["n"]
            place["retraction_left"] = bool(more or batch.get("full"))
        return ids, {**place, "retraction_rows": rows + len(ids)}
    if not batch.get("full"):
        return [], {**place, "retraction_left": False, "retraction_rows": rows}
    found = tx.run(
        text.SCAN, after=batch["retraction_after"], source=batch["source"], limit=min(_SCANNED, size * 10)
    )
    ids, last, seen = [], batch["retraction_after"], 0
    for one in found:
        last = one["id"]
        seen += 1
        if one["wanted"]:
            ids.append(one["id"])
    place.update(retraction_after=last, retraction_left=seen > 0, retraction_rows=rows + len(ids))
    return ids, place


def turn_records(tx: ManagedTransaction, ids: list[str], batch: int, undo: bool) -> Row:
    """Hide what no longer stands without a batch (or with it again) and write what stands instead, unseen."""
    gone = taken_back(tx) - {batch} if undo else taken_back(tx) | {batch}
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in tx.run(text.VERSIONS, ids=ids).data():
        groups[row["natural"]].append({**row, "history": opened(row["history"])})
    given = {"gone": sorted(gone), "back": batch if undo else 0}
    full = {row["source"]: row["number"] for row in tx.run(text.LAST_FULL, given)}
    marks = held(tx)
    turned = Turned()
    for rows in groups.values():
        histories: dict[str, Iterable[Delivery]] = {row["id"]: row["history"] for row in rows}
        best = winner(histories, gone, full.get(rows[0]["source"], 0))
        for row in rows:
            if row["pending"] is None:
                _decide(tx, turned, row, row["id"] == best, gone, marks, batch)
    _write(tx, turned, marks, batch)
    return dict(turned.counts)


def _decide(
    tx: ManagedTransaction, turned: Turned, row: Row, stands: bool, gone: Collection[int], marks: Aliases, batch: int
) -> None:  # fmt: skip
    """What becomes of one record."""
    now = standing(row["history"], gone)
    live = row["closed"] is None
    deliveries = sorted({one.batch for one in row["history"] if one.act == "load"} - set(gone))
    after: Row = {"deliveries": deliveries}
    name = row["id"]
    if now is None or not stands:
        if live:
            after["closed"] = _closed_by(row, gone, batch)
            turned.hide.append({"id": name, "hidden": marks.of(row["marking"], "off"), "keep": True})
            turned.counts["closed"] += 1
        elif now is not None or any(one.batch == batch for one in row["history"]):
            after["closed"] = row["closed"]
        else:
            return
    else:
        after.update(_standing(tx, now))
        same = (row["reading"], row["grade"], row["marking"]) == (now.reading, now.grade, after["marking"])
        if not live:
            turned.come.append({"id": name, "reading": now.reading, **_as_link(after, marks, now)})
            turned.counts["opened"] += 1
        elif not same:
            again = row["reading"] == now.reading
            turned.hide.append({"id": name, "hidden": marks.of(row["marking"], "off"), "keep": not again})
            (turned.copy if again else turned.come).append(
                {"id": name, "reading": now.reading, **_as_link(after, marks, now)}
            )
            turned.counts["changed"] += 1
        elif not any(one.batch == batch for one in row["history"]):
            return
    keep = next((one["keep"] for one in turned.hide if one["id"] == name), True)
    told = {"set": after, "was": row["marking"], "keep": keep}
    turned.pending.append({"id": name, "next": orjson.dumps(told).decode()})


def _closed_by(row: Row, gone: Collection[int], batch: int) -> int:
    last = max((one.batch for one in row["history"] if one.batch not in gone), default=0)
    return max(last, batch)


def _standing(tx: ManagedTransaction, now: Standing) -> Row:
    return {
        "mapping_version": now.reading, "grade": now.grade, "marking": joined_marking(tx, {}, now.markings),
        "batch": now.batch, "closed": None,
    }  # fmt: skip


def _as_link(after: Row, marks: Aliases, now: Standing) -> Row:
    return {"grade": now.grade, "marking": marks.of(after["marking"], "on"), "batch": now.batch}


def _write(tx: ManagedTransaction, turned: Turned, marks: Aliases, batch: int) -> None:
    links = [
        *tx.run(text.CLOSED_LINKS, rows=turned.come).data(),
        *tx.run(text.LIVE_LINKS, rows=turned.copy).data(),
    ]
    states = [
        *tx.run(text.CLOSED_STATES, rows=turned.come).data(),
        *tx.run(text.LIVE_STATES, rows=turned.copy).data(),
    ]
    if turned.hide:
        tx.run(text.HIDE_LINKS, rows=turned.hide).consume()
        tx.run(text.HIDE_STATES, rows=turned.hide).consume()
    given = {row["id"]: row for row in [*turned.come, *turned.copy]}
    _bring(tx, links, states, given, batch)
    if turned.pending:
        tx.run(text.PENDING, rows=turned.pending, batch=batch).consume()


def _bring(
    tx: ManagedTransaction, links: list[Row], states: list[Row], given: dict[str, Row], batch: int
) -> None:
    """Write links and statements that come, between the entities that the mentions have now."""
    ends = {(row["p"]["record"], row["p"][end]) for row in links for end in ("from_mention", "to_mention")}
    ends.update((row["record"], row["mention"]) for row in states)
    names = sorted({mention for _, mention in ends})
    _wake(tx, names, batch)
    entity = {row["id"]: row["entity"] or row["id"] for row in tx.run(statements.FIND_MENTIONS, ids=names)}
    by_type: dict[str, list[Row]] = {}
    for row in links:
        how = given[row["p"]["record"]]
        kept = {name: value for name, value in row["p"].items() if name not in ("type", "closed", "reading")}
        made = {**kept, "grade": how["grade"], "marking": how["marking"], "batch": how["batch"]}
        by_type.setdefault(row["type"], []).append(
            {"s": entity[kept["from_mention"]], "t": entity[kept["to_mention"]], "p": made}
        )
    for type_name, rows in sorted(by_type.items()):
        tx.run(statements.links(type_name), rows=rows).consume()
    stated = [{**row, "marking": given[row["record"]]["marking"]} for row in states]
    tx.run(statements.STATES, rows=stated, batch=batch).consume()
    closing.raised(tx, (mention for _, mention in ends))


def _wake(tx: ManagedTransaction, names: list[str], batch: int) -> None:
    """Wake what sleeps, each as an entity of its own: whose it is must not be seen before the turn."""
    by_kind: dict[str, list[Row]] = {}
    for one in tx.run(text.ASLEEP, ids=names):
        row = one["row"]
        kept = {**cached(one["kind"], [row]), "id": row["id"], "kind": one["kind"], "hub": False, "born": 0}
        by_kind.setdefault(one["kind"], []).append(kept)
    for kind, rows in sorted(by_kind.items()):
        assert kind in EVENTS or all("display" in row for row in rows)
        tx.run(text.alone(kind), rows=rows, batch=batch).consume()
