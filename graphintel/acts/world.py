"""The invented world: generated as files, loaded by the ordinary ingestors, opened with a saved chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from graphintel.acts import accept, compare, look, picture
from graphintel.acts.load import Progress
from graphintel.acts.load import load as load_source
from graphintel.acts.session import Session
from graphintel.desk import charts
from graphintel.errors import InputError
from graphintel.model.subgraph import Node
from graphintel.store.read.expand import Expansion
from graphintel.training import SIZES
from graphintel.training import generate as invent

Row = dict[str, Any]
ORDER = (
    "declarations-csv",
    "asycuda-sad",
    "wco-declaration",
    "movements-csv",
    "cen-seizures",
    "partner-notice",
)
CHART = "training-case-1"
_THINGS = 55
# What nearly every event has: on an opening chart it would tie everything to everything.
_BACKGROUND = ("Place", "Commodity")


def generate(seed: int, out: Path, size: str, progress: Progress | None = None) -> Row:
    """Write a world of a size into a folder; InputError for a size that does not exist."""
    if size not in SIZES:
        raise InputError(f"size is {', '.join(SIZES)}, not {size!r}")
    invent(seed, out, size, progress)  # type: ignore[arg-type]  # checked above
    return {"seed": seed, "size": size, "folder": str(out), "truth": str(out / "truth.json")}


def load(session: Session, folder: Path, progress: Progress | None = None) -> Row:
    """Load a generated world source by source, compare what it says unless that is set off, and save the opening chart."""
    truth_file = folder / "truth.json"
    if not truth_file.exists():
        raise InputError(f"{folder} holds no truth.json; generate a world there first.")
    loaded: Row = {}
    for name in ORDER:
        if not (folder / name).is_dir():
            continue
        if name == accept.SOURCE:
            report = accept.notices(session, [folder / name], accepted=True, progress=progress, training=True)
        else:
            report = load_source(
                session, name, [folder / name], progress=progress, properties={"training": True}
            )
        loaded[name] = {"records": report.counts.records_new, "quarantined": report.rows_quarantined}
    compared: Row = {}
    if session.settings.compare_after_load:
        compared = compare.compare(session, progress=progress).as_json()
    truth = orjson.loads(truth_file.read_bytes())
    chart = opening_chart(session, truth["case1"])
    return {
        "records": sum(row["records"] for row in loaded.values()),
        "sources": loaded,
        "compared": compared,
        "chart": chart,
    }


def opening_chart(session: Session, case: Row) -> str:
    """Save "Training case 1": the notice, what it names, and the neighbourhood that an analyst would lay out."""
    seeds = [
        found
        for name in ("notice", "seizure", "vehicle", "phone")
        if (found := _first(session, str(case.get(name, ""))))
    ]
    if not seeds:
        raise InputError("Nothing of the training case is in the store; load the world's files first.")
    # The front company is what the story's reader finds by expanding the phone; it is not laid out beforehand.
    kept_back = {
        hit["id"] for hit in look.find(session, str(case.get("front_company", "")), "Company")["hits"]
    }
    chosen: dict[str, None] = dict.fromkeys(seeds)
    for name in seeds:
        around = look.neighbourhood(session, Expansion([name], limit=24, order="date"))
        for node in around.nodes:
            if len(chosen) < _THINGS and node.id not in kept_back and _worth_drawing(node):
                chosen.setdefault(node.id)
    drawn = picture.placed(look.among(session, list(chosen)))
    data = {
        "nodes": [node.id for node in drawn.nodes], "links": [edge.id for edge in drawn.edges], "folded": [],
        "positions": {node.id: [node.x, node.y] for node in drawn.nodes},
    }  # fmt: skip
    selected = _first(session, str(case.get("seizure", ""))) or seeds[0]
    story = {"training": True, "search": str(case.get("plate") or case.get("vehicle")), "case": case, "seeds": seeds,
             "selected": selected}  # fmt: skip
    saved = charts.save(
        session.desk, session.actor, "Training case 1", data, case="TRAINING-1", look={"selected": selected}, story=story,
        opening=True, chart=CHART,
    )  # fmt: skip
    return str(saved["id"])


def _worth_drawing(node: Node) -> bool:
    return not node.hub and node.kind not in _BACKGROUND


def _first(session: Session, text: str) -> str | None:
    if not text:
        return None
    hits = look.find(session, text, limit=1)["hits"]
    return str(hits[0]["id"]) if hits else None
