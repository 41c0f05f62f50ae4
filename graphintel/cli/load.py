"""Loading commands: `sources`, `ingest`, `batches`, `quarantine`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from graphintel.acts import accept, bulk, comparing, load, program, rehearse
from graphintel.acts.session import Session
from graphintel.cli import quality
from graphintel.cli.options import AsJson, Most, session, settings
from graphintel.cli.output import print_json, print_table, progress, say, say_more
from graphintel.errors import InputError

Row = dict[str, Any]


def ingest(
    source: Annotated[str, typer.Argument(help="A source of `graphintel sources`.")],
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    as_json: AsJson = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and count, ask no store, write nothing.")
    ] = False,
    in_bulk: Annotated[
        bool, typer.Option("--bulk", help="A first load into an empty store, through neo4j-admin import.")
    ] = False,
    acceptance: Annotated[
        bool, typer.Option("--accept", help="partner-notice: accept what is read.")
    ] = False,
    grade: Annotated[str, typer.Option(help="With --accept: grade such as B2.")] = "",
    handling: Annotated[str, typer.Option(help="With --accept: handling code such as H1.")] = "",
    whole: Annotated[
        bool,
        typer.Option(
            "--full", help="The files are all that the source holds: what they leave out is closed."
        ),
    ] = False,
    to_compare: Annotated[
        bool | None,
        typer.Option(
            "--compare/--no-compare", help="Compare what came with what is held; the setting's if not said."
        ),
    ] = None,
    training: Annotated[
        bool, typer.Option("--training", help="Mark this load as invented data.", hidden=True)
    ] = False,
) -> None:
    """Load files or folders of a source."""
    _fits(source, acceptance, in_bulk, whole, graded=bool(grade or handling))
    if dry_run:
        with progress(f"reading {source}") as report:
            done = rehearse.rehearse(settings(), source, paths, progress=report)
        _show(done, as_json)
    if in_bulk:
        _show(_first(source, paths, _properties(training), to_compare), as_json)
    with session() as opened, progress(f"loading {source}") as report:
        if source == accept.SOURCE:
            done = accept.notices(
                opened,
                paths,
                accepted=acceptance,
                grade=grade,
                handling=handling,
                progress=report,
                training=training,
            )
        else:
            properties = {**_properties(training), **({"whole": True} if whole else {})}
            done = load.load(opened, source, paths, progress=report, properties=properties)
        _compare(opened, done, to_compare)
    _show(done, as_json)


def _fits(source: str, acceptance: bool, in_bulk: bool, whole: bool, *, graded: bool) -> None:
    """InputError for options that do not go together."""
    if graded and not acceptance:
        raise InputError("--grade and --handling belong to --accept.")
    if whole and (acceptance or in_bulk or source == accept.SOURCE):
        raise InputError(
            f"--full goes with loads of registers, not with --bulk, --accept or {accept.SOURCE}."
        )
    if acceptance and source != accept.SOURCE:
        raise InputError(f"--accept belongs to {accept.SOURCE}; {source} loads without it.")
    if acceptance and in_bulk:
        raise InputError("--accept does not go together with --bulk.")


def _first(source: str, paths: list[Path], properties: Row, wanted: bool | None) -> load.Report:
    """A first load in bulk, and what it brought compared with itself."""
    with progress(f"loading {source}") as report:
        done = bulk.load_first(settings(), source, paths, progress=report, properties=properties)
    with session() as opened:
        _compare(opened, done, wanted)
    return done


def _compare(opened: Session, done: load.Report, wanted: bool | None) -> None:
    with progress("comparing") as report:
        comparing.at_end(opened, done, wanted=wanted, progress=report)


def _properties(training: bool) -> Row:
    return {"training": True} if training else {}


def _show(done: load.Report, as_json: bool) -> NoReturn:
    if as_json:
        print_json(done.as_json())
    else:
        _tell(done)
    raise typer.Exit(done.exit_code)


def _tell(done: load.Report) -> None:
    told = done.as_json()
    print(
        f"{told['rows_read']:,} rows of {told['files']} files: {told['records_new']:,} new, "
        f"{told['records_unchanged']:,} unchanged, {told['records_duplicate']:,} duplicates, "
        f"{told['rows_quarantined']:,} in quarantine; "
        + (
            f"in {told['seconds']:.1f} s; nothing was written"
            if done.dry_run
            else f"{told['mentions_new']:,} mentions and {told['links_new']:,} links in {told['seconds']:.1f} s "
            f"(batch {told['batch']})"
        )
    )
    if done.quality:
        quality.show_alone(done.quality)
    for refused in done.files_refused:
        say(f"refused {refused['file']}: {refused['message']}")
    for warning in done.warnings:
        say(f"note: {warning}")
    if done.unread_columns:
        say(f"not read: {', '.join(done.unread_columns)}")
    if done.rows_quarantined and not done.dry_run:
        say("See `graphintel quarantine list` for the rows that did not load.")


def batches(
    as_json: AsJson = False, limit: Most = 200,
    cursor: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Go on behind this load; see the note of the page before.")
    ] = None,
) -> None:  # fmt: skip
    """What was loaded, newest first."""
    with session() as opened:
        found = program.batches(opened, cursor, limit)
    if as_json:
        print_json(found)
        return
    columns = ("number", "source", "at", "actor", "state", "records_new", "rows_quarantined")
    print_table(columns, [[row.get(name) for name in columns] for row in found["batches"]])
    say_more(len(found["batches"]), found)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(ingest)
    app.command()(batches)
