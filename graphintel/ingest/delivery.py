"""What is delivered: the files of a load, in their order, and how they are called in reports."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from graphintel.errors import FileRefused, InputError
from graphintel.ingest.source import Source


def files(source: Source, paths: list[Path]) -> list[Path]:
    """The files of a load: folders walked in order of names, hidden files left out, other suffixes passed over.

    A file that is named is taken whatever it is called, and a link that is named is followed; links, pipes and devices
    inside a folder are listed too, to be refused by name. Raises InputError for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                found.extend(_inside(source, path))
            elif path.exists():
                found.append(path.resolve() if path.is_symlink() else path)
            else:
                raise InputError(f"{path} is not there; give files or folders of {source.name}")
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    if not found:
        raise InputError(
            f"There is no file of {source.name} ({', '.join(source.suffixes)}) in {', '.join(map(str, paths))}"
        )
    return list(dict.fromkeys(found))


def _inside(source: Source, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _inside(source, path)
        elif path.name.lower().removesuffix(".gz").endswith((*source.suffixes, ".zip")):
            yield path


def legible(name: str) -> str:
    """A file name as text that can be written anywhere.

    Bytes that are no UTF-8 become the replacement character, control and direction characters their code (`\\u202e`).
    """
    text = os.fsencode(name).decode("utf-8", "replace")
    if text.isprintable():
        return text
    return "".join(
        f"\\u{ord(letter):04x}" if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter
        for letter in text
    )


def refused(path: Path, error: FileRefused) -> dict[str, str]:
    """A refused file as the report of a load lists it."""
    return {"file": legible(str(path)), "code": error.reason, "message": legible(error.message)}
