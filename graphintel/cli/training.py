"""The invented world: `training generate`, and `demo`, which loads it and saves the opening chart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphintel.acts import world
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, progress, say
from graphintel.errors import InputError

Seed = Annotated[int, typer.Option(help="Equal seeds give equal worlds.")]


def generate(
    out: Annotated[Path, typer.Option(help="Folder to write into.")],
    seed: Seed = 1,
    size: Annotated[str, typer.Option(help="small, medium or large.")] = "small",
    as_json: AsJson = False,
) -> None:
    """Write an invented world as source files in the real formats, with truth.json."""
    if out.exists() and any(out.iterdir()) and not (out / "truth.json").exists():
        raise InputError(f"{out} is not empty and holds no world; give another folder.")
    with progress("inventing") as report:
        told = world.generate(seed, out, size, report)
    if as_json:
        print_json(told)
    else:
        say(f"A world of seed {seed} is in {out}; its answers are in truth.json.")


def load(
    out: Annotated[Path, typer.Argument(help="A folder that generate wrote.")], as_json: AsJson = False
) -> None:
    """Load a generated world through the ordinary ingestors and save its opening chart."""
    with session() as opened, progress("loading the world") as report:
        told = world.load(opened, out, report)
    if as_json:
        print_json(told)
    else:
        say(f"Loaded {told['records']:,} records; the workbench opens with chart {told['chart']}.")


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Invented data for training and demonstration.", no_args_is_help=True)
    group.command("generate")(generate)
    group.command("load")(load)
    app.add_typer(group, name="training")
