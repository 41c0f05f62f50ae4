"""Constraints, indexes and migrations: applied once, in the order of their names, and written down in the store."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from graphintel.content import shelf
from graphintel.errors import Conflict
from graphintel.log import now
from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS
from graphintel.store.driver import Row, Store

# An index over a store that was filled at once takes longer than a question may.
_SECONDS = 3600


def statements(text: str) -> list[str]:
    """The statements of a migration file: separated by `;`, lines that begin with // left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def migrate(store: Store, folder: Path | None = None) -> list[str]:
    """Apply what is not yet applied and return the names; raises Conflict if an applied file was changed since."""
    done = {
        row["name"]: row["sha256"]
        for row in store.read("MATCH (m:Migration) RETURN m.name AS name, m.sha256 AS sha256")
    }
    applied = []
    for path in sorted((folder or shelf("queries") / "migrations").glob("*.cypher")):
        text = path.read_text(encoding="utf-8")
        digest = sha256(text.encode()).hexdigest()
        if path.stem in done:
            if done[path.stem] != digest:
                raise Conflict(
                    f"Migration {path.name} was changed after it was applied; add a new file instead."
                )
            continue
        for statement in statements(text):
            store.execute(statement, seconds=_SECONDS)
        store.execute(
            "MERGE (m:Migration {name: $name}) SET m.sha256 = $sha256, m.at = $at",
            {"name": path.stem, "sha256": digest, "at": now()},
        )
        applied.append(path.stem)
    if applied:
        store.execute(f"CALL db.awaitIndexes({_SECONDS})", seconds=_SECONDS)
    return applied


def describe(indexes: list[Row]) -> Row:
    """The schema for those who write Cypher: kinds, links, properties, indexes and patterns that work."""
    return {
        "kinds": [
            {
                "name": kind.name, "family": kind.family, "event": kind.event, "title": kind.title,
                "title_tr": kind.title_tr, "display": list(kind.display),
                "properties": [{"name": p.name, "type": p.type, "many": p.many} for p in kind.properties],
            }
            for kind in KINDS.values()
        ],
        "links": [
            {
                "name": link.name, "from": list(link.sources), "to": list(link.targets), "title": link.title,
                "title_tr": link.title_tr, "properties": [{"name": p.name, "type": p.type} for p in link.properties],
            }
            for link in LINKS.values()
        ],
        "common": {
            "entity": ["id", "kind", "display", "names", "identifiers", "hub"],
            "link": ["id", "record", "from_mention", "to_mention", "batch", "at", "valid_from", "valid_to", "precision",
                     "basis", "marking", "grade"],
            "record": ["id", "source", "key", "content", "deliveries", "marking", "grade", "file", "sha256", "position",
                       "closed", "history"],
        },
        "indexes": indexes,
        "examples": EXAMPLES,
    }  # fmt: skip


EXAMPLES = [
    {
        "title": "Who shares a vehicle with whom",
        "cypher": "MATCH (a:Company)<-[x:CONSIGNEE]-(:Declaration)-[v:BY_MEANS_OF]->(t:Vehicle)<-[w:BY_MEANS_OF]-"
        "(:Declaration)-[y:CONSIGNEE]->(b:Company) WHERE a.id < b.id "
        "RETURN a.display, t.display, b.display LIMIT 25",
    },
    {"title": "An entity by any id it ever had",
     "cypher": "MATCH (m:Mention {id: $id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e) RETURN coalesce(e, m)"},
    {"title": "The record behind a link",
     "cypher": "MATCH ()-[r:CONSIGNEE {id: $id}]->() MATCH (s:Record {id: r.record}) RETURN s.file, s.position, s.content"},
]  # fmt: skip


def indexes(store: Store) -> list[Row]:
    """The indexes that the store has, by name, type, labels and properties."""
    rows = store.execute("SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state")
    return sorted(rows, key=lambda row: str(row["name"]))
