"""Marks of service providers: a person's word on one statement, kept like a judgement; the entity's `hub` follows from it."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.errors import InputError, NotFound
from graphintel.model.judgement import Judgement
from graphintel.model.kinds import EVENTS
from graphintel.store.driver import Row, Store
from graphintel.store.write import judge_text as text
from graphintel.store.write.batch import next_number
from graphintel.store.write.judge import alone, written

#: What such a mark says of the one statement that it is on.
VERDICT = "service_provider"
_MARKS = (
    "MATCH (e:Entity {id: $entity})<-[:RESOLVES_TO*0..1]-(m:Mention)<-[:ON]-(j:Judgement {verdict: $verdict}) "
    "WHERE j.withdrawn_by IS NULL RETURN DISTINCT properties(j) AS j ORDER BY j.counter, j.id"
)
_HUB = "MATCH (e:Entity {id: $entity}) SET e.hub = $hub"


def mark(store: Store, name: str, by: str, reason: str, role: str) -> Row:
    """Mark a thing, named by any id of it, as a service provider in a role; `unchanged` if it is one already.

    Raises NotFound, and InputError for an event, which serves nobody.
    """

    def work(tx: ManagedTransaction) -> Row:
        found = _found(tx, name)
        standing = tx.run(_MARKS, entity=found["entity"], verdict=VERDICT).data()
        if standing:
            first = standing[0]["j"]
            return {
                "judgement": first["id"],
                "entity": found["entity"],
                "unchanged": True,
                "counter": first["counter"],
            }
        counter = next_number(tx)
        given = Judgement(VERDICT, name, name, by, reason, evidence=role)
        row = written(given, found["id"], found["id"], counter)
        tx.run(text.WRITE, j=row, ends=[found["id"]]).consume()
        tx.run(_HUB, entity=found["entity"], hub=True).consume()
        return {"judgement": row["id"], "entity": found["entity"], "unchanged": False, "counter": counter}

    return store.writing(work)


def unmark(store: Store, name: str, by: str, reason: str) -> Row:
    """Take all such marks of a thing back, by adding to them; raises NotFound, and InputError if it has none."""

    def work(tx: ManagedTransaction) -> Row:
        found = _found(tx, name)
        standing = tx.run(_MARKS, entity=found["entity"], verdict=VERDICT).data()
        if not standing:
            raise InputError(f"{name} is not marked as a service provider.")
        counter = next_number(tx)
        for row in standing:
            _withdraw(tx, row["j"], by, reason, counter)
        tx.run(_HUB, entity=found["entity"], hub=False).consume()
        return {
            "withdrawn": [row["j"]["id"] for row in standing],
            "entity": found["entity"],
            "counter": counter,
        }

    return store.writing(work)


def _found(tx: ManagedTransaction, name: str) -> Row:
    alone(tx)
    rows: list[Row] = [row for row in tx.run(text.ENDS, ids=[name]).data() if row["awake"]]
    if not rows:
        raise NotFound(f"Nothing is known under the id {name}.")
    if rows[0]["kind"] in EVENTS:
        raise InputError(
            f"{name} is a {rows[0]['kind']}: what happened serves nobody. Name a party, a place or what many use."
        )
    return rows[0]


def _withdraw(tx: ManagedTransaction, old: Row, by: str, reason: str, counter: int) -> None:
    taken = Judgement("withdrawn", old["left"], old["right"], by, reason)
    row = {**written(taken, old["left"], old["right"], counter), "of": old["id"]}
    row["id"] = Judgement("withdrawn", old["id"], row["id"], by).id(counter)
    tx.run(text.WRITE, j=row, ends=[old["left"]]).consume()
    tx.run(text.WITHDRAW, id=old["id"], withdrawal=row["id"]).consume()
