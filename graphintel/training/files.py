"""Files of the invented world: tables that grow row by row, a folder for each source."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self, TextIO

from graphintel.errors import InputError
from graphintel.training import asycuda, declarations, movements, notices, seizures, wco

Row = Mapping[str, str]
_TABLES = {
    seizures.SOURCE: ("seizures", tuple(seizures.COLUMNS)),
    movements.SOURCE: ("movements", movements.COLUMNS),
    notices.SOURCE: ("notices", notices.COLUMNS),
}
_SOURCES = (declarations.SOURCE, *_TABLES, asycuda.SOURCE, wco.SOURCE)


def clear(out: Path) -> None:
    """Make the folder ready: take an earlier world out of it. InputError if it holds anything else."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "truth.json").is_file())):
        raise InputError(f"{out} is in use and holds no earlier training world: name a new or empty folder")
    out.mkdir(parents=True, exist_ok=True)
    # A document of another seed would be loaded with this one.
    for source in _SOURCES:
        for old in (*out.glob(f"{source}/*.csv"), *out.glob(f"{source}/*.xml")):
            old.unlink()


class Files:
    """All files that are open for writing; closed together."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._stack = ExitStack()
        self._open: dict[str, csv.DictWriter[str]] = {}

    def __enter__(self) -> Self:
        for source in _SOURCES:
            (self.out / source).mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def _writer(
        self, path: Path, names: Iterable[str], heads: Iterable[str], encoding: str, mark: str
    ) -> csv.DictWriter[str]:
        handle: TextIO = self._stack.enter_context(path.open("w", encoding=encoding, newline=""))
        # Line ends as the programs of a customs house write them.
        writer = csv.DictWriter(handle, list(names), delimiter=mark, lineterminator="\r\n")
        writer.writerow(dict(zip(names, heads, strict=True)))
        return writer

    def table(self, source: str, year: str, row: Row) -> None:
        """Add a row to the yearly table of a source."""
        stem, columns = _TABLES[source]
        key = f"{source}/{stem}-{year}.csv"
        if key not in self._open:
            self._open[key] = self._writer(self.out / key, columns, columns, "utf-8", ",")
        self._open[key].writerow(row)

    def declaration(self, year: int, month: int, row: Row) -> None:
        """Add a row to the declarations of its quarter."""
        quarter = (month - 1) // 3 + 1
        key = f"{declarations.SOURCE}/declarations-{year}-q{quarter}.csv"
        if key not in self._open:
            names, turkish = tuple(declarations.COLUMNS), is_turkish(year, month)
            heads = tuple(declarations.COLUMNS.values()) if turkish else names
            self._open[key] = self._writer(
                self.out / key, names, heads, "cp1254" if turkish else "utf-8", ";" if turkish else ","
            )
        self._open[key].writerow(row)

    def document(self, source: str, name: str, content: bytes) -> None:
        """Write one XML document."""
        (self.out / source / f"{name}.xml").write_bytes(content)


def is_turkish(year: int, month: int) -> bool:
    """Whether that quarter's file has Turkish headers, cp1254 and semicolons: the first and the last of a year."""
    return (month - 1) // 3 in (0, 3)
