"""Statements judged the same as one of them, all in one transaction: what comparing does where it needs no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

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
    "(j.verdict = 'same' AND j.by IN $authors AND j.withdrawn_by IS NOT NULL) OR "
    "(j.verdict = 'unsure' AND j.withdrawn_by IS NULL) RETURN DISTINCT id"
)

_WRITE = (
    "UNWIND $rows AS row CREATE (j:Judgement) SET j = row.j WITH j, row "
    "UNWIND row.ends AS id MATCH (m:Mention {id: id}) CREATE (j)-[:ON]->(m)"
)


class Alike(NamedTuple):
    """Mentions to be judged the same as an anchor; `said` holds author, reason, model, score and evidence."""

    anchor: str
    others: list[str]
    said: Judgement


@dataclass(slots=True)
class United:
    """What became of some statements: the judgement of each that was judged the same, those left out, links moved."""

    judgements: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    moved: int = 0
    counter: int = 0


def unite(store: Store, groups: Sequence[Alike]) -> United:
    """Judge each of some mentions the same as the anchor of its group, all in one transaction.

    Left out is what sleeps, is another kind, is one thing with the anchor already, was judged different from anything of
    it or unsure, or was judged the same by this author and taken back. Raises Conflict while a retraction is half done.
    """
    return store.writing(lambda tx: _unite(tx, groups)) if groups else United()


def _unite(tx: ManagedTransaction, groups: Sequence[Alike]) -> United:
    alone(tx)
    told = United()
    asked = sorted({name for group in groups for name in (group.anchor, *group.others)})
    ends: list[Row] = tx.run(text.ENDS, ids=asked).data()
    there = {row["id"]: row for row in ends if row["awake"]}
    back = _taken_back(tx, groups, list(there))
    apart = judged.parted(tx, sorted({row["entity"] for row in there.values()}))
    rows: list[Row] = []
    for group in groups:
        chosen = _chosen(group, there, back, apart)
        told.left_out += [name for name in group.others if name not in chosen]
        rows += [{"anchor": group.anchor, "name": name, "said": group.said} for name in sorted(chosen)]
    if rows:
        _write(tx, rows, told)
    return told


def _chosen(group: Alike, there: dict[str, Row], back: set[str], apart: set[str]) -> set[str]:
    head = there.get(group.anchor)
    if head is None or head["entity"] in apart:
        # Rare enough that what touches a "different" is left to a person.
        return set()
    return {
        name
        for name in group.others
        if name in there
        and name not in back
        and there[name]["kind"] == head["kind"]
        and there[name]["entity"] not in (head["entity"], *apart)
    }


def _write(tx: ManagedTransaction, rows: list[Row], told: United) -> None:
    told.counter = next_number(tx)
    made = []
    for row in rows:
        said = replace(row["said"], left=row["anchor"], right=row["name"])
        node = written(said, row["anchor"], row["name"], told.counter)
        made.append({"j": node, "ends": [row["anchor"], row["name"]]})
        told.judgements[row["name"]] = node["id"]
    tx.run(_WRITE, rows=made).consume()
    tx.run(text.JUDGED, counter=told.counter).consume()
    touched = sorted({name for row in made for name in row["ends"]})
    told.moved = settle.divided(tx, touched, told.counter)


def _taken_back(tx: ManagedTransaction, groups: Sequence[Alike], ids: list[str]) -> set[str]:
    authors = sorted({group.said.by for group in groups})
    return {row["id"] for row in tx.run(_TAKEN_BACK, ids=ids, authors=authors)}
