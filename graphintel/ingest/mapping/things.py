"""Things of a mapping: kind and values, or a maker; remembered by the raw texts that they are built from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from graphintel.ingest.formats.access import Pieces, Scope, Text
from graphintel.ingest.mapping import language
from graphintel.ingest.mapping.draft import Draft, Statement, statement
from graphintel.ingest.mapping.fields import Hints, field
from graphintel.ingest.mapping.language import keys
from graphintel.ingest.mapping.makers import MAKERS
from graphintel.ingest.mapping.text import Compiler, Condition
from graphintel.model.ids import mention_id
from graphintel.model.kinds import KINDS, Kind, Property
from graphintel.model.records import Mention, Stated
from graphintel.model.values.plates import split_plates

Build = Callable[[Scope], list[Statement]]
Reads = dict[str, tuple[str, ...]]
_KEYS = frozenset(keys(language.Thing))
_REMEMBERED = 20_000
# Which stated property tells the country that an identifier belongs to.
_COUNTRY_OF: dict[str, tuple[str, ...]] = {
    "plate": ("plate_country",),
    "passport": ("passport_country", "nationality"),
    "national_id": ("national_id_country", "nationality"),
    "tax_id": ("tax_country", "country"),
    "office": ("country",),
}


class Thing(NamedTuple):
    """A compiled thing: its name in the mapping, the kinds it may be, and what it makes of a row.

    `reads`: the paths that each property is read from; under "" all paths of the thing.
    """

    name: str
    kinds: tuple[str, ...]
    make: Callable[[Scope, Draft], list[Mention]]
    tows: bool
    reads: Reads


def thing(compiler: Compiler, source: str, name: str, spec: Any, hints: dict[str, Hints]) -> Thing:
    """Compile a thing; MappingError for an unknown kind, property or key."""
    if not isinstance(spec, dict) or set(spec) - _KEYS or not {"kind", "make"} & set(spec):
        raise compiler.wrong(
            f"a thing is a table of {', '.join(sorted(_KEYS))} with `kind` or `make`, not {spec!r}"
        )
    seen = len(compiler.access.touched)
    condition = compiler.inside("when").condition(spec["when"]) if "when" in spec else None
    build, kinds, reads = _builder(compiler, source, spec, hints)
    paths = list(dict.fromkeys(compiler.access.touched[seen:]))
    event = all(KINDS[kind].event for kind in kinds)
    reader = compiler.access.again(paths) if paths else None
    make = _remembering(source, name, _guarded(build, condition), reader, event)
    return Thing(name, kinds, make, spec.get("make") == "conveyance", {**reads, "": tuple(paths)})


def _builder(
    compiler: Compiler, source: str, spec: dict[str, Any], hints: dict[str, Hints]
) -> tuple[Build, tuple[str, ...], Reads]:
    if "of" in spec:
        inner = compiler.inside(access=Pieces(compiler.access))
        rest = {key: part for key, part in spec.items() if key not in ("of", "split", "when")}
        build, kinds, _ = _builder(inner, source, rest, hints)
        return _divided(compiler.inside("of").text(spec["of"]), str(spec.get("split", "/")), build), kinds, {}
    if "make" in spec:
        if spec["make"] not in MAKERS:
            raise compiler.inside("make").wrong(f"no maker {spec['make']!r}; there are {', '.join(MAKERS)}")
        maker = MAKERS[spec["make"]]
        return maker.compile(compiler.inside("with"), source, spec.get("with") or {}), maker.kinds, {}
    if spec["kind"] not in KINDS:
        raise compiler.inside("kind").wrong(f"no kind {spec['kind']!r}; there are {', '.join(KINDS)}")
    build, reads = _stated(compiler, source, spec, hints)
    return build, (spec["kind"],), reads


def _stated(
    compiler: Compiler, source: str, spec: dict[str, Any], hints: dict[str, Hints]
) -> tuple[Build, Reads]:
    kind, own, values = KINDS[spec["kind"]], bool(spec.get("own")), spec.get("values") or {}
    fields = []
    for name, part in values.items():
        with compiler.problems.apart():
            declared = _declared(compiler.inside("values", name), kind, name)
            given = dict(hints.get(declared.type, {}))
            companions = [values[other] for other in _COUNTRY_OF.get(name, ()) if other in values]
            if companions:
                given["country"] = [_bare(part) for part in companions]
            fields.append(field(compiler.inside("values"), name, declared.type, part, given))
    readers = [(one.name, one.get) for one in fields]

    def build(scope: Scope) -> list[Statement]:
        found: list[Any] = []
        for name, get in readers:
            value = get(scope)
            if value is not None:
                found.append((name, value))
        stated: Stated = tuple(found)
        return [statement(source, kind.name, stated, own=own)] if stated else []

    return build, {one.name: one.reads for one in fields}


def _declared(compiler: Compiler, kind: Kind, name: str) -> Property:
    try:
        return kind.property(name)
    except KeyError:
        there = ", ".join(item.name for item in kind.properties)
        raise compiler.wrong(f"{kind.name} has no property {name!r}; it has {there}") from None


def _bare(spec: Any) -> Any:
    if isinstance(spec, dict):
        return {key: part for key, part in spec.items() if key not in ("hints", "required")}
    return spec


def _divided(text: Text, separator: str, build: Build) -> Build:
    divide: Callable[[str], list[str]] = (
        split_plates if separator == "plates" else lambda raw: raw.split(separator)
    )

    def pieces(scope: Scope) -> list[Statement]:
        raw = text(scope)
        return (
            [made for piece in divide(raw) if piece.strip() for made in build(piece.strip())] if raw else []
        )

    return pieces


def _guarded(build: Build, condition: Condition | None) -> Build:
    if condition is None:
        return build
    holds = condition
    return lambda scope: build(scope) if holds(scope) else []


def _remembering(
    source: str, name: str, build: Build, reader: Callable[[Scope], Hashable] | None, event: bool
) -> Callable[[Scope, Draft], list[Mention]]:
    # Rows of one event stand together, so the last is enough; other things come again all over a file.
    limit = 1 if event else _REMEMBERED
    known: dict[Hashable, list[Mention] | tuple[Statement, ...]] = {}

    def remember(raw: Hashable, scope: Scope) -> list[Mention] | tuple[Statement, ...]:
        statements = build(scope)
        shared = [made.mention for made in statements if made.mention is not None]
        entry = shared if len(shared) == len(statements) else tuple(statements)
        if reader:
            if len(known) >= limit:
                known.clear()
            known[raw] = entry
        return entry

    def make(scope: Scope, draft: Draft) -> list[Mention]:
        raw = reader(scope) if reader else None
        entry = known.get(raw)
        if entry is None:
            entry = remember(raw, scope)
        if isinstance(entry, tuple):
            mentions = [made.mention or _own(source, name, made, draft) for made in entry]
        else:
            mentions = entry
        kept = draft.mentions
        for mention in mentions:
            kept[mention.id] = mention
        return mentions

    return make


def _own(source: str, name: str, made: Statement, draft: Draft) -> Mention:
    identity = mention_id(source, made.kind, made.pairs, (draft.id, draft.role(name)))
    return Mention(identity, source, made.kind, made.values)
