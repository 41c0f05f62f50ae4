"""`neo4j-admin` on the home's store: dump, load, check, import."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from graphintel.store.local import config
from graphintel.store.local.install import install
from graphintel.store.local.server import stopped


def admin(home: Path, cache: Path, args: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run `neo4j-admin` with `args`, e.g. `["database", "dump", "neo4j", "--to-path=..."]`; returns what it said.

    The server must be stopped, and nobody can start it meanwhile. Raises Conflict when it runs; a command that
    fails comes back with its exit code.
    """
    installed = install(cache)
    with stopped(home) as place:
        config.write(place, config.free_port())
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
