"""`make bench` and the help of `bench` know every benchmark that there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from graphintel import cli
from graphintel.acts.bench import BENCHES

ROOT = Path(__file__).parents[2]


def test_every_benchmark_is_run_by_make_with_a_size_and_named_where_it_is_asked_for() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = re.findall(r"^BENCHES := (.*)$", text, re.MULTILINE)
    sizes = dict(one.split(":") for one in line.split())
    assert sizes.keys() == BENCHES.keys() and all(int(size) > 0 for size in sizes.values())
    command: Any = typer.main.get_command(cli.app)
    told = next(one.help for one in command.commands["bench"].params if one.name == "name")
    assert not {name for name in BENCHES if name not in told}
    documented = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    row = next(row for row in documented.splitlines() if row.startswith("| `bench` |"))
    assert not {name for name in BENCHES if f"`{name}`" not in row}
