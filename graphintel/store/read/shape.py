"""From rows of the store to the nouns of the model: nodes, edges, and labels that show only what may be seen."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.model.display import merged
from graphintel.model.grading import confidence, parse_grade
from graphintel.model.kinds import EVENTS, KINDS
from graphintel.model.links import LINKS
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Node
from graphintel.store.write.statements import link_pattern

Row = dict[str, Any]
TYPES = link_pattern()
# More links than this and a thing says nothing about whom it stands between: a broker, a courier, a port.
HUB_FROM = 500
NODE = (
    "{id: n.id, kind: n.kind, label: n.display, "
    f"hub: coalesce(n.hub, false) OR COUNT {{ (n)-[:{TYPES}]-() }} >= {HUB_FROM}}}"
)
_PLUMBING = frozenset(
    ("id", "record", "from_mention", "to_mention", "batch", "at", "precision", "basis", "marking", "grade")
)
_CONFIDENCE: dict[tuple[str, str], tuple[str, str]] = {}

# Statements of a mention that this reader may see: by a visible link that came from it, or a record that states it.
SEEN = (
    "(EXISTS { MATCH (m)-[:RESOLVES_TO]->(x) MATCH (x)-[r:" + TYPES + "]-() WHERE r.marking IN $marks "
    "AND (r.from_mention = m.id OR r.to_mention = m.id) } "
    "OR EXISTS { MATCH (m)<-[s:STATES]-() WHERE s.marking IN $marks } "
    "OR (m:Entity AND EXISTS { MATCH (m)-[r:" + TYPES + "]-() WHERE r.marking IN $marks "
    "AND (r.from_mention = m.id OR r.to_mention = m.id) }))"
)
# The same, counted by what this reader may see.
NODE_SEEN = "{id: n.id, kind: n.kind, label: '', hub: " + (
    f"COUNT {{ MATCH (n)-[crowd:{TYPES}]-() WHERE crowd.marking IN $marks RETURN 1 AS one LIMIT {HUB_FROM} }} >= {HUB_FROM}}}"
)
VISIBLE = (
    "(EXISTS { MATCH (n)-[r:" + TYPES + "]-() WHERE r.marking IN $marks } "
    "OR EXISTS { MATCH (n)<-[s:STATES]-() WHERE s.marking IN $marks })"
)


def node_text(profile: Profile) -> str:
    """A node `n` as a row: whether it is a hub is counted in what this reader sees; `$marks` is at hand."""
    if profile.counts_all:
        return NODE
    return NODE_SEEN.replace("label: ''", "label: n.display") if profile.sees_all else NODE_SEEN


def node_of(row: Row) -> Node:
    """A node of a picture from a row made by NODE."""
    return Node(
        id=row["id"], kind=row["kind"], label=row["label"] or KINDS[row["kind"]].title, hub=bool(row["hub"])
    )


def edge_of(type_name: str, source: str, target: str, row: Row) -> Edge:
    """A link of a picture from a relationship's properties."""
    declared = {name: value for name, value in row.items() if name not in _PLUMBING}
    basis = row.get("basis", "")
    sure, grade = _judged(row.get("grade", ""), basis)
    return Edge(
        id=row["id"], source=source, target=target, type=type_name, record=row["record"], at=row.get("at", ""),
        basis=basis, confidence=sure, grade=grade, marking=row["marking"],
        from_mention=row["from_mention"], to_mention=row["to_mention"], properties=declared,
    )  # fmt: skip


def _judged(stored: str, basis: str) -> tuple[str, str]:
    """How sure a link is, for its line, and its grade as people write it."""
    found = _CONFIDENCE.get((stored, basis))
    if found is None:
        grade = parse_grade(stored) if stored else None
        found = _CONFIDENCE[(stored, basis)] = (confidence(grade, basis), grade.label if grade else "")
    return found


def relabel(tx: ManagedTransaction, nodes: list[Node], profile: Profile) -> None:
    """Give nodes the label that this reader's visible statements allow; the cache is for those who see all."""
    if profile.sees_all or not nodes:
        return
    seen = seen_mentions(tx, [node.id for node in nodes], profile)
    for node in nodes:
        node.label = merged(node.kind, seen.get(node.id, []))["display"]


def seen_mentions(tx: ManagedTransaction, ids: list[str], profile: Profile) -> dict[str, list[Row]]:
    """What this reader may see of what was stated of each of some entities."""
    rows = tx.run(
        f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})<-[:RESOLVES_TO*0..1]-(m:Mention) WHERE {SEEN} "
        "RETURN e.id AS id, collect(properties(m)) AS mentions",
        ids=list(dict.fromkeys(ids)), marks=list(profile.marks),
    )  # fmt: skip
    return {row["id"]: row["mentions"] for row in rows}


def told_ids(seen: dict[str, list[Row]]) -> dict[str, str]:
    """The id under which a narrow reader knows each entity: the least of the mentions they see, which tells no merge."""
    return {name: min(row["id"] for row in mentions) for name, mentions in seen.items() if mentions}


def tell(tx: ManagedTransaction, nodes: list[Node], edges: list[Edge], profile: Profile) -> dict[str, str]:
    """Labels and ids as this reader may know them, in nodes and links; the entity ids and what they became."""
    if profile.sees_all:
        return {}
    events = [name for edge in edges if edge.fold for name in edge.fold.events]
    seen = seen_mentions(tx, [node.id for node in nodes] + events, profile)
    told = told_ids(seen)
    for node in nodes:
        node.label = merged(node.kind, seen.get(node.id, []))["display"]
        node.id = told.get(node.id, node.id)
    for edge in edges:
        edge.source, edge.target = told.get(edge.source, edge.source), told.get(edge.target, edge.target)
        if edge.fold:
            edge.fold.events = sorted(told.get(name, name) for name in edge.fold.events)
    return told


def checked_types(types: list[str] | None) -> str:
    """Link types as an alternative for a pattern; KeyError for one that is not declared."""
    if not types:
        return TYPES
    return "|".join(sorted(LINKS[name].name for name in types))


def event_kinds(kinds: list[str]) -> list[str]:
    """The kinds to fold, which must be events; KeyError names one that is none."""
    for name in kinds:
        if name not in EVENTS:
            raise KeyError(
                f"{name!r} is no event and cannot be folded; events are {', '.join(sorted(EVENTS))}"
            )
    return kinds
