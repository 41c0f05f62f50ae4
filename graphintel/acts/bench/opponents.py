"""`bench resolve --opponents`: the pairs kept back through nomenklatura's logic-v2, and whole files of records, beside ours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graphintel.acts import flat
from graphintel.acts.bench import environment, records
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.labelled import Slices, files, hard_pairs, hard_pairs_in, name_pairs
from graphintel.errors import WorkStopped
from graphintel.resolve.fit import auc, held_out, measured
from graphintel.resolve.score import shipped
from graphintel.settings import Settings

Row = dict[str, str]
_SIDES = ("left", "right")


class Asked(NamedTuple):
    """A pair as its file states it, with the answer, and whether it is kept back for measuring."""

    part: str
    kind: str
    sides: tuple[Row, Row]
    same: bool
    held: bool


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Figures of the opponents beside ours on the same pairs; a row says so where one cannot be installed here."""
    try:
        inside = environment.python(settings)
        found = _logic(inside, pairs(data), _ours(data)) | records.febrl(settings, inside)
    except WorkStopped as error:
        found = {"opponents": Figure(math.nan, f"not installable here: {error.message}")}
    return found | records.invented(settings, size)


def pairs(data: Path | None) -> list[Asked]:
    """All labelled pairs below a folder, and the hard pairs, as their files state them."""
    found = []
    named = name_pairs(data) if data else {}
    for file in files(data) if data else ():
        for row, one in zip(flat.read(file).rows, named[file.stem], strict=True):
            plain = {column.lower(): text for column, text in row.items()}
            kind = plain.get("schema") or plain.get("kind") or one.left.kind
            sides = ({"name": plain["name1"]}, {"name": plain["name2"]})
            found.append(Asked(file.stem, kind, sides, one.same, held_out(one.group)))
    if path := hard_pairs_in(data):
        examples = {name: iter(part) for name, part in hard_pairs(path).items()}
        for row in flat.read(path).rows:
            one = next(examples[row["slice"]])
            found.append(Asked(row["slice"], row["kind"], _stated(row), one.same, held_out(one.group)))
    return found


def _stated(row: Row) -> tuple[Row, Row]:
    left, right = (
        {column.removeprefix(f"{side}_"): text for column, text in row.items() if column.startswith(f"{side}_") and text}
        for side in _SIDES
    )  # fmt: skip
    return left, right


def _logic(inside: Path, asked: list[Asked], ours: dict[str, float]) -> Figures:
    """logic-v2 by slice, at the one cut that suits it best on the pairs that are not kept back."""
    lines = [{"kind": one.kind, "left": one.sides[0], "right": one.sides[1]} for one in asked]
    answer = environment.asked(inside, "pairs", lines=lines)
    said = [float(score) for score in answer["scores"]]
    known = [(score, one.same) for score, one in zip(said, asked, strict=True) if not one.held]
    cut = best_cut(known)
    figures: Figures = {
        "logic_v2_cut": Figure(cut, "score, best on the pairs not kept back"),
        "logic_v2_pair_us": Figure(answer["seconds"] / max(len(asked), 1) * 1e6, "us CPU"),
    }
    for part in dict.fromkeys(one.part for one in asked):
        told = [
            (score, one.same) for score, one in zip(said, asked, strict=True) if one.part == part and one.held
        ]
        if told:
            theirs, key = f1(told, cut), part.lower().replace(" ", "_")
            mine = ours[part]
            figures[f"{key}_logic_v2_f1"] = Figure(theirs, "F1", f"<= ours {mine:.3f}", mine >= theirs)
            value = auc(
                np.array([score for score, _ in told]), np.array([same for _, same in told], dtype=bool)
            )
            if not math.isnan(value):
                figures[f"{key}_logic_v2_auc"] = Figure(value, "AUC")
    return figures


def _ours(data: Path | None) -> dict[str, float]:
    path = hard_pairs_in(data)
    slices: Slices = (name_pairs(data) if data else {}) | (hard_pairs(path) if path else {})
    return {
        name: measured([pair for pair in part if held_out(pair.group)], shipped()).f1
        for name, part in slices.items()
    }


def f1(told: Iterable[tuple[float, bool]], cut: float) -> float:
    """F1 of scored pairs at a cut."""
    scored = list(told)
    hit = sum(same and score >= cut for score, same in scored)
    said, true = sum(score >= cut for score, _ in scored), sum(same for _, same in scored)
    return 2 * hit / max(said + true, 1)


def best_cut(told: Sequence[tuple[float, bool]]) -> float:
    """The cut, in hundredths, at which scored pairs have the best F1; the least of equal ones."""
    return max((number / 100 for number in range(1, 101)), key=lambda cut: (f1(told, cut), -cut))
