"""`graphintel serve`, `schema`, `doctor`, `bench`, `settings`."""

from __future__ import annotations

import shutil
import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

import graphintel
from graphintel.acts import program, soundness
from graphintel.cli.options import AsJson, session, settings
from graphintel.cli.output import print_json, print_table, progress, say
from graphintel.errors import InputError, StoreUnavailable
from graphintel.settings import Settings, settings_table
from graphintel.store.read.loads import engine


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
) -> None:
    """Store, API and browser app; prints the address with its token."""
    import uvicorn

    from graphintel.api import create_app

    held = settings()
    where, number = host or held.host, held.port if port is None else port
    with listening(where, number) as listener:
        app = create_app(held)
        shown = listener.getsockname()[1]
        print(f"http://{where}:{shown}/?token={app.state.token}", flush=True)
        say("The address holds a token made for this run. Stop with Ctrl+C.")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A listening socket; InputError if the port is taken."""
    # With the protocol named, asyncio sets TCP_NODELAY on what it accepts; without, each answer waits 40 ms for an ACK.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(
            f"Port {port} at {host} cannot be used ({error.strerror}); give another with --port."
        ) from error
    return listener


def schema(as_json: AsJson = False) -> None:
    """Kinds, links, properties, indexes and patterns for those who write Cypher."""
    with session() as opened:
        found = program.schema(opened)
    if as_json:
        print_json(found)
        return
    print_table(
        ("kind", "properties"),
        [(k["name"], ", ".join(p["name"] for p in k["properties"])) for k in found["kinds"]],
    )
    print_table(("link", "from", "to", "properties"), [
        (link["name"], ", ".join(link["from"]), ", ".join(link["to"]), ", ".join(p["name"] for p in link["properties"]))
        for link in found["links"]
    ])  # fmt: skip
    for example in found["examples"]:
        print(f"// {example['title']}\n{example['cypher']}\n")


def doctor(as_json: AsJson = False) -> None:
    """Look whether everything is as it should be."""
    checks = _checks(settings())
    if as_json:
        print_json({"checks": checks, "well": all(check["ok"] for check in checks)})
    else:
        print_table(
            ("check", "", "found"), [(c["name"], "ok" if c["ok"] else "NOT OK", c["found"]) for c in checks]
        )
    reached = any(check["name"] == "indexes" for check in checks)
    raise typer.Exit(
        (0 if all(check["ok"] for check in checks) else 3) if reached else StoreUnavailable.exit_code
    )


def _checks(held: Settings) -> list[dict[str, Any]]:
    from graphintel.api.app import STATIC

    try:
        held.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The home {held.home} cannot be made: {error.strerror}; set GRAPHINTEL_HOME."
        ) from error
    free = shutil.disk_usage(held.home).free
    page = STATIC / "index.html"
    checks = [
        {"name": "program", "ok": True, "found": graphintel.__version__},
        {"name": "home", "ok": True, "found": str(held.home)},
        {"name": "free disk", "ok": free > 2 * 10**9, "found": f"{free / 1e9:.1f} GB"},
        {
            "name": "browser app",
            "ok": page.exists(),
            "found": str(page) if page.exists() else "not built; run make install",
        },
    ]
    try:
        return checks + _store_checks()
    except StoreUnavailable as error:
        return [*checks, {"name": "store", "ok": False, "found": error.message}]


def _store_checks() -> list[dict[str, Any]]:
    with session() as opened, progress("looking") as report:
        bad = [index["name"] for index in program.schema(opened)["indexes"] if index["state"] != "ONLINE"]
        return [
            {"name": "store", "ok": True, "found": engine(opened.store)},
            {"name": "indexes", "ok": not bad, "found": ", ".join(bad) or "all online"},
            {"name": "data counter", "ok": True, "found": str(opened.counter())},
            soundness.ledger(opened, report),
            soundness.evidence(opened, report),
        ]


def bench(
    name: Annotated[
        str, typer.Argument(help="ingest, memory, faults, api, resolve, index, planted, judge or analysis.")
    ],
    data: Annotated[Path | None, typer.Option(help="A folder with public data to measure with.")] = None,
    size: Annotated[int, typer.Option(help="How much to measure with; each benchmark says of what.")] = 0,
    opponents: Annotated[
        bool,
        typer.Option("--opponents", help="resolve: other matchers beside, in an environment of their own."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure, as ratios against a baseline in the same run."""
    from graphintel.acts import bench as benches

    found = benches.run(name, settings(), data, size, rivals=opponents)
    if as_json:
        print_json(found)
        return
    print_table(("figure", "value", "unit", "bar", "holds"), [
        (key, row["value"], row["unit"], row["bar"], row["holds"]) for key, row in found["figures"].items()
    ])  # fmt: skip


def knobs() -> None:
    """All settings with default and help."""
    print(settings_table(), end="")


def version() -> None:
    """The version of the program."""
    print(graphintel.__version__)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (serve, schema, doctor, bench, version):
        app.command()(command)
    app.command("settings")(knobs)
