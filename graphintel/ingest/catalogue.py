"""The shelf of sources: every folder with a description is one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from graphintel import content
from graphintel.errors import MappingError
from graphintel.ingest.source import Source, load


def catalogue(folder: Path | None = None) -> dict[str, Source]:
    """All sources of a shelf by name, the program's own unless a folder is given; MappingError for a wrong one."""
    return dict(_loaded(folder or content.shelf("ingest")))


@lru_cache(maxsize=8)
def _loaded(folder: Path) -> dict[str, Source]:
    if not folder.is_dir():
        raise MappingError(f"{folder} is no folder of sources")
    names = sorted(path.name for path in folder.iterdir() if (path / f"{path.name}.yaml").is_file())
    return {name: load(folder / name) for name in names}
