"""Comparing names and records of a file, without a store: pairs are scored, records are grouped."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graphintel.acts import flat
from graphintel.acts.flat import Row
from graphintel.errors import InputError
from graphintel.resolve.cluster import Said, clusters
from graphintel.resolve.columns import FIELDS, PARTS, field_of, kind_of, month_first, number_of
from graphintel.resolve.columns import flat as stated
from graphintel.resolve.features import Features, described
from graphintel.resolve.normalise.companies import company_name
from graphintel.resolve.score import Score, Weights, score, shipped
from graphintel.resolve.score.levels import LASTING

_SIDES = ("left", "right")
_BARE = (("left", "right", ("kind", "schema")), ("name1", "name2", ("schema", "kind")))
_PARTING = frozenset(("birth", "generation", "kind"))
_NO_SUPPORT = frozenset(("name", "base", "country", "gender"))
_DOUBTED_FROM = 5.0
_EXPECTED = "left,right[,kind] or name1,name2,schema or left_name,...,right_name,..."
Report = Callable[[int, int, str], None]


class Pair(NamedTuple):
    """Two things of one row, ready to be compared."""

    left: Features
    right: Features


class Scored(NamedTuple):
    """The rows of a file of pairs with two columns more; everything that was there stays, in its order."""

    columns: list[str]
    rows: list[list[Any]]
    unread: list[str]
    weights: str
    cut: float


class Grouped(NamedTuple):
    """Each record of a file with the entity that it belongs to, and the columns that nobody read."""

    rows: list[tuple[str, str]]
    unread: list[str]


def pairs(path: Path, report: Report = lambda done, total, what: None) -> Scored:
    """Score every pair of a file; `score` is a probability and `match` whether it reaches the one shipped cut."""
    found, using = flat.read(path), shipped()
    reader = pair_reader(found)
    names = [_free(name, found.columns) for name in ("score", "match")]
    rows: list[list[Any]] = []
    for row in found.rows:
        pair = reader.pair(row)
        said = verdict(pair, using)
        rows.append([*(row.get(column, "") for column in found.columns), round(said.probability, 6),
                     said.probability >= using.cut])  # fmt: skip
        if not len(rows) % 1000:
            report(len(rows), len(found.rows), "pairs")
    return Scored([*found.columns, *names], rows, reader.unread, using.version, using.cut)


def verdict(pair: Pair, using: Weights) -> Score:
    """The score of two things of a file; where either says nothing, they are not one."""
    if not says(pair.left) or not says(pair.right):
        return Score(-math.inf, (), using.automatic)
    return score(pair.left, pair.right, using)


def says(thing: Features) -> bool:
    """Whether a thing states anything that it could be compared by."""
    return bool(thing.names or thing.identifiers or thing.phones or thing.emails or thing.addresses)


def _free(name: str, taken: list[str]) -> str:
    while name in taken:
        name = f"our_{name}"
    return name


class PairReader(NamedTuple):
    """How the rows of one file say two things: by bare texts, or field by field."""

    bare: tuple[str, str] | None
    kind: str
    fields: tuple[dict[str, str], dict[str, str]]
    months_first: bool
    unread: list[str]

    def pair(self, row: Row) -> Pair:
        """The two things of a row."""
        kind = kind_of(row.get(self.kind, "")) if self.kind else ""
        if self.bare:
            texts = row.get(self.bare[0], ""), row.get(self.bare[1], "")
            return _bare_pair(texts, kind or guessed(*texts))
        given = [
            {field: row[column] for field, column in side.items() if column in row} for side in self.fields
        ]
        left, right = (stated(side, months_first=self.months_first, kind=kind) for side in given)
        # What one side leaves open is what the other says.
        same = left.kind if left.kind != "Person" else right.kind
        return Pair(described(same, "left", left.stated), described(same, "right", right.stated))


def _bare_pair(texts: tuple[str, str], kind: str) -> Pair:
    # A ship's name is all that is asked about here; among records it would never be enough.
    compared = "Company" if kind in ("Vessel", "Place", "Aircraft", "Organisation") else kind
    left, right = (stated(number_of(compared, text), kind=compared).stated for text in texts)
    return Pair(described(compared, "left", left), described(compared, "right", right))


def guessed(left: str, right: str) -> str:
    """The kind of two bare names: companies if either shows a form or a trade, else persons."""
    names = company_name(left), company_name(right)
    return "Company" if any(name.forms or name.trades for name in names) else "Person"


def pair_reader(found: flat.Flat) -> PairReader:
    """How to read a file of pairs; InputError names the columns that are wanted."""
    plain = {column.lower(): column for column in found.columns}
    for one, other, kinds in _BARE:
        if one in plain and other in plain:
            kind = next((plain[name] for name in kinds if name in plain), "")
            used = {plain[one], plain[other], kind}
            return PairReader((plain[one], plain[other]), kind, ({}, {}), False, _rest(found, used))
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for column in found.columns:
        side, _, rest = column.partition("_")
        field = field_of(rest) if side.lower() in _SIDES else ""
        if field and field not in ("record", "source"):
            sides[_SIDES.index(side.lower())].setdefault(field, column)
    if not sides[0] or not sides[1]:
        raise InputError(f"{found.name} has the columns {', '.join(found.columns)}; wanted are {_EXPECTED}.")
    kind = next((plain[name] for name in ("kind", "schema") if name in plain), "")
    dates = [row.get(side["dob"], "") for side in sides if "dob" in side for row in found.rows]
    used = {kind, *sides[0].values(), *sides[1].values()}
    return PairReader(None, kind, sides, month_first(dates), _rest(found, used))


def _rest(found: flat.Flat, used: set[str]) -> list[str]:
    return [column for column in found.columns if column not in used]


def dedupe(path: Path, report: Report = lambda done, total, what: None) -> Grouped:
    """Group the records of a file; InputError if no column names the records or says anything about them."""
    found, using = flat.read(path), shipped()
    things, unread = records(found)
    report(0, len(things), "records")
    first = clusters(things, joiner(using))
    return Grouped([(thing.id, things[place].id) for thing, place in zip(things, first, strict=True)], unread)


def joiner(using: Weights) -> Callable[[Features, Features], Said]:
    """How two records are asked whether they are one, by some weights."""
    return lambda one, other: _said(one, score(one, other, using), using)


def _said(one: Features, scored: Score, using: Weights) -> Said:
    """What a score says about joining two records: a person's name alone is no reason, a second birth date forbids it."""
    parts = any(
        part.level == "clash" and (part.field in _PARTING or part.field in LASTING)
        for part in scored.contributions
    )
    enough = scored.probability >= using.cut
    if one.kind == "Person" and enough:
        # Brothers and sisters share a house, a telephone and half a name.
        sure = scored.bits >= _DOUBTED_FROM or scored.contributions[0].level in ("full", "part")
        enough = sure and any(
            part.field not in _NO_SUPPORT and part.bits >= 1 for part in scored.contributions
        )
    return Said(scored.bits, enough and not parts, parts)


def records(found: flat.Flat) -> tuple[list[Features], list[str]]:
    """The records of a file as what they are compared by, and the columns that nobody read."""
    fields: dict[str, list[str]] = {}
    for column in found.columns:
        if field := field_of(column):
            fields.setdefault(field, []).append(column)
    if "record" not in fields:
        raise InputError(
            f"{found.name} has no column `record` or `RECORD_ID`; name one that tells the records apart."
        )
    if not (set(FIELDS) | {part for parts in PARTS.values() for part in parts}) & set(fields):
        raise InputError(
            f"{found.name} says nothing to compare by: none of {', '.join(sorted(FIELDS))} is a column."
        )
    rows = [dict(_read(row, fields)) for row in found.rows]
    first = month_first(row.get("dob", "") for row in rows)
    things = []
    for number, row in enumerate(rows, 1):
        if not row.get("record"):
            raise InputError(
                f"{found.name}: record {number} has no id in `{fields['record'][0]}`; give each record one."
            )
        read = stated(row, months_first=first)
        things.append(described(read.kind, row["record"], read.stated))
    used = {column for columns in fields.values() for column in columns}
    return things, _rest(found, used)


def _read(row: Row, fields: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The fields of a row, each from the first of its columns that says something."""
    for field, columns in fields.items():
        text = next((row[column].strip() for column in columns if row.get(column, "").strip()), "")
        if text:
            yield field, text
