"""Judgements in a random world: what should be one entity by the rules of the model, beside what the store made."""

from __future__ import annotations

import random

from graphintel.errors import Conflict, CutNeeded, NotFound
from graphintel.model.judgement import Judgement
from graphintel.model.partition import divide
from graphintel.store.driver import Store
from graphintel.store.write import judged
from graphintel.store.write.judge import judge, withdraw

_AWAKE = "MATCH (m:Mention) WHERE coalesce(m.uses, 1) > 0 "


def groups(store: Store) -> set[frozenset[str]]:
    """The mentions of each entity, as the store has them."""
    found: dict[str, set[str]] = {}
    for row in store.read(
        _AWAKE + "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) RETURN m.id AS id, coalesce(e.id, m.id) AS at"
    ):
        found.setdefault(row["at"], set()).add(row["id"])
    return set(map(frozenset, found.values()))


def expected(store: Store) -> set[frozenset[str]]:
    """The entities that follow from all keys and live judgements at once."""
    rows = store.read(_AWAKE + "RETURN m.id AS id, COLLECT { MATCH (m)-[:KEYED]->(k) RETURN k.id } AS keys")
    keys = {row["id"]: row["keys"] for row in rows}
    told = store.read(
        "MATCH (j:Judgement) WHERE j.withdrawn_by IS NULL AND j.verdict IN ['same', 'different'] RETURN properties(j) AS j"
    )
    same, different = judged.ties([row["j"] for row in told])
    return set(map(frozenset, divide(keys, keys, same, different).groups))


def say(store: Store, draw: random.Random, kind: str = "Vehicle") -> str:
    """One random act of judging, or of taking a judgement back; what came of it."""
    live = store.read(
        "MATCH (j:Judgement) WHERE j.withdrawn_by IS NULL AND j.verdict <> 'withdrawn' RETURN j.id AS id ORDER BY id"
    )
    if live and draw.random() < 0.3:
        withdraw(store, draw.choice(live)["id"], "p1", "thought again")
        return "withdrawn"
    names = [
        row["id"]
        for row in store.read("MATCH (m:Mention {kind: $kind}) RETURN m.id AS id ORDER BY id", {"kind": kind})
    ]
    if len(names) < 2:
        return "nobody"
    one, other = draw.sample(names, 2)
    verdict = draw.choice(["same", "same", "different", "different", "unsure"])
    model = "m1" if verdict == "same" and draw.random() < 0.4 else ""
    given = Judgement(
        verdict, one, other, draw.choice(["p1", "p2"]), "because", model, draw.choice([0.95, 0.9995])
    )
    try:
        return judge(store, given).verdict
    except CutNeeded as error:
        return judge(store, given, error.detail["cut"]).verdict + " by a cut"
    except Conflict:
        return "refused"
    except NotFound:
        return "asleep"
