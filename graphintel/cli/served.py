"""A server beside other work: in a thread for a check or a picture, in a process of its own for measurements."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from graphintel.api import create_app
from graphintel.cli.program import listening
from graphintel.settings import Settings


@contextmanager
def running(settings: Settings, token: str | None = None) -> Iterator[tuple[str, str]]:
    """A server of these settings in a thread, on a free port of loopback: its address and its token."""
    with listening("127.0.0.1", 0) as listener:
        app = create_app(settings, token)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", app.state.token
        finally:
            server.should_exit = True
            thread.join(30)


def serve(home: str, cache: str) -> None:
    """Serve a home on a free port of loopback."""
    settings = Settings(home=Path(home), cache=Path(cache))
    with listening("127.0.0.1", 0) as listener:
        app = create_app(settings)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/?token={app.state.token}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
