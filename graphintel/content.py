"""Where the shelves are: the folder shipped in the wheel if present, else the checkout's."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shelf(name: str) -> Path:
    """The folder or file of a shelf: `ingest`, `queries`, `viz/style.json` or `viz/fonts`."""
    shipped = _PACKAGE / "_content" / name
    return shipped if shipped.exists() else _PACKAGE.parent / name
