"""The server's password: random, in a file of mode 600, set over Bolt the first time the server is up."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import LiteralString

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graphintel.errors import StoreUnavailable
from graphintel.store.address import Address
from graphintel.store.local.place import Place, write_private

USER = "neo4j"
_FIRST = "neo4j"


def _run(address: Address, database: str, statement: LiteralString, **parameters: str) -> None:
    # a plain run: the driver's managed transactions would go on trying for 30 s on their own
    with (
        GraphDatabase.driver(
            address.uri, auth=(address.user, address.password), connection_timeout=5
        ) as driver,
        driver.session(database=database) as session,
    ):
        session.run(statement, parameters).consume()


def _change(uri: str, old: str, new: str) -> None:
    statement: LiteralString = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    _run(Address(uri, USER, old), "system", statement, old=old, new=new)


def _asks(address: Address) -> None:
    _run(address, "neo4j", "RETURN 1")


def _draft(place: Place) -> Path:
    return place.password.with_name("password.new")


def _first_password(place: Place, uri: str) -> None:
    # on disk before it is in force, or a crash between the two would lock us out for good
    draft = _draft(place)
    if not draft.exists():
        write_private(draft, secrets.token_urlsafe(32))
    new = draft.read_text(encoding="utf-8")
    try:
        _change(uri, _FIRST, new)
    except AuthError:
        # a start that was cut off between the change and the renaming left the new one in force
        _asks(Address(uri, USER, new))
    draft.replace(place.password)


def address_of(place: Place, uri: str) -> Address:
    """The address with the password on file."""
    return Address(uri, USER, place.password.read_text(encoding="utf-8"))


def forget_without_data(place: Place) -> None:
    """Drop the password of a store whose data is gone: the next server begins with the first one."""
    if not (place.data / "databases").exists():
        place.password.unlink(missing_ok=True)
        _draft(place).unlink(missing_ok=True)


def open_door(place: Place, uri: str, seconds: float) -> Address:
    """Wait until the server answers a question with our password, which is set first if it is not yet.

    Raises StoreUnavailable when the password on file is not the server's, or no answer comes in `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            if not place.password.exists():
                _first_password(place, uri)
            address = address_of(place, uri)
            _asks(address)
            return address
        except AuthError as error:
            raise StoreUnavailable(
                f"The store in {place.root} does not take the password in {place.password}: put the right "
                f"password file back, or `graphintel store reset` to begin an empty store."
            ) from error
        except (DriverError, Neo4jError) as error:
            if time.monotonic() > deadline:
                raise StoreUnavailable(
                    f"The store in {place.root} is up but does not answer: {error}"
                ) from error
            time.sleep(0.2)
