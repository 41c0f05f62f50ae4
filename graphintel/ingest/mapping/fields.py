"""Fields: one stated property, from text expression to cleaned value, remembered by its raw text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphintel.errors import RowRefused
from graphintel.ingest.formats.access import Scope, Text
from graphintel.ingest.mapping.text import Compiler, placeholder
from graphintel.model.records import Scalar
from graphintel.model.values import TYPES, Value, clean

Get = Callable[[Scope], Value | None]
Hints = dict[str, Any]
_REMEMBERED = 4_096
_LONGEST = 200
NUMBERS = frozenset(("number", "integer", "money"))
# Cells of these types enter a record's content as normalised, so that `6516.0` and `6516` are one content.
_CANONICAL = NUMBERS | {"date"}
# What a database can hold as a whole number.
_LARGEST = 2**63
_OPTIONS = frozenset(("hints", "required"))
# The hints that values understand (see `model.values.clean`).
HINTS = frozenset(
    (
        "country",
        "order",
        "format",
        "decimal",
        "currency",
        "unit",
        "vintage",
        "carrier",
        "office",
        "year",
        "source",
    )
)


class Field(NamedTuple):
    """A property of a thing or link: its name, its type, how its value is read from a row, and from which paths."""

    name: str
    type: str
    get: Get
    reads: tuple[str, ...] = ()


class Canonical(NamedTuple):
    """How a cell enters a record's content: its type of value, constant hints, and the function that reads it."""

    type: str
    hints: dict[str, str]
    get: Get

    def of(self, text: str) -> str:
        """A text as the content has it: normalised if it is a good number or date, else as it stands."""
        value = clean(self.type, text, **self.hints)
        return value.normal if value.verdict == "valid" else text


def field(compiler: Compiler, name: str, type_name: str, spec: Any, hints: Hints) -> Field:
    """Compile a property; `required: true` sends rows without it, or with an impossible date or number, to quarantine."""
    if type_name not in TYPES:
        raise compiler.wrong(f"{name}: no type of value {type_name!r}")
    options = {key: spec[key] for key in _OPTIONS & set(spec)} if isinstance(spec, dict) else {}
    rest = {key: part for key, part in spec.items() if key not in _OPTIONS} if options else spec
    at = compiler.inside(name)
    seen = len(at.access.touched)
    text = at.text(rest)
    unknown = set(options.get("hints") or {}) - HINTS
    if unknown:
        raise at.inside("hints").wrong(
            f"no hint {', '.join(sorted(unknown))}; there are {', '.join(sorted(HINTS))}"
        )
    hints = {**hints, **(options.get("hints") or {})}
    get = value(at, type_name, text, hints)
    single = isinstance(rest, str) or (
        isinstance(rest, dict) and isinstance(rest.get("from"), str) and len(rest) == 1
    )
    if type_name in _CANONICAL and single and at.access.touched[seen:]:
        fixed = {name: hint[1:] for name, hint in hints.items() if str(hint).startswith("=")}
        at.canonical.setdefault(at.access.touched[seen], Canonical(type_name, fixed, get))
    reads = tuple(dict.fromkeys(at.access.touched[seen:]))
    return Field(name, type_name, _required(name, type_name, get) if options.get("required") else get, reads)


def value(compiler: Compiler, type_name: str, text: Text, hints: Hints) -> Get:
    """The function that cleans a text; hints are constants (`=TR`) or texts of the same row (country of a plate)."""
    constant = {
        name: hint[1:] for name, hint in hints.items() if isinstance(hint, str) and hint.startswith("=")
    }
    varying = {name: compiler.text(hint) for name, hint in hints.items() if name not in constant}
    if varying:
        return _hinted(type_name, text, constant, varying)
    return _plain(type_name, text, constant)


def _plain(type_name: str, text: Text, hints: dict[str, str]) -> Get:
    # The registry's own memory is keyed by type and hints too; here both are fixed, and a dict is a third of the cost.
    cleaner = TYPES[type_name].clean
    known: dict[str, Value | None] = {}

    def get(scope: Scope) -> Value | None:
        raw = text(scope)
        if not raw:
            return None
        try:
            return known[raw]
        except KeyError:
            made = _stated(type_name, cleaner(raw, hints))
            if len(known) < _REMEMBERED and len(raw) < _LONGEST:
                known[raw] = made
            return made

    return get


def _hinted(type_name: str, text: Text, constant: dict[str, str], varying: dict[str, Text]) -> Get:
    def get(scope: Scope) -> Value | None:
        raw = text(scope)
        if not raw:
            return None
        hints = {name: read(scope) for name, read in varying.items()}
        return _stated(type_name, clean(type_name, raw, **constant, **{n: h for n, h in hints.items() if h}))

    return get


def _stated(type_name: str, made: Value) -> Value | None:
    if not made.normal or (type_name == "country" and made.verdict == "unknown" and placeholder(made.normal)):
        return None
    return made


def _required(name: str, type_name: str, get: Get) -> Get:
    def checked(scope: Scope) -> Value:
        found = get(scope)
        if found is None:
            raise RowRefused("missing_value", f"{name} is empty; the row cannot be used without it")
        if found.verdict != "valid" and (type_name == "date" or type_name in NUMBERS):
            kind = "date" if type_name == "date" else "number"
            raise RowRefused(f"bad_{kind}", f"{name} is no {kind}: {found.raw}")
        return found

    return checked


def scalar(type_name: str, found: Value) -> Scalar | None:
    """A number as a link carries it, or None if the text is none; `type_name` is one of NUMBERS."""
    number = found.part("value")
    if number is None or isinstance(number, str) or abs(number) >= _LARGEST:
        return None
    return int(number) if type_name == "integer" else number
