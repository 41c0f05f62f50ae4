"""The shelf of questions: one .cypher file each, a header that says what it asks, and the statement."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graphintel.content import shelf
from graphintel.errors import QueryError
from graphintel.queries.cypher import tokens
from graphintel.queries.parameters import TYPES, Param, Scalar
from graphintel.queries.shape import Wrong, check

SUBJECTS = ("network", "routes", "companies", "vehicles", "quality")
_LINE = re.compile(r"//\s*(?P<key>[a-z_]+)(?:\s+(?P<name>\w+))?\s*:\s*(?P<text>.*)")
_PARAM = re.compile(
    r"(?P<type>\w+)\s*(?P<given>=\s*(?P<default>.*?)\s*)?--\s*(?P<label>.+?)\s*\|\s*(?P<tr>.+)"
)
_TEXTS = ("id", "title", "title_tr", "question", "question_tr", "columns", "subgraph")
_ID = re.compile(r"[a-z][a-z0-9-]*")


class Query(NamedTuple):
    """One saved question: what it asks in two languages, its parameters, columns and statement.

    `subgraph`: columns `*_id` that hold ids of things; a column of the same name without `_id` is their label.
    """

    id: str
    subject: str
    title: str
    title_tr: str
    question: str
    question_tr: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    subgraph: tuple[str, ...]
    text: str
    path: Path

    def bind(self, given: dict[str, Any]) -> dict[str, Scalar]:
        """The parameters of a run, converted; QueryError for one that is missing, wrong or not declared."""
        known = {param.name for param in self.params}
        for name in given:
            if name not in known:
                have = ", ".join(sorted(known)) or "none"
                raise QueryError(
                    f"The question {self.id} has no parameter {name!r}; it has {have}.", parameter=name
                )
        return {param.name: param.value(given.get(param.name)) for param in self.params}

    def as_json(self) -> dict[str, Any]:
        """The question as the list of questions shows it."""
        return {
            "id": self.id, "subject": self.subject, "title": {"en": self.title, "tr": self.title_tr},
            "question": {"en": self.question, "tr": self.question_tr},
            "params": [param.as_json() for param in self.params], "columns": list(self.columns),
            "subgraph": list(self.subgraph),
        }  # fmt: skip


def catalogue(folder: Path | None = None) -> dict[str, Query]:
    """All questions of the shelf by id, in the order of the subjects; QueryError names file and line of a fault."""
    return dict(_read_all(folder or shelf("queries")))


@cache
def _read_all(folder: Path) -> dict[str, Query]:
    found: dict[str, Query] = {}
    for subject in SUBJECTS:
        for path in sorted((folder / subject).glob("*.cypher")):
            query = read(path)
            if query.id in found:
                raise QueryError(
                    f"{path}, line 1: the id {query.id} is already that of {found[query.id].path}."
                )
            found[query.id] = query
    return found


def read(path: Path) -> Query:
    """One question from its file; QueryError names file and line of a fault."""
    text = path.read_text(encoding="utf-8")
    try:
        return _query(path, text)
    except Wrong as wrong:
        raise QueryError(
            f"{path}, line {wrong.line}: {wrong.message}.", file=str(path), line=wrong.line
        ) from wrong
    except QueryError as error:
        raise QueryError(f"{path}: {error.message}", file=str(path)) from error


def _query(path: Path, text: str) -> Query:
    header, params = _header(text)
    for name in ("id", "title", "title_tr", "question", "question_tr", "columns"):
        if not header.get(name):
            raise Wrong(1, f"the header lacks {name}")
    if not _ID.fullmatch(header["id"]):
        raise Wrong(1, f"an id is small letters, figures and hyphens, not {header['id']!r}")
    check(tokens(text), {param.name for param in params})
    columns, subgraph = _list(header["columns"]), _list(header.get("subgraph", ""))
    for name in subgraph:
        if name not in columns or not name.endswith("_id"):
            raise Wrong(1, f"the subgraph column {name} must be one of the columns and end in _id")
    return Query(
        header["id"], path.parent.name, header["title"], header["title_tr"], header["question"],
        header["question_tr"], tuple(params), columns, subgraph, text, path,
    )  # fmt: skip


def _header(text: str) -> tuple[dict[str, str], list[Param]]:
    """The comment block at the top; any other comment line there is prose."""
    header: dict[str, str] = {}
    params: list[Param] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        match = _LINE.fullmatch(line.rstrip())
        if match and match["key"] == "param":
            params.append(_param(number, match["name"] or "", match["text"], params))
        elif match and match["key"] in _TEXTS and not match["name"]:
            if match["key"] in header:
                raise Wrong(number, f"{match['key']} stands twice in the header")
            header[match["key"]] = match["text"].strip()
    return header, params


def _param(number: int, name: str, text: str, before: list[Param]) -> Param:
    match = _PARAM.fullmatch(text.strip())
    if not match or not name:
        raise Wrong(
            number, "a parameter is written: // param NAME: TYPE = default -- label | label in Turkish"
        )
    if match["type"] not in TYPES:
        raise Wrong(number, f"there is no parameter type {match['type']}; there are {', '.join(TYPES)}")
    if name in ("marks", "limit") or name in {param.name for param in before}:
        raise Wrong(number, f"the parameter name {name} is already in use")
    param = Param(
        name, match["type"], match["default"] if match["given"] else None, match["label"], match["tr"]
    )
    if param.default:
        try:
            param.value(param.default)
        except QueryError as error:
            raise Wrong(number, f"the default does not fit: {error.message.rstrip('.')}") from error
    return param


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
