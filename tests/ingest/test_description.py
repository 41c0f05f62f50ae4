"""Descriptions as they are written: lines of keys, keys that stand twice, and all that is wrong told at once."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphintel import content
from graphintel.errors import MappingError
from graphintel.ingest import Source
from graphintel.ingest.description import written
from graphintel.ingest.source import Fault, looked_at

JUNK: list[Any] = [
    None, 5, "x", [], {}, [1], {"a": 1}, True, "=", "DECIDE", [None], {"from": None}, {"join": "x"}, [[["x"]]],
    {"pattern": "("}, 1.5, "$", "nowhere", {"from": "no", "hints": {"colour": "=x"}},
]  # fmt: skip

SPOILT = """title: Rows
version: 1
format: csv
grade: Z9
marking: {level: restricted, tpl: AMBER}
subjects: [declaration, nobody]
columns:
  no: {required: perhaps}
  date:
  who: {alias: x}
things:
  declaration:
    kind: Declaration
    values:
      number: {from: no, pattern: '('}
      colour: who
      date: {from: datum}
  company: {kind: Firm, values: {name: who}}
  person: {kind: Person, values: {name: {from: who, hints: {land: =TR}}}}
links:
  - [declaration, CONSIGNEE, company]
  - [declaration, CONSIGNEE, persn]
  - [person, CONSIGNEE, declaration]
  - [declaration, ENJOYS, person]
  - [declaration, CARRIER, person, {rôle: =x, item: [no, =1, nowhere]}]
leave_out: {date: ''}
"""


def described(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "rows"
    folder.mkdir(exist_ok=True)
    (folder / "rows.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def flat(shelf: Callable[..., Source]) -> dict[str, Any]:
    """The description that conftest.py writes."""
    return written(shelf().folder / "rows.yaml").given


def faults(tmp_path: Path, text: str) -> list[Fault]:
    return looked_at(described(tmp_path, text))[1]


def test_every_key_has_its_line(tmp_path: Path) -> None:
    text = "a: 1\nb:\n  c: [x, {d: y}]\n  e:\n    - f: z\n"
    found = written(described(tmp_path, text) / "rows.yaml")
    assert found.given == {"a": 1, "b": {"c": ["x", {"d": "y"}], "e": [{"f": "z"}]}}
    assert [found.line(path) for path in (("a",), ("b", "c", 1, "d"), ("b", "e", 0, "f"), ("b", "q"), ())] == [
        1, 3, 5, 2, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: x\nb: [", "line [23] cannot be read"),
        ("- a", "no table of keys"),
        ("", "no table of keys"),
        ("a: \x01", "cannot be read"),
        ("a: &a [*a]", "aliases stand for more"),
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)
        ), "aliases stand for more"),
    ],
)  # fmt: skip
def test_what_is_no_description_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MappingError, match=said) as refused:
        looked_at(described(tmp_path, text))
    assert "rows.yaml" in refused.value.message and "\n" not in refused.value.message


def test_a_key_that_stands_twice_is_told_with_both_lines(tmp_path: Path, flat: dict[str, Any]) -> None:
    text = yaml.safe_dump(flat, sort_keys=False) + "grade: A1\n"
    (fault,) = faults(tmp_path, text)
    assert (
        fault.key == "grade"
        and fault.line == text.count("\n")
        and "stands twice, first in line" in fault.message
    )


def test_all_that_is_wrong_is_told_at_once_each_with_its_line_and_key(tmp_path: Path) -> None:
    found = [(fault.line, fault.key, fault.message) for fault in faults(tmp_path, SPOILT)]
    wanted = {
        (1, "", "title_tr is missing"), (4, "grade", "no source grade"), (5, "marking.tpl", "is tlp meant?"),
        (6, "subjects.2", "no thing 'nobody'"), (8, "columns.no.required", "true or false is wanted"),
        (10, "columns.who.alias", "is aliases meant?"),
        (15, "things.declaration.values.number.pattern", "no regular expression"),
        (16, "things.declaration.values.colour", "no property 'colour'; it has"),
        (17, "things.declaration.values.date.from", "no column or path 'datum'"),
        (18, "things.company.kind", "no kind 'Firm'"), (19, "things.person.values.name.hints", "no hint land"),
        (22, "links.2", "no thing 'persn'"), (23, "links.3", "may not run from Person to Declaration"),
        (24, "links.4", "no type of link 'ENJOYS'"), (25, "links.5.4.rôle", "has no property rôle"),
        (25, "links.5.4.item.3", "no column or path 'nowhere'"), (26, "leave_out.date", "needs a reason"),
    }  # fmt: skip
    for line, key, said in wanted:
        assert any(at == line and where == key and said in what for at, where, what in found), (
            line,
            key,
            said,
        )
    assert len(found) == len(wanted)


def test_what_a_person_must_decide_is_told_and_the_rest_is_still_looked_at(
    tmp_path: Path, flat: dict[str, Any]
) -> None:
    given = {**flat, "grade": "DECIDE", "marking": "decide: who?", "leave_out": {"extra": "DECIDE"}}
    source, found = looked_at(described(tmp_path, yaml.safe_dump(given)))
    assert {fault.key for fault in found} == {"grade", "marking", "leave_out.extra"}
    assert all(fault.undecided and "for a person to decide" in fault.message for fault in found)
    assert source is not None and source.marking.level == "secret"


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, part in (
        node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        yield from _places(part, (*path, key))


@pytest.mark.parametrize("seed", range(4))
def test_no_description_however_spoilt_ends_in_anything_but_faults(
    tmp_path: Path, flat: dict[str, Any], seed: int
) -> None:
    draw = random.Random(seed)
    whole = [flat, written(content.shelf("ingest") / "cen-seizures" / "cen-seizures.yaml").given]
    for round_ in range(25):
        given = copy.deepcopy(whole[round_ % 5 == 0])
        for _ in range(draw.choice((1, 1, 3))):
            *outer, last = draw.choice([path for path in _places(given) if path])
            parent: Any = given
            for step in outer:
                parent = parent[step]
            parent[last] = copy.deepcopy(draw.choice(JUNK))
        source, found = looked_at(described(tmp_path, yaml.safe_dump(given, allow_unicode=True)))
        assert source is not None or found
        assert all(fault.line > 0 and fault.message for fault in found)
