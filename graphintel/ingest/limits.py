"""Caps on what a file may hold and on what reading it may cost: hostile or broken files stop here, with a reason."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What one file may hold, and what the process that reads it may use.

    The file: bytes, bytes of a document (XML, JSON, spreadsheet), ratio of unpacked to packed bytes, bytes of a line,
    lines of a row, depth and elements of XML, cells of a spreadsheet, members of an archive. The reader: seconds without
    a row, further seconds for each MB of the file, bytes of address space, bytes of a temporary file, open files, bytes of
    one message.
    """

    file_bytes: int = 8 << 30
    xml_bytes: int = 64 << 20
    ratio: int = 500
    line_bytes: int = 1 << 20
    row_lines: int = 200
    depth: int = 60
    elements: int = 500_000
    cells: int = 500_000
    members: int = 1_000
    seconds: float = 60.0
    seconds_per_mb: float = 4.0
    memory: int = 2 << 30
    scratch: int = 1 << 30
    open_files: int = 64
    message: int = 256 << 20

    def allowed(self, size: int) -> float:
        """Seconds that reading a file of so many bytes may take in all."""
        return self.seconds + self.seconds_per_mb * size / (1 << 20)


DEFAULT = Limits()
