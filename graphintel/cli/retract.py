"""Taking back and grading again: `regrade`, `retract`."""

from __future__ import annotations

from typing import Annotated

import typer

from graphintel.acts import regrade as regrading
from graphintel.acts import retract as taking
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line, progress


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


def retract(
    batch: Annotated[int, typer.Argument(help="A batch of `graphintel batches`.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the batch and in the log.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Bring a retracted batch back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take one load back out: the graph is then the one that would be there without it."""
    with session() as opened, progress(f"retracting {batch}") as report:
        done = taking.retract(opened, batch, reason=reason, undo=undo, progress=report)
    if as_json:
        print_json(done)
        return
    print_line(
        f"batch {batch} is {'back' if undo else 'out'}: {done['closed']:,} records closed, {done['opened']:,} opened, "
        f"{done['changed']:,} changed, {done['moved']:,} links moved between entities in {done['seconds']:.1f} s"
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(regrade)
    app.command()(retract)
