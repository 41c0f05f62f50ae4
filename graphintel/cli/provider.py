"""Service providers: `provider list`, `mark`, `unmark`."""

from __future__ import annotations

from typing import Annotated

import typer

from graphintel.acts import providers as acts
from graphintel.cli.options import AsJson, Cursor, Most, session
from graphintel.cli.output import print_json, print_line, print_table, say_more

Name = Annotated[str, typer.Argument(help="Any id of a thing.")]
Why = Annotated[str, typer.Option(help="Why; kept with the mark.")]
Role = Annotated[
    str, typer.Option(help="declarant, courier, carrier, bank, phone, address, account or port.")
]


def list_(role: Role = "", limit: Most = 50, cursor: Cursor = "", as_json: AsJson = False) -> None:
    """Who is marked as a service provider, with who decided, and who is likely one."""
    with session() as opened:
        found = acts.listed(opened, role=role, cursor=cursor, limit=limit)
    if as_json:
        print_json(found)
        return
    rows = [
        ["marked", row["role"], row["name"], row["id"], f"by {row['by']} on {row['at'][:10]}: {row['reason']}"]
        for row in found["marked"]
    ] + [
        ["proposed", row["role"], row["name"], row["id"],
         f"{row['clients']:,} clients ({row['usual']:g} usual), {row['share']:.0%} of {row['links']:,} links"]
        for row in found["proposed"]
    ]  # fmt: skip
    print_table(["", "role", "name", "id", "why"], rows)
    say_more(len(found["proposed"]), found)


def mark(name: Name, role: Role = "", reason: Why = "", as_json: AsJson = False) -> None:
    """Mark a thing as a service provider: paths do not run through it, nothing is merged with it without a person."""
    with session() as opened:
        done = acts.mark(opened, name, reason=reason, role=role)
    if as_json:
        print_json(done)
    else:
        print_line(f"{'it is one already' if done['unchanged'] else 'marked'}: {done['judgement']}")


def unmark(name: Name, reason: Why = "", as_json: AsJson = False) -> None:
    """Take the mark of a thing back; both stay on record."""
    with session() as opened:
        done = acts.unmark(opened, name, reason=reason)
    if as_json:
        print_json(done)
    else:
        print_line(f"no longer marked: {', '.join(done['withdrawn'])}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Who serves so many that sharing them says nothing.", no_args_is_help=True)
    group.command("list")(list_)
    for command in (mark, unmark):
        group.command()(command)
    app.add_typer(group, name="provider")
