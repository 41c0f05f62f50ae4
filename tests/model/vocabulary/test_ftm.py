"""The table of Follow the Money: every name in it is declared on both sides, and it can be read both ways."""

from __future__ import annotations

import pytest

from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS
from graphintel.model.vocabulary import ftm

WRITTEN = [row for row in ftm.schemata() if row.direction == "both"]


@pytest.mark.parametrize("kind", KINDS)
def test_values_name_properties_of_the_kind_and_of_its_schema(kind: str) -> None:
    schemata = [row.schema for row in ftm.schemata() if row.kind == kind]
    for row in ftm.values_of(kind):
        assert KINDS[kind].property(row.property)
        written = [schema.schema for schema in WRITTEN if schema.kind == kind]
        there = written if row.direction == "both" else [*schemata, *ftm.names()]
        assert any(row.ftm in ftm.properties(schema) for schema in there)


@pytest.mark.parametrize("kind", KINDS)
def test_references_are_links_that_the_kind_may_have(kind: str) -> None:
    for row in ftm.references_of(kind):
        side = LINKS[row.link].sources if row.holder == "source" else LINKS[row.link].targets
        assert kind in side
        if row.value:
            other, name = row.value.split(".")
            assert KINDS[other].property(name)
            assert other in (LINKS[row.link].targets if row.holder == "source" else LINKS[row.link].sources)


def test_links_of_their_own_have_ends_and_a_property_that_are_declared() -> None:
    for row in ftm.links():
        assert {row.start, row.end} <= ftm.references(row.schema)
        assert row.ftm in ftm.properties(row.schema)
        assert row.property in {item.name for item in LINKS[row.link].properties}


def test_each_kind_is_written_as_one_schema_and_read_back_from_it() -> None:
    for kind in set(KINDS) - {"Phone", "Route"}:
        schema = ftm.written(kind, "")
        assert schema is not None
        assert ftm.kind_of(schema.schema, frozenset([schema.mark])) == schema
        assert schema.extra in ftm.properties(schema.schema)
        assert schema.note in ftm.properties(schema.schema)


def test_kinds_without_a_place_are_named() -> None:
    assert ftm.kinds_without() == ("Route",)


def test_a_schema_without_a_row_is_a_document_or_a_notice_and_goes_back_as_what_it_was() -> None:
    contract, payment = ftm.kind_of("Contract", frozenset()), ftm.kind_of("Payment", frozenset())
    assert contract is not None and payment is not None
    assert (contract.kind, payment.kind) == ("Document", "Notice")
    assert ftm.written("Notice", "Payment") == payment
    assert ftm.written("Document", "Contract") == contract
    plain = ftm.written("Notice", "tip")
    assert plain is not None and plain.schema == "Event"
    assert ftm.kind_of("Ufo", frozenset()) is None


def test_the_mark_decides_between_kinds_of_one_schema() -> None:
    for mark, kind in (("Seizure", "Seizure"), ("Operation", "Operation"), ("else", "Notice")):
        found = ftm.kind_of("Event", frozenset([mark]))
        assert found is not None and found.kind == kind


def test_links_between_kinds_that_the_graph_does_not_join_have_no_row() -> None:
    assert ftm.link_read("Directorship", "Person", "Company") is not None
    assert ftm.link_read("Directorship", "Company", "Company") is None
    assert ftm.link_as("OWNS", "Company", "Vehicle") == ftm.link_read("Ownership", "Company", "Vehicle")
    assert ftm.link_as("TOWS", "Vehicle", "Vehicle") is None
