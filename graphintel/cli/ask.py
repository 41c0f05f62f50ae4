"""Questions: `query list|show|run` and `cypher`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.acts import ask
from graphintel.cli.options import AsCsv, AsJson, Params, parsed, session
from graphintel.cli.output import print_csv, print_json, print_table, say

Limit = Annotated[int | None, typer.Option(min=1, help="Rows at most.")]


def query_list(as_json: AsJson = False) -> None:
    """The shelf of saved questions."""
    found = [query.as_json() for query in ask.questions().values()]
    if as_json:
        print_json(found)
        return
    print_table(("id", "question"), [(q["id"], q["question"]["en"]) for q in found])


def query_show(name: str, as_json: AsJson = False) -> None:
    """One saved question: its text and parameters."""
    found = ask.question(name)
    if as_json:
        print_json({**found.as_json(), "text": found.text})
        return
    print(found.text)


def query_run(
    name: str, param: Params = None, as_json: AsJson = False, as_csv: AsCsv = False, limit: Limit = None
) -> None:
    """Run a saved question."""
    with session() as opened:
        found = ask.run(opened, name, dict(parsed(param)), limit)
    _print(found.as_json(), as_json, as_csv)


def cypher(
    text: str, param: Params = None, limit: Limit = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """Run read-only Cypher."""
    with session() as opened:
        found = ask.cypher(opened, text, dict(parsed(param)), limit)
    _print(found.as_json(), as_json, as_csv)


def _print(found: dict[str, Any], as_json: bool, as_csv: bool) -> None:
    if as_json:
        print_json(found)
        return
    if as_csv:
        print_csv(found["columns"], found["rows"])
    else:
        print_table(found["columns"], found["rows"])
    if found["truncated"]:
        say(
            f"The first {len(found['rows']):,} rows are shown; there are more. --limit shows more of them, "
            "up to the setting question_rows."
        )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Saved questions.", no_args_is_help=True)
    group.command("list")(query_list)
    group.command("show")(query_show)
    group.command("run")(query_run)
    app.add_typer(group, name="query")
    app.command()(cypher)
