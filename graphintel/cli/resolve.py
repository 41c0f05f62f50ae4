"""Comparing with what is held: `resolve judge`, `undo`, `judgements`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.acts import judge as judging
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line, print_table, say

Row = dict[str, Any]
_ANY = "Any id of a thing, or of a record that states it."


def judge(
    left: Annotated[str, typer.Argument(help=_ANY)],
    right: Annotated[str, typer.Argument(help=_ANY)],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    reason: Annotated[str, typer.Option(help="What shows it; kept with the judgement.")] = "",
    cut: Annotated[
        list[str] | None, typer.Option(help="A judgement that falls with a `different`, repeatable.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say that two things are the same, different, or that it is unsure; it can be undone."""
    with session() as opened:
        done = judging.judge(opened, left, right, verdict, reason=reason, cut=cut)
    _tell(done, as_json)


def undo(
    judgement: Annotated[str, typer.Argument(help="A judgement of `graphintel resolve judgements`.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the withdrawal.")] = "",
    as_json: AsJson = False,
) -> None:
    """Withdraw a judgement; it stays on record with who withdrew it and why."""
    with session() as opened:
        done = judging.undo(opened, judgement, reason=reason)
    _tell(done, as_json)


def judgements(
    about: Annotated[str, typer.Argument(help="Any id of a thing; all judgements without it.")] = "",
    past: Annotated[bool, typer.Option("--all", help="Withdrawn ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    cursor: Annotated[str, typer.Option(help="`next` of the page before.")] = "",
    as_json: AsJson = False,
) -> None:
    """What was judged by whom and why, newest first."""
    with session() as opened:
        found = judging.listed(opened, about=about, past=past, cursor=cursor, limit=limit)
    if as_json:
        print_json(found)
        return
    rows = [
        [row["id"], row["verdict"], row["left"], row["right"], row["by"], row["at"][:16],
         "withdrawn" if row.get("withdrawn_by") else "", row["reason"]]
        for row in found["judgements"]
    ]  # fmt: skip
    print_table(["judgement", "verdict", "left", "right", "by", "at", "", "reason"], rows)
    if found["next"]:
        say(f"There are more: --cursor {found['next']}")


def _tell(done: Row, as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    if done["unchanged"]:
        print_line(f"that was said before: judgement {done['judgement']}")
        return
    before, after = (len(set(done[name])) for name in ("before", "after"))
    came = "nothing moved"
    if after < before:
        came = "they are one thing now"
    elif after > before:
        came = "they are two things now"
    print_line(f"judgement {done['judgement']}: {done['verdict']}; {came}, {done['moved']:,} links moved")
    if done["parted_keys"]:
        print_line(f"  no longer a reason to unite them: {', '.join(done['parted_keys'])}")
    for name, rows in (done["relied"] or {}).items():
        for row in rows:
            what = row.get("name") or row.get("format") or row.get("method")
            print_line(f"  to be looked at again: {name[:-1]} {row['id']} {what}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Compare with what is held: judge, undo, explain.", no_args_is_help=True)
    for command in (judge, undo, judgements):
        group.command()(command)
    app.add_typer(group, name="resolve")
