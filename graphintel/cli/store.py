"""`graphintel store`: install, start, stop, status, reset, hash."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphintel.cli.options import AsJson, session, settings
from graphintel.cli.output import print_json, progress, say
from graphintel.errors import PolicyRefused
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.read.whole import store_hash


def _local() -> Settings:
    held = settings()
    if held.store != "local":
        raise PolicyRefused(f"The store is at {held.store}; it is run by its operator, not by this program.")
    return held


def install() -> None:
    """Bring the store's program files."""
    held = _local()
    with progress("installing the store") as report:
        local.install(held.cache, report)
    say(f"The store's files are in {held.cache}.")


def start() -> None:
    """Start the local store and leave it running."""
    held = _local()
    with progress("starting the store") as report:
        address = local.start(held.home, held.cache, progress=report)
    print(address.uri)


def stop() -> None:
    """Stop the local store."""
    print("stopped" if local.stop(_local().home) else "was not running")


def status(as_json: AsJson = False) -> None:
    """Say whether the local store runs, where, and for whom."""
    held = _local()
    found = local.status(held.home, held.cache)
    told: dict[str, Any] = {name: getattr(found, name) for name in found.__dataclass_fields__}
    if as_json:
        print_json(told)
        return
    for name, value in told.items():
        print(f"{name:12} {value}")


def reset(
    force: Annotated[bool, typer.Option("--force", help="Even while other programs use it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything in the local store."""
    held = _local()
    if not yes:
        typer.confirm(f"Delete the whole graph in {held.home}?", abort=True, err=True)
    local.reset(held.home, force=force)
    say("The store is empty.")


def graph_hash(as_json: AsJson = False) -> None:
    """Print the graph hash: equal graphs have equal hashes, whatever the order of loading."""
    with session() as opened:
        found = store_hash(opened.store)
        if as_json:
            print_json({"hash": found, "counter": opened.counter()})
        else:
            print(found)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The managed local Neo4j.", no_args_is_help=True)
    for name, command in (
        ("install", install), ("start", start), ("stop", stop), ("status", status), ("reset", reset), ("hash", graph_hash),
    ):  # fmt: skip
        group.command(name)(command)
    app.add_typer(group, name="store")
