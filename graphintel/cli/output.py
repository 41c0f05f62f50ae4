"""What commands print: one JSON document, or plain tables; progress goes to stderr when that is a terminal."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from graphintel.model.values import tidy

# What a terminal would obey and JSON lets through as it is: DEL, C1 and bidi controls.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile(f"[\x00-\x1f]|{_OBEYED.pattern}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDE = 10_000
Report = Callable[[int, int, str], None]


def wants_json() -> bool:
    """Whether this command line asked for JSON, for errors that come before its options are read."""
    return "--json" in sys.argv[1:]


def print_json(content: Any) -> None:
    """One JSON document on stdout; control characters of the data are written as JSON escapes."""
    options = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    if sys.stdout.isatty():
        options |= orjson.OPT_INDENT_2
    text = orjson.dumps(content, option=options, default=str).decode()
    sys.stdout.write(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "") -> None:
    """A table for people; control characters of the data never reach the terminal, and lines fold only there."""
    table = Table(title=Text(tidy(title)) if title else None, show_lines=False)
    for column in columns:
        # An id in pieces cannot be copied into the next command.
        table.add_column(Text(tidy(column)), overflow="fold", no_wrap=column == "id")
    for row in rows:
        table.add_row(*[Text("" if cell is None else tidy(str(cell))) for cell in row])
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def print_line(text: str) -> None:
    """A line for people on stdout, without the control characters of the data."""
    print(_HIDDEN.sub("", text))


def print_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """CSV on stdout; cells that a spreadsheet would run as a formula are neutralised, and on a terminal made tidy."""
    writer = csv.writer(sys.stdout)
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([[_cell(cell) for cell in row] for row in rows])


def _cell(content: Any) -> Any:
    if isinstance(content, list | dict):
        content = orjson.dumps(content, default=str).decode()
    if not isinstance(content, str):
        return content
    shown = tidy(content) if sys.stdout.isatty() else content
    return "'" + shown if shown.startswith(_FORMULA) else shown


def say(text: str) -> None:
    """A line for people on stderr, without the control characters of file names and data."""
    sys.stderr.write(tidy(text) + "\n")


def say_more(shown: int, found: dict[str, Any], ways: str = "--limit") -> None:
    """What a page of a list did not show, and how to see it, on stderr; nothing if it is whole."""
    left = found["truncated"]["by_limit"]
    if left:
        on = f"; go on with --cursor {found['next']}" if found.get("next") else f"; {ways} shows more"
        say(f"{shown:,} of {shown + left:,} shown{on}.")


def say_left_out(truncated: dict[str, Any]) -> None:
    """What an answer left out, on stderr; nothing if it is whole."""
    if truncated["by_limit"]:
        least = "At least " if truncated.get("more") else ""
        say(f"{least}{truncated['by_limit']:,} more were left out by --limit or the number of events read.")


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """A progress bar with rate on stderr when it is a terminal, silence otherwise."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    shown = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} {task.fields[what]}"),
        TextColumn("{task.fields[rate]:,.0f}/s", justify="right"), TimeElapsedColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with shown:
        task: TaskID | None = None

        def report(done: int, total: int, what: str) -> None:
            nonlocal task
            if task is None:
                task = shown.add_task(title, total=total or None, what=what, rate=0.0)
            elapsed = shown.tasks[0].elapsed or 0.001
            shown.update(task, completed=done, total=total or None, what=what, rate=done / elapsed)

        yield report
