"""What the trials of faults share: files, the graph that they give when nothing goes wrong, loads of their own."""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import SpawnProcess
from pathlib import Path

from pydantic import SecretStr

from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE
from graphintel.acts.load import load
from graphintel.acts.session import Session, open_session
from graphintel.settings import Settings
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

SECONDS = 600


def split(path: Path, folder: Path, rows: int) -> list[Path]:
    """The rows of a file as several files with its header."""
    folder.mkdir(parents=True, exist_ok=True)
    header, *lines = path.read_text("utf-8").splitlines(keepends=True)
    found = []
    for number, start in enumerate(range(0, len(lines), rows)):
        found.append(folder / f"part-{number:04d}.csv")
        found[-1].write_text("".join([header, *lines[start : start + rows]]), "utf-8")
    return found


class Trial:
    """Files, and the graph that they give when nothing goes wrong."""

    def __init__(self, session: Session, parts: list[Path]) -> None:
        self.session, self.parts = session, parts
        empty(session.store)
        for path in parts:
            load(session, SOURCE, [path])
        self.undisturbed = store_hash(session.store)

    @property
    def store(self) -> Store:
        """The store of the trial."""
        return self.session.store

    def same(self, name: str) -> Figures:
        """Whether the graph is that of the undisturbed load."""
        same = store_hash(self.store) == self.undisturbed
        return {name: Figure(float(same), "same graph", "== 1", same)}


def _load(settings: Settings, path: Path) -> None:
    with open_session(settings) as session:
        load(session, SOURCE, [path])


def through(session: Session, path: Path, uri: str) -> Settings:
    """The settings of a session for a load of its own, which reaches the store by another address."""
    address = session.store.address
    given = {"store": uri, "store_user": address.user, "store_password": SecretStr(address.password)}
    return session.settings.model_copy(update={**given, "home": path.parent / "home"})


def started(session: Session, path: Path, uri: str) -> SpawnProcess:
    """A load in a process of its own, through an address."""
    given = (through(session, path, uri), path)
    process = multiprocessing.get_context("spawn").Process(target=_load, args=given)
    process.start()
    return process
