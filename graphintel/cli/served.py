"""A server in a process of its own, for measurements: prints its address, then serves."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from graphintel.api import create_app
from graphintel.cli.program import listening
from graphintel.settings import Settings


def serve(home: str, cache: str) -> None:
    """Serve a home on a free port of loopback."""
    settings = Settings(home=Path(home), cache=Path(cache))
    with listening("127.0.0.1", 0) as listener:
        app = create_app(settings)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/?token={app.state.token}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
