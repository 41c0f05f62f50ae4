"""The text of a description: read with the line of every key; what does not belong in it is found and cut out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from graphintel.errors import MappingError
from graphintel.ingest.mapping import problems
from graphintel.ingest.mapping.problems import Problem

_BYTES = 1 << 20
# YAML aliases may stand for one another; written out, a description has no more nodes than this.
_NODES = 100_000
# A key too many may hide another misfit behind it, and hardly a third.
_ROUNDS = 3
# Under these keys each entry stands for itself: what is wrong in one leaves the others as they are.
_ENTRIES = frozenset(("values", "things", "columns", "links", "parts", "hints", "leave_out"))


# libyaml reads a shelf of descriptions in a fifth of the time; not every build of PyYAML has it.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # either class has the same methods
    """YAML in which only true and false are truth values: `no` is a column here, and NO is Norway."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


class Written(NamedTuple):
    """A description as it is written: its file, its keys, the line of each, and keys that stand twice."""

    path: Path
    given: dict[str, Any]
    lines: dict[problems.Path, int]
    twice: list[Problem]

    def line(self, path: problems.Path) -> int:
        """The line of a key, or of the nearest one above it that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def written(path: Path) -> Written:
    """The description in a file; MappingError if it is no YAML table, with the line where it stops being one."""
    try:
        text = path.read_bytes()
        if len(text) > _BYTES:
            raise MappingError(f"{path} is larger than a description may be ({_BYTES} bytes)")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if _size(node, {}) > _NODES:
                raise MappingError(
                    f"{path}: its aliases stand for more than {_NODES} nodes; write it shorter"
                )
            given = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise MappingError(f"{path}{line} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(given, dict) or node is None:
        raise MappingError(f"{path} is no table of keys")
    lines: dict[problems.Path, int] = {}
    twice = list(_walked(node, (), lines, set()))
    return Written(path, given, lines, twice)


def _size(node: yaml.Node | None, known: dict[int, int]) -> int:
    """How many nodes a description has when its aliases are written out; one that holds itself has too many."""
    if not isinstance(node, yaml.CollectionNode):
        return 1
    if id(node) not in known:
        known[id(node)] = _NODES + 1
        parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(node)]


def _walked(
    node: yaml.Node, path: problems.Path, lines: dict[problems.Path, int], seen: set[int]
) -> Iterator[Problem]:
    """Note the line of every key; yields the keys that stand twice in one table, of which YAML keeps the last."""
    if not isinstance(node, yaml.CollectionNode):
        return
    first = id(node) not in seen
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            lines[(*path, place)] = item.start_mark.line + 1
            yield from _walked(item, (*path, place), lines, seen)
        return
    for key, item in node.value:
        inside = (*path, str(key.value))
        if first and inside in lines and key.value != "<<":
            yield Problem(inside, f"this key stands twice, first in line {lines[inside]}; the first is lost")
        lines[inside] = key.start_mark.line + 1
        yield from _walked(item, inside, lines, seen)


def pruned(
    given: dict[str, Any], misfits: Callable[[Any], list[Problem]]
) -> tuple[dict[str, Any], list[Problem]]:
    """A description without the entries that do not fit, so that the others can be looked at, and what did not fit.

    What is left where a key was too many is looked at again.
    """
    left, cut = copy.deepcopy(given), set[problems.Path]()
    told = wrong = misfits(left)
    for _ in range(_ROUNDS):
        cut.update(_cut(left, problem) for problem in wrong if problem.path)
        wrong = [problem for problem in misfits(left) if problem.path and problem.path not in cut]
        told = [*told, *wrong]
    return left, told


def _cut(given: dict[str, Any], problem: Problem) -> problems.Path:
    """Take out the entry that a problem is in; returns the way to it."""
    entry = problem.path if problem.alone else _entry(problem.path)
    parent: Any = given
    for step in entry[:-1]:
        parent = _part(parent, step)
    if isinstance(parent, list):
        # None keeps the places of the others, which their own problems name.
        parent[int(entry[-1])] = None
    elif isinstance(parent, dict) and entry:
        name = next((key for key in parent if str(key) == entry[-1]), None)
        if len(entry) > 1 and entry[-2] in ("things", "columns"):
            parent[name] = None
        else:
            parent.pop(name, None)
    return entry


def _entry(path: problems.Path) -> problems.Path:
    """The smallest part round a place that can be left out."""
    for place in range(len(path) - 1, 0, -1):
        if path[place - 1] in _ENTRIES and not (path[place - 1] == "values" and "things" not in path[:place]):
            return path[: place + 1]
    return path[:1]


def _part(parent: Any, step: str | int) -> Any:
    if isinstance(parent, list):
        return parent[int(step)]
    if isinstance(parent, dict):
        return next((part for key, part in parent.items() if str(key) == step), None)
    return None
