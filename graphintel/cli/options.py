"""Options that many commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from pydantic import ValidationError

from graphintel.acts.session import Session, open_session
from graphintel.cli.output import progress
from graphintel.errors import InputError
from graphintel.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Cursor = Annotated[str, typer.Option(help="Go on behind this; see the note of the page before.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Rows at most.")]
Params = Annotated[list[str] | None, typer.Option("--param", help="name=value, repeatable.")]


def settings() -> Settings:
    """The settings of this run; InputError names the environment variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = f"GRAPHINTEL_{'_'.join(map(str, first['loc'])).upper()}"
        raise InputError(
            f"{name} is {first['input']!r}: {first['msg'].lower()}; `graphintel settings` lists all settings."
        ) from error


@contextmanager
def session() -> Iterator[Session]:
    """An open session; shows the store's installation if it has to be brought."""
    with progress("store") as report, open_session(settings(), report) as opened:
        yield opened


def parsed(params: list[str] | None) -> dict[str, str]:
    """`name=value` pairs as a table; InputError for one without `=`."""
    found = {}
    for item in params or []:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise InputError(f"--param takes name=value, not {item!r}.")
        found[name.strip()] = value
    return found
