"""Follow the Money and the graph: one table of schemata, properties and links, read in both directions.

`ftm_schemata.csv`: which schema a kind is written as; `mark` is the keyword that tells kinds of one schema apart, `extra`
the property that takes what has no property of its own (as `name: value`), `note` the property for free text.
`ftm_properties.csv`: values. `ftm_links.csv`: links that are entities of their own. `ftm_references.csv`: links that are
a property of one end. `direction` is `both`, or `read` for what is understood and written otherwise. A schema without
a row of its own is read as a Document (things) or as a Notice that names its ends (everything else), and written back.
`ftm_model.csv`: names of schemata and properties of Follow the Money 4.11 (https://followthemoney.tech, MIT).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graphintel.model.ids import digest
from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS
from graphintel.model.values.tables import rows

_HERE = Path(__file__).resolve().parent
# Every other link between two things; its role is the type of link.
ANY_LINK = "UnknownLink"
# Between the lines of a note.
SEPARATOR = " | "
# What a kind without a schema of its own says it was.
TYPE_OF = {"Document": "document_type", "Notice": "notice_type"}


class Schema(NamedTuple):
    """A schema and the kind it stands for."""

    schema: str
    kind: str
    mark: str
    direction: str
    extra: str
    note: str


class PropertyRow(NamedTuple):
    """A property of a kind and the one of a schema that says the same."""

    kind: str
    property: str
    ftm: str
    direction: str


class LinkRow(NamedTuple):
    """A type of link and the schema that is it, with the names of its ends and of its one property."""

    link: str
    source: str
    target: str
    schema: str
    start: str
    end: str
    property: str
    ftm: str
    direction: str


class Reference(NamedTuple):
    """A link that is a property of one end (`holder`); `value` names what the property itself states, as `Phone.number`."""

    kind: str
    reference: str
    link: str
    holder: str
    value: str
    direction: str


class _Model(NamedTuple):
    properties: dict[str, frozenset[str]]
    references: dict[str, frozenset[str]]
    ancestors: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _model() -> _Model:
    declared = {row["schema"]: row for row in rows(_HERE / "ftm_model.csv")}

    def above(name: str) -> frozenset[str]:
        return frozenset([name]).union(*(above(parent) for parent in declared[name]["extends"].split()))

    lines = {name: above(name) for name in declared}

    def gathered(column: str) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(word for one in line for word in declared[one][column].split())
            for name, line in lines.items()
        }

    return _Model(gathered("properties"), gathered("references"), lines)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A digest of what the tables say, whatever their layout: what another one reads, it may read otherwise."""
    tables = sorted(_HERE.glob("ftm_*.csv"))
    return digest(*(repr((path.name, [sorted(row.items()) for row in rows(path)])) for path in tables))


def known(schema: str) -> bool:
    """Whether Follow the Money has a schema of that name."""
    return schema in _model().ancestors


def names() -> tuple[str, ...]:
    """All schemata."""
    return tuple(_model().ancestors)


def is_thing(schema: str) -> bool:
    """Whether entities of a schema are things, which an UnknownLink may join."""
    return "Thing" in _model().ancestors.get(schema, ())


def properties(schema: str) -> frozenset[str]:
    """The properties of a schema that hold values."""
    return _model().properties.get(schema, frozenset())


def references(schema: str) -> frozenset[str]:
    """The properties of a schema that hold ids of other entities."""
    return _model().references.get(schema, frozenset())


@lru_cache(maxsize=1)
def schemata() -> tuple[Schema, ...]:
    """The table of schemata and kinds."""
    return tuple(Schema(**row) for row in rows(_HERE / "ftm_schemata.csv"))


@lru_cache(maxsize=1)
def links() -> tuple[LinkRow, ...]:
    """The table of links that are entities."""
    return tuple(
        LinkRow(row["link"], row["source"], row["target"], row["schema"], row["from"], row["to"], row["property"],
                row["ftm"], row["direction"])
        for row in rows(_HERE / "ftm_links.csv")
    )  # fmt: skip


@lru_cache(maxsize=1)
def _properties() -> tuple[PropertyRow, ...]:
    return tuple(PropertyRow(**row) for row in rows(_HERE / "ftm_properties.csv"))


@lru_cache(maxsize=1)
def _references() -> tuple[Reference, ...]:
    return tuple(Reference(**row) for row in rows(_HERE / "ftm_references.csv"))


@lru_cache(maxsize=64)
def values_of(kind: str) -> tuple[PropertyRow, ...]:
    """The rows of a kind's values."""
    return tuple(row for row in _properties() if row.kind == kind)


@lru_cache(maxsize=64)
def references_of(kind: str) -> tuple[Reference, ...]:
    """The rows of a kind's properties that are links."""
    return tuple(row for row in _references() if row.kind == kind)


@lru_cache(maxsize=256)
def _rows_of(schema: str) -> tuple[Schema, ...]:
    return tuple(row for row in schemata() if row.schema == schema)


def kind_of(schema: str, keywords: frozenset[str]) -> Schema | None:
    """What an entity of a schema is in the graph, by its mark if it has one; None for a schema that is not known."""
    found = _rows_of(schema)
    for row in found:
        if row.mark in keywords:
            return row
    plain = next((row for row in found if not row.mark), None)
    return plain or (other(schema) if known(schema) else None)


def other(schema: str) -> Schema:
    """A schema without a row: a Document if it is a thing, else a Notice that names its ends."""
    thing = is_thing(schema)
    extra, note = ("keywords", "notes") if thing else ("description", "summary")
    return Schema(schema, "Document" if thing else "Notice", "", "both", extra, note)


def written(kind: str, stated_type: str) -> Schema | None:
    """The schema that a thing of a kind is written as; `stated_type` is its document or notice type."""
    if kind in TYPE_OF and known(stated_type) and not _rows_of(stated_type):
        return other(stated_type)
    return next((row for row in schemata() if row.kind == kind and row.direction == "both"), None)


def link_as(link: str, source: str, target: str) -> LinkRow | None:
    """The schema that a link between two kinds is written as, if it has one of its own."""
    for row in links():
        if (
            row.link == link
            and row.direction == "both"
            and row.source in ("*", source)
            and row.target in ("*", target)
        ):
            return row
    return None


def link_read(schema: str, source: str, target: str) -> LinkRow | None:
    """The link that an entity of a schema is between two kinds, if the graph has such a link."""
    for row in links():
        fits = row.schema == schema and row.source in ("*", source) and row.target in ("*", target)
        if fits and LINKS[row.link].allows(source, target):
            return row
    return None


def kinds_without() -> tuple[str, ...]:
    """Kinds that have no place in Follow the Money."""
    return tuple(name for name in KINDS if written(name, "") is None and name != "Phone")
