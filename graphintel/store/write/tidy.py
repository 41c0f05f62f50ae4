"""After the turn: what went leaves the entities, what came gets its own marking, and entities are put right."""

from __future__ import annotations

from collections import Counter

import orjson
from neo4j import ManagedTransaction

from graphintel.store.driver import Row
from graphintel.store.write import aliases, closing, statements
from graphintel.store.write import retract_text as text
from graphintel.store.write.settle import settle


def put_away(tx: ManagedTransaction, batch: int, limit: int) -> tuple[int, int]:
    """Put one page of records in order; how many there were, and how many links moved between entities."""
    rows = [_opened(row) for row in tx.run(text.NEXT, batch=batch, limit=limit).data()]
    if not rows:
        return 0, 0
    marks = aliases.held(tx)
    plain = marks.plain
    came = [row for row in rows if row["set"].get("closed") is None and "mapping_version" in row["set"]]
    for statement in (statements.DROP_CLOSED, statements.DROP_STATED):
        tx.run(
            statement, rows=[{"id": row["id"], "reading": row["set"]["mapping_version"]} for row in came]
        ).consume()
    off, on = marks.role("off"), marks.role("on")
    # One look finds both: what goes and what comes hang on the same mentions.
    links = tx.run(text.MARKED, rows=rows, aliases=off + on).data()
    states = tx.run(text.MARKED_STATES, rows=rows, aliases=off + on).data()
    going = [[row for row in found if row["marking"] in off] for found in (links, states)]
    coming = [[row for row in found if row["marking"] in on] for found in (links, states)]
    _take_off(tx, rows, going[0], plain, batch)
    tx.run(text.CLOSE_STATES, rows=rows, aliases=off).consume()
    _show(tx, rows, coming[0], on, plain)
    tx.run(text.DONE, rows=rows).consume()
    tx.run(text.REBATCH, rows=[{"id": row["id"], "batch": row["set"]["batch"]} for row in came]).consume()
    moved = settle(tx, closing.count(tx, _lost(*going)), batch)
    # Those that woke alone are settled last: until then their keys lead nowhere.
    alone = [row["id"] for row in tx.run(text.ALONE, ids=sorted(_lost(*coming)))]
    return len(rows), moved + settle(tx, [], batch, alone)


def _opened(row: Row) -> Row:
    return {**row, **orjson.loads(row["next"])}


def _take_off(
    tx: ManagedTransaction, rows: list[Row], links: list[Row], plain: dict[int, int], batch: int
) -> None:
    """Close what went, or delete it where only its grade changed."""
    about = {row["id"]: row for row in rows}
    keep: dict[str, list[Row]] = {}
    drop: dict[str, list[Row]] = {}
    for link in links:
        row = about[link["record"]]
        made = {
            "id": link["id"], "s": link["s"], "alias": link["marking"], "marking": plain[link["marking"]],
            "reading": row["reading"],
        }  # fmt: skip
        (keep if row["keep"] else drop).setdefault(link["type"], []).append(made)
    for type_name, group in sorted(keep.items()):
        tx.run(text.close(type_name), rows=group, batch=batch).consume()
    for type_name, group in sorted(drop.items()):
        tx.run(text.drop(type_name), rows=group).consume()


def _lost(links: list[Row], states: list[Row]) -> Counter[str]:
    """How many records each mention loses."""
    pairs = {(row["record"], row[end]) for row in links for end in ("a", "b")}
    pairs.update((row["record"], row["mention"]) for row in states)
    return Counter(mention for _, mention in pairs)


def _show(
    tx: ManagedTransaction, rows: list[Row], links: list[Row], on: list[int], plain: dict[int, int]
) -> None:
    """Give what came its own marking."""
    by_type: dict[str, list[Row]] = {}
    for link in links:
        by_type.setdefault(link["type"], []).append(
            {"id": link["id"], "s": link["s"], "alias": link["marking"], "marking": plain[link["marking"]]}
        )
    for type_name, group in sorted(by_type.items()):
        tx.run(text.show(type_name), rows=group).consume()
    stated = [{"id": row["id"], "marking": row["set"]["marking"]} for row in rows if "marking" in row["set"]]
    tx.run(text.SHOW_STATES, rows=stated, aliases=on).consume()
