"""The fence, tried from inside: each layer is put up in a process of its own and what it forbids is attempted."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

_BEFORE = """
import ctypes, os, socket, sys, time
from graphintel.ingest import fence
from graphintel.ingest.limits import DEFAULT
libc = ctypes.CDLL(None, use_errno=True)
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
"""


def inside(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh process, with a server of its own listening at `port` on the loopback."""
    return subprocess.run(
        [sys.executable, "-c", _BEFORE + code], capture_output=True, text=True, timeout=60, check=False
    )


def printed(code: str) -> str:
    """What the code prints; it must end well."""
    done = inside(code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_the_fence_all_of_it_works() -> None:
    assert (
        printed(
            "socket.create_connection(('127.0.0.1', port)); print(libc.socket(2, 1, 0) > 0, os.system('true'))"
        )
        == "True 0"
    )


def test_behind_the_fence_nothing_connects() -> None:
    code = "fence.shut(DEFAULT)\ntry: socket.create_connection(('127.0.0.1', port))\nexcept OSError as error: print(type(error).__name__)"
    assert printed(code) == "PermissionError"


def test_the_filter_of_calls_alone_stops_sockets_and_programs_of_any_library() -> None:
    code = (
        "print(fence._filter_calls(), libc.socket(2, 1, 0), ctypes.get_errno(), libc.system(b'exit 0') >> 8)"
    )
    assert printed(code) == "True -1 1 127"


def test_the_network_of_its_own_alone_has_no_device_and_no_way_to_the_loopback() -> None:
    code = (
        "granted = fence._own_network()\n"
        "try: socket.create_connection(('127.0.0.1', port), 2)\nexcept OSError as error: print(error.errno if granted else 101)"
    )
    assert printed(code) == "101"


def test_the_hook_alone_stops_what_python_starts_and_writes() -> None:
    attempts = [
        "socket.socket()", "os.system('true')", "os.execv('/bin/true', ['true'])", "os.fork()", "open('x', 'w')",
        "os.remove('x')", "os.kill(os.getppid(), 9)", "os.rename('x', 'y')", "socket.getaddrinfo('localhost', 1)",
        "__import__('subprocess').Popen(['true'])", "open('/tmp/graphintel-x', 'a')",
    ]  # fmt: skip
    tries = "".join(f"try: {attempt}\nexcept PermissionError: print('refused')\n" for attempt in attempts)
    assert printed(f"fence._listen()\n{tries}").split() == ["refused"] * len(attempts)


def test_files_without_a_name_may_be_written_up_to_the_limit_and_others_read() -> None:
    code = (
        "import tempfile; fence.shut(DEFAULT._replace(scratch=100_000))\n"
        "print(len(open(fence.__file__).read()) > 0, end=' ')\n"
        "with tempfile.TemporaryFile() as out:\n"
        "    out.write(b'x' * 50_000); out.flush(); print('kept', end=' ')\n"
        "    try: out.write(b'x' * 60_000); out.flush()\n"
        "    except OSError as error: print(error.errno); os._exit(0)"
    )
    assert printed(code) == "True kept 27"


def test_memory_is_bounded() -> None:
    code = "fence.shut(DEFAULT._replace(memory=1 << 30))\ntry: bytearray(2 << 30)\nexcept MemoryError: print('bounded')"
    assert printed(code) == "bounded"


def test_computing_is_bounded() -> None:
    done = inside("fence.allow_seconds(0.1)\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(
        "import os, subprocess, sys, time\n"
        "inner = 'from graphintel.ingest import fence; import time; "
        "fence.bind_to(' + str(os.getpid()) + '); print(1, flush=True); time.sleep(60)'\n"
        "child = subprocess.Popen([sys.executable, '-c', inner], stdout=subprocess.PIPE)\n"
        "child.stdout.read(1); print(child.pid, flush=True); time.sleep(60)\n"
    )
    outer = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert outer.stdout
    inner = int(outer.stdout.readline())
    outer.kill()
    outer.wait()
    outer.stdout.close()
    for _ in range(200):
        try:
            state = Path(f"/proc/{inner}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state in "ZX":
            return
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("it outlived the process that started it")


def test_one_whose_starter_is_gone_already_ends_at_once() -> None:
    assert inside("fence.bind_to(1 if os.getppid() != 1 else 2); print('still here')").returncode == 1
