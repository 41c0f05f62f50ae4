"""Statements judged the same as one of them, all in one transaction: what comparing does where it needs no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from neo4j import ManagedTransaction

from graphintel.model.judgement import Judgement
from graphintel.store.driver import Row, Store
from graphintel.store.write import judge_text as text
from graphintel.store.write import judged, settle
from graphintel.store.write.batch import next_number
from graphintel.store.write.judge import alone, written

# What one author said of statements and somebody took back, and what anybody is unsure of, is not said again.
_TAKEN_BACK = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id})<-[:ON]-(j:Judgement) WHERE "
    "(j.verdict = 'same' AND j.by = $by AND j.withdrawn_by IS NOT NULL) OR "
    "(j.verdict = 'unsure' AND j.withdrawn_by IS NULL) RETURN DISTINCT id"
)


@dataclass(slots=True)
class United:
    """What became of some statements: the judgement of each that was judged the same, those left out, links moved."""

    judgements: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    moved: int = 0
    counter: int = 0


def unite(store: Store, anchor: str, others: Sequence[str], said: Judgement) -> United:
    """Judge each of some mentions the same as an anchor; `said` holds author, reason, model, score and evidence.

    Left out is what sleeps, is another kind, is one thing with the anchor already, was judged different from anything of
    it or unsure, or was judged the same by this author and taken back. Raises Conflict while a retraction is half done.
    """
    return store.writing(lambda tx: _unite(tx, anchor, list(others), said))


def _unite(tx: ManagedTransaction, anchor: str, others: list[str], said: Judgement) -> United:
    alone(tx)
    told = United()
    there = {row["id"]: row for row in tx.run(text.ENDS, ids=[anchor, *others]) if row["awake"]}
    head = there.pop(anchor, None)
    if head is None:
        told.left_out = list(others)
        return told
    back = {row["id"] for row in tx.run(_TAKEN_BACK, ids=list(there), by=said.by)}
    open_ = [
        name
        for name, row in there.items()
        if name not in back and row["kind"] == head["kind"] and row["entity"] != head["entity"]
    ]
    apart = _apart(tx, head, [there[name] for name in open_]) if open_ else set()
    chosen = [name for name in open_ if there[name]["entity"] not in apart]
    told.left_out = [name for name in others if name not in chosen]
    if not chosen:
        return told
    told.counter = next_number(tx)
    for name in chosen:
        row = written(replace(said, left=anchor, right=name), anchor, name, told.counter)
        tx.run(text.WRITE, j=row, ends=[anchor, name]).consume()
        told.judgements[name] = row["id"]
    tx.run(text.JUDGED, counter=told.counter).consume()
    told.moved = settle.divided(tx, [anchor, *chosen], told.counter)
    return told


def _apart(tx: ManagedTransaction, head: Row, rows: list[Row]) -> set[str]:
    """The entities that must not become one with the anchor's, or that must not with another of those that would."""
    entities = sorted({row["entity"] for row in rows} | {head["entity"]})
    at = {name: entity.id for entity in settle.around(tx, entities).values() for name in entity.keys}
    _, different = judged.ties(judged.judgements(tx, entities))
    # Rare enough that all who are named are left to a person.
    return {at[name] for pair in different for name in pair if name in at} - {head["entity"]}
