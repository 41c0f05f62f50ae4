"""The local store shared by two programs of one home: one serves, the other loads, and both end cleanly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from commanded import apart, environment, sample

from graphintel.settings import Settings
from graphintel.store.address import Address

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


@pytest.fixture
def held(tmp_path: Path, server: Address) -> Iterator[Settings]:
    """A home with a local store of its own, stopped at the end; `server` says that a store can run here at all."""
    settings = Settings(home=tmp_path / "home", store="local", actor="tester")
    yield settings
    apart(settings, "store", "stop")


@pytest.fixture
def serving(held: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A serving process, and the address that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "graphintel", "serve", "--port", "0"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, **environment(held)},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        if process.poll() is None:
            process.kill()


def ask(address: str, token: str, text: str) -> list[dict[str, str]]:
    """The hits of a search over HTTP."""
    request = urllib.request.Request(
        f"{address}/api/v1/search", json.dumps({"q": text}).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=60) as response:
        hits: list[dict[str, str]] = json.load(response)["hits"]
    return hits


def javas(home: Path) -> list[int]:
    """Process ids of Java programs that work in a home."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        words = process.info["cmdline"] or []
        if "java" in (process.info["name"] or "") and any(str(home) in word for word in words):
            found.append(process.pid)
    return found


def test_one_program_serves_while_another_loads(
    held: Settings, serving: tuple[subprocess.Popen[str], str]
) -> None:
    process, printed = serving
    parts = urlsplit(printed)
    address, token = f"{parts.scheme}://{parts.netloc}", parse_qs(parts.query)["token"][0]
    assert ask(address, token, "34KLT481") == []
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        ask(address, "not-the-token", "34KLT481")
    refused.value.close()
    done = apart(held, "ingest", "cen-seizures", sample("cen-seizures", ".csv"), "--json")
    assert done.code == 0 and done.json["records_new"] == 3
    assert ask(address, token, "34KLT481")[0]["kind"] == "Vehicle"
    assert len(javas(held.home)) == 1
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGTERM) and "Traceback" not in told
    assert apart(held, "store", "stop").out == "stopped\n" and javas(held.home) == []
    assert apart(held, "store", "stop").out == "was not running\n"
