"""Commands of the data officer: `sources`, `source new`, `source check`, `source schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import source
from graphintel.cli.options import AsJson, settings
from graphintel.cli.output import print_json, print_line, print_table, say
from graphintel.errors import InputError
from graphintel.ingest.lint import Checked
from graphintel.ingest.mapping.language import json_schema


def sources(as_json: AsJson = False) -> None:
    """What can be loaded, with default grade and marking."""
    found = source.listed(settings().shelf)
    if as_json:
        print_json(found)
        return
    print_table(
        ("source", "what it is", "version", "grade", "marking"),
        [
            (s["name"], s["title"], s["mapping_version"], s["grade"], s["banner"])
            for s in found
            if not s["fault"]
        ],
    )
    for one in found:
        if one["fault"]:
            say(f"{one['name']} cannot be used: {one['fault']}")


def new(
    name: Annotated[str, typer.Argument(help="Name of the new source: small letters, digits, hyphens.")],
    file: Annotated[Path, typer.Option("--from", help="A file of its kind: CSV, TSV, JSON, XLSX or XML.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the draft, if not the home's sources.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft the description of a new source from one of its files."""
    made = source.new(out or settings().shelf, name, file)
    if as_json:
        print_json(made.as_json())
        return
    print_line(f"{made.folder}: {', '.join(made.files)}, drafted from {made.rows} rows. To be looked at:")
    for what in made.unclear:
        print_line(f"  {what}")
    say(f"Next: `graphintel source check {made.folder if out else name}`.")


def check(
    name: Annotated[str, typer.Argument(help="A source's name, or the folder of its description.")],
    as_json: AsJson = False,
) -> None:
    """All that is wrong with a source at once, and what its sample becomes."""
    done = source.check(settings().shelf, name)
    if as_json:
        print_json(done.as_json())
    else:
        _tell(done)
    raise typer.Exit(0 if done.ok else InputError.exit_code)


def _tell(done: Checked) -> None:
    for found in done.findings:
        where = f"{found.file}:{found.line}: {found.key}".rstrip(": ")
        print_line(f"{'wrong' if found.wrong else 'note '} {where}: {found.message}")
    wrong = sum(found.wrong for found in done.findings)
    sample = f"sample: {done.rows} rows, {done.records} records, {done.quarantined} in quarantine"
    print_line(f"{done.source}: {'can be loaded' if done.ok else f'{wrong} things to mend'}; {sample}")


def schema() -> None:
    """The mapping language as a JSON Schema."""
    print_json(json_schema())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(sources)
    group = typer.Typer(help="Sources of one's own: draft and check.", no_args_is_help=True)
    for command in (new, check, schema):
        group.command()(command)
    app.add_typer(group, name="source")
