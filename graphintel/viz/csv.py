"""A scene as one table for spreadsheets: a row for the chart, each thing, each link and each source row."""

from __future__ import annotations

import csv as standard
import io

from graphintel.viz.html import source_row
from graphintel.viz.labels import clean
from graphintel.viz.scene import Scene
from graphintel.viz.sceneparts import SceneLink
from graphintel.viz.sources import SourceRow

# One wide table rather than two files: a spreadsheet opens it, a filter on `row` parts it.
COLUMNS = (
    "row", "number", "id", "type", "label", "from", "from_label", "to", "to_label", "first", "last", "count",
    "confidence", "basis", "probability", "grade", "handling", "sources", "file", "sha256", "position", "details",
)  # fmt: skip
# What a spreadsheet takes for the start of a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart as UTF-8 with byte order mark; rows are told apart by their first cell."""
    text = io.StringIO()
    writer = standard.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (_chart(scene), *_things(scene), *_links(scene), *_sources(scene, records)):
        writer.writerow({name: neutral(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def neutral(value: object) -> str:
    """A cell that no spreadsheet runs: text that would start a formula starts with an apostrophe instead."""
    given = str(value)
    shown = clean(given)
    return f"'{shown}" if given.startswith(_FORMULA) or shown.lstrip(" '\"").startswith(_FORMULA) else shown


def _chart(scene: Scene) -> dict[str, object]:
    made = scene.made
    params = "; ".join(f"{name} = {value}" for name, value in made.params.items())
    return {
        "row": "chart", "id": scene.hash, "label": made.title, "type": made.case, "first": made.at,
        "handling": made.handling, "count": made.counter, "sources": made.by,
        "details": "; ".join(part for part in (made.query, params) if part),
    }  # fmt: skip


def _things(scene: Scene) -> list[dict[str, object]]:
    return [
        {"row": "thing", "number": index, "id": node.id, "type": node.kind, "label": node.label,
         "details": f"C{node.community}" if node.community else ""}
        for index, node in enumerate(scene.nodes, 1)
    ]  # fmt: skip


def _links(scene: Scene) -> list[dict[str, object]]:
    return [_link(link, scene) for link in scene.links]


def _link(link: SceneLink, scene: Scene) -> dict[str, object]:
    sums = [f"{amount:g} {unit}" for unit, amount in link.sums.items()]
    said = [f"{name}: {value}" for name, value in link.details.items()]
    return {
        "row": "link", "number": link.number, "id": link.id, "type": link.type, "label": link.title,
        "from": link.source, "from_label": link.source_label, "to": link.target, "to_label": link.target_label,
        "first": link.at, "last": link.last, "count": link.count, "confidence": link.style, "basis": link.basis,
        "probability": "" if link.probability is None else link.probability, "grade": link.grade,
        "handling": scene.made.handling, "sources": " ".join(f"S{scene.source_number(one)}" for one in link.records),
        "details": "; ".join(sums + said),
    }  # fmt: skip


def _sources(scene: Scene, records: dict[str, SourceRow]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, index in scene.sources.items():
        row = source_row(index, name, records.get(name))
        cells = "; ".join(f"{key}: {value}" for key, value in row.get("cells", ()))
        rows.append(
            {
                "row": "source",
                "number": f"S{index}",
                "id": row["id"],
                "type": row.get("source", ""),
                "label": row.get("key", ""),
                "grade": row.get("grade", ""),
                "handling": row.get("banner", ""),
                "file": row.get("file", ""),
                "sha256": row.get("sha256", ""),
                "position": row.get("position", ""),
                "details": cells,
            }
        )
    return rows
