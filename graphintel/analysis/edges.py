"""Bare edge lists: a CSV file `source,target[,weight]`, so that any network can be analysed without a store."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graphintel.analysis.network import Network
from graphintel.analysis.tables import opened
from graphintel.errors import InputError


class EdgeList(NamedTuple):
    """A network as read, and what reading it dropped or joined."""

    network: Network
    self_loops: int
    repeated: int


def read_edges(path: Path) -> EdgeList:
    """The network of an edge list in UTF-8; InputError names the line of what cannot be read."""
    with opened(path, "edge list") as file:
        return parse_edges(file, path.name)


def parse_edges(lines: Iterable[str], name: str = "edge list") -> EdgeList:
    """The network of the lines of an edge list: repeated pairs add up, self-loops are dropped and counted."""
    reader = csv.reader(lines)
    index: dict[str, int] = {}
    source: list[int] = []
    target: list[int] = []
    weight: list[float] = []
    try:
        columns = _header(next(reader, []), name)
        for left, right, value in _rows(reader, columns, name):
            source.append(index.setdefault(left, len(index)))
            target.append(index.setdefault(right, len(index)))
            weight.append(value)
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}: not CSV ({error}).", line=reader.line_num
        ) from error
    ends = np.array(source, dtype=np.int32), np.array(target, dtype=np.int32)
    loops = int(np.count_nonzero(ends[0] == ends[1]))
    network = Network.of(list(index), *ends, np.array(weight, dtype=np.float64))
    return EdgeList(network, loops, len(source) - loops - network.ties)


def _header(cells: list[str], name: str) -> tuple[int, int, int]:
    titles = [cell.strip().lower() for cell in cells]
    if "source" not in titles or "target" not in titles:
        raise InputError(f"{name}, line 1: the first line must be source,target[,weight].", line=1)
    return (
        titles.index("source"),
        titles.index("target"),
        titles.index("weight") if "weight" in titles else -1,
    )


def _rows(
    reader: Iterator[list[str]], columns: tuple[int, int, int], name: str
) -> Iterator[tuple[str, str, float]]:
    at_source, at_target, at_weight = columns
    line = 1
    for cells in reader:
        line = getattr(reader, "line_num", line + 1)
        if not any(cells):
            continue
        if len(cells) <= max(columns):
            raise InputError(
                f"{name}, line {line}: {len(cells)} cells where {max(columns) + 1} are due.", line=line
            )
        left, right = cells[at_source].strip(), cells[at_target].strip()
        if not left or not right:
            raise InputError(f"{name}, line {line}: source and target must both be filled.", line=line)
        yield left, right, 1.0 if at_weight < 0 else _weight(cells[at_weight], name, line)


def _weight(text: str, name: str, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise InputError(f"{name}, line {line}: weight {text!r} is not a number above zero.", line=line)
    return value
