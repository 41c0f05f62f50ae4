"""Leases: a file that counts as long as its program lives."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from graphintel.store.address import Address
from graphintel.store.local import lease
from graphintel.store.local.lease import Lease
from graphintel.store.local.place import Place
from graphintel.store.local.process import Running


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place.of(tmp_path)
    place.make()
    return place


def _write(place: Place, name: str, process: object, idle: object = 5) -> Path:
    path = place.leases / name
    path.write_text(json.dumps({"program": "ingest", "process": process, "idle": idle}), encoding="utf-8")
    return path


def test_a_lease_names_its_program_until_it_is_released(place: Place) -> None:
    path = lease.take(place, 12.5)
    (holder,) = lease.holders(place)
    assert holder.process == Running.of(os.getpid())
    assert holder.idle == 12.5
    assert holder.program
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    assert lease.holders(place) == []


def test_one_program_may_hold_several(place: Place) -> None:
    paths = {lease.take(place, 1), lease.take(place, 2)}
    assert len(paths) == len(lease.holders(place)) == 2


@pytest.mark.parametrize(
    "process", [{"pid": 2**30, "mark": "gone"}, {"pid": os.getpid(), "mark": "an earlier start"}, None, "x"]
)
def test_a_dead_program_holds_nothing(place: Place, process: object) -> None:
    path = _write(place, "9-dead.json", process)
    live = lease.take(place, 1)
    assert [holder.idle for holder in lease.holders(place)] == [1]
    lease.sweep(place)
    assert not path.exists()
    assert live.exists()


def test_rubbish_is_no_lease(place: Place) -> None:
    (place.leases / "1-x.json").write_bytes(b"\xff{")
    _write(place, ".1-y.json.ab", {"pid": os.getpid(), "mark": "draft"})
    assert lease.holders(place) == []


def test_an_idle_time_that_is_no_number_is_none(place: Place) -> None:
    me = Running.of(os.getpid())
    assert me is not None
    _write(place, "1-x.json", me.as_json(), idle="long")
    assert [holder.idle for holder in lease.holders(place)] == [0.0]


def test_the_standing_lease_needs_no_program(place: Place) -> None:
    lease.take_standing(place)
    lease.sweep(place)
    assert [holder.process for holder in lease.holders(place)] == [None]
    path = lease.take(place, 1)
    lease.clear(place, standing_only=True)
    assert len(lease.holders(place)) == 1
    lease.clear(place)
    assert not path.exists()


def test_leaving_the_with_gives_the_lease_back_even_on_an_error(place: Place) -> None:
    held = Lease(Address("bolt://127.0.0.1:1", "neo4j", "secret"), lease.take(place, 1))
    with pytest.raises(KeyError), held:
        assert lease.holders(place)
        raise KeyError
    held.release()
    assert lease.holders(place) == []


def test_the_password_is_in_no_repr() -> None:
    address = Address("bolt://127.0.0.1:1", "neo4j", "secret")
    assert "secret" not in repr(address)
    assert "secret" not in repr(Lease(address, Path("lease")))
