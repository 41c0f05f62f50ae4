"""A source: one folder of the shelf, described in YAML, read and checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
import yaml

from graphintel.errors import InputError, MappingError
from graphintel.ingest.formats.access import Access
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.formats.xml import XmlAccess
from graphintel.ingest.mapping.plan import Plan
from graphintel.model.grading import parse_grade
from graphintel.model.ids import digest
from graphintel.model.links import BASES
from graphintel.model.marking import Marking, parse_marking

FORMATS = ("csv", "xml")
_KEYS = frozenset(
    (
        "title", "title_tr", "help", "version", "format", "charsets", "delimiters", "suffixes", "root", "row", "require",
        "grade", "grade_of", "marking", "basis", "hints", "key", "at", "columns", "things", "links", "parts", "subjects",
        "leave_out", "templates", "json", "xlsx", "sheet",
    )
)  # fmt: skip
_NEEDED = ("title", "title_tr", "version", "format", "grade", "marking", "things", "subjects")
# What may change without a row being read otherwise: names, explanations, how a file is written and accounted for.
_TOLD = frozenset(
    ("title", "title_tr", "help", "templates", "charsets", "delimiters", "suffixes", "json", "xlsx", "leave_out")
)
_ALSO = (("json", (".json", ".jsonl")), ("xlsx", (".xlsx",)))
_SUFFIXES = {"csv": (".csv", ".tsv"), "xml": (".xml",)}


class _Loader(yaml.SafeLoader):
    """YAML in which only true and false are truth values: `no` is a column here, and NO is Norway."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


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
    require: dict[str, str]
    leave_out: dict[str, str]
    json: bool
    xlsx: bool
    sheet: str
    plan: Plan = field(repr=False, compare=False)

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


def load(folder: Path) -> Source:
    """The source described in a folder; raises MappingError that names the file and the key."""
    path = folder / f"{folder.name}.yaml"
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MappingError(f"{path} cannot be read: {error}") from error
    if not isinstance(given, dict):
        raise MappingError(f"{path} is no table of keys")
    _check(path, given)
    columns = _columns(path, given)
    access: Access = DelimitedAccess(columns) if given["format"] == "csv" else XmlAccess()
    basis, hints = given.get("basis", BASES[0]), given.get("hints", {})
    try:
        grade, marking = parse_grade(str(given["grade"])).text, parse_marking(given["marking"])
    except InputError as error:
        raise MappingError(f"{path}: grade or marking: {error.message}") from error
    return Source(
        folder.name, given["title"], given["title_tr"], str(given.get("help", "")).strip(), str(given["version"]),
        mapping_version(given), given["format"], grade, marking, folder, _suffixes(given),
        tuple(given.get("charsets", ("utf-8",))), "".join(given.get("delimiters", ",")), columns,
        given.get("root", ""), given.get("row", ""), {key: str(word) for key, word in given.get("require", {}).items()},
        {str(key): str(reason) for key, reason in given.get("leave_out", {}).items()},
        bool(given.get("json")), bool(given.get("xlsx")), str(given.get("sheet", "")),
        Plan(folder.name, str(path), given, access, basis, hints),
    )  # fmt: skip


def mapping_version(given: dict[str, Any]) -> str:
    """The version as written and eight digits of the mapping's hash, so that two texts never go under one name."""
    text = orjson.dumps(
        {str(key): part for key, part in given.items() if key not in _TOLD},
        option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str,
    )  # fmt: skip
    return f"{given['version']}+{digest(text.decode())[:8]}"


def _suffixes(given: dict[str, Any]) -> tuple[str, ...]:
    own = tuple(given.get("suffixes", _SUFFIXES[given["format"]]))
    return (*own, *(suffix for key, more in _ALSO for suffix in more if given.get(key)))


def _check(path: Path, given: dict[str, Any]) -> None:
    unknown = set(given) - _KEYS
    if unknown:
        raise MappingError(f"{path}: there is no key {', '.join(sorted(map(str, unknown)))}")
    for key in _NEEDED:
        if not given.get(key):
            raise MappingError(f"{path}: {key} is missing; a source needs {', '.join(_NEEDED)}")
    if given["format"] not in FORMATS:
        raise MappingError(f"{path}: format: {given['format']!r} is none of {', '.join(FORMATS)}")
    if given["format"] == "xml" and not given.get("root"):
        raise MappingError(f"{path}: root is missing; an XML source names the root that it reads")
    if given.get("basis", BASES[0]) not in BASES:
        raise MappingError(f"{path}: basis: {given['basis']!r} is none of {', '.join(BASES)}")
    for pattern, reason in given.get("leave_out", {}).items():
        if not str(reason or "").strip():
            raise MappingError(f"{path}: leave_out: {pattern} needs a reason")


def _columns(path: Path, given: dict[str, Any]) -> tuple[Column, ...]:
    """Columns of a flat source: `name:` alone, a list of other names, or a table of `aliases` and `required`."""
    found = []
    for name, spec in (given.get("columns") or {}).items():
        options = spec if isinstance(spec, dict) else {"aliases": spec or []}
        if set(options) - {"aliases", "required"}:
            raise MappingError(f"{path}: columns: {name}: only `aliases` and `required` are known")
        aliases = options.get("aliases") or []
        names = (aliases,) if isinstance(aliases, str) else tuple(map(str, aliases))
        found.append(Column(str(name), names, bool(options.get("required"))))
    if given["format"] == "csv" and not found:
        raise MappingError(f"{path}: columns is missing; a flat source declares its columns")
    return tuple(found)
