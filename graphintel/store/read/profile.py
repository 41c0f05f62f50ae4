"""Who may see what: the markings that the store holds, the profile of a reader, and the data counter."""

from __future__ import annotations

from collections.abc import Callable

from neo4j import ManagedTransaction, Transaction

from graphintel.model.marking import Marking, Profile, parse_marking
from graphintel.store.driver import Store


def markings(store: Store) -> dict[int, Marking]:
    """All markings of the store by number."""
    rows = store.read("MATCH (m:Marking) RETURN m.number AS number, m.text AS text ORDER BY number")
    return {row["number"]: parse_marking(row["text"]) for row in rows}


def full_profile(store: Store) -> Profile:
    """The profile of a reader who may see everything."""
    return Profile(tuple(markings(store)), sees_all=True)


def profile_where(store: Store, allowed: Callable[[Marking], bool]) -> Profile:
    """The profile of a reader who may see the markings that a rule allows."""
    held = markings(store)
    marks = tuple(number for number, marking in held.items() if allowed(marking))
    return Profile(marks, sees_all=len(marks) == len(held))


def counter(store: Store) -> int:
    """The data counter: grows with every committed chunk of a load, retraction or judgement."""
    return store.reading(counter_in)


def counter_in(tx: ManagedTransaction | Transaction) -> int:
    """The data counter as one transaction sees it: what an answer made in it is as of."""
    row = tx.run("OPTIONAL MATCH (c:Counter {name: 'feed'}) RETURN coalesce(c.value, 0) AS value").single(
        strict=True
    )
    return int(row["value"])
