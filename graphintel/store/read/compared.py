"""What comparing two things needs of the graph: whose a mention is, what is linked to it, how much work it is part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from neo4j import ManagedTransaction

from graphintel.model.marking import Profile
from graphintel.model.records import Mention, Stated
from graphintel.model.values import Value
from graphintel.store.driver import Row, Store
from graphintel.store.read.changes import mention_of
from graphintel.store.read.entity import resolve
from graphintel.store.read.shape import SEEN, TYPES

_AT = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE coalesce(m.uses, 1) > 0 "
    "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) RETURN id, coalesce(x.id, m.id) AS entity"
)
# What somebody has, stated beside them, is compared with them: a phone, an address, a document; but not what a service
# provider lends to many.
_BESIDE = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id})-[:RESOLVES_TO]->(e:Entity)-[r:USES|LOCATED_AT|HOLDS]->(t:Entity) "
    "WHERE r.from_mention = id AND r.marking IN $marks AND NOT coalesce(t.hub, false) MATCH (o:Mention {id: r.to_mention}) "
    "RETURN id, o.kind AS kind, properties(o) AS o ORDER BY id, o.id"
)
_MEMBERS = (
    f"MATCH (e:Entity {{id: $id}})<-[:RESOLVES_TO*0..1]-(m:Mention) WHERE coalesce(m.uses, 1) > 0 AND {SEEN} "
    "RETURN m.id AS id ORDER BY m.id LIMIT $limit"
)
_OF = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { MATCH (e)<-[:RESOLVES_TO*0..1]-(m:Mention) "
    f"WHERE coalesce(m.uses, 1) > 0 AND {SEEN} RETURN m.id AS name ORDER BY name LIMIT $limit }} RETURN id, collect(name) AS names"
)
_SIZES = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, "
    "COUNT { MATCH (e)<-[:RESOLVES_TO*0..1]-(m:Mention) WHERE coalesce(m.uses, 1) > 0 } AS mentions, "
    f"COUNT {{ MATCH (e)-[r:{TYPES}]-() WHERE r.marking IN $marks RETURN r LIMIT 10000 }} AS links, "
    f"COUNT {{ MATCH (e)-[r:SEIZED_FROM|NAMES]-() WHERE r.marking IN $marks RETURN r LIMIT 10000 }} AS serious, "
    "coalesce(e.hub, false) AS hub, e.kind AS kind, e.display AS display"
)
_JUDGED = (
    "UNWIND $pairs AS pair MATCH (:Entity {id: pair[0]})<-[:RESOLVES_TO*0..1]-(a:Mention)<-[:ON]-(j:Judgement)"
    "-[:ON]->(b:Mention) WHERE j.withdrawn_by IS NULL AND j.verdict IN ['different', 'unsure'] AND a <> b "
    "OPTIONAL MATCH (b)-[:RESOLVES_TO]->(x:Entity) WITH pair, coalesce(x.id, b.id) AS other WHERE other = pair[1] "
    "RETURN DISTINCT pair"
)
_SOURCE_OF = "UNWIND $ids AS id MATCH (m:Mention {id: id}) RETURN properties(m) AS said"


class Size(NamedTuple):
    """How much hangs on a thing: mentions, links, and those of them to seizures and notices."""

    mentions: int
    links: int
    serious: int
    hub: bool
    kind: str
    label: str


def entities(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """The thing that each of some mentions is a statement of; sleeping ones are left out."""
    return {row["id"]: row["entity"] for row in store.read(_AT, {"ids": list(ids)})} if ids else {}


def beside(store: Store, ids: Sequence[str], profile: Profile) -> dict[str, Stated]:
    """What is stated of things that mentions are linked to, under the names by which it is compared with them."""
    found: dict[str, list[tuple[str, Value]]] = defaultdict(list)
    for row in store.read(_BESIDE, {"ids": list(ids), "marks": list(profile.marks)}) if ids else ():
        found[row["id"]].extend(_as_own(mention_of(row["o"])))
    return {name: tuple(stated) for name, stated in found.items()}


def _as_own(other: Mention) -> list[tuple[str, Value]]:
    values = dict(other.values)
    if other.kind == "Phone":
        return [("phone", values["number"])] if "number" in values else []
    if other.kind == "Address":
        line = values.get("text") or values.get("street")
        places = [(name, values[name]) for name in ("city", "postcode") if name in values]
        return [("address", line), *places] if line else []
    if other.kind == "Document" and "number" in values:
        what = values["document_type"].normal.lower() if "document_type" in values else ""
        return [("passport", values["number"])] if "passport" in what or "pasaport" in what else []
    return []


def members(store: Store, name: str, profile: Profile, limit: int = 50) -> list[str]:
    """The visible mentions of a thing named by any id of it, at most `limit`."""

    def work(tx: ManagedTransaction) -> list[str]:
        found = resolve(tx, [name], profile)
        if not found:
            return []
        rows = tx.run(_MEMBERS, id=found[0], marks=list(profile.marks), limit=limit)
        return [row["id"] for row in rows]

    return store.reading(work)


def statements(store: Store, ids: Sequence[str], profile: Profile, limit: int = 20) -> dict[str, list[str]]:
    """The visible mentions of each of some things, at most `limit` of one."""
    given = {"ids": list(ids), "marks": list(profile.marks), "limit": limit}
    return {row["id"]: row["names"] for row in store.read(_OF, given, seconds=120.0)} if ids else {}


def mentions(store: Store, ids: Sequence[str]) -> dict[str, Mention]:
    """What some mentions say, for readers that are known to see them."""
    rows: list[Row] = store.read(_SOURCE_OF, {"ids": list(ids)}) if ids else []
    return {row["said"]["id"]: mention_of(row["said"]) for row in rows}


def sizes(store: Store, ids: Sequence[str], profile: Profile) -> dict[str, Size]:
    """How much hangs on each of some things, in links that a reader sees (at most 10,000 counted)."""
    given = {"ids": list(ids), "marks": list(profile.marks)}
    return {
        row["id"]: Size(row["mentions"], row["links"], row["serious"], row["hub"], row["kind"], row["display"] or "")
        for row in (store.read(_SIZES, given, seconds=120.0) if ids else ())
    }  # fmt: skip


def judged(store: Store, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of some pairs of things those of which somebody said already that they are different or that it is unsure."""
    both = [list(pair) for one in pairs for pair in (one, one[::-1])]
    rows = store.read(_JUDGED, {"pairs": both}) if both else []
    found = {(row["pair"][0], row["pair"][1]) for row in rows}
    return {pair for pair in pairs if pair in found or pair[::-1] in found}
