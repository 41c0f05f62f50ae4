"""Analysis commands: `communities`, `key-players`, `hidden-ties`, and `analyse` on bare edge lists."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
