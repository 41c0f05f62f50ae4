"""The supervisor's judgement: when it stays, when it stops, what it reads in the server's log."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphintel.store.local import lease, state
from graphintel.store.local.place import Place
from graphintel.store.local.supervisor import Supervisor, port_was_taken, tail


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place.of(tmp_path)
    place.make()
    return place


@pytest.fixture
def server() -> Iterator[subprocess.Popen[bytes]]:
    """Any process will do to be watched."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def _supervisor(place: Place, idle: float) -> Supervisor:
    return Supervisor(place, place.root / "jars", "5", idle=idle, wait=1)


def test_without_leases_it_stops_after_the_grace_and_says_so(
    place: Place, server: subprocess.Popen[bytes]
) -> None:
    begun = time.monotonic()
    assert _supervisor(place, idle=0.5).watch(server) == "idle"
    assert time.monotonic() - begun >= 0.5
    said = state.read(place)
    assert said is not None
    assert said.phase == "stopping"


def test_it_stays_while_a_lease_lives_and_takes_the_grace_of_that_lease(
    place: Place, server: subprocess.Popen[bytes]
) -> None:
    path = lease.take(place, idle=0)
    released: list[float] = []

    def release() -> None:
        released.append(time.monotonic())
        path.unlink()

    timer = threading.Timer(1.5, release)
    timer.start()
    assert _supervisor(place, idle=3600).watch(server) == "idle"
    timer.join()
    assert released[0] <= time.monotonic() <= released[0] + 5


def test_it_does_not_stop_while_somebody_has_the_turn(place: Place, server: subprocess.Popen[bytes]) -> None:
    outcome: list[str] = []
    watcher = threading.Thread(target=lambda: outcome.append(_supervisor(place, idle=0).watch(server)))
    with place.turn(1):
        watcher.start()
        watcher.join(2.5)
        assert watcher.is_alive()
    watcher.join(5)
    assert outcome == ["idle"]


def test_a_stop_file_and_a_signal_end_it_whoever_uses_the_server(
    place: Place, server: subprocess.Popen[bytes]
) -> None:
    lease.take(place, idle=300)
    place.stop_file.touch()
    assert _supervisor(place, idle=300).watch(server) == "asked"
    place.stop_file.unlink()
    supervisor = _supervisor(place, idle=300)
    supervisor.ask(signal.SIGTERM, None)
    assert supervisor.watch(server) == "asked"


def test_a_dead_server_is_noticed_at_once(place: Place, server: subprocess.Popen[bytes]) -> None:
    lease.take(place, idle=300)
    server.kill()
    server.wait()
    assert _supervisor(place, idle=300).watch(server) == "died"


def test_the_leases_of_the_dead_are_swept(place: Place, server: subprocess.Popen[bytes]) -> None:
    path = place.leases / "1-dead.json"
    path.write_text('{"process": {"pid": 1073741824, "mark": "x"}, "idle": 3600}', encoding="utf-8")
    assert _supervisor(place, idle=0.1).watch(server) == "idle"
    assert not path.exists()


def test_the_end_is_gentle_and_twice_is_harmless(place: Place, server: subprocess.Popen[bytes]) -> None:
    supervisor = _supervisor(place, idle=1)
    supervisor.end(server)
    supervisor.end(server)
    assert server.returncode == -signal.SIGTERM


def test_a_server_that_will_not_run_is_reported_with_its_code(place: Place) -> None:
    assert _supervisor(place, idle=1).run() == 1
    said = state.read(place)
    assert said is not None
    assert (said.phase, said.reason) == ("failed", "no answer in 1 s") or said.reason.endswith("code 1")


def test_the_last_words_come_from_log_and_console(place: Place) -> None:
    assert tail(place, 5) == ""
    (place.logs / "neo4j.log").write_text("one\ntwo\n\nthree\n", encoding="utf-8")
    (place.logs / "console.log").write_bytes(b"four \xff\n")
    assert tail(place, 3).splitlines() == ["three", "four \ufffd"]
    assert tail(place, 99).splitlines() == ["one", "two", "three", "four \ufffd"]


def test_a_taken_port_is_read_from_the_log(place: Place) -> None:
    (place.logs / "neo4j.log").write_text("Starting...\n", encoding="utf-8")
    assert not port_was_taken(place)
    (place.logs / "neo4j.log").write_text(
        "java.net.BindException: Address already in use\n", encoding="utf-8"
    )
    assert port_was_taken(place)
