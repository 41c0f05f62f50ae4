"""Sources as the data officer keeps them: listed, checked, drafted from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphintel import ingest
from graphintel.errors import InputError
from graphintel.ingest.lint import Checked
from graphintel.ingest.lint import check as checked
from graphintel.ingest.sketch import Draft, drafted
from graphintel.model.grading import parse_grade

Row = dict[str, Any]


def listed(shelf: Path) -> list[Row]:
    """What can be loaded, by name, with default grade and marking; what cannot is listed with what is wrong."""
    held = ingest.shelf(shelf)
    rows = {
        source.name: {
            "name": source.name, "title": source.title, "title_tr": source.title_tr, "version": source.version,
            "mapping_version": source.mapping_version, "format": source.format,
            "grade": parse_grade(source.grade).label, "marking": source.marking._asdict(), "banner": source.marking.banner,
            "own": source.folder.parent == shelf, "fault": "",
        }
        for source in held.sources.values()
    }  # fmt: skip
    for name, fault in held.faults.items():
        rows[name] = {
            "name": name, "title": name, "title_tr": name, "version": "", "mapping_version": "", "format": "",
            "grade": "", "marking": {}, "banner": "", "own": True, "fault": fault,
        }  # fmt: skip
    return [rows[name] for name in sorted(rows)]


def check(shelf: Path, name: str) -> Checked:
    """The check of a source by its name, or of a folder; InputError if there is none."""
    given = Path(name)
    if given.is_dir() and (given / f"{given.resolve().name}.yaml").is_file():
        return checked(given.resolve())
    for folder in (shelf, ingest.shipped()):
        if (folder / ingest.safe(name) / f"{name}.yaml").is_file():
            return checked(folder / name)
    raise InputError(
        f"There is no source {name!r}: neither a folder with {given.name}.yaml, nor one of that name in {shelf}."
    )


def new(shelf: Path, name: str, file: Path) -> Draft:
    """Draft a description of a file's kind; InputError if the name is taken or the file cannot be read."""
    return drafted(shelf, ingest.safe(name), file)
