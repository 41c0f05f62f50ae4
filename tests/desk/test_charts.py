"""Charts under several hands: one version is saved once, and what is no chart is not saved at all."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.desk import Desk, charts
from graphintel.errors import Conflict, InputError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_of_those_who_save_one_version_at_once_one_succeeds(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.sqlite")
    made = charts.save(desk, "a", "x", {"nodes": []})
    told: list[str] = []
    gate = threading.Barrier(8)

    def work(number: int) -> None:
        gate.wait()
        try:
            charts.replace(desk, made["id"], {"name": str(number), "version": 1})
            told.append("saved")
        except Conflict:
            told.append("conflict")
        desk.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["conflict"] * 7 + ["saved"] and charts.get(desk, made["id"])["version"] == 2
    desk.close()


def test_a_malformed_change_leaves_the_chart_as_it_was(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.sqlite")
    made = charts.save(desk, "a", "x", {"nodes": ["n"], "positions": {"n": [1, 2.5]}})
    with pytest.raises(InputError, match="positions"):
        charts.replace(desk, made["id"], {"name": "y", "data": {"positions": {"n": [1]}}})
    assert charts.get(desk, made["id"]) == made
    with pytest.raises(InputError, match="nodes"):
        charts.save(desk, "a", "x", {"nodes": "n"})
    assert len(charts.listed(desk)) == 1
    desk.close()


@given(st.dictionaries(st.sampled_from(["nodes", "links", "folded", "positions", "pinned", "more"]), JSON))
def test_what_is_accepted_can_be_drawn(data: dict[str, Any]) -> None:
    try:
        charts.checked(data)
    except InputError as error:
        assert error.message
        return
    for name in ("nodes", "links", "folded", "hidden", "pinned"):
        assert all(len(one) <= 64 for one in data.get(name, []))
    for x, y in data.get("positions", {}).values():
        assert abs(x + y) <= 2e9
