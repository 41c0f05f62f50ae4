"""A command that does not outlive the program that runs it, however that ends."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from graphintel.store.local.process import die_with_parent


def tied(command: Sequence[str]) -> list[str]:
    """A command line that runs `command` tied to the process that starts it.

    The tie is made by a process that has one thread: between fork and exec a program with several must not run code.
    """
    return [sys.executable, "-P", "-m", "graphintel.store.bulk.tied", str(os.getpid()), *command]


if __name__ == "__main__":
    # An import has nothing to put in order: what it wrote is thrown away.
    die_with_parent(signal.SIGKILL)
    # One that was gone before the tie was made pulls nothing.
    if os.getppid() == int(sys.argv[1]):
        os.execv(sys.argv[2], sys.argv[2:])
