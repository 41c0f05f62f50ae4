"""What the supervisor says of its server, in one small file that every program of the home reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from graphintel.store.local.place import Place, read_json, write_private
from graphintel.store.local.process import Running

Phase = Literal["starting", "up", "stopping", "failed"]


@dataclass(frozen=True)
class State:
    """One server: who watches it, which process it is, where it answers, how far it is."""

    phase: Phase
    supervisor: Running
    java: Running | None = None
    port: int = 0
    version: str = ""
    reason: str = ""

    @property
    def alive(self) -> bool:
        """Whether the supervisor that wrote this still runs."""
        return self.supervisor.alive

    @property
    def running(self) -> bool:
        """Whether the server answers, as far as can be told without asking it."""
        return self.phase == "up" and self.java is not None and self.java.alive

    @property
    def uri(self) -> str:
        """The Bolt address of the server."""
        return f"bolt://127.0.0.1:{self.port}"

    def as_json(self) -> dict[str, Any]:
        """As the file keeps it."""
        return {
            "phase": self.phase,
            "supervisor": self.supervisor.as_json(),
            "java": self.java.as_json() if self.java else None,
            "port": self.port,
            "version": self.version,
            "reason": self.reason,
        }


def write(place: Place, state: State) -> None:
    """Replace the state file."""
    write_private(place.state_file, json.dumps(state.as_json()))


def read(place: Place) -> State | None:
    """The last state written; None when there is none that can be read."""
    found = read_json(place.state_file) or {}
    supervisor, phase, port = Running.read(found.get("supervisor")), found.get("phase"), found.get("port")
    if supervisor is None or phase not in get_args(Phase) or not isinstance(port, int):
        return None
    java, version, reason = Running.read(found.get("java")), found.get("version"), found.get("reason")
    return State(cast(Phase, phase), supervisor, java, port, str(version or ""), str(reason or ""))
