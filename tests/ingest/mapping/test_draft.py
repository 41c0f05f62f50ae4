"""What belongs to its row alone, and what several rows share."""

from __future__ import annotations

import pytest

from graphintel.ingest.mapping.draft import Draft, statement
from graphintel.model.ids import mention_id
from graphintel.model.records import Stated
from graphintel.model.values import clean


def _stated(**values: str) -> Stated:
    types = {
        "name": "name",
        "tax_id": "tax_id",
        "trader_code": "trader_code",
        "address": "text",
        "eori": "eori",
    }
    hints = {"tax_id": {"country": "TR"}}
    return tuple((name, clean(types[name], raw, **hints.get(name, {}))) for name, raw in values.items())


@pytest.mark.parametrize(
    ("kind", "values", "shared"),
    [
        ("Person", {"name": "Cemal Tuzkıran"}, False),
        ("Company", {"name": "Karaçınar Gıda"}, False),
        ("Company", {"name": "Karaçınar Gıda", "tax_id": "4540536920"}, True),
        ("Company", {"name": "Karaçınar Gıda", "tax_id": "4540536921"}, False),
        ("Company", {"name": "Karaçınar Gıda", "trader_code": "X1"}, True),
        ("Company", {"name": "Karaçınar Gıda", "address": "Söğüt Sok. 4"}, True),
        ("Vessel", {"name": "İnci Meltemi"}, True),
    ],
)
def test_persons_and_companies_known_by_name_only_belong_to_their_row(
    kind: str, values: dict[str, str], shared: bool
) -> None:
    made = statement("test", kind, _stated(**values))
    assert (made.mention is not None) is shared
    if made.mention:
        assert made.mention.id == mention_id("test", kind, made.pairs)


def test_own_keeps_anything_to_its_row() -> None:
    assert statement("test", "Vessel", _stated(name="İnci Meltemi"), own=True).mention is None


def test_roles_are_told_apart() -> None:
    draft = Draft("r", 0)
    assert [draft.role("agent"), draft.role("agent"), draft.role("driver")] == ["agent", "agent 2", "driver"]
