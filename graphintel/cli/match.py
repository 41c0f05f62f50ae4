"""`graphintel match pairs|dedupe`: names and records of a file compared, without a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from graphintel.acts import match
from graphintel.cli.options import AsCsv, AsJson
from graphintel.cli.output import print_csv, print_json, print_table, progress, say

File = Annotated[Path, typer.Argument(metavar="FILE")]


def pairs(file: File, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Score pairs of names or records: adds `score` and `match`, keeps every column and the order."""
    with progress("comparing") as report:
        found = match.pairs(file, report)
    if as_json:
        told = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        print_json(
            {"pairs": told, "cut": found.cut, "weights": found.weights, "unread_columns": found.unread}
        )
    elif as_csv:
        print_csv(found.columns, [[_plain(cell) for cell in row] for row in found.rows])
    else:
        print_table(found.columns, [[_plain(cell) for cell in row] for row in found.rows])
    if found.unread and not as_json:
        say(f"Kept but not compared: {', '.join(found.unread)}.")


def dedupe(file: File, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Group records that are one thing: one line a record, with the record that names its entity."""
    with progress("comparing") as report:
        found = match.dedupe(file, report)
    if as_csv:
        print_csv(("record", "entity"), found.rows)
    else:
        for record, entity in found.rows:
            sys.stdout.write(orjson.dumps({"record": record, "entity": entity}).decode() + "\n")
    if found.unread:
        say(f"Not read: {', '.join(found.unread)}.")


def _plain(cell: object) -> object:
    """A verdict as the word that other programs read."""
    return str(cell).lower() if isinstance(cell, bool) else cell


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Compare names and records of a file, without a store.", no_args_is_help=True)
    group.command("pairs")(pairs)
    group.command("dedupe")(dedupe)
    app.add_typer(group, name="match")
