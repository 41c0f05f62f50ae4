"""A source: one folder of the shelf, described in YAML, read and checked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from graphintel.errors import InputError, MappingError
from graphintel.ingest.description import pruned, written
from graphintel.ingest.entities import EntityPlan
from graphintel.ingest.formats.access import Access
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.formats.xml import XmlAccess
from graphintel.ingest.mapping import problems
from graphintel.ingest.mapping.fields import HINTS
from graphintel.ingest.mapping.language import FORMATS
from graphintel.ingest.mapping.misfits import misfits
from graphintel.ingest.mapping.plan import Plan
from graphintel.ingest.mapping.problems import Problem, Problems, shown
from graphintel.ingest.mapping.ranges import spelt_out
from graphintel.model.grading import parse_grade
from graphintel.model.ids import digest
from graphintel.model.links import BASES
from graphintel.model.marking import Marking, parse_marking
from graphintel.model.values import TYPES
from graphintel.model.vocabulary import ftm

# What may change without a row being read otherwise: names, explanations, how a file is written and accounted for.
_TOLD = frozenset(
    (
        "title",
        "title_tr",
        "help",
        "templates",
        "charsets",
        "delimiters",
        "suffixes",
        "json",
        "schema",
        "xlsx",
        "leave_out",
        "closed",
        "overrides",
    )
)
_ALSO = (("json", (".json", ".jsonl")), ("xlsx", (".xlsx",)))
# What a drafted description has where a person must decide; such a source does not load.
UNDECIDED = "DECIDE"
_QUESTIONS: dict[str, tuple[Any, str]] = {
    "grade": ("F6", "for a person to decide: how reliable who delivers this is, and what it says, such as B2"),
    "marking": ({"level": "secret", "tlp": "RED"}, "for a person to decide: who may see it, {level: restricted, tlp: AMBER}"),
}  # fmt: skip
_SUFFIXES = {"csv": (".csv", ".tsv"), "xml": (".xml",), "ftm": (".ftm.json", ".ftm.jsonl", ".ftm", ".ijson")}
# An entity file is read by the vocabulary of its format, so its description maps nothing.
_MAPS = ("things", "subjects")


@dataclass(frozen=True)
class Source:
    """What one kind of delivery looks like: names, format, defaults of grade and marking, and its mapping."""

    name: str
    title: str
    title_tr: str
    help: str
    version: str
    mapping_version: str
    format: str
    grade: str
    marking: Marking
    folder: Path
    suffixes: tuple[str, ...]
    charsets: tuple[str, ...]
    delimiters: str
    columns: tuple[Column, ...]
    root: str
    row: str
    schema: Path | None
    require: dict[str, str]
    leave_out: dict[str, str]
    json: bool
    xlsx: bool
    sheet: str
    overrides: bool
    plan: Plan = field(repr=False, compare=False)

    @property
    def description(self) -> Path:
        """The file that describes it."""
        return self.folder / f"{self.name}.yaml"

    @cached_property
    def used(self) -> frozenset[str]:
        """The columns or element paths that the mapping, or the test of the right kind of document, reads."""
        return frozenset((*self.plan.access.touched, *(f"../{name}" for name in self.require)))

    def left_out(self, path: str) -> str | None:
        """Why a column or path is left out on purpose, or None."""
        for pattern, reason in self.leave_out.items():
            if path == pattern or ("*" in pattern and fnmatchcase(path, pattern)):
                return reason
        return None


class Fault(NamedTuple):
    """One thing that is wrong with a description: file, line, key, and what to do; `undecided` if a person must decide."""

    file: Path
    line: int
    key: str
    message: str
    undecided: bool = False

    @property
    def text(self) -> str:
        """The fault in one line."""
        return f"{self.file}, line {self.line}: {self.key}: {self.message}".replace(": :", ":")


def load(folder: Path) -> Source:
    """The source described in a folder; raises MappingError that names the file, the line and the key."""
    source, faults = looked_at(folder)
    if source is None or faults:
        more = f" (and {len(faults) - 1} more; see `graphintel source check`)" if len(faults) > 1 else ""
        raise MappingError(faults[0].text + more, faults=len(faults))
    return source


def looked_at(folder: Path) -> tuple[Source | None, list[Fault]]:
    """The source described in a folder as far as it can be used, and all that is wrong with it, in order of lines."""
    path = folder / f"{folder.name}.yaml"
    text = written(path)
    given, undecided = _decided(spelt_out(text.given))
    given, wrong = pruned(given, misfits)
    wrong = [*text.twice, *wrong]
    found = Problems()
    found.found = wrong + list(_further(given, {problem.path[:1] for problem in wrong}))
    source = _made(folder, given, found) if given.get("format") in FORMATS else None
    faults = [
        Fault(path, text.line(problem.path), shown(problem.path), problem.message, problem in undecided)
        for problem in dict.fromkeys([*undecided, *found.found])
    ]
    return source, sorted(faults, key=lambda fault: fault.line)


def _made(folder: Path, given: dict[str, Any], wrong: Problems) -> Source:
    columns = _columns(given)
    access: Access = DelimitedAccess(columns) if given["format"] == "csv" else XmlAccess()
    return Source(
        folder.name, given.get("title", ""), given.get("title_tr", ""), str(given.get("help") or "").strip(),
        str(given.get("version", "")), mapping_version(given), given["format"], *_graded(given, wrong), folder,
        _suffixes(given), tuple(given.get("charsets") or ("utf-8",)), "".join(given.get("delimiters") or ","), columns,
        given.get("root") or "", given.get("row") or "",
        folder / str(given["schema"]) if given.get("schema") else None, {str(key): str(word) for key, word in (given.get("require") or {}).items()},
        {str(key): str(reason) for key, reason in (given.get("leave_out") or {}).items()},
        bool(given.get("json")), bool(given.get("xlsx")), str(given.get("sheet") or ""), bool(given.get("overrides")),
        (EntityPlan if given["format"] == "ftm" else Plan)(
            folder.name, str(folder / f"{folder.name}.yaml"), given, access, given.get("basis") or BASES[0],
            given.get("hints") or {}, wrong,
        ),
    )  # fmt: skip


def _graded(given: dict[str, Any], wrong: Problems) -> tuple[str, Marking]:
    grade, marking = "", Marking()
    for key in ("grade", "marking"):
        try:
            if key in given and key == "grade":
                grade = parse_grade(str(given[key])).text
            elif key in given:
                marking = parse_marking(given[key])
        except InputError as error:
            wrong.found.append(Problem((key,), error.message))
    return grade, marking


def _decided(given: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """A description with stand-ins where a person has not decided yet, and what they are to decide."""
    decided, open_ = dict(given), []
    for key, (stand_in, question) in _QUESTIONS.items():
        if _is_undecided(given.get(key)):
            decided[key] = stand_in
            open_.append(Problem((key,), question))
    left_out = given.get("leave_out")
    for column, reason in left_out.items() if isinstance(left_out, dict) else ():
        if _is_undecided(reason):
            question = "for a person to decide: give it to a thing or a link, or say why it is left out"
            open_.append(Problem(("leave_out", str(column)), question))
    return decided, open_


def _is_undecided(given: Any) -> bool:
    return isinstance(given, str) and given.strip().upper().startswith(UNDECIDED)


def mapping_version(given: dict[str, Any]) -> str:
    """The version as written and eight digits of the mapping's hash, so that two texts never go under one name.

    Entity files are mapped by the tables of their vocabulary, which are part of it.
    """
    tables = {"tables": ftm.fingerprint()} if given.get("format") == "ftm" else {}
    text = orjson.dumps(
        {**{str(key): part for key, part in given.items() if key not in _TOLD}, **tables},
        option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str,
    )  # fmt: skip
    return f"{given.get('version', '')}+{digest(text.decode())[:8]}"


def _suffixes(given: dict[str, Any]) -> tuple[str, ...]:
    own = tuple(given.get("suffixes") or _SUFFIXES[given["format"]])
    return (*own, *(suffix for key, more in _ALSO for suffix in more if given.get(key)))


def _further(given: dict[str, Any], told: set[problems.Path]) -> Iterator[Problem]:
    """What no single key shows: an unknown format or basis, what a format needs, reasons, hints that nobody reads."""
    kind = given.get("format")
    if kind is not None and kind not in FORMATS:
        yield Problem(("format",), f"format {kind!r} is none of {', '.join(FORMATS)}")
    if kind == "xml" and not given.get("root"):
        yield Problem((), "root is missing; an XML source names the root that it reads")
    if kind == "csv" and not given.get("columns") and ("columns",) not in told:
        yield Problem((), "columns is missing; a flat source declares its columns")
    for key in _MAPS:
        if kind in ("csv", "xml") and not given.get(key) and (key,) not in told:
            yield Problem((), f"{key} is missing; only an entity file maps nothing itself")
    if (given.get("basis") or BASES[0]) not in BASES:
        yield Problem(("basis",), f"basis {given['basis']!r} is none of {', '.join(BASES)}")
    for pattern, reason in (given.get("leave_out") or {}).items():
        if not str(reason or "").strip():
            yield Problem(("leave_out", str(pattern)), f"{pattern} needs a reason")
    for column in given.get("closed") or []:
        if kind == "csv" and given.get("columns") and column not in given["columns"]:
            yield Problem(("closed",), f"no column {column!r}; declare it under `columns`")
    for name, hints in (given.get("hints") or {}).items():
        if name not in TYPES:
            yield Problem(("hints", str(name)), f"no type of value {name!r}; there are {', '.join(TYPES)}")
        for hint in set(hints) - HINTS:
            yield Problem(
                ("hints", str(name), str(hint)), f"no hint {hint!r}; there are {', '.join(sorted(HINTS))}"
            )


def _columns(given: dict[str, Any]) -> tuple[Column, ...]:
    """Columns of a flat source: `name:` alone, a list of other names, or a table of `aliases` and `required`."""
    found = []
    for name, spec in (given.get("columns") or {}).items():
        options = spec if isinstance(spec, dict) else {"aliases": spec or []}
        aliases = options.get("aliases") or []
        names = (aliases,) if isinstance(aliases, str) else tuple(map(str, aliases))
        required = options.get("required")
        found.append(Column(str(name), names, bool(required), expected=required is not False))
    return tuple(found)
