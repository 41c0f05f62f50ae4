"""`bench resolve`: pairs scored by the shipped weights, on subjects that they were not fitted to."""

from __future__ import annotations

import math
import random
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from graphintel.acts import match
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.labelled import (
    FIRMS,
    Slices,
    hard_pairs,
    hard_pairs_in,
    name_pairs,
    pairwise,
    truth_set,
)
from graphintel.errors import InputError
from graphintel.model.values import clean
from graphintel.resolve.cluster import clusters
from graphintel.resolve.features import Features, described
from graphintel.resolve.fit import Example, held_out, measured
from graphintel.resolve.normalise.identifiers import Identifier
from graphintel.resolve.score import Weights, score, shipped
from graphintel.settings import Settings

PAIRS = 20_000
_LABELLED, _ARABIC = "labelled_names", "un_arabic"
_DRIFT = 0.05
_FEWEST_AUTOMATIC = 3000


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Measure on labelled pairs below `data`, and on hard_pairs.csv there or in the checkout; nothing is fitted here."""
    using = shipped()
    found = hard_pairs(hard) if (hard := hard_pairs_in(data)) else {}
    names = name_pairs(data) if data else {}
    if not names and not found:
        raise InputError(
            "There are no labelled pairs to measure with; give a folder that holds some with --data."
        )
    slices = {
        name: [pair for pair in pairs if held_out(pair.group)] for name, pairs in (names | found).items()
    }
    fitted_to = float(using.about.get("pairs", 0))
    figures = {"weights": Figure(fitted_to, f"pairs fitted to; {using.version}, SHA-256 {using.hash()}")}
    figures |= _slices(slices, using) | _held(names, using)
    if data and (truth := truth_set(data)):
        figures |= _records(*truth)
    pairs = [pair for part in (names | found).values() for pair in part]
    return figures | _automatic(slices, using) | _speed(pairs, using, size or PAIRS) | _unmoved(pairs, using)


def _slices(slices: Slices, using: Weights) -> Figures:
    """F1 and AUC of each file and slice at the one cut."""
    bars = {_LABELLED: 0.86, _ARABIC: 0.85, FIRMS: 0.90}
    figures: Figures = {}
    for name, pairs in slices.items():
        if not pairs:
            continue
        did, key = measured(pairs, using), name.lower().replace(" ", "_")
        bar = bars.get(name)
        figures[f"{key}_f1"] = Figure(
            did.f1, f"F1, {did.pairs} pairs", f">= {bar}" if bar else "", did.f1 >= bar if bar else None
        )
        if not math.isnan(did.auc):
            least = 0.96 if name == _ARABIC else None
            figures[f"{key}_auc"] = Figure(
                did.auc, "AUC", f">= {least}" if least else "", did.auc >= least if least else None
            )
    return figures


def _held(names: Slices, using: Weights) -> Figures:
    held = [pair for pairs in names.values() for pair in pairs if held_out(pair.group)]
    if not held:
        return {}
    did = measured(held, using)
    return {
        "cut": Figure(using.cut, "probability, for all kinds"),
        "names_f1": Figure(did.f1, f"F1, {did.pairs} pairs"),
        "calibration_error": Figure(
            did.calibration_error, "10 bins", "<= 0.05", did.calibration_error <= 0.05
        ),
    }


def _records(things: list[Features], truth: dict[str, str]) -> Figures:
    began = time.process_time()
    found = clusters(things, match.joiner(shipped()))
    seconds = time.process_time() - began
    precision, recall = pairwise(things, truth, found)
    return {
        "truth_set_precision": Figure(precision, "of pairs", ">= 0.98", precision >= 0.98),
        "truth_set_recall": Figure(recall, "of pairs", ">= 0.9", recall >= 0.9),
        "truth_set_seconds": Figure(seconds, f"s CPU, {len(things)} records"),
    }


def _automatic(slices: Slices, using: Weights) -> Figures:
    """What would be merged without a person: how many pairs, how many wrongly, and what that allows to claim."""
    merged = wrong = 0
    for pairs in slices.values():
        for pair in pairs:
            if score(pair.left, pair.right, using).automatic:
                merged, wrong = merged + 1, wrong + (not pair.same)
    # The rule of three: without an error among n, at most 3/n is wrong at 95 %.
    least = 1 - 3 / merged if merged > 3 and not wrong else 0.0
    return {
        "automatic_pairs": Figure(
            merged, "pairs", f">= {_FEWEST_AUTOMATIC} for a claim", merged >= _FEWEST_AUTOMATIC
        ),
        "automatic_wrong": Figure(wrong, "pairs", "0", wrong == 0),
        "automatic_precision_least": Figure(least, "at 95 %"),
    }


def _speed(pairs: list[Example], using: Weights, size: int) -> Figures:
    """Microseconds a pair of things that were normalised before, and to normalise one."""
    drawn = random.Random(7).choices(pairs, k=size)
    began = time.process_time()
    for pair in drawn:
        score(pair.left, pair.right, using)
    each = (time.process_time() - began) / size * 1e6
    return {"pair_us": Figure(each, "us CPU", "<= 40", each <= 40)}


def _unmoved(pairs: list[Example], using: Weights) -> Figures:
    """The share of pairs whose probability stays where it must, and falls where it must."""
    drawn = random.Random(11).sample(pairs, min(len(pairs), 1500))
    changes: dict[str, Callable[[str], str]] = {
        "case": lambda text: text.upper() if text.isascii() else text.casefold(),
        "diacritics": lambda text: unicodedata.normalize("NFD", text),
        "order": lambda text: " ".join(reversed(text.split())),
    }
    figures = {"symmetric": _share(_mirrored(drawn, using)), "clash_lowers": _share(_lowered(drawn, using))}
    persons = [pair for pair in drawn if pair.left.kind == "Person" and pair.left.names and pair.right.names]
    for name, change in changes.items():
        figures[f"unmoved_by_{name}"] = _share(_stays(pair, change, using) for pair in persons)
    return figures


def _share(held: Iterable[bool]) -> Figure:
    found = list(held)
    share = sum(found) / max(len(found), 1)
    return Figure(share, f"of {len(found)} pairs", "1.0", share == 1.0)


def _mirrored(pairs: list[Example], using: Weights) -> Iterable[bool]:
    for pair in pairs:
        one, other = score(pair.left, pair.right, using), score(pair.right, pair.left, using)
        yield math.isclose(one.bits, other.bits, abs_tol=1e-6)


def _lowered(pairs: list[Example], using: Weights) -> Iterable[bool]:
    """A clashing valid number on both sides lowers every score."""
    for pair in pairs:
        left, right = (
            replace(side, identifiers=(*side.identifiers, Identifier("lei", number, "", True)))
            for side, number in ((pair.left, "529900T8BM49AURSDO55"), (pair.right, "5493001KJTIIGC8Y1R12"))
        )
        yield score(left, right, using).bits < score(pair.left, pair.right, using).bits


def _stays(pair: Example, change: Callable[[str], str], using: Weights) -> bool:
    """Whether a probability stays within 0.05 when a name is written otherwise."""
    # Compounds (Abdul Rahman) are one name: their own words keep their order.
    text = " ".join(pair.left.names[0].texts)
    changed, plain = (
        described("Person", "", (("name", clean("name", each)),)) for each in (change(text), text)
    )
    before, after = (score(each, pair.right, using).probability for each in (plain, changed))
    return abs(before - after) < _DRIFT
