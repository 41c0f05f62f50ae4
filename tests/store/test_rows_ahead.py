"""Rows made ahead of their turn: the plan is the same as without them, however much of them is there."""

from __future__ import annotations

from copy import deepcopy

import pytest

from graphintel import ingest
from graphintel.model.records import Record
from graphintel.resolve.identity import keys
from graphintel.store.write.plan import Plan, build
from graphintel.store.write.rows import Ahead, distinct_mentions


def _records(name: str) -> list[Record]:
    source = ingest.catalogue()[name]
    items = [item for path in sorted(source.folder.glob("sample*")) for item in ingest.read(source, path)]
    return list({item.id: item for item in items if isinstance(item, Record)}.values())


def _planned(records: list[Record], ahead: Ahead | None) -> Plan:
    markings = {record.marking.text: number for number, record in enumerate(records, 1)}
    held = ahead or Ahead()
    found = {name: held.keys_of(mention, keys) for name, mention in distinct_mentions(records).items()}
    plan = build(records, found, {}, {}, {}, markings, 7, ahead=ahead)
    plan.ahead = held
    return plan


@pytest.mark.parametrize("name", sorted(ingest.catalogue()))
def test_what_was_made_ahead_changes_nothing_of_a_plan(name: str) -> None:
    records = _records(name)
    expected = deepcopy(_planned(records, None))
    known = [mention for number, mention in enumerate(distinct_mentions(records)) if number % 3]
    for made in (
        Ahead(records, keys),
        Ahead(records[: len(records) // 2], keys),
        Ahead(records, keys, known),
    ):
        expected.ahead = made
        # a transaction may be tried again with the same rows, and a chunk that was too large comes in halves
        for _ in range(2):
            assert _planned(records, made) == expected


def test_a_row_that_came_ahead_takes_the_standing_of_its_turn() -> None:
    records = _records("kcs-declarations")[:1]
    made = Ahead(records, keys)
    for batch, order, marking in ((3, 5, 2), (4, 0, 1)):
        row = made.record_row(records[0], marking, batch, order)
        assert (row["batch"], row["deliveries"], row["marking"]) == (batch, [batch], marking)
        assert row["history"] != made.record_row(records[0], marking, batch, order + 1)["history"]


def test_the_cache_of_an_event_that_stands_alone_is_what_its_only_statement_says() -> None:
    records = _records("cen-seizures")
    made, none = Ahead(records, keys), Ahead()
    for mention in distinct_mentions(records).values():
        assert made.cached(mention) == none.cached(mention)
        assert made.mention_row(mention) == none.mention_row(mention)
