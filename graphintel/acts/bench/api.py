"""`bench api`: expanding over HTTP at 10^6 links with a heavy-tailed degree and one hub, beside bare Bolt."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graphintel.acts.bench.figures import Figure, Figures, percentile
from graphintel.acts.session import Session, open_session
from graphintel.model.marking import Profile
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import connect
from graphintel.store.read.expand import Expansion, expand
from graphintel.store.write.made import heavy_tailed

LINKS = 1_000_000
REQUESTS = 1500
TOP_SHARE = 0.16
CLIENTS = 4
_LIMIT = 100


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Measure on a graph made here of `size` links (a million if 0) with one hub of a tenth of them."""
    settings.home.mkdir(parents=True, exist_ok=True)
    links = size or LINKS
    with open_session(settings) as session:
        degrees = heavy_tailed(session.store, links, max(links // 10, 10))
        asked = _asked(degrees)
        bolt_one = _parallel(_bolt, session, asked, 1)
        bolt_four = _parallel(_bolt, session, asked, CLIENTS)
        server, base, token = _serve(settings)
        try:
            _http((base, token, asked[:200]))
            http_one = _http((base, token, asked))
            http_four = _spread(_http, [(base, token, asked[start::CLIENTS]) for start in range(CLIENTS)])
        finally:
            server.terminate()
            server.wait(30)
    ratio = percentile(http_four, 0.5) / percentile(bolt_four, 0.5)
    return {
        "links": Figure(links, "links"),
        "http_p50": Figure(percentile(http_one, 0.5), "ms", "<= 15", percentile(http_one, 0.5) <= 15),
        "http_p99": Figure(percentile(http_one, 0.99), "ms", "<= 60", percentile(http_one, 0.99) <= 60),
        "bolt_p50": Figure(percentile(bolt_one, 0.5), "ms"),
        "bolt_p99": Figure(percentile(bolt_one, 0.99), "ms"),
        "http_four_p50": Figure(percentile(http_four, 0.5), "ms"),
        "bolt_four_p50": Figure(percentile(bolt_four, 0.5), "ms"),
        "four_clients_http_to_bolt": Figure(ratio, "ratio", "<= 3", ratio <= 3),
    }


def _asked(degrees: dict[str, int]) -> list[str]:
    """Ids to expand: a share of them from the top percentile by degree."""
    draw = random.Random(11)
    ranked = sorted(degrees, key=lambda name: -degrees[name])
    top, rest = ranked[: max(len(ranked) // 100, 1)], ranked[len(ranked) // 100 :]
    return [draw.choice(top if draw.random() < TOP_SHARE else rest) for _ in range(REQUESTS)]


def _serve(settings: Settings) -> tuple[subprocess.Popen[str], str, str]:
    command = [sys.executable, "-m", "graphintel.cli.served", str(settings.home), str(settings.cache)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = urlsplit(server.stdout.readline().strip())
    return server, address.netloc, address.query.removeprefix("token=")


def _http(given: tuple[str, str, list[str]]) -> list[float]:
    """Milliseconds of each request of one client over one kept connection."""
    netloc, token, asked = given
    connection = http.client.HTTPConnection(netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
    taken = []
    for name in asked:
        began = time.perf_counter()
        connection.request("GET", f"/api/v1/expand?id={name}&limit={_LIMIT}", headers=headers)
        response = connection.getresponse()
        body = response.read()
        taken.append((time.perf_counter() - began) * 1000)
        if response.status != 200:
            raise RuntimeError(
                json.dumps({"status": response.status, "body": body[:200].decode("utf-8", "replace")})
            )
    connection.close()
    return taken


def _bolt(given: tuple[Address, tuple[int, ...], list[str]]) -> list[float]:
    """Milliseconds of each expansion of one client, the same statements, without HTTP."""
    address, marks, asked = given
    store = connect(address)
    profile = Profile(marks, sees_all=True)
    taken = []
    for name in asked:
        began = time.perf_counter()
        expand(store, Expansion([name], limit=_LIMIT), profile)
        taken.append((time.perf_counter() - began) * 1000)
    store.close()
    return taken


def _parallel(work: Any, session: Session, asked: list[str], clients: int) -> list[float]:
    marks = session.profile.marks
    return _spread(work, [(session.store.address, marks, asked[start::clients]) for start in range(clients)])


def _spread(work: Any, parts: list[Any]) -> list[float]:
    if len(parts) == 1:
        taken: list[float] = work(parts[0])
        return taken
    with multiprocessing.get_context("spawn").Pool(len(parts)) as pool:
        return [one for part in pool.map(work, parts) for one in part]
