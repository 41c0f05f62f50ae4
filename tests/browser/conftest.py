"""The workbench in a real browser against a real server: one world, one server, one browser a run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from browser.bench import Bench
from fabric import wanted
from playwright.sync_api import Browser, ConsoleMessage, Error, Request
from pydantic import SecretStr

from graphintel.acts import world
from graphintel.acts.session import open_session
from graphintel.api import create_app
from graphintel.api.app import STATIC
from graphintel.cli.program import listening
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write.made import empty


@pytest.fixture(scope="session")
def workbench(prepared: Store, server: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, with its token, of a server that has the training world loaded."""
    wanted(
        "browser", (STATIC / "index.html").exists(), "the browser app is not built (npm run build in viz/)"
    )
    home = tmp_path_factory.mktemp("workbench")
    settings = Settings(home=home, store=server.uri, store_user=server.user,
                        store_password=SecretStr(server.password), actor="tester")  # fmt: skip
    empty(prepared)
    with open_session(settings) as session:
        world.generate(1, home / "world", "small")
        world.load(session, home / "world")
    with listening("127.0.0.1", 0) as listener:
        app = create_app(settings, token="known-to-the-test")
        running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not running.started and thread.is_alive():
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/?token=known-to-the-test"
        running.should_exit = True
        thread.join(30)


@pytest.fixture
def bench(chromium: Browser, workbench: str) -> Iterator[Bench]:
    """A fresh browser profile on the workbench; the test fails if the page errs or asks another host for anything."""
    yield from opened_in(chromium, workbench)


@pytest.fixture
def dark_bench(chromium: Browser, workbench: str) -> Iterator[Bench]:
    """The same in Turkish on a dark screen."""
    yield from opened_in(chromium, workbench, locale="tr-TR", color_scheme="dark")


def opened_in(chromium: Browser, address: str, **context: Any) -> Iterator[Bench]:
    """A workbench in a context of its own, guarded against errors and foreign requests."""
    given = {
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "color_scheme": "light",
        **context,
    }
    opened = chromium.new_context(**given)
    opened.set_default_timeout(15_000)
    page = opened.new_page()
    host, foreign, wrong = urlsplit(address).netloc, [], []

    def asked(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")) and urlsplit(request.url).netloc != host:
            foreign.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def failed(error: Error) -> None:
        wrong.append(str(error))

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", failed)
    page.goto(address)
    bench = Bench(page, address)
    yield bench
    opened.close()
    assert foreign == [], "the page asked another host"
    unasked = [text for text in wrong if not any(part in text for part in bench.forgiven)]
    assert unasked == [], "the page reported an error"


@pytest.fixture(scope="session")
def viz() -> Path:
    """The shelf of the browser app in the checkout."""
    return Path(__file__).parents[2] / "viz"
