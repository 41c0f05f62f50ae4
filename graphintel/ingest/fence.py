"""The fence around the process that reads foreign files: no network, no other programs, bounded memory and output.

Each layer holds alone where the system forbids the others: an empty network of its own (namespaces), a filter on system
calls (seccomp), a hook on what Python itself starts (audit events), limits on resources.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
import tempfile
from typing import Any

from graphintel.ingest.limits import Limits

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 1, 22, 38, 2
# socket, connect, accept, bind, listen, socketpair, accept4, execve, execveat, ptrace, process_vm_writev, io_uring_setup
_REFUSED_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 43, 49, 50, 53, 288, 59, 322, 101, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 202, 200, 201, 199, 242, 221, 281, 117, 271, 425)),
}
_REFUSED_EVENTS = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "os.kill", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "shutil.",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def bind_to(parent: int) -> None:
    """End this process with the one that started it, even if that was killed in between."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def shut(limits: Limits) -> dict[str, bool]:
    """Put the fence up for the rest of this process; returns which layers the system granted."""
    sys.dont_write_bytecode = True
    granted = {"network": _own_network(), "calls": _filter_calls()}
    _limit(limits)
    _listen()
    return {**granted, "events": True}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _own_network() -> bool:
    """A network without devices. As root alone, so that files of others stay readable; else in a user space of its own."""
    if sys.platform != "linux":
        return False
    unshare = _libc().unshare
    return bool(unshare(_NEW_NET) == 0 or unshare(_NEW_USER | _NEW_NET) == 0)


def _filter_calls() -> bool:
    """Refuse the system calls that reach a network or another program (EPERM), for good and for children too."""
    arch, calls = _REFUSED_CALLS.get(platform.machine(), (0, ()))
    if sys.platform != "linux" or not calls:
        return False
    # Berkeley packet filter: load word, jump if equal, jump if greater or equal, return.
    lines = [(0x20, 0, 0, 4), (0x15, 1, 0, arch), (0x06, 0, 0, 0x80000000), (0x20, 0, 0, 0)]
    # Numbers from 2^30 on are the same calls under another convention.
    lines += [(0x35, len(calls) + 1, 0, 1 << 30)]
    lines += [(0x15, len(calls) - n, 0, call) for n, call in enumerate(calls)]
    lines += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050001)]
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    prctl = _libc().prctl
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(lines), code)), 0, 0) == 0)


def _limit(limits: Limits) -> None:
    for name, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.scratch),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(name)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (most, most))


def allow_seconds(seconds: float) -> None:
    """From now on, so many seconds of computing; the system ends the process after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(
        resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


def _listen() -> None:
    """Refuse what Python starts, and what it writes except into files without a name; a hook cannot be taken off."""
    # Files without a name are opened by their folder's; any other path in it is refused like all others.
    nameless = tempfile.gettempdir()

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            if isinstance(flags, int) and flags & _WRITES and path != nameless:
                raise PermissionError(f"a reader of files may not write {path!r}")
        elif event.startswith(_REFUSED_EVENTS):
            raise PermissionError(f"a reader of files may not do this: {event}")

    sys.addaudithook(heard)
