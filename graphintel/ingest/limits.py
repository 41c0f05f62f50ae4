"""Caps on what a file may hold: hostile or broken files stop here, with a reason."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Bytes, ratio of unpacked to packed bytes, bytes of a line, lines of a row, XML depth and elements."""

    file_bytes: int = 8 << 30
    xml_bytes: int = 64 << 20
    ratio: int = 500
    line_bytes: int = 1 << 20
    row_lines: int = 200
    depth: int = 60
    elements: int = 500_000


DEFAULT = Limits()
