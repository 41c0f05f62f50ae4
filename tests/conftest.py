"""What tests share: one real server a run, one clean graph a test; a skip becomes a failure where CI requires it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from fabric import settings_at, wanted
from playwright.sync_api import Browser, sync_playwright

from graphintel.acts.session import Session
from graphintel.desk import Desk
from graphintel.errors import GraphIntelError
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.address import Address
from graphintel.store.driver import Store, connect
from graphintel.store.schema import migrate
from graphintel.store.write.made import empty

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, quiet and without a network of its own; one a run."""
    wanted("browser", CHROMIUM is not None, "there is no chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of this run's server."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(server_home: Path) -> Iterator[Address]:
    """A managed local Neo4j for the whole run."""
    with ExitStack() as stack:
        try:
            lease = stack.enter_context(local.attach(server_home, Settings().cache, idle=5))
        except GraphIntelError as error:
            wanted("neo4j", False, f"the server does not start: {error}")
        yield lease.address
    local.stop(server_home)


@pytest.fixture(scope="session")
def prepared(server: Address) -> Iterator[Store]:
    """An open store with its schema."""
    store = connect(server)
    migrate(store)
    yield store
    store.close()


@pytest.fixture
def store(prepared: Store) -> Store:
    """The store, emptied of everything but its schema."""
    empty(prepared)
    return prepared


@pytest.fixture
def settings(tmp_path: Path, server: Address) -> Settings:
    """Settings of a fresh home that uses this run's server by its address."""
    return settings_at(tmp_path / "home", server)


@pytest.fixture
def session(store: Store, settings: Settings) -> Iterator[Session]:
    """A session on an empty store with a fresh desk."""
    settings.home.mkdir(parents=True, exist_ok=True)
    desk = Desk(settings.desk_file)
    yield Session(settings, store, desk, "tester")
    desk.close()
