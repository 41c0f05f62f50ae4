"""Links of a mapping: which things are joined, by which type, with which properties, when and on what basis."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from graphintel.ingest.formats.access import Scope
from graphintel.ingest.mapping.draft import Draft
from graphintel.ingest.mapping.fields import NUMBERS, Field, Hints, field, scalar
from graphintel.ingest.mapping.language import LinkTable, keys
from graphintel.ingest.mapping.text import Compiler
from graphintel.ingest.mapping.things import Thing
from graphintel.model.ids import link_id
from graphintel.model.links import BASES, LINKS
from graphintel.model.records import Link, Scalar

Emit = Callable[[Scope, Draft], None]
Things = dict[str, tuple[int, Thing] | None]
_KEYS = frozenset(keys(LinkTable))


def link(compiler: Compiler, spec: Any, things: Things, basis: str, hints: dict[str, Hints]) -> Emit | None:
    """Compile a link: `[from, TYPE, to]`, with a table of properties as fourth, or a table with `link` and options.

    Options: `with` (properties), `at` (date of this link), `basis`, `when` (condition), `number` (the property that
    counts several targets in their order). MappingError for unknown names or ends the type does not allow; None if
    one of its things could not be compiled itself.
    """
    given = {"link": spec[:3], "with": spec[3] if len(spec) > 3 else {}} if isinstance(spec, list) else spec
    if not isinstance(given, dict) or set(given) - _KEYS or len(given.get("link", ())) != 3:
        raise compiler.wrong(
            f"a link is [from, TYPE, to] or a table of {', '.join(sorted(_KEYS))}, not {spec!r}"
        )
    start, type_name, end = given["link"]
    _check(compiler, given, things)
    inner, fields = compiler.inside(3 if isinstance(spec, list) else "with"), []
    for name, part in (given.get("with") or {}).items():
        with compiler.problems.apart():
            declared = _declared(inner.inside(name), type_name, name)
            fields.append(field(inner, name, declared, part, hints.get(declared, {})))
    date = field(compiler, "at", "date", given["at"], hints.get("date", {})) if "at" in given else None
    source, target, number = things[start], things[end], given.get("number") or ""
    if number:
        _declared(compiler.inside("number"), type_name, number)
    if source is None or target is None:
        return None
    emit = _emitter(type_name, source[0], target[0], given.get("basis", basis), fields, date, number)
    if "when" not in given:
        return emit
    holds = compiler.inside("when").condition(given["when"])
    return lambda scope, draft: emit(scope, draft) if holds(scope) else None


def _declared(compiler: Compiler, type_name: str, name: str) -> str:
    """The type of value of a link's property."""
    declared = {item.name: item.type for item in LINKS[type_name].properties}
    if name not in declared:
        there = ", ".join(declared) or "none"
        raise compiler.wrong(f"{type_name} has no property {name}; it has {there}")
    return declared[name]


def _check(compiler: Compiler, given: dict[str, Any], things: Things) -> None:
    start, type_name, end = given["link"]
    if type_name not in LINKS:
        raise compiler.wrong(f"no type of link {type_name!r}; there are {', '.join(LINKS)}")
    for name in (start, end):
        if name not in things:
            raise compiler.wrong(f"no thing {name!r} here; there are {', '.join(things)}")
    ends = (things[start], things[end])
    for source in ends[0][1].kinds if ends[0] else ():
        for target in ends[1][1].kinds if ends[1] else ():
            if not LINKS[type_name].allows(source, target):
                may = f"it runs from {', '.join(LINKS[type_name].sources)} to {', '.join(LINKS[type_name].targets)}"
                raise compiler.wrong(f"{type_name} may not run from {source} to {target}; {may}")
    if given.get("basis", BASES[0]) not in BASES:
        raise compiler.wrong(f"no basis {given['basis']!r}; there are {', '.join(BASES)}")


def _emitter(
    type_name: str, start: int, end: int, basis: str, fields: list[Field], date: Field | None, number: str
) -> Emit:
    readers = [(name, kind in NUMBERS, kind, get) for name, kind, get, _ in fields]

    def emit(scope: Scope, draft: Draft) -> None:
        targets = draft.slots[end]
        sources = draft.slots[start]
        if not targets or not sources:
            return
        stated: dict[str, Scalar] = {}
        for name, counts, kind, get in readers:
            value = get(scope)
            if value is not None:
                content = scalar(kind, value) if counts else value.normal
                if content is not None:
                    stated[name] = content
        at, precision = _when(date, scope, draft) if date else (draft.at, draft.precision)
        if not number and len(sources) == len(targets) == 1:
            add(draft, type_name, sources[0].id, targets[0].id, basis, at, precision, stated)
            return
        for source in sources:
            for place, target in enumerate(targets, 1):
                given = {**stated, number: place} if number else stated
                add(draft, type_name, source.id, target.id, basis, at, precision, given)

    return emit


def _when(date: Field, scope: Scope, draft: Draft) -> tuple[str, str]:
    found = date.get(scope)
    if found is None or found.verdict != "valid":
        return draft.at, draft.precision
    return str(found.part("date")), str(found.part("precision"))


def add(
    draft: Draft, type_name: str, source: str, target: str, basis: str, at: str, precision: str,
    properties: dict[str, Scalar],
) -> None:  # fmt: skip
    """Add a link to the record; the n-th of one type between the same two mentions is told apart by its number."""
    ends = (type_name, source, target)
    seq = draft.counts.get(ends, 0)
    draft.counts[ends] = seq + 1
    identity = link_id(draft.id, type_name, source, target, seq)
    draft.links.append(Link(identity, type_name, source, target, basis, at, "", "", precision, properties))


def towing(slot: int, basis: str) -> Emit:
    """Truck and trailer of one field: each vehicle tows the next."""

    def emit(scope: Scope, draft: Draft) -> None:
        vehicles = draft.slots[slot]
        for truck, trailer in pairwise(vehicles):
            # The same pair may stand in several boxes of one declaration; that is one statement.
            if truck.kind == trailer.kind == "Vehicle" and ("TOWS", truck.id, trailer.id) not in draft.counts:
                add(draft, "TOWS", truck.id, trailer.id, basis, draft.at, draft.precision, {})

    return emit
