"""Taking back and grading again: `regrade`, `retract`."""

from __future__ import annotations

from typing import Annotated

import typer

from graphintel.acts import regrade as regrading
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line


def regrade(
    record: Annotated[str, typer.Argument(help="The id of a record.")],
    grade: Annotated[str, typer.Option(help="The new grade, such as B2 or `4x4: B2`.")] = "",
    handling: Annotated[str, typer.Option(help="A stricter handling code, such as H1.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept beside the grade.")] = "",
    as_json: AsJson = False,
) -> None:
    """Grade a record again; the old grade stays with who, when and why."""
    with session() as opened:
        done = regrading.regrade(opened, record, grade=grade, handling=handling, reason=reason)
    if as_json:
        print_json(done)
        return
    print_line(f"{done['before']} is now {done['grade']}, {done['banner']} (batch {done['batch']})")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(regrade)
