"""Pairs that somebody labelled, as examples to fit and to measure with: name pairs, hard pairs, a truth set of records."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from graphintel.acts import flat, match
from graphintel.resolve.features import Features
from graphintel.resolve.fit import Example, fitted, held_out
from graphintel.resolve.score.prior import prior
from graphintel.resolve.score.weights import Weights

# How much a file of name pairs weighs in the fit, whatever its size; the lists of real names count most.
_SHARES = {"labelled_names": 3.0, "un_arabic": 3.0, "un_alias": 0.5}
_SHARE_OF_ONE, _HARD, _HARD_FIRMS = 500.0, 3.0, 10.0
_TOGETHER = 6
_HARD_PAIRS = Path("tests/resolve/hard_pairs.csv")
FIRMS = "Turkish companies"
Slices = dict[str, list[Example]]


def name_pairs(folder: Path) -> Slices:
    """The labelled pairs of each file below a folder that has name1, name2 and is_match; empty without any."""
    return {path.stem: _examples(path) for path in files(folder)}


def files(folder: Path) -> list[Path]:
    """The files of labelled name pairs below a folder."""
    found = []
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            header = set(next(csv.reader(stream), []))
        if {"name1", "name2", "is_match"} <= header:
            found.append(path)
    return found


def _examples(path: Path) -> list[Example]:
    table = flat.read(path)
    reader = match.pair_reader(table)
    found = []
    for number, row in enumerate(table.rows):
        pair = reader.pair(row)
        same = row["is_match"].strip().lower() in ("1", "true", "yes")
        group = row.get("group") or str(number // _TOGETHER)
        found.append(Example(pair.left, pair.right, same, f"{path.stem}/{group}"))
    return found


def hard_pairs_in(folder: Path | None) -> Path | None:
    """The file of hard pairs below a folder, else that of the checkout, else none."""
    below = sorted(folder.rglob("hard_pairs.csv")) if folder else []
    return below[0] if below else _HARD_PAIRS if _HARD_PAIRS.exists() else None


def hard_pairs(path: Path) -> Slices:
    """The pairs of a file with the columns group, slice, kind, same and both sides' fields, by slice."""
    table = flat.read(path)
    reader = match.pair_reader(table)
    found: Slices = {}
    for row in table.rows:
        pair = reader.pair(row)
        example = Example(pair.left, pair.right, row["same"] == "1", f"hard/{row['group']}")
        found.setdefault(row["slice"], []).append(example)
    return found


def truth_set(folder: Path) -> tuple[list[Features], dict[str, str]] | None:
    """The records of a truth set and the cluster of each, by source and record id; None without its key file."""
    keys = sorted(folder.rglob("actual_truthset_key.csv"))
    if not keys:
        return None
    clusters = {
        f"{_source(row['DATA_SOURCE'])}:{row['RECORD_ID']}": row["CLUSTER_ID"]
        for row in flat.read(keys[0]).rows
    }
    things: list[Features] = []
    for path in sorted(keys[0].parent.glob("*.csv")):
        table = flat.read(path)
        if "truthset_key" not in path.stem and "DATA_SOURCE" in table.columns:
            read, _ = match.records(table)
            things += [
                replace(thing, id=f"{_source(row['DATA_SOURCE'])}:{thing.id}")
                for thing, row in zip(read, table.rows, strict=True)
            ]
    return [thing for thing in things if thing.id in clusters], clusters


def _source(name: str) -> str:
    return name.upper().rstrip("S")


def pairwise(things: Sequence[Features], truth: dict[str, str], found: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over pairs of records of one cluster."""
    hit = said = same = 0
    for one, other in combinations(range(len(things)), 2):
        together, wanted = found[one] == found[other], truth[things[one].id] == truth[things[other].id]
        hit, said, same = hit + (together and wanted), said + together, same + wanted
    return hit / max(said, 1), hit / max(same, 1)


def learned(folder: Path, hard: Path, version: str, when: str) -> Weights:
    """The weights that ship: fitted to the half of all groups that is not kept for measuring."""
    examples: list[Example] = []
    for name, pairs in name_pairs(folder).items():
        used = sum(not held_out(pair.group) for pair in pairs)
        weight = _SHARES.get(name, 1.0) * _SHARE_OF_ONE / max(used, 1)
        examples += [pair._replace(weight=weight) for pair in pairs]
    for name, pairs in hard_pairs(hard).items():
        examples += [pair._replace(weight=_HARD_FIRMS if name == FIRMS else _HARD) for pair in pairs]
    return fitted(examples, prior(), version, when)
