"""Commands about rows that did not load: `quarantine list`, `show`, `retry`, `export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import quarantine as acts
from graphintel.cli.options import AsJson, Cursor, Most, session, settings
from graphintel.cli.output import print_json, print_line, print_table, progress, say, say_more
from graphintel.desk import open_desk, quarantine

Batch = Annotated[int | None, typer.Option(help="One load only.")]
Source = Annotated[str, typer.Option(help="One source only.")]
Reason = Annotated[str, typer.Option(help="One reason only, such as bad_date.")]


def list_(
    as_json: AsJson = False, batch: Batch = None, source: Source = "", reason: Reason = "",
    state: Annotated[str, typer.Option(help="waiting, loaded or superseded; empty for all.")] = quarantine.WAITING,
    limit: Most = 1000, cursor: Cursor = "",
) -> None:  # fmt: skip
    """Rows that did not load, with file, row and reason."""
    with open_desk(settings().desk_file) as desk:
        found = quarantine.paged(
            desk, batch=batch, source=source, reason=reason, state=state, cursor=cursor, limit=limit
        ).as_json("rows")
    if as_json:
        print_json(found)
        return
    columns = ("id", "batch", "source", "file", "position", "reason", "message")
    print_table(columns, [[row[name] for name in columns] for row in found["rows"]])
    say_more(len(found["rows"]), found)


def show(name: str, as_json: AsJson = False) -> None:
    """One row that did not load, with its bytes and every try so far."""
    with open_desk(settings().desk_file) as desk:
        found = quarantine.one(desk, name)
    if as_json:
        print_json(found)
        return
    for key, value in found.items():
        print_line(f"{key:10} {value!r}" if key in ("raw", "tries") else f"{key:10} {value}")


def retry(
    which: Annotated[list[str] | None, typer.Argument(help="Ids of rows, or numbers of loads.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All rows that wait.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read rows again with the description of today, and load those that can be loaded now."""
    with session() as opened, progress("retrying") as report:
        done = acts.retry(opened, which or [], everything=everything, progress=report)
    if as_json:
        print_json(done.as_json())
    else:
        print_line(
            f"{done.rows} rows read again: {done.loaded} loaded, {done.superseded} superseded by later deliveries, "
            f"{done.reasons.total()} left"
        )
        for reason, count in done.reasons.most_common():
            print_line(f"  {count} {reason}")
    for warning in done.warnings:
        say(f"note: {warning}")
    raise typer.Exit(done.exit_code)


def export(
    file: Annotated[Path, typer.Argument(help="A file that ends in .csv or .jsonl.")],
    as_json: AsJson = False, batch: Batch = None, source: Source = "", reason: Reason = "",
) -> None:  # fmt: skip
    """Write the waiting rows with their bytes to a file, for those who deliver them."""
    with open_desk(settings().desk_file) as desk:
        rows = acts.export(desk, file, batch=batch, source=source, reason=reason, actor=settings().actor)
    if as_json:
        print_json({"file": str(file), "rows": rows})
    else:
        print_line(f"{rows} rows in {file}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Rows that did not load.", no_args_is_help=True)
    group.command("list")(list_)
    for command in (show, retry, export):
        group.command()(command)
    app.add_typer(group, name="quarantine")
