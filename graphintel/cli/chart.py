"""`graphintel chart export`: a link chart as a file."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import chart
from graphintel.cli.options import AsJson, Cursor, Most, session
from graphintel.cli.output import print_json, print_line, say, say_more
from graphintel.desk import charts
from graphintel.errors import DiskFull, InputError


def export(
    to: Annotated[Path, typer.Option(help="File; its ending says the format.")],
    name: Annotated[str | None, typer.Argument(metavar="CHART", help="A saved chart.")] = None,
    entities: Annotated[str, typer.Option(help="Ids, separated by commas.")] = "",
    case: Annotated[str, typer.Option(help="Case number for the picture.")] = "",
    theme: Annotated[str, typer.Option(help="light or dark.")] = "light",
    language: Annotated[str, typer.Option(help="en or tr.")] = "en",
    fold: Annotated[list[str] | None, typer.Option(help="Kinds of events to fold, repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a link chart as .html, .svg, .csv, .json, .ftm.json or .pyvis.html and enter it in the register."""
    ids = [part.strip() for part in entities.split(",") if part.strip()]
    if bool(name) == bool(ids):
        raise InputError("Say which chart: a saved one by its id, or --entities ID,ID.")
    with session() as opened:
        made = chart.export(
            opened,
            to.name,
            name=name,
            ids=ids,
            case=case,
            theme=theme,
            language=language,
            fold=fold or [],
            positions={},
            deliver=lambda content: _write(to, content),
        )
    if as_json:
        print_json(
            {"file": str(to), "sha256": made.sha256, "chart_hash": made.chart_hash, "export": made.number,
             "left_out": list(made.left_out)}
        )  # fmt: skip
    else:
        say(f"{to}: {len(made.content):,} bytes, SHA-256 {made.sha256}")
        for line in made.left_out:
            say(f"Not in the file: {line}.")


def _write(to: Path, content: bytes) -> None:
    """Write beside and rename: what cannot be written whole leaves the file of that name as it was."""
    part: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=to.parent, prefix=".part-", delete=False) as stream:
            part = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o666 & ~_mask())
        part.replace(to)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else InputError
        raise kind(f"{to} cannot be written: {error.strerror}.") from error


def _mask() -> int:
    held = os.umask(0)
    os.umask(held)
    return held


def chart_list(as_json: AsJson = False, limit: Most = 1000, cursor: Cursor = "") -> None:
    """Saved charts, last saved first."""
    with session() as opened:
        found = charts.paged(opened.desk, cursor, limit).as_json("charts")
    if as_json:
        print_json(found)
        return
    for row in found["charts"]:
        print_line(f"{row['id']}  {row['name']}  {row['updated_at']}")
    say_more(len(found["charts"]), found)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Link charts.", no_args_is_help=True)
    group.command("export")(export)
    group.command("list")(chart_list)
    app.add_typer(group, name="chart")
