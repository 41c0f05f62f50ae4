"""What trials of faults do to a store besides loading: let a killed load's lease run out at once, and keep it waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graphintel.store.driver import Store
from graphintel.store.write.statements import COUNTER


def expire_lease(store: Store) -> None:
    """End the writer lease of a load that was killed; it would run out by itself in a minute and a half."""
    store.execute("MATCH (l:Lease {name: 'writer'}) SET l.until = 0")


@contextmanager
def stalled(store: Store) -> Iterator[None]:
    """A store in which no load comes to the end of a chunk: a transaction holds the data counter and does not end."""
    with store.driver.session() as session, session.begin_transaction() as tx:
        tx.run(COUNTER).consume()
        yield
        tx.rollback()
