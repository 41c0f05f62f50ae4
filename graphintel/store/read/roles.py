"""In which roles things serve others, and which of them a person marked as a service provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from graphintel.model.marking import Profile
from graphintel.model.served import Served
from graphintel.store.driver import Row, Store
from graphintel.store.read.shape import SEEN, TYPES

_SECONDS = 600.0
_MARK = "service_provider"
# Who declares or carries, how often; the role of a link says more than its type.
_SERVING = (
    "MATCH (d)-[r:DECLARANT|CARRIER]->(e:Entity) WHERE r.marking IN $marks "
    "WITH e, CASE WHEN r.role = 'courier' THEN 'courier' WHEN type(r) = 'DECLARANT' THEN 'declarant' ELSE 'carrier' END AS role, "
    "count(*) AS uses RETURN e.id AS id, role, uses"
)
# What several hold or are at; a port, gate or office is used by events.
_SHARED = (
    "MATCH (p)-[r:USES|LOCATED_AT]->(e:Entity) WHERE r.marking IN $marks AND e.kind IN ['Phone', 'Address', 'Account'] "
    "RETURN e.id AS id, toLower(e.kind) AS role, count(*) AS uses"
)
_PASSED = (
    "MATCH (d)-[r:CLEARED_AT|VIA|SEEN_AT|DEPARTED_FROM|BOUND_FOR]->(e:Place) WHERE r.marking IN $marks "
    "AND e.place_type IN ['port', 'gate', 'airport', 'office'] RETURN e.id AS id, 'port' AS role, count(*) AS uses"
)
_CLIENTS = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id})<-[r:DECLARANT|CARRIER]-(d) WHERE r.marking IN $marks "
    "AND CASE WHEN r.role = 'courier' THEN 'courier' WHEN type(r) = 'DECLARANT' THEN 'declarant' ELSE 'carrier' END = $role "
    "MATCH (d)-[c:CONSIGNEE|CONSIGNOR|BUYER|SELLER]->(p) WHERE c.marking IN $marks AND p <> e "
    "RETURN id, count(DISTINCT p) AS clients"
)
_HOLDERS = "UNWIND $ids AS id MATCH (e:Entity {id: id})<-[r]-(p) WHERE r.marking IN $marks RETURN id, count(DISTINCT p) AS clients"
_TOLD = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.kind AS kind, coalesce(e.display, '') AS name, "
    f"COUNT {{ MATCH (e)-[r:{TYPES}]-() WHERE r.marking IN $marks }} AS links"
)
_MARKED = (
    f"MATCH (j:Judgement {{verdict: '{_MARK}'}})-[:ON]->(m:Mention) WHERE j.withdrawn_by IS NULL AND coalesce(m.uses, 1) > 0 "
    f"AND {SEEN} OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) WITH j, coalesce(x, m) AS e "
    "RETURN e.id AS id, e.kind AS kind, CASE WHEN $named THEN coalesce(e.display, '') ELSE '' END AS name, "
    "properties(j) AS j ORDER BY j.counter DESC, j.id"
)
# Fewer uses than this are not looked at; the usual number of clients is estimated on so many of them.
_USED, _SAMPLE = 10, 500


def serving(store: Store, profile: Profile) -> tuple[list[Served], dict[str, float]]:
    """Things with at least ten uses in a role, and by role the median of clients of all that have it.

    The median is taken over the first 500 of a role by id, so that a large store is not walked twice.
    """
    marks = list(profile.marks)
    uses: dict[str, dict[str, int]] = defaultdict(dict)
    for text in (_SERVING, _SHARED, _PASSED):
        for row in store.records(text, {"marks": marks}):
            uses[row["role"]][row["id"]] = row["uses"]
    found: list[Served] = []
    usual: dict[str, float] = {}
    for role, counted in sorted(uses.items()):
        often = sorted(name for name, count in counted.items() if count >= _USED)
        some = sorted(counted)[:_SAMPLE]
        clients = _clients(store, role, sorted({*often, *some}), marks)
        usual[role] = float(median(clients.get(name, 0) for name in some))
        told = store.read(_TOLD, {"ids": often, "marks": marks}, seconds=_SECONDS) if often else []
        found += [
            Served(row["id"], row["kind"], row["name"] if profile.sees_all else "", role, counted[row["id"]],
                   clients.get(row["id"], 0), row["links"])
            for row in told
        ]  # fmt: skip
    return found, usual


def _clients(store: Store, role: str, ids: Sequence[str], marks: list[int]) -> dict[str, int]:
    text = _CLIENTS if role in ("declarant", "carrier", "courier") else _HOLDERS
    rows = store.read(text, {"ids": list(ids), "marks": marks, "role": role}, seconds=_SECONDS)
    return {row["id"]: row["clients"] for row in rows}


def marked(store: Store, profile: Profile) -> list[Row]:
    """The things that a person marked as service providers, the newest mark first, with who, when and why."""
    given = {"marks": list(profile.marks), "named": profile.sees_all}
    return [
        {"id": row["id"], "kind": row["kind"], "name": row["name"], "judgement": row["j"]["id"], "by": row["j"]["by"],
         "at": row["j"]["at"], "reason": row["j"]["reason"], "role": row["j"]["evidence"]}
        for row in store.read(_MARKED, given)
    ]  # fmt: skip
