"""The workbench in a real browser against a real server: one world, one server, one browser a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.bench import Bench
from fabric import settings_at, wanted
from playwright.sync_api import Browser, ConsoleMessage, Error, Request

from graphintel.acts import world
from graphintel.acts.session import open_session
from graphintel.api.app import STATIC
from graphintel.cli.served import running
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write.made import empty


@pytest.fixture(scope="session")
def held(prepared: Store, server: Address, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home that has the training world loaded."""
    wanted(
        "browser", (STATIC / "index.html").exists(), "the browser app is not built (npm run build in viz/)"
    )
    home = tmp_path_factory.mktemp("workbench")
    settings = settings_at(home, server)
    empty(prepared)
    with open_session(settings) as session:
        world.generate(1, home / "world", "small")
        world.load(session, home / "world")
    return settings


@pytest.fixture(scope="session")
def workbench(held: Settings) -> Iterator[str]:
    """The address, with its token, of a server of the training world."""
    with running(held, "known-to-the-test") as (base, token):
        yield f"{base}/?token={token}"


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
            wrong.append(f"{message.text} {message.location.get('url', '')}".strip())

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
