"""Processes told apart by pid and start, ended, and tied to their parent."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from graphintel.store.local.process import Running, mark_of

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
PARENT = """
import subprocess, sys, time
from graphintel.store.local.process import die_with_parent
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], preexec_fn=die_with_parent)
print(child.pid, flush=True)
time.sleep(60)
"""


@contextmanager
def _python(code: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def test_this_process_lives_and_keeps_its_mark() -> None:
    me = Running.of(os.getpid())
    assert me is not None
    assert me.alive
    assert mark_of(os.getpid()) == me.mark
    assert me.memory > 2**20


def test_a_pid_with_another_start_is_another_process() -> None:
    assert not Running(os.getpid(), "some other start").alive


def test_an_ended_process_is_gone_even_before_it_is_reaped() -> None:
    with _python("pass") as process:
        assert _within(10, lambda: mark_of(process.pid) is None)
        assert process.returncode is None
        assert Running.of(process.pid) is None


def test_end_asks_and_then_kills() -> None:
    with _python(DEAF) as process:
        assert process.stdout is not None
        process.stdout.readline()
        deaf = Running.of(process.pid)
        assert deaf is not None
        deaf.end(0.3)
        assert not deaf.alive
        assert deaf.memory == 0


def test_end_leaves_a_successor_of_the_pid_alone() -> None:
    with _python("import time; time.sleep(60)") as process:
        Running(process.pid, "some other start").end(0.1)
        assert process.poll() is None


def test_ending_what_is_gone_is_harmless() -> None:
    with _python("pass") as process:
        process.wait(10)
        Running(process.pid, "gone").end(0.1)
        assert process.returncode == 0


def test_a_listener_is_told_from_a_program_that_merely_has_the_port_near() -> None:
    me = Running.of(os.getpid())
    assert me is not None
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        assert me.listens(port)
        with _python("import time; time.sleep(60)") as process:
            other = Running.of(process.pid)
            assert other is not None
            assert not other.listens(port)
    assert not me.listens(port)
    assert not Running(os.getpid(), "some other start").listens(port)


def test_a_child_dies_with_a_killed_parent() -> None:
    with _python(PARENT) as parent:
        assert parent.stdout is not None
        child = Running.of(int(parent.stdout.readline()))
        assert child is not None
        parent.send_signal(signal.SIGKILL)
        assert _within(10, lambda: not child.alive)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.sampled_from(["pid", "mark", "x"]), inner, max_size=3),
    max_leaves=4,
)


@given(json_values)
def test_whatever_a_control_file_says_is_a_process_or_nothing(found: object) -> None:
    read = Running.read(found)
    assert read is None or (read.pid > 0 and Running.read(read.as_json()) == read)
