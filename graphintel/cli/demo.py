"""`make demo`: the demonstration world loaded through the real ingestors and served; `--check` asks it and ends."""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import uvicorn

from graphintel.acts import program, world
from graphintel.acts.session import open_session
from graphintel.api import create_app
from graphintel.cli.options import settings
from graphintel.cli.output import print_json, progress, say
from graphintel.cli.program import listening
from graphintel.cli.served import running
from graphintel.errors import GraphIntelError
from graphintel.settings import Settings

SEED = 1


def prepare(held: Settings) -> dict[str, Any]:
    """Bring the store up and the world in, once; what is there is left as it is."""
    with progress("preparing") as report, open_session(held, report) as session:
        if program.me(session)["training"] and program.me(session)["opening_chart"]:
            return {"loaded": False}
        folder = held.home / "world"
        if not (folder / "truth.json").exists():
            say("Inventing the demonstration world ...")
            world.generate(SEED, folder, "small", report)
        say("Loading it through the ingestors ...")
        return {"loaded": True, **world.load(session, folder, report)}


class Asker:
    """A small client of the running server."""

    def __init__(self, base: str, token: str) -> None:
        self.base, self.token = base, token

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON answer of one route."""
        return json.loads(self.text(f"/api/v1/{path}", body))

    def text(self, path: str, body: dict[str, Any] | None = None) -> str:
        """The text of one address."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.base + path, data, headers)
        with urllib.request.urlopen(request, timeout=120) as response:
            return str(response.read().decode())


def check(asker: Asker) -> dict[str, Any]:
    """Ask the running server for its front page, one search, communities and one route."""
    page = asker.text("/")
    opening = asker.ask("me")["opening_chart"]
    chart = asker.ask(f"charts/{opening}")
    hits = asker.ask("search", {"q": chart["story"]["search"]})["hits"]
    found = asker.ask("analysis/communities", {"wait": 100})
    ways = asker.ask("routes/observed")
    answers = {
        "front_page": "<title" in page and 'src="/assets' in page.replace("./assets", "/assets"),
        "hits": len(hits), "communities": len(found["communities"]), "modularity": found["modularity"],
        "legs": len(ways["legs"]), "places": len(ways["places"]), "chart_things": len(chart["data"]["nodes"]),
        "counter": asker.ask("me")["counter"],
    }  # fmt: skip
    answers["ok"] = bool(answers["front_page"] and hits and found["communities"] and ways["legs"])
    return answers


def run(arguments: list[str]) -> int:
    """Prepare, serve, and with `--check` ask and end."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="ask the server for its main answers and end")
    parser.add_argument("--port", type=int, default=None)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    held = settings()
    told = prepare(held)
    if not given.check:
        return _serve(held, held.port if given.port is None else given.port)
    with running(held) as (base, token):
        answers = check(Asker(base, token))
    print_json(
        {**told, **answers, "seconds": round(time.monotonic() - began, 1), "home": str(Path(held.home))}
    )
    return 0 if answers["ok"] else 3


def _serve(held: Settings, port: int) -> int:
    with listening(held.host, port) as listener:
        app = create_app(held)
        print(f"http://{held.host}:{listener.getsockname()[1]}/?token={app.state.token}", flush=True)
        say("Training data in a single-user local session. Stop with Ctrl+C.")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def main() -> None:
    """The entry of `make demo`."""
    try:
        sys.exit(run(sys.argv[1:]))
    except GraphIntelError as error:
        say(f"graphintel: {error.message}")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
