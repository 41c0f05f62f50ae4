"""One connection to the store: the managed local server or any address, behind the official driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graphintel.errors import DiskFull, InputError, LimitReached, PolicyRefused, StoreUnavailable
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.address import Address

T = TypeVar("T")
Row = dict[str, Any]
# A transaction whose time is over while it waits for another one's lock is told by the lock.
_TIME, _MEMORY = ("TransactionTimedOut", "LockClientStopped"), "OutOfMemory"


def translated(error: Exception, where: str) -> Exception:
    """The project's error for one of the driver's; anything that is our own mistake stays as it is."""
    code = getattr(error, "code", None) or ""
    late = any(word in code for word in _TIME)
    if late or _MEMORY in code:
        return LimitReached(
            "The store stopped the work: it took more time or memory than allowed. Narrow the question.",
            limit="time" if late else "memory",
        )
    if "AccessMode" in code:
        return PolicyRefused("Only reading is allowed here.")
    if (
        "no space left" in str(error).lower()
        or "DatabaseUnavailable" in code
        and "write" in str(error).lower()
    ):
        return DiskFull(
            f"The disk of the store at {where} is full; make room and run the same command again."
        )
    if isinstance(error, AuthError):
        return StoreUnavailable(f"The store at {where} does not accept the user name or password.")
    if isinstance(error, ServiceUnavailable | SessionExpired | TransientError | OSError):
        return StoreUnavailable(f"The store at {where} cannot be reached; start it or check its address.")
    return error


class Store:
    """An open store; `read` and `write` run in explicit access modes, and errors come out as the project's own."""

    def __init__(self, driver: Driver, address: Address) -> None:
        self.driver = driver
        self.address = address

    def read(self, statement: str, params: Row | None = None, *, seconds: float = 30.0) -> list[Row]:
        """Run one reading statement and return its rows."""
        return self.reading(lambda tx: tx.run(statement, params or {}).data(), seconds=seconds)

    def reading(self, work: Callable[[ManagedTransaction], T], *, seconds: float = 30.0) -> T:
        """Run several reads in one transaction, limited in time."""
        return self._run(READ_ACCESS, work, seconds)

    def writing(self, work: Callable[[ManagedTransaction], T], *, seconds: float = 300.0) -> T:
        """Run one write transaction; retried by the driver where the server says that a retry helps."""
        return self._run(WRITE_ACCESS, work, seconds)

    def _run(self, mode: str, work: Callable[[ManagedTransaction], T], seconds: float) -> T:
        unit = neo4j.unit_of_work(timeout=seconds)(work)
        try:
            with self.driver.session(default_access_mode=mode) as session:
                run = session.execute_read if mode == READ_ACCESS else session.execute_write
                return run(unit)
        except (Neo4jError, DriverError, OSError) as error:
            raise translated(error, self.address.uri) from error

    def records(
        self, statement: str, params: Row | None = None, *, fetch: int = 5000
    ) -> Iterator[neo4j.Record]:
        """Stream a large read in record order, outside any retry; the time limit is an hour."""
        try:
            with self.driver.session(default_access_mode=READ_ACCESS, fetch_size=fetch) as session:
                query = neo4j.Query(statement, timeout=3600.0)
                yield from session.run(query, params or {})
        except (Neo4jError, DriverError, OSError) as error:
            raise translated(error, self.address.uri) from error

    def execute(
        self, statement: str, params: Row | None = None, *, seconds: float | None = None
    ) -> list[Row]:
        """Run one auto-commit statement, for schema changes; `seconds`: where the server's own limit is too short."""
        try:
            with self.driver.session(default_access_mode=WRITE_ACCESS) as session:
                return session.run(neo4j.Query(statement, timeout=seconds), params or {}).data()
        except (Neo4jError, DriverError, OSError) as error:
            raise translated(error, self.address.uri) from error

    def close(self) -> None:
        """Close the connection."""
        self.driver.close()


def connect(address: Address) -> Store:
    """Open a store at an address and check that it answers; raises StoreUnavailable."""
    try:
        driver = GraphDatabase.driver(
            address.uri, auth=(address.user, address.password), connection_acquisition_timeout=15.0,
            connection_timeout=10.0, max_transaction_retry_time=15.0, telemetry_disabled=True,
            notifications_min_severity="OFF", user_agent="graphintel",
        )  # fmt: skip
    except (ConfigurationError, ValueError) as error:
        raise InputError(
            f"{address.uri!r} is not the address of a store; write bolt://host:port: {error}"
        ) from error
    try:
        driver.verify_connectivity()
    except (Neo4jError, DriverError, OSError) as error:
        driver.close()
        if isinstance(error, ClientError) and not isinstance(error, AuthError):
            raise
        raise translated(error, address.uri) from error
    return Store(driver, address)


@contextmanager
def open_store(settings: Settings, progress: local.Progress | None = None) -> Iterator[Store]:
    """The store of these settings: the managed local server (started or joined), or the one at an address."""
    if settings.store != "local":
        password = settings.store_password.get_secret_value()
        store = connect(Address(settings.store, settings.store_user, password))
        try:
            yield store
        finally:
            store.close()
        return
    with local.attach(settings.home, settings.cache, idle=settings.store_idle, progress=progress) as lease:
        store = connect(lease.address)
        try:
            yield store
        finally:
            store.close()
