"""The password's file, without a server."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graphintel.errors import StoreUnavailable
from graphintel.store.local.config import free_port
from graphintel.store.local.password import address_of, forget_without_data, open_door
from graphintel.store.local.place import Place, write_private


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place.of(tmp_path)
    place.make()
    write_private(place.password, "secret")
    return place


def test_the_address_has_the_password_on_file(place: Place) -> None:
    address = address_of(place, "bolt://127.0.0.1:7001")
    assert (address.uri, address.user, address.password) == ("bolt://127.0.0.1:7001", "neo4j", "secret")


def test_the_password_stays_while_there_are_databases(place: Place) -> None:
    (place.data / "databases").mkdir()
    forget_without_data(place)
    assert place.password.exists()


def test_a_password_without_data_is_forgotten(place: Place) -> None:
    write_private(place.root / "password.new", "half way")
    forget_without_data(place)
    forget_without_data(place)
    assert not list(place.root.glob("password*"))


def test_a_server_that_never_answers_is_given_up_in_time(place: Place) -> None:
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable, match="does not answer") as refused:
        open_door(place, f"bolt://127.0.0.1:{free_port()}", 0.5)
    assert time.monotonic() - begun < 10
    assert "secret" not in refused.value.message
