"""Text expressions of a mapping: where a text comes from and what is cut out of it before it is cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from graphintel.errors import MappingError
from graphintel.ingest.formats.access import Access, Scope, Text
from graphintel.model.values import clean, tidy
from graphintel.model.values.countries import name_key

Condition = Callable[[Scope], bool]
# What stands where a country or a place would, and is none.
PLACEHOLDERS = frozenset(
    [
        "unknown",
        "other",
        "others",
        "several",
        "various",
        "none",
        "null",
        "n",
        "a",
        "na",
        "zz",
        "xx",
        "shume",
        "diger",
        "cesitli",
        "muhtelif",
        "bilinmiyor",
        "belirsiz",
        "yok",
        "unspecified",
        "not",
        "available",
        "not",
        "stated",
    ]
) | {"n a", "not available", "not stated"}
_KEYS = frozenset(("from", "join", "every", "order", "kilograms", "sep", "pattern", "lookup", "drop", "when"))


class Compiler:
    """Compiles expressions of one source; errors name its file and the key in it."""

    def __init__(self, access: Access, where: str, canonical: dict[str, Any] | None = None) -> None:
        self.access, self.where = access, where
        self.canonical: dict[str, Any] = {} if canonical is None else canonical

    def wrong(self, message: str) -> MappingError:
        """The error about the place that is being compiled."""
        return MappingError(f"{self.where}: {message}")

    def inside(self, key: str, access: Access | None = None) -> Compiler:
        """The compiler of a part of the description."""
        return Compiler(access or self.access, f"{self.where}: {key}", self.canonical)

    def text(self, spec: Any) -> Text:
        """A text expression: a path, `=constant`, a list (first that is filled), or a table.

        Table: `kilograms` (amount, unit; empty unless the unit is a mass), or `from`, `join` (list) or `every`
        (repeated path, `order` names the sibling that counts) with `sep`; then `pattern` (first group that matched),
        `lookup` (table; `*` for others), `drop` (texts that count as empty), `when` (condition).
        """
        if isinstance(spec, str):
            return self._path(spec)
        if isinstance(spec, list):
            return _first([self.text(part) for part in spec])
        if not isinstance(spec, dict) or not {"from", "join", "every", "kilograms"} & set(spec):
            raise self.wrong(f"a text is a column, =constant, list or table with `from`, not {spec!r}")
        if set(spec) - _KEYS:
            raise self.wrong(
                f"a text has no {', '.join(sorted(set(spec) - _KEYS))}; it has {', '.join(sorted(_KEYS))}"
            )
        read = self._source(spec)
        for name, make in (("pattern", _pattern), ("lookup", _lookup), ("drop", _drop)):
            if name in spec:
                read = make(read, spec[name])
        return _guarded(read, self.condition(spec["when"])) if "when" in spec else read

    def _source(self, spec: dict[str, Any]) -> Text:
        sep = str(spec.get("sep", " "))
        if "join" in spec:
            return _joined([self.text(part) for part in spec["join"]], sep)
        if "kilograms" in spec:
            return _kilograms(*(self.text(part) for part in spec["kilograms"]))
        if "every" in spec:
            try:
                every = self.access.every(spec["every"], str(spec.get("order", "")))
            except KeyError as error:
                raise self.wrong(f"no column or path {error}") from error
            return lambda scope: sep.join(every(scope))
        return self.text(spec["from"])

    def _path(self, spec: str) -> Text:
        if spec.startswith("="):
            constant = spec[1:]
            return lambda scope: constant
        try:
            return self.access.text(spec)
        except KeyError as error:
            raise self.wrong(f"no column or path {error}; declare it under `columns`") from error

    def condition(self, spec: Any) -> Condition:
        """A condition: table of text path to value, list of values, `filled` or `empty`; all must hold."""
        if not isinstance(spec, dict):
            raise self.wrong(f"a condition is a table of column to values, not {spec!r}")
        tests = [_test(self.text(path), wanted) for path, wanted in spec.items()]
        return tests[0] if len(tests) == 1 else lambda scope: all(test(scope) for test in tests)


def placeholder(text: str) -> bool:
    """Whether a text stands for no place: empty, unknown, other, several."""
    return name_key(text) in PLACEHOLDERS or not name_key(text)


def _test(read: Text, wanted: Any) -> Condition:
    if wanted == "filled":
        return lambda scope: bool(read(scope))
    if wanted == "empty":
        return lambda scope: not read(scope)
    values = frozenset(str(word).casefold() for word in (wanted if isinstance(wanted, list) else [wanted]))
    return lambda scope: tidy(read(scope)).casefold() in values


def _first(parts: list[Text]) -> Text:
    def read(scope: Scope) -> str:
        for part in parts:
            text = part(scope)
            if text:
                return text
        return ""

    return read


def _joined(parts: list[Text], sep: str) -> Text:
    return lambda scope: sep.join(filter(None, [part(scope) for part in parts]))


def _kilograms(amount: Text, unit: Text) -> Text:
    def convert(scope: Scope) -> str:
        raw, stated = amount(scope), unit(scope)
        kilograms = clean("quantity", raw, unit=stated).part("kg") if raw and stated else None
        return "" if kilograms is None else repr(kilograms)

    return convert


def _pattern(read: Text, pattern: str) -> Text:
    found = re.compile(pattern, re.DOTALL)

    def cut(scope: Scope) -> str:
        match = found.search(read(scope))
        return (
            next((group for group in match.groups() if group is not None), match[0]).strip() if match else ""
        )

    return cut


def _lookup(read: Text, table: dict[Any, Any]) -> Text:
    words = {str(key).casefold(): str(value) for key, value in table.items()}
    other = words.get("*")

    def look(scope: Scope) -> str:
        text = tidy(read(scope))
        return words.get(text.casefold(), text if other is None else other) if text else ""

    return look


def _drop(read: Text, words: list[Any]) -> Text:
    dropped = frozenset(str(word).casefold() for word in words)

    def kept(scope: Scope) -> str:
        text = read(scope)
        return "" if text.casefold() in dropped else text

    return kept


def _guarded(read: Text, condition: Condition) -> Text:
    return lambda scope: read(scope) if condition(scope) else ""
