"""A scene as the contract's columns, with places, numbers, source rows and the chart's hash."""

from __future__ import annotations

from dataclasses import asdict

import orjson

from graphintel.viz.data import sound
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow


def json(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart's data as the sources said it, uncleaned: JSON escapes what a picture must not draw."""
    made = scene.made
    chart = {
        "hash": scene.hash, "title": made.title, "case": made.case, "made_by": made.by, "made_at": made.at,
        "handling": made.handling, "language": made.language, "theme": made.theme,
        # By link id, not by place in the list: a reader may sort or cut the columns.
        "numbers": {link.id: link.number for link in scene.links},
        "communities": {node.id: node.community for node in scene.nodes if node.community is not None},
        "sources": [_source(name, records.get(name)) for name in scene.sources],
    }  # fmt: skip
    text = orjson.dumps({**scene.data, "chart": sound(chart)}, option=orjson.OPT_INDENT_2, default=str)
    return text + b"\n"


def _source(name: str, row: SourceRow | None) -> dict[str, object]:
    return {"id": name} if row is None else {**asdict(row), "cells": dict(row.cells)}
