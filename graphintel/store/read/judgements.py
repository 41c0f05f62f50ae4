"""What was judged of whom, for a reader who sees both ends."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.model.marking import Profile
from graphintel.store.driver import Row, Store
from graphintel.store.read.entity import RESOLVE, RESOLVE_SEEN, resolve
from graphintel.store.read.shape import SEEN

_BOTH = f"COUNT {{ MATCH (j)-[:ON]->(m:Mention) WHERE {SEEN} RETURN DISTINCT m }} = 2"
_AFTER = "($counter IS NULL OR j.counter < $counter OR (j.counter = $counter AND j.id > $id))"
_LIVE = "($all OR (j.withdrawn_by IS NULL AND j.verdict <> 'withdrawn'))"
_ALL = (
    f"MATCH (j:Judgement) WHERE {_LIVE} AND {_AFTER} AND {_BOTH} "
    "RETURN properties(j) AS j ORDER BY j.counter DESC, j.id LIMIT $limit"
)
_ABOUT = (
    "UNWIND $about AS id MATCH (:Entity {id: id})<-[:RESOLVES_TO*0..1]-(:Mention)<-[:ON]-(j:Judgement) "
    f"WITH DISTINCT j WHERE {_LIVE} AND {_AFTER} AND {_BOTH} "
    "RETURN properties(j) AS j ORDER BY j.counter DESC, j.id LIMIT $limit"
)
_ONE = f"MATCH (j:Judgement {{id: $id}}) WHERE {_BOTH} RETURN properties(j) AS j"
_RECORDS = "UNWIND $ids AS id MATCH (d:Record {id: id}) WHERE d.marking IN $marks RETURN id"


def judgements(
    store: Store, profile: Profile, *, about: str = "", past: bool = False, after: tuple[int, str] | None = None,
    limit: int = 200,
) -> list[Row]:  # fmt: skip
    """Judgements, newest first: all, or those on statements of one thing; `past`: also withdrawn ones."""
    counter, name = after or (None, "")
    given = {"marks": list(profile.marks), "all": past, "counter": counter, "id": name, "limit": limit}
    if not about:
        return [row["j"] for row in store.read(_ALL, given)]
    found = store.reading(lambda tx: resolve(tx, [about], profile))
    return [row["j"] for row in store.read(_ABOUT, {**given, "about": found})] if found else []


def judgement(store: Store, name: str, profile: Profile) -> Row | None:
    """One judgement, or None if it is not there or not for this reader."""
    rows = store.read(_ONE, {"id": name, "marks": list(profile.marks)})
    return rows[0]["j"] if rows else None


def visible(store: Store, names: list[str], profile: Profile) -> list[str]:
    """Which of some ids, of things or of records, this reader may see."""

    def work(tx: ManagedTransaction) -> set[str]:
        text = RESOLVE if profile.sees_all else RESOLVE_SEEN
        given = {"ids": names, "marks": list(profile.marks)}
        return {row["id"] for statement in (text, _RECORDS) for row in tx.run(statement, given)}

    found = store.reading(work)
    return [name for name in names if name in found]
