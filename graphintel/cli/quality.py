"""The quality report of a load: `quality`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from graphintel.acts import quality as act
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line, print_table

Row = dict[str, Any]
_TOLD = 20


def quality(
    batch: Annotated[
        int | None, typer.Argument(help="A load of `graphintel batches`; the last if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What the rows of a load were like, and how they differ from the last load of its source."""
    with session() as opened:
        found = act.report(opened, batch)
    if as_json:
        print_json(found)
        return
    for line in lines(found):
        print_line(line)
    _columns(found)
    _values(found)
    _refused(found)


def lines(found: Row) -> Iterator[str]:
    """The report in sentences; nothing is said of what is as it was and as it should be."""
    rows = found["rows"]
    yield (
        f"Load {found['batch']} of {found['source']}: {rows['read']:,} rows read, {rows['new']:,} new, "
        f"{rows['unchanged']:,} unchanged, {rows['duplicate']:,} duplicates, {rows['quarantined']:,} in quarantine."
    )
    before = found["compared_with"]
    yield f"Compared with load {before}." if before else "No earlier load of this source to compare with."
    drift = found["drift"]
    for row in drift["renamed"]:
        yield f"Renamed: {row['from']} is now {row['to']} ({row['why']})."
    for name, words in (("new", "New columns"), ("missing", "Missing columns")):
        if drift[name]:
            yield f"{words}: {', '.join(drift[name])}."
    for row in found["distributions"]:
        if row["moved"]:
            yield f"{row['column']} is distributed otherwise than before (index {row['psi']:.2f})."
    yield from remarks(found)


def remarks(found: Row) -> Iterator[str]:
    """What is odd about rows in themselves, in sentences."""
    unread = found["unread"]
    if unread["columns"]:
        yield f"Nobody reads {', '.join(unread['columns'])} ({unread['share']:.1%} of the filled cells)."
    for row in found["vocabularies"]:
        if row["new"]:
            words = ", ".join(f"{new['word']} ({new['count']:,})" for new in row["new"][:_TOLD])
            more = len(row["new"]) - _TOLD
            yield f"Unknown words in {row['column']}: {words}{f' and {more:,} more' if more > 0 else ''}."
    for row in found["future"]["fields"]:
        such = "; ".join(f"{one['raw']} ({one['file']} {one['position']})" for one in row["examples"][:2])
        yield f"After the day of the load: {row['kind']} {row['property']} {row['count']:,} ×, such as {such}."
    if found["unplaced"]:
        words = ", ".join(f"{place['text']} ({place['count']:,})" for place in found["unplaced"][:_TOLD])
        more = found["unplaced_texts"] - min(len(found["unplaced"]), _TOLD)
        yield f"Places that stayed text: {words}{f' and {more:,} more' if more else ''}."


def show_alone(found: Row) -> None:
    """What rows are like in themselves: remarks, values in doubt, and what was refused."""
    for line in remarks(found):
        print_line(line)
    _values(found)
    _refused(found)


def _columns(found: Row) -> None:
    told = [column for column in found["columns"] if column["state"] == "read"]
    print_table(
        ("column", "filled", "before", ""),
        [(column["name"], f"{column['rate']:.0%}", "" if column["rate_before"] is None else f"{column['rate_before']:.0%}",
          "moved" if column["moved"] else "") for column in told],
        title="Columns that are read",
    )  # fmt: skip
    left_out = [column for column in found["columns"] if column["state"] == "left out"]
    if left_out:
        print_table(
            ("column", "why"), [(c["name"], c["reason"]) for c in left_out], title="Left out on purpose"
        )


def _values(found: Row) -> None:
    doubted = [row for row in found["values"] if row["invalid"] or row["unknown"]]
    if doubted:
        print_table(
            ("value", "valid", "invalid", "unknown", "such as"),
            [(row["type"], row["valid"], row["invalid"], row["unknown"],
              "; ".join(f"{one['raw']} ({one['file']} {one['position']})" for one in row["examples"])) for row in doubted],
            title="Values in doubt",
        )  # fmt: skip


def _refused(found: Row) -> None:
    if found["quarantine"]:
        print_table(
            ("reason", "rows", "such as"),
            [(row["reason"], row["count"], "; ".join(f"{one['file']} {one['position']}: {one['message']}" for one in row["examples"][:2]))
             for row in found["quarantine"]],
            title="In quarantine",
        )  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(quality)
