"""All that a reader may see stated of some entities, value by value: what an exchange file carries."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.model.display import each
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Profile
from graphintel.model.records import Scalar
from graphintel.store.driver import Store
from graphintel.store.read.entity import RESOLVE, RESOLVE_SEEN
from graphintel.store.read.shape import seen_mentions

Values = dict[str, list[Scalar]]


def stated(store: Store, ids: list[str], profile: Profile) -> dict[str, Values]:
    """The distinct values of each entity by property, in the order of its kind; by the id that was asked for."""

    def work(tx: ManagedTransaction) -> dict[str, Values]:
        text = RESOLVE if profile.sees_all else RESOLVE_SEEN
        entities = {row["id"]: row["entity"] for row in tx.run(text, ids=ids, marks=list(profile.marks))}
        seen = seen_mentions(tx, list(entities.values()), profile)
        return {name: _values(seen.get(entity, [])) for name, entity in entities.items()}

    return store.reading(work)


def _values(mentions: list[dict[str, Scalar]]) -> Values:
    found: Values = {}
    for mention in sorted(mentions, key=lambda row: str(row["id"])):
        for declared in KINDS[str(mention["kind"])].properties:
            for one in each(mention.get(declared.name, [])):
                held = found.setdefault(declared.name, [])
                if one not in held:
                    held.append(one)
    return {name: values for name, values in found.items() if values}
