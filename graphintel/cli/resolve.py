"""Comparing with what is held: `resolve run`, `relink`, `queue`, `why`, `judge`, `undo`, `judgements`, `fit`, `weights`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.acts import compare
from graphintel.acts import judge as judging
from graphintel.acts import queue as queueing
from graphintel.acts import relink as relinking
from graphintel.acts import why as explaining
from graphintel.cli import fitting
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line, print_table, progress, say

Row = dict[str, Any]
_ANY = "Any id of a thing, or of a record that states it."


def run(
    again: Annotated[bool, typer.Option("--again", help="Compare everything, not only what is new.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare what came since the last run with what is held; goes on where a stopped run was."""
    with session() as opened, progress("comparing") as report:
        done = compare.compare(opened, progress=report, again=again)
    if as_json:
        print_json(done.as_json())
        return
    print_line(
        f"{done.mentions:,} statements compared in {done.pairs:,} pairs: {done.automatic:,} judged the same, "
        f"{done.queued:,} wait in the queue, {done.kept - done.queued:,} kept below it ({done.seconds:.1f} s, "
        f"weights {done.model})"
    )
    rows = [
        [row["rule"], f"{row['right']:,}", f"{row['wrong']:,}", f"{row['interval'][0]:.4f}-{row['interval'][1]:.4f}",
         "decides" if row["decides"] else "for people"]
        for row in done.rules
    ]  # fmt: skip
    if rows:
        print_table(["equal", "right", "wrong", "95 % interval", ""], rows)


def relink(
    least: Annotated[
        float, typer.Option("--from", min=0.5, max=1, help="Suggest pairs from this probability on.")
    ] = relinking.LEAST,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the random pairs; the setting's without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Learn weights without labels from all that is held and suggest what is likely one thing; nothing is merged."""
    with session() as opened, progress("relinking") as report:
        done = relinking.relink(opened, least=least, seed=seed, progress=report)
    if as_json:
        print_json(done.as_json())
        return
    names = ("rows", "pairs", "suggested", "asked_already", "model")
    print_table(
        ["kind", "rows", "pairs", "suggested", "asked already", "model"],
        [[kind, *(row[name] for name in names)] for kind, row in done.kinds.items()],
    )
    print_line(
        f"{done.mentions:,} statements, {done.suggested:,} pairs wait in the queue ({done.seconds:.1f} s, seed {done.seed})"
    )


def queue(
    kind: Annotated[str, typer.Option(help="Only things of this kind, such as Person.")] = "",
    least: Annotated[
        float, typer.Option("--from", min=0, max=1, help="Show pairs from this probability on.")
    ] = compare.QUEUED,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    cursor: Annotated[str, typer.Option(help="`next` of the page before.")] = "",
    as_json: AsJson = False,
) -> None:
    """Pairs that wait for a person, those that matter most first."""
    with session() as opened:
        found = queueing.queue(opened, kind=kind, least=least, cursor=cursor, limit=limit)
    if as_json:
        print_json(found)
        return
    rows = [
        [f"{row['probability']:.3f}", row["kind"], *(thing["label"] for thing in row["things"]), row["left"], row["right"],
         ", ".join(f"{one['field']} {one['bits']:+.1f}" for one in row["reasons"][:4]), _noted(row)]
        for row in found["pairs"]
    ]  # fmt: skip
    print_table(["prob.", "kind", "left", "right", "id", "id", "reasons (bits)", "note"], rows)
    if found["next"]:
        say(f"{found['truncated']['by_limit']} more: --cursor {found['next']}")


def _noted(row: Row) -> str:
    more = sum(map(len, row["alike"]))
    return "; ".join(filter(None, [row["note"], f"{more} more say the same" if more else ""]))


def why(
    left: Annotated[str, typer.Argument(help="Any id of a thing.")],
    right: Annotated[str, typer.Argument(help="Any id of a thing.")],
    as_json: AsJson = False,
) -> None:
    """Why two things are, may be or are not one: contributions that add up, and what would change the verdict."""
    with session() as opened:
        found = explaining.why(opened, left, right)
    if as_json:
        print_json(found)
        return
    for side in (found["left"], found["right"]):
        print_line(
            f"{side['label']} ({side['kind']}, {side['statements']} statements; {side['mention']} of {side['source']})"
        )
    rows = [
        [one["field"], f"{one['bits']:+.2f}", one["level"], one["left"], one["right"]]
        for one in found["contributions"]
    ]
    print_table(["field", "bits", "level", "left", "right"], rows)
    print_line(
        f"sum {found['bits']:+.2f} bits: probability {found['probability']:.4f}, {found['verdict']} (weights {found['model']})"
    )
    if found["one"]:
        print_line("they are one thing now" + (f", by {', '.join(found['keys'])}" if found["keys"] else ""))
    for row in found["judgements"]:
        print_line(f"judged {row['verdict']} by {row['by']} on {row['at'][:10]}: {row['reason']}")
    for one in found["changes"]:
        print_line(f"{one['if']}: {one['verdict']} ({one['probability']:.4f})")


def judge(
    left: Annotated[str, typer.Argument(help=_ANY)],
    right: Annotated[str, typer.Argument(help=_ANY)],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    reason: Annotated[str, typer.Option(help="What shows it; kept with the judgement.")] = "",
    cut: Annotated[
        list[str] | None, typer.Option(help="A judgement that falls with a `different`, repeatable.")
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            help="A further thing that is judged against the right one, repeatable; `alike` of the queue."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say that two things are the same, different, or that it is unsure; it can be undone."""
    with session() as opened:
        done = judging.judge(opened, left, right, verdict, reason=reason, cut=cut, also=also)
    _tell(done, as_json)
    for row in done.get("also", ()) if not as_json else ():
        print_line(f"  {row['left']}: {row['judgement'] if 'judgement' in row else row['error']['message']}")


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
    for command in (run, relink, queue, why, judge, undo, judgements, fitting.fit, fitting.weights):
        group.command()(command)
    app.add_typer(group, name="resolve")
