"""The plan of an entity file: the same table that writes charts as Follow the Money reads them back."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

from graphintel.errors import RowRefused
from graphintel.ingest.entities.ends import address_as_place, country_place, heading, phone
from graphintel.ingest.entities.lines import Entity, EntityFile
from graphintel.ingest.entities.values import described, stated
from graphintel.ingest.formats.access import Access, Scope
from graphintel.ingest.mapping.draft import Draft
from graphintel.ingest.mapping.fields import Hints
from graphintel.ingest.mapping.links import add
from graphintel.ingest.mapping.plan import Origins, Plan
from graphintel.ingest.mapping.problems import Problems
from graphintel.model.ids import mention_id, record_id
from graphintel.model.kinds import EVENTS
from graphintel.model.links import LINKS
from graphintel.model.records import Mention, Scalar
from graphintel.model.values import clean
from graphintel.model.vocabulary import ftm
from graphintel.model.vocabulary.ftm import LinkRow, Reference, Schema

_NUMBERS = ("number", "integer")
_REMEMBERED = 20_000
_DATES = (("startDate", "valid_from"), ("endDate", "valid_to"))


class Found(NamedTuple):
    """An entity with the file in which the ids that it names are looked up."""

    entity: Entity
    file: EntityFile


class EntityPlan(Plan):
    """Runs the vocabulary over an entity: its thing, its links to other things of the file, or a link of its own."""

    def __init__(
        self, source: str, where: str, given: dict[str, Any], access: Access, basis: str, hints: dict[str, Hints],
        problems: Problems | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            source, where, {**given, "things": {}, "subjects": []}, access, basis, hints, problems
        )
        self.key = lambda scope: scope.entity.id
        self.subjects = [0]
        access.touched.extend(("schema", *_read_cells()))

    def content(self, found: Found) -> dict[str, str]:
        """The cells of a record: what the entity states, and as which statements it was read what it names."""
        entity, file = found
        cells = plain(entity)
        for name in ftm.references(entity.schema) & set(entity.properties):
            ends = [self._end(file, one) for one in entity.properties[name]]
            known = sorted(end.id for end in ends if end is not None)
            if known:
                cells[f"@{name}"] = " ".join(known)
        return cells

    def run(self, scope: Scope, identity: str) -> Draft:
        """The mentions and links of an entity; RowRefused (unknown_schema, missing_end)."""
        found: Found = scope
        draft = Draft(identity, 1)
        row = _link_schema(found.entity)
        if row and self._link(found, draft):
            return draft
        schema = schema_of(found.entity)
        self._thing(schema, found, draft)
        return draft

    def origins(self, draft: Draft, scope: Scope) -> Origins | None:
        """The cells that hold a value's text, and those that name a link's ends."""
        entity: Entity = scope.entity
        cells = plain(entity)
        values = {
            (mention.id, name): tuple(
                cell for cell, text in cells.items() if text in value.raw or value.raw in text
            )
            for mention in draft.slots[0]
            for name, value in mention.values
        }
        kinds = {mention.kind for mention in draft.slots[0]}
        names = {row.reference: row.link for kind in kinds for row in ftm.references_of(kind)}
        links = {
            link.id: tuple(
                cell for cell in cells if names.get(cell.partition("[")[0], link.type) == link.type
            )
            for link in draft.links
        }
        return Origins(values, links)

    def _link(self, found: Found, draft: Draft) -> bool:
        """A link that is an entity of its own; False if the graph has no such link, and it is told as a notice."""
        entity, file = found
        start, end = _link_schema(entity) or ("", "")
        sources, targets = self._ends(file, entity, start), self._ends(file, entity, end)
        pairs = [
            (source, target, _row_for(entity, source, target)) for source, target in product(sources, targets)
        ]
        if any(row is None for _, _, row in pairs):
            return False
        at = clean("date", entity.properties.get("date", ("",))[0])
        dated = at.verdict == "valid"
        for source, target, row in pairs:
            if row is None:
                continue
            draft.mentions[source.id], draft.mentions[target.id] = source, target
            add(draft, row.link, source.id, target.id, self._basis, str(at.part("date")) if dated else "",
                str(at.part("precision")) if dated else "", _link_values(row, entity))  # fmt: skip
            for name, field in _DATES:
                date = clean("date", entity.properties.get(name, ("",))[0])
                if date.verdict == "valid":
                    setattr(draft.links[-1], field, str(date.part("date")))
        return True

    def _ends(self, file: EntityFile, entity: Entity, name: str) -> list[Mention]:
        named = entity.properties.get(name, ())
        ends = [end for one in named if (end := self._end(file, one)) is not None]
        if len(ends) < len(named) or not ends:
            missing = ", ".join(named) or "nothing"
            raise RowRefused(
                "missing_end", f"{entity.schema}.{name} names {missing}, which is not in the file"
            )
        return ends

    def _end(self, file: EntityFile, name: str) -> Mention | None:
        known = file.ends
        if name not in known:
            entity = file.find(name)
            schema = ftm.kind_of(entity.schema, keywords(entity)) if entity else None
            if len(known) >= _REMEMBERED:
                known.clear()
            known[name] = self._own(schema, entity) if entity and schema else None
        return known[name]

    def _own(self, schema: Schema, entity: Entity) -> Mention:
        """The statement of an entity: always its own, since its id tells it from others of equal values."""
        values = stated(schema, entity, loose(schema, entity))
        pairs = tuple((name, value.normal) for name, value in values)
        own = (record_id(self._source, entity.id, plain(entity)), "entity")
        return Mention(mention_id(self._source, schema.kind, pairs, own), self._source, schema.kind, values)

    def _thing(self, schema: Schema, found: Found, draft: Draft) -> None:
        entity, file = found
        own = self._own(schema, entity)
        draft.mentions[own.id], draft.slots[0] = own, [own]
        if schema.kind in EVENTS:
            date = next((value for name, value in own.values if name == "date"), None)
            if date is not None and date.verdict == "valid":
                draft.at, draft.precision = str(date.part("date")), str(date.part("precision"))
        for reference in ftm.references_of(schema.kind):
            for text in entity.properties.get(reference.reference, ()):
                self._refer(own, reference, text, found, draft)
        if schema.kind == "Notice":
            rows = {reference.reference for reference in ftm.references_of(schema.kind)}
            for name in sorted(ftm.references(entity.schema) & set(entity.properties) - rows):
                for text in entity.properties[name]:
                    end = self._end(file, text)
                    if end is not None:
                        self._join(draft, "NAMES", own, end, {"role": name})

    def _refer(self, own: Mention, row: Reference, text: str, found: Found, draft: Draft) -> None:
        values: dict[str, Scalar] = {}
        end: Mention | None
        if row.value == "Phone.number":
            end = phone(self._source, text, own)
        elif row.value == "Place.country":
            end = country_place(self._source, text)
        elif row.value == "Commodity.hs":
            end, values = heading(self._source, text, described(found.entity))
        else:
            end = self._end(found.file, text)
        if end is None:
            return
        source, target = (own, end) if row.holder == "source" else (end, own)
        if not LINKS[row.link].allows(source.kind, target.kind) and target.kind == "Address":
            target = address_as_place(self._source, target)
        if LINKS[row.link].allows(source.kind, target.kind):
            self._join(draft, row.link, source, target, values)

    def _join(
        self, draft: Draft, link: str, source: Mention, target: Mention, values: dict[str, Scalar]
    ) -> None:
        draft.mentions[source.id], draft.mentions[target.id] = source, target
        add(draft, link, source.id, target.id, self._basis, draft.at, draft.precision, values)


def _read_cells() -> list[str]:
    """The properties that are read of every schema; of a link only its ends, its dates and what its link may say."""
    ends = {row.schema: {row.start, row.end, row.ftm} for row in ftm.links()} | {
        ftm.ANY_LINK: {"subject", "object", "role"}
    }
    return [
        f"{schema}.{name}"
        for schema in ftm.names()
        for name in ftm.properties(schema) | ftm.references(schema)
        if schema not in ends or name in {*ends[schema], "date", "startDate", "endDate", "description"}
    ]


def keywords(entity: Entity) -> frozenset[str]:
    """The keywords of an entity, among which its mark stands."""
    return frozenset(entity.properties.get("keywords", ()))


def schema_of(entity: Entity) -> Schema:
    """What an entity is in the graph; RowRefused (unknown_schema)."""
    schema = ftm.kind_of(entity.schema, keywords(entity))
    if schema is None:
        raise RowRefused("unknown_schema", f"{entity.schema} is no schema of Follow the Money")
    return schema


def plain(entity: Entity) -> dict[str, str]:
    """The cells of an entity without regard to other entities; several texts of a property are numbered."""
    cells = {"schema": entity.schema}
    for name, texts in entity.properties.items():
        for number, text in enumerate(texts, 1):
            cells[f"{name}[{number}]" if len(texts) > 1 else name] = text
    return cells


def loose(schema: Schema, entity: Entity) -> list[str]:
    """Ids that an entity names and no link can be made of: kept in its note."""
    rows = {row.reference for row in ftm.references_of(schema.kind) if not row.value}
    if schema.kind == "Notice":
        return []
    names = sorted(ftm.references(entity.schema) & set(entity.properties) - rows)
    return [f"{name}: {text}" for name in names for text in entity.properties[name]]


def _link_schema(entity: Entity) -> tuple[str, str] | None:
    if entity.schema == ftm.ANY_LINK:
        return "subject", "object"
    return next(((row.start, row.end) for row in ftm.links() if row.schema == entity.schema), None)


def _row_for(entity: Entity, source: Mention, target: Mention) -> LinkRow | None:
    if entity.schema != ftm.ANY_LINK:
        return ftm.link_read(entity.schema, source.kind, target.kind)
    for role in entity.properties.get("role", ()):
        if role in LINKS and LINKS[role].allows(source.kind, target.kind):
            return LinkRow(role, "*", "*", entity.schema, "subject", "object", "", "", "both")
    if source.kind == target.kind == "Person":
        return LinkRow("ASSOCIATE_OF", "*", "*", entity.schema, "subject", "object", "role", "role", "read")
    return None


def _link_values(row: LinkRow, entity: Entity) -> dict[str, Scalar]:
    """The properties of a link: its one by the table, the others as the description's lines name them."""
    declared = {item.name: item.type for item in LINKS[row.link].properties}
    said = [(row.property, text) for text in entity.properties.get(row.ftm, ())[:1]] if row.property else []
    for text in entity.properties.get("description", ()):
        name, _, content = text.partition(": ")
        said.append((name, content))
    values: dict[str, Scalar] = {}
    for name, text in said:
        value = clean(declared[name], text) if name in declared else None
        if value is None or not value.normal:
            continue
        number = value.part("value") if declared[name] in _NUMBERS else None
        if isinstance(number, int | float):
            values[name] = int(number) if declared[name] == "integer" else float(number)
        elif declared[name] not in _NUMBERS:
            values[name] = value.normal
    return values
