"""`graphintel backup FILE` and `graphintel restore FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import backup as acts
from graphintel.cli.options import AsJson, settings
from graphintel.cli.output import print_json, print_line, progress, say

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup.")]


def backup(file: File, as_json: AsJson = False) -> None:
    """Copy graph, desk and evidence into one new file; the store is stopped meanwhile."""
    with progress("backup") as report:
        made = acts.backup(settings(), file, report, say)
    if as_json:
        print_json(made.as_json())
    else:
        print_line(
            f"{made.file}: {made.bytes:,} bytes, {made.evidence_files:,} evidence files, counter {made.counter}"
        )
        print_line(f"graph hash {made.graph_hash}")
    if made.damaged:
        say(f"Evidence was damaged before and is copied as it is: {', '.join(made.damaged[:20])}.")
    raise typer.Exit(made.exit_code)


def restore(file: File, as_json: AsJson = False) -> None:
    """Fill an empty home from a backup and hash its graph again."""
    with progress("restore") as report:
        made = acts.restore(settings(), file, report, say)
    if as_json:
        print_json(made.as_json())
    else:
        print_line(
            f"{made.home} is as it was at {made.made_at}, counter {made.counter}, {made.evidence_files:,} evidence files"
        )
        print_line(f"graph hash {made.graph_hash}")
    if made.exit_code:
        say(
            f"The graph hash is not that of the backup ({made.expected}, made by graphintel {made.program}): "
            f"do not work with this home before `graphintel doctor` finds it well."
        )
    raise typer.Exit(made.exit_code)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)
