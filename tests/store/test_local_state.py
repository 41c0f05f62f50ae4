"""What the supervisor says of its server, written and read back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.store.local import state
from graphintel.store.local.place import Place
from graphintel.store.local.process import Running
from graphintel.store.local.state import Phase, State

processes = st.builds(Running, st.integers(1, 2**22), st.text(max_size=8))
states = st.builds(
    State,
    phase=st.sampled_from(get_args(Phase)),
    supervisor=processes,
    java=st.none() | processes,
    port=st.integers(0, 65535),
    version=st.text(max_size=8),
    reason=st.text(max_size=20),
)


@given(states)
def test_a_state_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, said: State) -> None:
    place = Place(tmp_path_factory.mktemp("store"))
    place.make()
    state.write(place, said)
    assert state.read(place) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"phase": "up"}',
        '{"phase": "dancing", "supervisor": {"pid": 1, "mark": "a"}, "port": 1}',
        '{"phase": "up", "supervisor": {"pid": 1, "mark": "a"}, "port": "7687"}',
    ],
)
def test_what_is_no_state_is_none(tmp_path: Path, text: str) -> None:
    place = Place.of(tmp_path)
    place.make()
    assert state.read(place) is None
    place.state_file.write_text(text, encoding="utf-8")
    assert state.read(place) is None


def test_up_counts_only_while_the_server_lives() -> None:
    me = Running.of(os.getpid())
    assert me is not None
    gone = Running(os.getpid(), "an earlier start")
    assert State("up", me, me, 7687).running
    assert not State("up", me, gone, 7687).running
    assert not State("up", me).running
    assert not State("starting", me, me).running
    assert not State("up", gone, me).alive


def test_the_address_is_on_loopback() -> None:
    assert State("up", Running(1, "a"), port=7000).uri == "bolt://127.0.0.1:7000"
