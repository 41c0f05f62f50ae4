"""`neo4j-admin` on the home's store: dump, load, check, import."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from graphintel.errors import Conflict
from graphintel.store.local import config, state
from graphintel.store.local.install import install
from graphintel.store.local.place import Place


def admin(home: Path, cache: Path, args: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run `neo4j-admin` with `args`, e.g. `["database", "dump", "neo4j", "--to-path=..."]`, and give what it said.

    The server must be stopped, and nobody can start it meanwhile. Raises Conflict when it runs; a command that
    fails comes back with its exit code.
    """
    installed = install(cache)
    place = Place.of(home)
    place.make()
    with place.turn(config.TURN_SECONDS):
        now = state.read(place)
        if now and now.alive:
            raise Conflict(f"The store in {place.root} runs: stop it first (`graphintel store stop`).")
        config.write(place, now.port if now and now.port else config.free_port())
        return subprocess.run(
            config.admin_command(installed.jars, args),
            env=config.admin_environment(place),
            cwd=place.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
