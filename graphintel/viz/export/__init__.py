"""A chart as a file: the ending says the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from graphintel.errors import InputError
from graphintel.viz.csv import csv
from graphintel.viz.exchange import gexf, graphml
from graphintel.viz.exchange_ftm import ftm_lines
from graphintel.viz.html import html
from graphintel.viz.json import json
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow
from graphintel.viz.svg import svg

Rows = dict[str, SourceRow]


class Format(NamedTuple):
    """One kind of file: its ending, its media type, what writes it, and whether it carries all values of the things."""

    ending: str
    media_type: str
    write: Callable[[Scene, Rows], bytes]
    values: bool = False


def _svg(scene: Scene, records: Rows) -> bytes:
    return svg(scene)


def _ftm(scene: Scene, records: Rows) -> bytes:
    return ftm_lines(scene.subgraph, scene.values, scene.made.handling).content


def _pyvis(scene: Scene, records: Rows) -> bytes:
    # Importing pyvis draws in IPython and takes a second, which the other formats need not pay.
    from graphintel.viz.pyvis import pyvis

    return pyvis(scene, records)


FORMATS = (
    Format(".ftm.json", "application/x-ndjson", _ftm, values=True),
    Format(".pyvis.html", "text/html; charset=utf-8", _pyvis),
    Format(".html", "text/html; charset=utf-8", html),
    Format(".svg", "image/svg+xml", _svg),
    Format(".csv", "text/csv; charset=utf-8", csv),
    Format(".json", "application/json", json),
    Format(".graphml", "application/xml", graphml),
    Format(".gexf", "application/xml", gexf),
)


def format_of(to: Path | str) -> Format:
    """The format of a file by its name or bare ending ("chart.svg", ".svg" or "svg"); InputError lists what there is."""
    name = f".{Path(to).name}".lower()
    for one in FORMATS:
        if name.endswith(one.ending):
            return one
    there = ", ".join(one.ending for one in FORMATS)
    raise InputError(f"No chart can be written as {Path(to).name!r}: a chart's file ends in one of {there}.")


def left_out(scene: Scene, to: Path | str) -> tuple[str, ...]:
    """What a chart says and its file does not, where the format has no word for it."""
    return ftm_lines(scene.subgraph, scene.values).left_out if format_of(to).write is _ftm else ()


def export(scene: Scene, records: Mapping[str, SourceRow], to: Path | str) -> bytes:
    """The bytes of a chart's file; nothing is written to disk. Raises InputError for an unknown ending."""
    return format_of(to).write(scene, dict(records))
