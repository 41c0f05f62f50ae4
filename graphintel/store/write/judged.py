"""What was judged of the mentions of some entities, and which entities that may concern."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.model.partition import Tie
from graphintel.store.driver import Row

LIVE = "j.withdrawn_by IS NULL"
AWAKE = "coalesce({0}.uses, 1) > 0"
_OF = "MATCH (e:Entity {id: id})<-[:RESOLVES_TO*0..1]-(m:Mention)"
_JUDGED = (
    f"UNWIND $ids AS id {_OF}<-[:ON]-(j:Judgement) WHERE {LIVE} AND j.verdict IN ['same', 'different'] "
    "RETURN DISTINCT properties(j) AS j ORDER BY j.id"
)
# Who was judged the same as one of an entity's mentions is near it, and who shares a key over which some were parted.
_NEAR = (
    f"UNWIND $ids AS id {_OF} WHERE {AWAKE.format('m')} CALL (m) {{ "
    f"MATCH (m)<-[:ON]-(j:Judgement {{verdict: 'same'}})-[:ON]->(o:Mention) WHERE {LIVE} RETURN o "
    "UNION MATCH (m)-[:KEYED]->(:Key {contested: true})<-[:KEYED]-(o:Mention) RETURN o } "
    f"WITH DISTINCT o WHERE {AWAKE.format('o')} AND o.alone IS NULL OPTIONAL MATCH (o)-[:RESOLVES_TO]->(x:Entity) "
    "WITH DISTINCT coalesce(x, o) AS at WHERE at:Entity RETURN at.id AS at"
)
# One that a load has just set apart is not where its keys lead yet.
_LED = (
    f"UNWIND $ids AS id {_OF} WHERE {AWAKE.format('m')} MATCH (m)-[:KEYED]->(k:Key) "
    "WHERE k.entity IS NOT NULL AND k.entity <> id RETURN DISTINCT k.entity AS at"
)
_PARTED = (
    f"UNWIND $ids AS id {_OF}<-[:ON]-(j:Judgement {{verdict: 'different'}}) WHERE {LIVE} RETURN DISTINCT id"
)
_JUDGED_MENTIONS = (
    "UNWIND $ids AS id MATCH (:Mention {id: id})<-[:ON]-(j:Judgement) "
    f"WHERE {LIVE} AND j.verdict IN ['same', 'different'] RETURN DISTINCT id"
)


def judgements(tx: ManagedTransaction, entities: list[str]) -> list[Row]:
    """The live judgements that name a mention of some entities."""
    return [row["j"] for row in tx.run(_JUDGED, ids=entities)]


def ties(rows: list[Row]) -> tuple[list[Tie], list[tuple[str, str]]]:
    """Judgements as what unites and what parts."""
    same = [
        Tie(row["left"], row["right"], row["id"], not row["model"], row.get("score") or 1.0)
        for row in rows
        if row["verdict"] == "same"
    ]
    return same, [(row["left"], row["right"]) for row in rows if row["verdict"] == "different"]


def near(tx: ManagedTransaction, entities: list[str]) -> list[str]:
    """The entities that what was judged of some entities may concern, themselves among them or not."""
    found = [row["at"] for text in (_NEAR, _LED) for row in tx.run(text, ids=entities)]
    return list(dict.fromkeys(found))


def parted(tx: ManagedTransaction, entities: list[str]) -> set[str]:
    """Which of some entities have a mention that was judged different from another."""
    return {row["id"] for row in tx.run(_PARTED, ids=entities)} if entities else set()


def of_mentions(tx: ManagedTransaction, names: list[str]) -> set[str]:
    """Which of some mentions were judged."""
    return {row["id"] for row in tx.run(_JUDGED_MENTIONS, ids=names)} if names else set()
