"""The managed server itself: started, shared, killed, stopped, emptied. One home for all of it."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import psutil
import pytest

from graphintel.errors import Conflict, DiskFull, StoreUnavailable
from graphintel.settings import Settings
from graphintel.store.local import Address, admin, attach, install, reset, start, status, stop
from graphintel.store.local import server as local_server
from graphintel.store.local.install import Installed
from graphintel.store.local.password import open_door
from graphintel.store.local.place import Place
from graphintel.store.local.supervisor import Supervisor

CACHE = Settings().cache
PROGRAM = """
import os, sys
from pathlib import Path
from graphintel.store.local import attach
held = attach(Path(sys.argv[1]), Path(sys.argv[2]), idle=float(sys.argv[3]))
print(held.address.uri, flush=True)
sys.stdin.read(1)
os._exit(0)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a space and letters outside ASCII, as an officer's may be."""
    home = tmp_path_factory.mktemp("sınır kapısı")
    yield home
    stop(home)


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


@contextmanager
def _program(home: Path, idle: float = 300) -> Iterator[subprocess.Popen[str]]:
    """Another program of the home: it tells its address, holds a lease until its input ends, then crashes."""
    command = [sys.executable, "-c", PROGRAM, str(home), str(CACHE), str(idle)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _address_told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _pids(home: Path) -> tuple[int, int]:
    now = status(home, CACHE)
    assert now.pid is not None
    assert now.supervisor is not None
    return now.pid, now.supervisor


def _ask(address: Address, cypher: str) -> list[object]:
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        return [record[0] for record in driver.execute_query(neo4j.Query(cypher)).records]


@pytest.mark.neo4j
@pytest.mark.slow
def test_programs_of_a_home_share_one_server(home: Path) -> None:
    with attach(home, CACHE) as one, attach(home, CACHE) as two:
        assert one.address == two.address
        pids = _pids(home)
        with _program(home) as process:
            assert _address_told(process) == one.address.uri
            assert _pids(home) == pids
            held = [holder.process.pid for holder in status(home, CACHE).leases if holder.process]
            assert sorted(held) == sorted([os.getpid(), os.getpid(), process.pid])
    assert _within(5, lambda: status(home, CACHE).leases == ())
    assert status(home, CACHE).running


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_second_server_on_the_home_is_refused(home: Path) -> None:
    with attach(home, CACHE):
        pids, place = _pids(home), Place.of(home)
        assert place.has_supervisor
        command = [sys.executable, "-m", "graphintel.store.local", "--root", str(place.root)]
        command += ["--jars", str(CACHE), "--version", "5", "--idle", "1", "--wait", "9"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        assert "another supervisor has this home" in said
        assert _pids(home) == pids


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_server_of_another_container_is_respected(home: Path) -> None:
    with attach(home, CACHE):
        place = Place.of(home)
        hidden = place.state_file.rename(place.control / "hidden")
        with pytest.raises(StoreUnavailable, match="cannot be seen from here"):
            attach(home, CACHE)
        hidden.rename(place.state_file)


@pytest.mark.neo4j
@pytest.mark.slow
def test_the_password_is_random_private_and_nowhere_else(home: Path) -> None:
    with attach(home, CACHE) as held:
        place, password = Place.of(home), held.address.password
        assert len(password) >= 32
        assert stat.S_IMODE(place.password.stat().st_mode) == 0o600
        for pid in _pids(home):
            process = psutil.Process(pid)
            assert password not in " ".join(process.cmdline() + list(process.environ().values()))
        with_it = [
            path
            for path in place.root.rglob("*")
            if path.is_file() and password.encode() in path.read_bytes() and path != place.password
        ]
        assert with_it == []
        with pytest.raises(neo4j.exceptions.AuthError):
            _ask(Address(held.address.uri, "neo4j", "neo4j"), "RETURN 1")


@pytest.mark.neo4j
@pytest.mark.slow
def test_only_bolt_listens_and_only_on_loopback(home: Path) -> None:
    with attach(home, CACHE) as held:
        doors = psutil.Process(_pids(home)[0]).net_connections("inet")
        listening = {(one.laddr.ip, one.laddr.port) for one in doors if one.status == psutil.CONN_LISTEN}
        port = int(held.address.uri.rpartition(":")[2])
        assert {(ip.removeprefix("::ffff:"), number) for ip, number in listening} == {("127.0.0.1", port)}


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_killed_server_comes_back_at_its_address(home: Path) -> None:
    with attach(home, CACHE) as held:
        _ask(held.address, "CREATE (n:Kept {id: 'container'})")
        java, supervisor = _pids(home)
        os.kill(java, signal.SIGKILL)
        with attach(home, CACHE) as again:
            assert again.address == held.address
            assert _pids(home)[0] != java
            assert _pids(home)[1] == supervisor
            assert _ask(again.address, "MATCH (n:Kept) RETURN n.id") == ["container"]


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_works(home: Path) -> None:
    with attach(home, CACHE):
        java, supervisor = _pids(home)
        os.kill(supervisor, signal.SIGKILL)
        assert _within(30, lambda: not psutil.pid_exists(java))
        assert not status(home, CACHE).running
    with attach(home, CACHE) as held:
        assert _ask(held.address, "RETURN 1") == [1]


@pytest.mark.neo4j
@pytest.mark.slow
def test_two_first_programs_start_one_server_which_outlives_their_crash_by_the_grace_only(home: Path) -> None:
    stop(home)
    with _program(home, idle=1) as one, _program(home, idle=1) as two:
        assert _address_told(one) == _address_told(two)
        java, supervisor = _pids(home)
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(10) == 0
    assert _within(20, lambda: not psutil.pid_exists(java) and not psutil.pid_exists(supervisor))
    assert status(home, CACHE).phase == "stopped"


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_started_server_stays_until_stop_and_stop_is_at_once(home: Path) -> None:
    address = start(home, CACHE)
    now = status(home, CACHE)
    assert (now.installed, now.running, now.standing, now.leases) == (True, True, True, ())
    assert now.version == "5.26.28"
    assert now.uri == address.uri
    assert now.memory > 2**27
    assert now.size > 2**20
    with pytest.raises(Conflict, match="stop it first"):
        admin(home, CACHE, ["database", "info"])
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.verify_connectivity()
        begun = time.monotonic()
        assert stop(home)
        assert time.monotonic() - begun < 20
    now = status(home, CACHE)
    assert (now.running, now.standing, now.pid, now.uri, now.phase) == (False, False, None, None, "stopped")
    assert not stop(home)


@pytest.mark.neo4j
@pytest.mark.slow
def test_stale_files_do_not_stop_the_next_start(home: Path) -> None:
    stop(home)
    place = Place.of(home)
    place.make()
    dead = '{"pid": 1073741824, "mark": "x"}'
    place.state_file.write_text(
        f'{{"phase": "up", "supervisor": {dead}, "java": {dead}, "port": 1}}', "utf-8"
    )
    place.stop_file.touch()
    (place.leases / "1-old.json").write_text(f'{{"process": {dead}, "idle": 9}}', "utf-8")
    (place.leases / "standing.json").write_text("{}", "utf-8")
    with attach(home, CACHE) as held:
        assert _ask(held.address, "RETURN 1") == [1]
        assert not status(home, CACHE).standing
        assert not place.stop_file.exists()


@pytest.mark.neo4j
@pytest.mark.slow
def test_dump_and_load_bring_back_what_was_there(home: Path, tmp_path: Path) -> None:
    with attach(home, CACHE) as held:
        _ask(held.address, "CREATE (n:Dumped {id: 'seal'})")
    stop(home)
    assert admin(home, CACHE, ["database", "dump", "neo4j", f"--to-path={tmp_path}"]).returncode == 0
    with attach(home, CACHE) as held:
        _ask(held.address, "MATCH (n:Dumped) DELETE n")
    stop(home)
    args = ["database", "load", "neo4j", f"--from-path={tmp_path}", "--overwrite-destination=true"]
    assert admin(home, CACHE, args).returncode == 0
    with attach(home, CACHE) as held:
        assert _ask(held.address, "MATCH (n:Dumped) RETURN n.id") == ["seal"]


@pytest.mark.neo4j
def test_an_admin_command_that_fails_says_why(tmp_path: Path) -> None:
    done = admin(tmp_path, CACHE, ["database", "load", "neo4j", f"--from-path={tmp_path}"])
    assert done.returncode != 0
    assert "neo4j" in done.stderr


@pytest.mark.neo4j
@pytest.mark.slow
def test_reset_respects_other_programs_and_then_empties_the_store(home: Path) -> None:
    with _program(home) as process:
        assert _address_told(process)
        with pytest.raises(Conflict, match=f"pid {process.pid}"):
            reset(home)
        assert status(home, CACHE).running
        password = Place.of(home).password.read_text("utf-8")
        reset(home, force=True)
    now = status(home, CACHE)
    assert (now.running, now.size) == (False, 0)
    assert {path.name for path in Place.of(home).root.iterdir()} == {"control"}
    with attach(home, CACHE) as held:
        assert held.address.password != password
        assert _ask(held.address, "MATCH (n) RETURN count(n)") == [0]


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_taken_port_is_exchanged_for_a_free_one(tmp_path: Path) -> None:
    place, installed = Place.of(tmp_path), install(CACHE)
    place.make()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        supervisor = Supervisor(place, installed.jars, installed.version, idle=0, wait=90, port=taken)
        java = supervisor.start()
        assert java is not None
        try:
            assert supervisor.port != taken
            address = open_door(place, supervisor.state.uri, 30)
            assert _ask(address, "RETURN 1") == [1]
            place.password.write_text("not the one", "utf-8")
            with pytest.raises(StoreUnavailable, match="does not take the password"):
                open_door(place, supervisor.state.uri, 30)
        finally:
            supervisor.end(java)


def test_reset_and_stop_of_nothing_do_nothing(tmp_path: Path) -> None:
    reset(tmp_path / "nowhere")
    assert not stop(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_look_at_an_empty_home_leaves_it_empty(tmp_path: Path) -> None:
    now = status(tmp_path, tmp_path)
    assert (now.installed, now.running, now.phase, now.size) == (False, False, "stopped", 0)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_come_up_shows_its_last_lines(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    place.make()
    empty = Installed(tmp_path / "nothing", "5", 0)
    with pytest.raises(StoreUnavailable, match=r"(?s)did not come up: it ended with code 1.*ClassNotFound"):
        local_server.bring_up(place, empty, idle=0, wait=30)
    assert _within(10, lambda: not place.has_supervisor)


def test_too_little_room_is_said_before_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place.of(tmp_path)
    place.make()
    monkeypatch.setattr("shutil.disk_usage", lambda _: type(psutil.disk_usage("/"))(1, 1, 2**20, 0.0))
    with pytest.raises(DiskFull, match="Only 1 MB"):
        local_server.bring_up(place, Installed(tmp_path, "5", 0), idle=0, wait=30)
