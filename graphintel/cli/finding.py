"""Findings that were kept: `finding list`, `show`, `again`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.acts import findings as acts
from graphintel.cli.options import AsJson, Cursor, Most, session
from graphintel.cli.output import print_json, print_line, print_table, say, say_more

Name = Annotated[str, typer.Argument(help="The number of a finding.")]
Method = Annotated[str, typer.Option(help="communities, centrality, key-players or hidden-ties.")]


def list_(method: Method = "", limit: Most = 50, cursor: Cursor = "", as_json: AsJson = False) -> None:
    """Findings, newest first, and how each was made."""
    with session() as opened:
        found = acts.listed(opened, method=method, cursor=cursor, limit=limit).as_json("findings")
    if as_json:
        print_json(found)
        return
    rows = [
        [row["id"], row["method"], row["at"], row["actor"], row["content"]["counter"], row["content"]["seed"],
         "some things" if row["content"]["asked"].get("ids") else "all that is visible"]
        for row in found["findings"]
    ]  # fmt: skip
    print_table(["id", "method", "at", "by", "counter", "seed", "about"], rows)
    say_more(len(rows), found)


def show(name: Name, as_json: AsJson = False) -> None:
    """One finding: how it was made, what it said in words, and whether the data has changed since."""
    with session() as opened:
        found = acts.one(opened, name)
    if as_json:
        print_json(found)
        return
    print_line(
        f"{found['method']} by {found['actor']} on {found['at']}, seed {found['seed']}, counter {found['counter']}"
    )
    _said(found["result"])
    now = (
        f"the data has changed since (counter {found['counter_now']})"
        if found["changed_since"]
        else "nothing has changed since"
    )
    say(f"{now}; `graphintel finding again {name}` runs it again.")


def again(name: Name, as_json: AsJson = False) -> None:
    """The same question on what the data says now, and what is different."""
    with session() as opened:
        found = acts.again(opened, {"finding": name})
    if as_json:
        print_json(found)
        return
    print_line("the same" if found["same"] else "not the same any more")
    print_line(found["change"]["explanation"]["en"])
    _said(found["finding"])
    say(f"Kept as {found['finding']['finding']}.")


def _said(result: dict[str, Any]) -> None:
    for part in ("explanation", "limits"):
        if result.get(part):
            print_line(result[part]["en"])


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Results of analysis that were kept.", no_args_is_help=True)
    group.command("list")(list_)
    for command in (show, again):
        group.command()(command)
    app.add_typer(group, name="finding")
