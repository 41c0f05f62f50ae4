"""Whether a store may take a first load, and what of it has to be carried over."""

from __future__ import annotations

from typing import NamedTuple

from graphintel.errors import Conflict, InputError
from graphintel.settings import Settings
from graphintel.store.driver import Store

_HELD = (
    "MATCH (n) WHERE NOT n:Migration AND NOT n:Lease AND NOT n:Counter AND NOT n:Marking RETURN count(n) AS n"
)


class Before(NamedTuple):
    """The data counter and the numbered markings of an empty store."""

    counter: int
    markings: dict[str, int]


def managed(settings: Settings) -> None:
    """Refuse a store that is not the program's own: the import works on its files. Raises InputError."""
    if settings.store != "local":
        raise InputError(
            f"--bulk fills the program's own store; {settings.store} is run by its operator: load without --bulk."
        )


def before(store: Store) -> Before:
    """What an empty store holds; raises Conflict if it is not empty."""
    held = store.read(_HELD)[0]["n"]
    if held:
        raise Conflict(
            f"--bulk is for the first load into an empty store, and this one holds {held:,} things: load without "
            "--bulk, or empty it with `graphintel store reset`."
        )
    counter = store.read("MATCH (c:Counter {name: 'feed'}) RETURN c.value AS value")
    markings = store.read("MATCH (m:Marking) RETURN m.text AS text, m.number AS number")
    return Before(
        counter[0]["value"] if counter else 0,
        {row["text"]: row["number"] for row in markings},
    )
