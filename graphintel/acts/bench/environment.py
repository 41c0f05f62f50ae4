"""An environment of the opponents' own, made with uv or pip from the index that this machine uses, kept in the cache."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graphintel.errors import WorkStopped
from graphintel.settings import Settings

# The same as the extra `bench`: a test holds them together.
WANTED = ("splink>=5,<6", "duckdb>=1.4", "nomenklatura>=4,<5", "recordlinkage>=0.16")
_SCRIPT = Path(__file__).with_name("rival.py")
_INSTALL, _RUN = 900.0, 900.0
_LINES = 3


def python(settings: Settings, wanted: Iterable[str] = WANTED) -> Path:
    """The Python of an environment with the wanted packages, made if it is not there; raises WorkStopped."""
    packages = tuple(wanted)
    name = hashlib.sha256(" ".join((*packages, sys.version)).encode()).hexdigest()[:12]
    folder = settings.cache / f"opponents-{name}"
    inside = folder / "bin" / "python"
    if (folder / "ready").exists():
        return inside
    shutil.rmtree(folder, ignore_errors=True)
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    venv.create(folder, with_pip=uv is None)
    install = [uv, "pip", "install", "--python"] if uv else []
    command = [*install, str(inside)] if uv else [str(inside), "-m", "pip", "install"]
    _done([*command, "--quiet", *packages], _INSTALL)
    (folder / "ready").touch()
    return inside


def asked(inside: Path, *arguments: str, lines: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """What the opponents' script answers to some lines; raises WorkStopped where it does not run."""
    given = "\n".join(json.dumps(line) for line in lines)
    answer: dict[str, Any] = json.loads(_done([str(inside), str(_SCRIPT), *arguments], _RUN, given))
    return answer


def _done(command: list[str], seconds: float, given: str = "") -> str:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WorkStopped(f"{Path(command[0]).name} did not end or does not run: {error}") from error
    if done.returncode:
        last = " ".join(done.stderr.split("\n")[-_LINES - 1 :]).strip()
        raise WorkStopped(f"{Path(command[0]).name} said: {last[-200:]}")
    return done.stdout
