"""Opening a table that somebody made: UTF-8 CSV, or one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from graphintel.errors import InputError


@contextmanager
def opened(path: Path, what: str) -> Iterator[TextIO]:
    """The lines of a CSV file; InputError if it cannot be opened or is not UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened ({error.strerror}); give the path of a CSV file."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8; save the {what} as UTF-8 CSV.") from error
