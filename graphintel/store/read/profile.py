"""Who may see what: the markings that the store holds, the profile of a reader, and the data counter."""

from __future__ import annotations

from collections.abc import Callable

from neo4j import ManagedTransaction, Transaction

from graphintel.model.marking import Marking, Profile, parse_marking
from graphintel.store.driver import Store


def markings(store: Store) -> dict[int, Marking]:
    """All markings of the store that show by number; an alias, under which a retraction works, is as its original."""
    rows = store.read(
        "MATCH (m:Marking) WHERE m.role IS NULL OR m.state = 'shown' "
        "OPTIONAL MATCH (o:Marking {number: m.alias_of}) "
        "RETURN m.number AS number, coalesce(o.text, m.text) AS text ORDER BY number"
    )
    return {row["number"]: parse_marking(row["text"]) for row in rows}


def originals(store: Store) -> dict[int, int]:
    """The marking that each alias of a retraction stands for, by number, whether it shows now or not."""
    rows = store.read(
        "MATCH (m:Marking) WHERE m.role IS NOT NULL RETURN m.number AS number, m.alias_of AS of"
    )
    return {row["number"]: row["of"] for row in rows}


def retracting(store: Store) -> bool:
    """Whether a retraction is under way: until it is whole, degrees count links that nobody may see."""
    return bool(
        store.read("MATCH (b:Batch) WHERE b.retraction IS NOT NULL RETURN count(b) > 0 AS yes")[0]["yes"]
    )


def full_profile(store: Store) -> Profile:
    """The profile of a reader who may see everything."""
    return Profile(tuple(markings(store)), sees_all=True, partly=retracting(store))


def profile_where(store: Store, allowed: Callable[[Marking], bool]) -> Profile:
    """The profile of a reader who may see the markings that a rule allows."""
    held = markings(store)
    marks = tuple(number for number, marking in held.items() if allowed(marking))
    return Profile(marks, sees_all=len(marks) == len(held), partly=retracting(store))


def counter(store: Store) -> int:
    """The data counter: grows with every committed chunk of a load, retraction or judgement."""
    return store.reading(counter_in)


def counter_in(tx: ManagedTransaction | Transaction) -> int:
    """The data counter as one transaction sees it: what an answer made in it is as of."""
    row = tx.run("OPTIONAL MATCH (c:Counter {name: 'feed'}) RETURN coalesce(c.value, 0) AS value").single(
        strict=True
    )
    return int(row["value"])
