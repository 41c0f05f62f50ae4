"""A command line run as a user runs it, inside this process or as one of its own, and what came of it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from graphintel import cli
from graphintel.content import shelf
from graphintel.settings import Settings


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout, which must be one JSON document and nothing else."""
        assert self.out.count("\n") == 1, self.out
        return orjson.loads(self.out)

    @property
    def sentence(self) -> str:
        """Stderr, which must be one sentence for a person."""
        assert self.err.count("\n") == 1 and "Traceback" not in self.err, self.err
        assert self.err.startswith("graphintel: ")
        return self.err.removeprefix("graphintel: ").strip()


Run = Callable[..., Outcome]


def environment(settings: Settings, **given: str) -> dict[str, str]:
    """The variables that say these settings; `given` replaces some."""
    said = {
        "home": str(settings.home), "cache": str(settings.cache), "store": settings.store, "actor": settings.actor,
        "store_user": settings.store_user, "store_password": settings.store_password.get_secret_value(),
        "compare_after_load": str(settings.compare_after_load), **given,
    }  # fmt: skip
    return {f"GRAPHINTEL_{name.upper()}": value for name, value in said.items()}


def inside(
    settings: Settings, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str], *words: object, **given: str
) -> Outcome:  # fmt: skip
    """Run a command line in this process, which saves the seconds of a start."""
    root = logging.getLogger()
    with patch.context() as during:
        for name, value in environment(settings, **given).items():
            during.setenv(name, value)
        during.setattr(sys, "argv", ["graphintel", *map(str, words)])
        during.setattr(root, "handlers", [])
        capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
    told = capture.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    return Outcome(code, told.out, told.err)


def apart(settings: Settings, *words: object, stdout: Any = subprocess.PIPE, **given: str) -> Outcome:
    """Run a command line as a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHINTEL_")}
    done = subprocess.run(
        [sys.executable, "-m", "graphintel", *map(str, words)], stdout=stdout, stderr=subprocess.PIPE,
        env={**kept, **environment(settings, **given)}, timeout=120, check=False, text=True,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout or "", done.stderr)


def sample(source: str, ending: str = "") -> Path:
    """A sample file of a source: the first whose name has that ending."""
    return next(
        path for path in sorted((shelf("ingest") / source).glob("sample*")) if path.name.endswith(ending)
    )
