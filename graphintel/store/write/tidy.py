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
    lost = _take_off(tx, rows, marks.role("off"), plain, batch)
    names = _show(tx, rows, marks.role("on"), plain)
    tx.run(text.DONE, rows=rows).consume()
    tx.run(text.REBATCH, rows=[{"id": row["id"], "batch": row["set"]["batch"]} for row in came]).consume()
    moved = settle(tx, closing.count(tx, lost), batch)
    # Those that woke alone are settled last: until then their keys lead nowhere.
    alone = [row["id"] for row in tx.run(text.ALONE, ids=sorted(names))]
    return len(rows), moved + settle(tx, [], batch, alone)


def _opened(row: Row) -> Row:
    return {**row, **orjson.loads(row["next"])}


def _take_off(
    tx: ManagedTransaction, rows: list[Row], off: list[int], plain: dict[int, int], batch: int
) -> Counter[str]:
    """Close what went, or delete it where only its grade changed; how many records each mention loses."""
    about = {row["id"]: row for row in rows}
    pairs: set[tuple[str, str]] = set()
    keep: dict[str, list[Row]] = {}
    drop: dict[str, list[Row]] = {}
    for link in tx.run(text.MARKED, rows=rows, aliases=off):
        row = about[link["record"]]
        pairs.update(((row["id"], link["a"]), (row["id"], link["b"])))
        made = {
            "id": link["id"], "s": link["s"], "alias": link["marking"], "marking": plain[link["marking"]],
            "reading": row["reading"],
        }  # fmt: skip
        (keep if row["keep"] else drop).setdefault(link["type"], []).append(made)
    for type_name, links in sorted(keep.items()):
        tx.run(text.close(type_name), rows=links, batch=batch).consume()
    for type_name, links in sorted(drop.items()):
        tx.run(text.drop(type_name), rows=links).consume()
    pairs.update(
        (row["record"], row["mention"]) for row in tx.run(text.MARKED_STATES, rows=rows, aliases=off)
    )
    tx.run(text.CLOSE_STATES, rows=rows, aliases=off).consume()
    return Counter(mention for _, mention in pairs)


def _show(tx: ManagedTransaction, rows: list[Row], on: list[int], plain: dict[int, int]) -> set[str]:
    """Give what came its own marking; the mentions that it uses."""
    names: set[str] = set()
    by_type: dict[str, list[Row]] = {}
    for link in tx.run(text.MARKED, rows=rows, aliases=on):
        names.update((link["a"], link["b"]))
        by_type.setdefault(link["type"], []).append(
            {"id": link["id"], "s": link["s"], "alias": link["marking"], "marking": plain[link["marking"]]}
        )
    for type_name, links in sorted(by_type.items()):
        tx.run(text.show(type_name), rows=links).consume()
    names.update(row["mention"] for row in tx.run(text.MARKED_STATES, rows=rows, aliases=on))
    stated = [{"id": row["id"], "marking": row["set"]["marking"]} for row in rows if "marking" in row["set"]]
    tx.run(text.SHOW_STATES, rows=stated, aliases=on).consume()
    return names
