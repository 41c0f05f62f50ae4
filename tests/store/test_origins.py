"""Corroboration of an entity's values: independent origins among the records that the reader sees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fabric import OPEN, SECRET, load, mention, record

from graphintel.model.grading import Grade
from graphintel.model.ids import record_id
from graphintel.model.marking import Marking
from graphintel.model.records import Record
from graphintel.store.driver import Store
from graphintel.store.read.entity import entity
from graphintel.store.read.profile import full_profile, profile_where

pytestmark = pytest.mark.neo4j


def notice(number: int, partner: str, reference: str, marking: Marking = OPEN) -> Record:
    """A partner's notice that names one lorry and quotes an origin."""
    event = mention("p", "Notice", number=f"N{number}", date="2024-05-01")
    lorry = mention("p", "Vehicle", plate="34ABC123", plate_country="TR")
    made = record(
        "p", f"N{number}", event, [("NAMES", lorry, {})], marking=marking, basis="reported",
        grade=Grade("admiralty", "B", "2", provider=partner).text,
    )  # fmt: skip
    content = {**made.content, "partner": partner, "origin_reference": reference}
    name = record_id("p", made.key, content)
    links = [replace(link, id=f"{name[:30]}{place:02}") for place, link in enumerate(made.links)]
    return replace(made, id=name, content=content, links=links)


def test_partners_who_quote_one_source_count_once(store: Store) -> None:
    rows = [notice(1, "Alfa", "R-1"), notice(2, "Beta", "R-1"), notice(3, "Gama", "R-2", SECRET)]
    load(store, rows)
    name = rows[0].links[0].target
    counts = {}
    for title, profile in (
        ("all", full_profile(store)),
        ("narrow", profile_where(store, lambda one: one.level != "secret")),
    ):
        found = entity(store, name, profile)
        plate = next(value for value in found["values"] if value["name"] == "plate")
        counts[title] = (len(plate["records"]), plate["corroboration"])
    assert counts == {"all": (3, 2), "narrow": (2, 1)}
