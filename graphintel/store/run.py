"""Running a saved question or free Cypher: reading only, limited in rows, time and size, with values as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from neo4j import READ_ACCESS, ManagedTransaction, Transaction
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graphintel.errors import GraphIntelError, LimitReached, PolicyRefused, QueryError
from graphintel.model.marking import Profile
from graphintel.queries.catalogue import Query
from graphintel.store import gate
from graphintel.store.driver import Row, Store, translated
from graphintel.store.json_values import Converter
from graphintel.store.read.profile import counter_in
from graphintel.store.read.shape import NODE, node_of, relabel

RESOLVE = (
    "OPTIONAL MATCH (m:Mention {id: $id})-[:RESOLVES_TO]->(e:Entity) RETURN coalesce(e.id, $id) AS id LIMIT 1"
)
NODES = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) RETURN {NODE} AS n"
THERE = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id"
_ID = re.compile(r"[0-9a-f]{32}")
_ENTITIES = 2000
_FETCH = 500
_STOPPED = ("StackOverFlow", "Transaction.Terminated", "OutOfMemory")


@dataclass(frozen=True, slots=True)
class Limits:
    """Named limits of one run: rows, seconds, and bytes of values (about) in the answer."""

    rows: int = 10_000
    seconds: float = 30.0
    bytes: int = 64 * 2**20


@dataclass(slots=True)
class Answer:
    """Columns and rows of values that JSON knows, whether rows were cut, the data counter, and the things named."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    counter: int
    entities: list[str] = field(default_factory=list)

    def as_json(self) -> Row:
        """The answer in the contract's shape."""
        return {
            "columns": self.columns, "rows": self.rows, "truncated": self.truncated, "counter": self.counter,
            "entities": self.entities,
        }  # fmt: skip


def run_query(
    store: Store, query: Query, given: Row, profile: Profile, limits: Limits | None = None
) -> Answer:
    """Ask a saved question as this reader: ids from visible links only, labels from visible statements only.

    Raises QueryError for a wrong parameter and LimitReached for time, memory or size.
    """
    limits = limits or Limits()
    bound = query.bind(given)
    entities = [param.name for param in query.params if param.type == "entity"]

    def work(tx: ManagedTransaction) -> Answer:
        for name in entities:
            bound[name] = tx.run(RESOLVE, id=bound[name]).single(strict=True)["id"]
        counter = counter_in(tx)
        params = {**bound, "marks": list(profile.marks), "limit": limits.rows + 1}
        columns, rows, cut = _fetched(tx, query.text, params, limits)
        return _labelled(tx, query, profile, Answer(columns, rows, cut, counter))

    return store.reading(work, seconds=limits.seconds)


def _labelled(tx: ManagedTransaction, query: Query, profile: Profile, answer: Answer) -> Answer:
    """Put the label beside each id; the columns come out in the order of the question's header."""
    column = {name: place for place, name in enumerate(answer.columns)}
    found: dict[str, None] = {}
    for name in query.subgraph:
        for row in answer.rows:
            found.update(dict.fromkeys(_ids(row[column[name]])))
    nodes = [node_of(row["n"]) for row in tx.run(NODES, ids=list(found))]
    relabel(tx, nodes, profile)
    label = {node.id: node.label for node in nodes}

    def cell(row: list[Any], name: str) -> Any:
        if name in column:
            return row[column[name]]
        held = row[column[f"{name}_id"]]
        return [label.get(one) for one in held] if isinstance(held, list) else label.get(held)

    rows = [[cell(row, name) for name in query.columns] for row in answer.rows]
    return Answer(
        list(query.columns), rows, answer.truncated, answer.counter, [one for one in found if one in label]
    )


def _ids(held: Any) -> list[str]:
    many = held if isinstance(held, list) else [held]
    return [one for one in many if isinstance(one, str)]


def run_cypher(store: Store, text: str, given: Row, profile: Profile, limits: Limits | None = None) -> Answer:
    """Run free Cypher that the gate lets through; `$marks` is at hand, so that saved questions can be pasted.

    Raises PolicyRefused for what is not allowed or a reader who does not see all, LimitReached for rows of no end,
    time, memory or size, and QueryError for what the server cannot read.
    """
    if not profile.sees_all:
        raise PolicyRefused(
            "Free Cypher is for readers who may see everything in this store; use a saved question."
        )
    limits = limits or Limits()
    params = {"marks": list(profile.marks), "limit": limits.rows + 1, **given}
    held = gate.check_text(text, params)
    try:
        with store.driver.session(
            default_access_mode=READ_ACCESS, fetch_size=min(limits.rows + 1, _FETCH)
        ) as session:
            with session.begin_transaction(timeout=limits.seconds) as tx:
                summary = tx.run("EXPLAIN\n" + text, params).consume()
            gate.check_plan(summary.query_type, summary.plan)
            with session.begin_transaction(timeout=limits.seconds) as tx:
                counter = counter_in(tx)
                columns, rows, cut = _fetched(tx, text, params, limits)
            return Answer(columns, rows, cut, counter, _things(store, rows, limits.seconds))
    except (Neo4jError, DriverError, OSError) as error:
        raise _told(error, store, gate.is_hostile(held)) from error


def _fetched(
    tx: ManagedTransaction | Transaction, text: str, params: Row, limits: Limits
) -> tuple[list[str], list[list[Any]], bool]:
    """Columns, rows up to the limit, and whether there was one more."""
    result = tx.run(text, params)
    convert = Converter(limits.bytes)
    rows = [[convert(value) for value in record.values()] for record in islice(result, limits.rows + 1)]
    cut = len(rows) > limits.rows
    return list(result.keys()), rows[: limits.rows], cut


def _things(store: Store, rows: Iterable[list[Any]], seconds: float) -> list[str]:
    """Ids in an answer that are those of things, in order: for the picture beside it and for the log."""
    found: dict[str, None] = {}
    pending: list[Any] = [row for row in rows]
    pending.reverse()
    while pending and len(found) < _ENTITIES:
        value = pending.pop()
        if isinstance(value, str) and _ID.fullmatch(value):
            found[value] = None
        elif isinstance(value, dict):
            pending.extend(reversed([part for key, part in value.items() if key in ("id", "nodes")]))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    if not found:
        return []
    there = {row["id"] for row in store.read(THERE, {"ids": list(found)}, seconds=seconds)}
    return [one for one in found if one in there]


def _told(error: Exception, store: Store, hostile: bool) -> Exception:
    """The driver's error in the project's words."""
    code = getattr(error, "code", None) or ""
    text = str(getattr(error, "message", "") or error).splitlines()[0][:300]
    if any(word in code for word in _STOPPED) or "out of range" in text or "overflow" in text.lower():
        return LimitReached("The store stopped the work: a value, list or nesting grew beyond what it holds.")
    found = translated(error, store.address.uri)
    if isinstance(found, GraphIntelError):
        return found
    if hostile:
        return PolicyRefused("A statement here only reads: no writing, no schema, no administration.")
    if isinstance(error, ClientError):
        return QueryError(f"The store cannot run this statement: {text}")
    return found
