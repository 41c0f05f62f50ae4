"""What is printed: control characters of the data never reach a terminal, on any way out."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from graphintel.cli import output
from graphintel.cli.options import parsed
from graphintel.errors import InputError
from graphintel.model.subgraph import Truncated

HOSTILE = "a\x1b[31mb\x07c\x9b2Jd\u202ee\u2066f\x7fg\x00h"
OBEYED = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
]
ANY = st.text(st.characters(exclude_categories=["Cs"]))


def at_a_terminal(write: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal gets when something is written to stdout, its own colours and line ends taken out."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as terminal, monkeypatch.context() as during:
        during.setattr(sys, "stdout", terminal)
        during.setenv("TERM", "dumb")
        write()
        terminal.flush()
        got = b""
        # A terminal hands over what it got piece by piece.
        while select.select([master], [], [], 0.2)[0]:
            got += os.read(master, 1 << 16)
    os.close(master)
    return got.decode().replace("\r", "").replace("\n", "")


@pytest.mark.parametrize(
    "write",
    [
        lambda: output.print_table(("id", HOSTILE), [("1", HOSTILE)], HOSTILE),
        lambda: output.print_json({"x": HOSTILE, HOSTILE: [HOSTILE]}),
        lambda: output.print_csv(("x", HOSTILE), [(HOSTILE, [HOSTILE])]),
        lambda: output.print_line(HOSTILE),
    ],
    ids=["table", "json", "csv", "line"],
)
def test_no_way_out_lets_data_drive_a_terminal(
    write: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    got = at_a_terminal(write, monkeypatch)
    assert got and not [sign for sign in OBEYED if sign in got]


def test_what_is_said_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.say(f"refused\n{HOSTILE}")
    got = capsys.readouterr().err
    assert got.count("\n") == 1 and not [sign for sign in OBEYED if sign in got.rstrip("\n")]


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(ANY, st.lists(ANY)))
def test_json_stays_what_it_was(capsys: pytest.CaptureFixture[str], content: dict[str, list[str]]) -> None:
    output.print_json(content)
    got = capsys.readouterr().out
    assert json.loads(got) == content and not [sign for sign in OBEYED if sign in got.rstrip("\n")]


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=4))
def test_csv_in_a_file_keeps_every_cell_that_is_no_formula(
    capsys: pytest.CaptureFixture[str], cells: list[str]
) -> None:
    output.print_csv(["c"] * len(cells), [cells])
    (row,) = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1:]
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]
    assert not [cell for cell in row if cell[:1] in tuple("=+-@＝＋－＠")]


def test_a_piped_table_keeps_ids_and_long_cells_whole(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 300
    output.print_table(("id", "value"), [("f" * 32, long)])
    got = capsys.readouterr().out
    assert "f" * 32 in got and long in got


def test_what_was_left_out_is_said_once_and_as_a_least_where_it_is_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for cut in (Truncated(), Truncated(by_limit=1234), Truncated(by_limit=10_000, more=True)):
        output.say_left_out(cut.as_json())
    whole = "more were left out by --limit or the number of events read."
    got = capsys.readouterr()
    assert (got.out, got.err.splitlines()) == ("", [f"1,234 {whole}", f"At least 10,000 {whole}"])


def test_progress_is_silent_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress("loading") as report:
        report(5, 10, "rows")
    assert capsys.readouterr() == ("", "")


def test_progress_shows_what_and_how_fast_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def write() -> None:
        with monkeypatch.context() as during:
            during.setattr(sys, "stderr", sys.stdout)
            during.setenv("TERM", "xterm")
            with output.progress("loading seizures") as report:
                report(5, 10, "rows")

    got = at_a_terminal(write, monkeypatch)
    assert "loading seizures" in got and "rows" in got and "/s" in got


@pytest.mark.parametrize(("given_", "found"), [(None, {}), (["a=b=c", " d ="], {"a": "b=c", "d": ""})])
def test_parameters_are_split_at_the_first_sign(given_: list[str] | None, found: dict[str, str]) -> None:
    assert parsed(given_) == found


@pytest.mark.parametrize("wrong", ["a", "=a", ""])
def test_a_parameter_without_a_name_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="name=value"):
        parsed([wrong])
