"""A chart as Follow the Money, one entity a line: things with all their values, and links by the table of the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from graphintel.model.kinds import KINDS
from graphintel.model.records import Scalar
from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.model.vocabulary import ftm
from graphintel.model.vocabulary.ftm import Reference, Schema
from graphintel.viz.data import sound

Values = Mapping[str, list[Scalar]]
_LINE = re.compile(r"([A-Za-z_]\w*): (.+)", re.DOTALL)
_DATES = (("valid_from", "startDate"), ("valid_to", "endDate"))
_PERIOD = ("valid_from", "valid_to")
# What a partner's file never has a word for.
_ALWAYS = "basis, grade and source row of every link, marking of each: Follow the Money has no place for them"


class Exchanged(NamedTuple):
    """The bytes of the file, and what of the chart it does not say."""

    content: bytes
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Entity:
    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def say(self, name: str, text: str) -> None:
        """Add a text to a property, once."""
        held = self.properties.setdefault(name, [])
        if text and text not in held:
            held.append(text)


class _Chart:
    """The entities of a chart as they come to be, and what found no place."""

    def __init__(self, subgraph: Subgraph, values: Mapping[str, Values]) -> None:
        self.nodes = {node.id: node for node in subgraph.nodes}
        # A chart that was made without values still has names.
        self.values = {
            node.id: values.get(node.id) or {KINDS[node.kind].display[0]: [node.label]}
            for node in subgraph.nodes
        }
        self.entities: dict[str, _Entity] = {}
        self.schemata: dict[str, Schema] = {}
        self.lost: Counter[str] = Counter()
        for node in subgraph.nodes:
            self._thing(node)
        phones = {node.id for node in subgraph.nodes if node.kind == "Phone"}
        for edge in sorted(subgraph.edges, key=lambda edge: edge.id):
            if edge.source not in self.nodes or edge.target not in self.nodes:
                continue
            if self._link(edge):
                phones.discard(edge.target)
            else:
                self._lose(edge)
        if phones:
            self.lost["Phone without the party that uses it"] += len(phones)

    def _thing(self, node: Node) -> None:
        values = self.values.get(node.id, {})
        type_name = str(values.get(ftm.TYPE_OF.get(node.kind, ""), [""])[0])
        schema = ftm.written(node.kind, type_name)
        if schema is None:
            if node.kind != "Phone":
                self.lost[f"{node.kind}"] += 1
            return
        made = self.entities[node.id] = _Entity(node.id, schema.schema)
        self.schemata[node.id] = schema
        if schema.mark:
            made.say(schema.extra, schema.mark)
        for name, given in values.items():
            if not (name == ftm.TYPE_OF.get(node.kind) and ftm.other(schema.schema) == schema):
                for one in given:
                    _say(made, schema, name, _text(one))

    def _link(self, edge: Edge) -> bool:
        """Write a link as property, as entity of its own, or as unknown link between two things."""
        if edge.fold:
            return False
        source, target = self.nodes[edge.source], self.nodes[edge.target]
        row = ftm.link_as(edge.type, source.kind, target.kind)
        if row is not None:
            known = {row.property} if row.property else set()
            made = self._entity(edge, row.schema, row.start, row.end, known)
            for name in known & set(edge.properties):
                made.say(row.ftm, _text(edge.properties[name]))
            return True
        if self._named_role(edge, source, target):
            return True
        reference = self._reference(edge, source, target)
        plain = not edge.properties and edge.at in ("", self._date(source), self._date(target))
        things = all(
            ftm.is_thing(self.entities[end].schema)
            for end in (edge.source, edge.target)
            if end in self.entities
        )
        both = edge.source in self.entities and edge.target in self.entities
        if reference and (plain or not (both and things)):
            return self._property(edge, reference)
        if both and things:
            made = self._entity(edge, ftm.ANY_LINK, "subject", "object", set())
            made.say("role", edge.type)
            return True
        return False

    def _entity(self, edge: Edge, schema: str, start: str, end: str, known: set[str]) -> _Entity:
        made = self.entities[edge.id] = _Entity(edge.id, schema)
        made.say(start, edge.source)
        made.say(end, edge.target)
        made.say("date", edge.at)
        for name, called in _DATES:
            made.say(called, _text(edge.properties.get(name, "")))
        for name, value in sorted(edge.properties.items()):
            if name not in known and name not in _PERIOD:
                made.say("description", f"{name}: {_text(value)}")
        return made

    def _named_role(self, edge: Edge, source: Node, target: Node) -> bool:
        """The end of a notice that stands for a link or payment, under the name that it had there."""
        schema, role = self.schemata.get(source.id), str(edge.properties.get("role", ""))
        if edge.type != "NAMES" or schema is None or target.id not in self.entities:
            return False
        if role in ftm.references(schema.schema) and ftm.other(schema.schema) == schema:
            self.entities[source.id].say(role, target.id)
            return True
        return False

    def _reference(self, edge: Edge, source: Node, target: Node) -> Reference | None:
        for holder, other, side in ((source, target, "source"), (target, source, "target")):
            has = _all_properties(self.schemata.get(holder.id))
            for row in ftm.references_of(holder.kind):
                right = row.link == edge.type and row.holder == side and row.direction == "both"
                if right and row.reference in has and self._fits(row, other):
                    return row
        return None

    def _fits(self, row: Reference, other: Node) -> bool:
        if row.value and row.value.partition(".")[0] != other.kind:
            return False
        if row.value == "Place.country":
            return self.values.get(other.id, {}).get("place_type", [""])[0] == "country"
        return bool(row.value) or other.id in self.entities

    def _property(self, edge: Edge, row: Reference) -> bool:
        holder, other = (edge.source, edge.target) if row.holder == "source" else (edge.target, edge.source)
        made = self.entities[holder]
        said = dict(edge.properties)
        if not row.value:
            made.say(row.reference, other)
        elif row.value == "Commodity.hs":
            code = said.pop("hs", None) or self.values.get(other, {}).get("hs", [""])[0]
            made.say(row.reference, _text(code))
            made.say("goodsDescription", _text(said.pop("description", "")))
        else:
            for value in self.values.get(other, {}).get(row.value.partition(".")[2], ()):
                made.say(row.reference, _code(row, _text(value)))
        if edge.at not in ("", self._date(self.nodes[holder])):
            said["date"] = edge.at
        for name in said:
            self.lost[f"{name} of {edge.type} from {self.nodes[edge.source].kind}"] += 1
        return True

    def _date(self, node: Node) -> str:
        return _text(self.values.get(node.id, {}).get("date", [""])[0])

    def _lose(self, edge: Edge) -> None:
        if edge.fold:
            self.lost["folded link; export the chart unfolded"] += 1
        else:
            kinds = self.nodes[edge.source].kind, self.nodes[edge.target].kind
            self.lost[f"{edge.type} from {kinds[0]} to {kinds[1]}"] += 1


def ftm_lines(subgraph: Subgraph, values: Mapping[str, Values], handling: str = "") -> Exchanged:
    """The chart as JSON lines, in order of ids; `values`: all that the reader may see stated of each thing.

    `handling` stands on every line, since lines are what partners copy.
    """
    chart = _Chart(subgraph, values)
    lines = [_line(one, handling) for one in sorted(chart.entities.values(), key=lambda one: one.id)]
    told = [f"{name} ({count})" for name, count in sorted(chart.lost.items())]
    return Exchanged(b"".join(lines), (*told, _ALWAYS))


def _line(one: _Entity, handling: str) -> bytes:
    stated = {name: texts for name, texts in sorted(one.properties.items()) if texts}
    said = {"handling": handling} if handling else {}
    return orjson.dumps(
        sound({"id": one.id, "schema": one.schema, **said, "properties": stated}),
        option=orjson.OPT_APPEND_NEWLINE,
    )


def _say(made: _Entity, schema: Schema, name: str, text: str) -> None:
    """A value under the property that says the same, else as `name: value` in the schema's own place for such."""
    if name == "note":
        for line in text.split(ftm.SEPARATOR):
            _note(made, schema, line)
        return
    row = next(
        (row for row in ftm.values_of(schema.kind) if row.property == name and row.direction == "both"), None
    )
    if row and row.ftm in ftm.properties(schema.schema):
        made.say(row.ftm, _lower(name, schema.kind, text))
    else:
        made.say(schema.extra, f"{name}: {text}")


def _note(made: _Entity, schema: Schema, line: str) -> None:
    said = _LINE.fullmatch(line)
    if said and said[1] in _all_properties(schema):
        made.say(said[1], said[2])
    else:
        made.say(schema.note, line)


def _all_properties(schema: Schema | None) -> frozenset[str]:
    return ftm.properties(schema.schema) | ftm.references(schema.schema) if schema else frozenset()


def _lower(name: str, kind: str, text: str) -> str:
    return text.lower() if KINDS[kind].property(name).type == "country" else text


def _code(row: Reference, text: str) -> str:
    return text.lower() if row.value == "Place.country" else text


def _text(value: Scalar) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
