"""Objects inside objects as columns."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel.errors import RowRefused
from graphintel.ingest.formats.delimited import Column
from graphintel.ingest.formats.nested import flattened, wanted


def test_names_are_joined_and_places_counted() -> None:
    item = {
        "no": "1", "routing": {"departure": "IR", "transit": ["TR", "BG"]},
        "persons": [{"name": "A", "papers": [{"no": "x"}]}, {"name": "B"}], "goods": [], "note": None,
    }  # fmt: skip
    assert flattened(item) == {
        "no": "1", "routing.departure": "IR", "routing.transit": ["TR", "BG"], "persons.1.name": "A",
        "persons.1.papers.1.no": "x", "persons.2.name": "B", "note": None,
    }  # fmt: skip


def test_two_names_that_become_one_and_endless_nesting_are_refused() -> None:
    with pytest.raises(RowRefused) as twice:
        flattened({"a": {"b": "1"}, "a.b": "2"})
    assert twice.value.reason == "bad_json"
    deep: Any = "x"
    for _ in range(10):
        deep = {"a": deep}
    with pytest.raises(RowRefused) as refused:
        flattened(deep)
    assert refused.value.reason == "nested_value"


def test_only_sources_that_name_nested_columns_are_flattened() -> None:
    assert wanted((Column("place", ("location.place",)),))
    assert not wanted((Column("place", ("location",)),))
