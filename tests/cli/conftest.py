"""Commands against this run's server: `command` in this process, `loaded` with two samples in the store."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from commanded import Run, inside, sample
from fabric import settings_at

from graphintel.acts import load
from graphintel.acts.session import open_session
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write.made import empty

LOADED = ("cen-seizures", "movements-csv")


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line on a fresh home and this run's server."""
    return partial(inside, settings, monkeypatch, capsys)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line on a fresh home whose store does not answer."""
    held = Settings(home=tmp_path / "home", store="bolt://127.0.0.1:1", actor="tester")
    return partial(inside, held, monkeypatch, capsys)


@pytest.fixture(scope="module")
def loaded(prepared: Store, server: Address, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home and a store with the samples of seizures and movements, for tests that only look."""
    empty(prepared)
    held = settings_at(tmp_path_factory.mktemp("looked-at"), server)
    with open_session(held) as session:
        for source in LOADED:
            load.load(session, source, [sample(source)])
    return held


@pytest.fixture
def look(loaded: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line on the loaded samples."""
    return partial(inside, loaded, monkeypatch, capsys)
