"""Text expressions of a mapping: where a text comes from and what is cut out of it before it is cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from graphintel.ingest.formats.access import Access, Scope, Text
from graphintel.ingest.mapping.language import TextTable, keys
from graphintel.ingest.mapping.problems import Misfit, Path, Problems
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
        "te ndryshme",
        "ndryshme",
        "multiple",
        "mixed",
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
_KEYS = frozenset(keys(TextTable))


class Shared(NamedTuple):
    """What the compilers of all parts of a description have in common: canonical cells, and what was found wrong."""

    canonical: dict[str, Any]
    problems: Problems


class Compiler:
    """Compiles expressions of one source; errors name its file and the keys that lead to the place."""

    def __init__(self, access: Access, where: str, path: Path = (), shared: Shared | None = None) -> None:
        self.access, self.where, self.path = access, where, path
        self._shared = shared or Shared({}, Problems())
        self.canonical, self.problems = self._shared

    def wrong(self, message: str) -> Misfit:
        """The error about the place that is being compiled."""
        return Misfit(self.where, self.path, message)

    def inside(self, *keys: str | int, access: Access | None = None) -> Compiler:
        """The compiler of a part of the description."""
        return Compiler(access or self.access, self.where, (*self.path, *keys), self._shared)

    def text(self, spec: Any) -> Text:
        """A text expression: a path, `=constant`, a list (first that is filled), or a table.

        Table: `kilograms` (amount, unit; empty unless the unit is a mass), or `from`, `join` (list) or `every`
        (repeated path, `order` names the sibling that counts) with `sep`; then `pattern` (first group that matched),
        `lookup` (table; `*` for others), `drop` (texts that count as empty), `when` (condition).
        """
        if isinstance(spec, str):
            return self._path(spec)
        if isinstance(spec, list):
            return _first([self.inside(place).text(part) for place, part in enumerate(spec)])
        if not isinstance(spec, dict) or not {"from", "join", "every", "kilograms"} & set(spec):
            raise self.wrong(f"a text is a column, =constant, list or table with `from`, not {spec!r}")
        if set(spec) - _KEYS:
            raise self.wrong(
                f"a text has no {', '.join(sorted(set(spec) - _KEYS))}; it has {', '.join(sorted(_KEYS))}"
            )
        read = self._source(spec)
        if "pattern" in spec:
            read = _pattern(read, self.inside("pattern").expression(spec["pattern"]))
        for name, make in (("lookup", _lookup), ("drop", _drop)):
            if name in spec:
                read = make(read, spec[name])
        return _guarded(read, self.inside("when").condition(spec["when"])) if "when" in spec else read

    def expression(self, pattern: str) -> re.Pattern[str]:
        """A regular expression, compiled."""
        try:
            return re.compile(pattern, re.DOTALL)
        except re.error as error:
            raise self.wrong(f"{pattern!r} is no regular expression: {error}") from error

    def _source(self, spec: dict[str, Any]) -> Text:
        sep = str(spec.get("sep", " "))
        if "join" in spec:
            return joined(self.inside("join"), spec["join"], sep)
        if "kilograms" in spec:
            amount, unit = spec["kilograms"]
            return _kilograms(
                self.inside("kilograms", 0).text(amount), self.inside("kilograms", 1).text(unit)
            )
        if "every" in spec and "of" in spec:
            return self._each(spec["every"], spec["of"], sep)
        if "every" in spec:
            try:
                every = self.access.every(spec["every"], str(spec.get("order", "")))
            except KeyError as error:
                raise self.inside("every").wrong(f"no column or path {error}") from error
            return lambda scope: sep.join(every(scope))
        return self.inside("from").text(spec["from"])

    def _each(self, path: str, texts: Any, sep: str) -> Text:
        """The texts of each repeated element together, so that what belongs to one line stays in one line."""
        try:
            scopes, access = self.access.scopes(path)
        except KeyError as error:
            raise self.inside("every").wrong(f"no repeated element {error}") from error
        inner = joined(self.inside("of", access=access), texts, " ")
        return lambda scope: sep.join(filter(None, map(inner, scopes(scope))))

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


def joined(compiler: Compiler, specs: list[Any], sep: str) -> Text:
    """Texts put together, empty ones left out."""
    parts = [compiler.inside(place).text(spec) for place, spec in enumerate(specs)]
    return lambda scope: sep.join(filter(None, [part(scope) for part in parts]))


def _kilograms(amount: Text, unit: Text) -> Text:
    def convert(scope: Scope) -> str:
        raw, stated = amount(scope), unit(scope)
        kilograms = clean("quantity", raw, unit=stated).part("kg") if raw and stated else None
        return "" if kilograms is None else repr(kilograms)

    return convert


def _pattern(read: Text, found: re.Pattern[str]) -> Text:
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
