"""The inbox of notices: `notice list`, `show`, `grade`, `return`, `reject`, `reopen`, `hand-over`, `accept`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.acts import notice as acts
from graphintel.cli.options import AsJson, Cursor, Most, session
from graphintel.cli.output import print_json, print_line, print_table, progress, say, say_more

Row = dict[str, Any]
Name = Annotated[str, typer.Argument(help="The id of a notice; `graphintel notice list` has them.")]
Why = Annotated[str, typer.Option(help="Why; kept with the step.")]
Deadline = Annotated[str, typer.Option(help="The day by which an answer is due, such as 2024-12-31.")]
Seen = Annotated[
    int | None,
    typer.Option(help="The last step that you know of: refused if somebody has taken another since.", min=1),
]
_SHOWN = ("overdue", "state", "number", "date", "type", "partner", "grade_label", "deadline", "subject")


def list_(
    state: Annotated[
        str, typer.Option(help="received, accepting, accepted, returned or rejected; all without it.")
    ] = "",
    overdue: Annotated[
        bool | None, typer.Option("--overdue/--not-overdue", help="Only what is late, or only what is not.")
    ] = None,
    source: Annotated[str, typer.Option(help="One source only.")] = "",
    partner: Annotated[str, typer.Option(help="One partner only.")] = "",
    limit: Most = 200, cursor: Cursor = "", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Notices, the overdue first; copies of one are one row."""
    with session() as opened:
        page = acts.listed(
            opened, state=state, overdue=overdue, source=source, partner=partner, cursor=cursor, limit=limit
        )
    found = page.as_json("notices")
    if as_json:
        print_json(found)
        return
    rows = [
        [row["id"], *("late" if name == "overdue" and row[name] else row[name] or "" for name in _SHOWN),
         f"{row['copies']} copies" if row["copies"] else ""]
        for row in found["notices"]
    ]  # fmt: skip
    print_table(["id", "", *_SHOWN[1:], ""], rows)
    say_more(len(rows), found)


def show(name: Name, as_json: AsJson = False) -> None:
    """One notice: what it says and names, how it was graded and decided, and what the graph holds of it."""
    with session() as opened:
        found = acts.one(opened, name)
    if as_json:
        print_json(found)
        return
    _tell(found)
    for step in found["steps"]:
        due = f", due {step['deadline']}" if step["deadline"] else ""
        to = f" to {step['handed_to']}" if step["act"] == "handed over" else ""
        why = f": {step['reason']}" if step["reason"] else ""
        print_line(f"  {step['at'][:16]} {step['act']}{to} by {step['actor'] or 'the program'}{due}{why}")
    for copy in [*found["copies"], *found["same_reference"]]:
        said = "the same told" if copy in found["copies"] else "the same reference"
        print_line(f"  {said} by {copy['partner'] or 'an unnamed partner'}: {copy['id']} ({copy['state']})")
    rows = [
        [f"{hit['score']:.2f}", hit["kind"], hit["named"]["label"], hit["label"], hit["id"], hit["why"]]
        for hit in found["hits"]
    ]
    if rows:
        print_table(["score", "kind", "named", "held", "id", "why"], rows)
    else:
        print_line("the graph holds nothing of what it names")


def grade(
    name: Name,
    grade: Annotated[str, typer.Option(help="Source and information, such as B2.")] = "",
    scheme: Annotated[
        str, typer.Option(help="The grading scheme: admiralty, 4x4, 5x5x5 or 3x5x2; alone it converts.")
    ] = "",
    handling: Annotated[str, typer.Option(help="A handling code of the scheme, such as H1.")] = "",
    handling_text: Annotated[str, typer.Option(help="The instructions that a conditional code wants.")] = "",
    deadline: Deadline = "", reason: Why = "", seen: Seen = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Grade a notice for source and information, set its handling or its deadline."""
    with session() as opened:
        done = acts.grade(
            opened, name, grade=grade, scheme=scheme, handling=handling, handling_text=handling_text,
            deadline=deadline, reason=reason, seen=seen,
        )  # fmt: skip
    _stands(done, as_json)


def return_(
    name: Name, reason: Why = "", deadline: Deadline = "", seen: Seen = None, as_json: AsJson = False
) -> None:
    """Send a notice back to its partner with a question."""
    _decide(name, "return", as_json, reason=reason, deadline=deadline, seen=seen)


def reject(name: Name, reason: Why = "", seen: Seen = None, as_json: AsJson = False) -> None:
    """Reject a notice; nothing of it enters the graph."""
    _decide(name, "reject", as_json, reason=reason, seen=seen)


def reopen(name: Name, reason: Why = "", seen: Seen = None, as_json: AsJson = False) -> None:
    """Take a returned or rejected notice up again."""
    _decide(name, "reopen", as_json, reason=reason, seen=seen)


def hand_over(
    name: Name,
    to: Annotated[str, typer.Option(help="To whom: a unit or a partner.")] = "",
    reason: Why = "", deadline: Deadline = "", seen: Seen = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Hand a notice over to a unit or a partner."""
    _decide(name, "hand-over", as_json, reason=reason, deadline=deadline, to=to, seen=seen)


def accept(
    names: Annotated[list[str], typer.Argument(help="Ids of notices of one source; they become one load.")],
    grade: Annotated[str, typer.Option(help="Grade them so, such as B2.")] = "",
    handling: Annotated[str, typer.Option(help="A handling code no freer than their own.")] = "",
    reason: Why = "", deadline: Deadline = "", seen: Seen = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Accept notices: they are loaded as one batch, which `graphintel retract` takes back out."""
    with session() as opened, progress("accepting") as report:
        done = acts.accept(
            opened, names, grade=grade, handling=handling, reason=reason, deadline=deadline, seen=seen,
            progress=report,
        )  # fmt: skip
    if as_json:
        print_json(done)
    else:
        told = done["report"]
        print_line(
            f"{sum(row['state'] == 'accepted' for row in done['notices'])} notices accepted as load {told['batch']}: "
            f"{told['records_new']} records, {told['links_new']} links"
        )
    for warning in done["report"]["warnings"]:
        say(f"note: {warning}")
    raise typer.Exit(done["exit_code"])


def _decide(name: str, act: str, as_json: bool, **given: Any) -> None:
    with session() as opened:
        done = acts.decide(opened, name, act, **given)
    _stands(done, as_json)


def _stands(found: Row, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _tell(found: Row) -> None:
    """A notice in a few lines."""
    late = ", late" if found["overdue"] else ""
    due = f", due {found['deadline']}{late}" if found["deadline"] else ""
    print_line(f"{found['number'] or found['id']}: {found['state']}{due}; step {found['step']}")
    said = {
        "from": found["partner"], "received": found["received_at"][:16], "date": found["date"], "type": found["type"],
        "grade": found["grade_label"] or "none yet", "handling": found["banner"], "subject": found["subject"], "text": found["text"],
        "handed to": found["handed_to"], "load": found["batch"], "origins": found["origins"],
    }  # fmt: skip
    for key, value in said.items():
        if value not in ("", None):
            print_line(f"  {key:10} {value}")
    for thing in found["names"]:
        values = ", ".join(f"{key} {value}" for key, value in thing["values"].items())
        print_line(f"  names      {thing['kind']}{' as ' + thing['role'] if thing['role'] else ''}: {values}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The inbox of notices: grade, decide, hand over, accept.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("return")(return_)
    group.command("hand-over")(hand_over)
    for command in (show, grade, reject, reopen, accept):
        group.command()(command)
    app.add_typer(group, name="notice")
