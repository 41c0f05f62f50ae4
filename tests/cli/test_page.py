"""docs/commands.md names every command, and only commands and options that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from graphintel.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def commands() -> dict[str, set[str]]:
    """Every command with the options that it takes."""
    return dict(_below(typer.main.get_command(app), ()))


def _below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    if not hasattr(command, "commands"):
        yield " ".join(path), {option for given in command.params for option in given.opts}
        return
    for name, inner in command.commands.items():
        yield from _below(inner, (*path, name))


def rows() -> list[tuple[str, str]]:
    """Command and example of each row of the page."""
    return re.findall(r"^\| `([a-z -]+)` \| `graphintel ([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)


def test_every_command_is_on_the_page_once() -> None:
    assert sorted(name for name, _ in rows()) == sorted(commands())


@pytest.mark.parametrize(("name", "example"), rows())
def test_an_example_uses_options_that_there_are(name: str, example: str) -> None:
    words = shlex.split(example)
    assert example.startswith(name)
    assert {word for word in words if word.startswith("--")} <= commands()[name]
