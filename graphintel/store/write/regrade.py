"""Grading a record again: the new grade stands on record and links, the old ones stay with who, when and why."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.errors import Conflict, NotFound
from graphintel.log import now
from graphintel.model.deliveries import Delivery, opened, standing
from graphintel.model.grading import parse_grade
from graphintel.model.ids import ledger_hash
from graphintel.model.marking import parse_marking
from graphintel.store.driver import Row, Store
from graphintel.store.write import closing
from graphintel.store.write import statements as text
from graphintel.store.write.batch import hold, intern_in, joined_marking, next_number, taken_back

_MARKING = "MATCH (m:Marking {number: $number}) RETURN m.text AS text"


def regrade(
    store: Store, holder: str, name: str, grade: str, handling: str, about: Row, *, closed: bool = False
) -> Row:
    """Grade one record again, in one transaction with a batch and a ledger of its own that can be taken back.

    `grade`: stored text or empty; `about`: who and why, kept on the batch; `closed`: also one that does not stand, whose
    grade counts if it ever stands again. Raises NotFound and Conflict.
    """
    return store.writing(lambda tx: _regrade(tx, holder, name, grade, handling, about, closed))


def _regrade(
    tx: ManagedTransaction, holder: str, name: str, grade: str, handling: str, about: Row, closed: bool
) -> Row:
    hold(tx, holder)
    found = tx.run(text.FIND_RECORDS, ids=[name]).data()
    if not found:
        raise NotFound(
            f"There is no record {name}; `graphintel show ID --json` lists the records of a thing."
        )
    row = found[0]
    if row["closed"] is not None and not closed:
        raise Conflict(f"Record {name} no longer stands; grade the record that took its place.")
    number = next_number(tx)
    marking = parse_marking(tx.run(_MARKING, number=row["marking"]).single(strict=True)["text"])
    asked = intern_in(tx, marking._replace(handling=handling)) if handling else row["marking"]
    act = Delivery(number, 0, row["reading"], grade or row["grade"], asked, "regrade")
    history = [*opened(row["history"]), act]
    texts = [one.text for one in history]
    tx.run(text.HISTORY, rows=[{"id": name, "history": texts, "deliveries": row["deliveries"]}]).consume()
    stands = standing(history, taken_back(tx))
    if stands is None:
        raise Conflict(f"Record {name} was retracted; nothing of it stands that could be graded.")
    now_marked = joined_marking(tx, {}, stands.markings)
    closing.grade(tx, [{"id": name, "grade": stands.grade, "marking": now_marked}])
    _ledger(tx, number, name, about)
    return {
        "batch": number, "record": name, "grade": parse_grade(stands.grade).label,
        "before": parse_grade(row["grade"]).label, "marking": now_marked,
    }  # fmt: skip


def _ledger(tx: ManagedTransaction, number: int, name: str, about: Row) -> None:
    source = tx.run("MATCH (r:Record {id: $id}) RETURN r.source AS source", id=name).single(strict=True)
    batch = {
        **about, "number": number, "kind": "regrade", "source": source["source"], "record": name, "at": now(),
        "finished": now(), "state": "complete", "counter": number, "records_new": 0, "records_regraded": 1,
    }  # fmt: skip
    tx.run("CREATE (b:Batch) SET b = $p", p=batch).consume()
    chunk = {
        "batch": number, "number": 0, "counter": number, "rows": 1, "records": [name], "records_regraded": 1,
        "hash": ledger_hash([name]),
    }  # fmt: skip
    tx.run(text.CHUNK, chunk=chunk).consume()
