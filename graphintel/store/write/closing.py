"""Records that no longer stand, stand again, or stand with another grade: what that does to their links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from neo4j import ManagedTransaction

from graphintel.store.driver import Row
from graphintel.store.write import statements as text


def unlink(tx: ManagedTransaction, records: list[str], batch: int) -> Counter[str]:
    """Take the links of records off the entities, to stay between the mentions; how many records each mention loses."""
    by_type: dict[str, list[Row]] = {}
    pairs: set[tuple[str, str]] = set()
    for row in tx.run(text.LINKS_OF_RECORDS, ids=records):
        kept = {"id": row["id"], "s": row["s"], "reading": row["reading"]}
        by_type.setdefault(row["type"], []).append(kept)
        pairs.update(((row["record"], row["a"]), (row["record"], row["b"])))
    for type_name, rows in sorted(by_type.items()):
        tx.run(text.close(type_name), rows=rows, batch=batch).consume()
    pairs.update((row["record"], row["mention"]) for row in tx.run(text.UNSTATE, ids=records))
    return Counter(mention for _, mention in pairs)


def close(tx: ManagedTransaction, records: list[str], batch: int) -> Counter[str]:
    """Close records, their links with them; how many live records each mention loses by it."""
    lost = unlink(tx, records, batch)
    tx.run(text.CLOSE_RECORDS, ids=records, batch=batch).consume()
    return lost


def stand(tx: ManagedTransaction, rows: list[Row]) -> None:
    """Let records stand at a reading, grade and marking; what was kept of that reading between mentions goes."""
    if not rows:
        return
    for statement in (text.DROP_CLOSED, text.DROP_STATED, text.STAND):
        tx.run(statement, rows=rows).consume()


def grade(tx: ManagedTransaction, rows: list[Row]) -> None:
    """Give live records, what they state and their links another grade and marking."""
    if not rows:
        return
    for statement in (text.GRADE, text.GRADE_STATES, text.GRADE_LINKS):
        tx.run(statement, rows=rows).consume()


def count(tx: ManagedTransaction, lost: Counter[str]) -> list[str]:
    """Count down the uses of mentions; those that no live record uses any more."""
    rows = [{"id": name, "n": -n} for name, n in lost.items()]
    return [row["id"] for row in tx.run(text.USES, rows=rows)] if rows else []


def raised(tx: ManagedTransaction, names: Iterable[str]) -> None:
    """Count up the uses of mentions, once for each time that one is named."""
    rows = [{"id": name, "n": n} for name, n in Counter(names).items()]
    if rows:
        tx.run(text.USES, rows=rows).consume()
