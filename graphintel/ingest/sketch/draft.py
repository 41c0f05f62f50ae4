"""Writing a draft: the description with comments on what is unclear, and sample rows beside it; nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from graphintel.errors import FileRefused, InputError
from graphintel.ingest.sketch.build import Built, build
from graphintel.ingest.sketch.guess import OPEN_ORDER, Guess
from graphintel.ingest.sketch.sight import Column, Sight, look
from graphintel.ingest.source import UNDECIDED
from graphintel.model.values import tidy

_EXAMPLES, _EXAMPLE_CHARS = 3, 40
_WIDTH = 110
# What YAML does not let stand in a comment.
_NOT_PRINTABLE = re.compile("[^\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Draft(NamedTuple):
    """A drafted source: its folder, the files written, the rows looked at, and what a person has to look at."""

    folder: Path
    files: tuple[str, ...]
    rows: int
    unclear: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The draft as `source new --json` prints it."""
        return {
            "folder": str(self.folder),
            "files": list(self.files),
            "rows": self.rows,
            "unclear": list(self.unclear),
        }


def drafted(shelf: Path, name: str, file: Path) -> Draft:
    """Draft `shelf/name/name.yaml` and a sample from a file; InputError if the folder is there or the file unreadable."""
    folder = shelf / name
    if folder.exists():
        raise InputError(
            f"{folder} is there already; nothing is overwritten. Take another name, or remove it first."
        )
    try:
        sight = look(file)
    except FileRefused as error:
        raise InputError(f"No draft can be made of {file}: {error.message}") from error
    if not sight.rows:
        raise InputError(f"{file} has no rows below its header; a draft needs some to look at.")
    built = build(sight)
    unclear = tuple(_unclear(sight, built))
    text = "".join(_written(name, file, sight, built, unclear))
    contents = {f"{name}.yaml": text.encode()}
    if sight.sample:
        contents[sight.sample_name] = sight.sample
    try:
        folder.mkdir(parents=True)
        for one, content in contents.items():
            (folder / one).write_bytes(content)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error
    return Draft(folder, tuple(contents), sight.rows, unclear)


def _unclear(sight: Sight, built: Built) -> Iterator[str]:
    yield "grade: how reliable it is, for a person to decide"
    yield "marking: who may see it, for a person to decide"
    yield from built.unclear
    if sight.broken:
        yield f"{sight.broken} of {sight.rows} rows could not be divided into cells"
    for name, found in built.guesses.items():
        yield from (f"{_plain(name)}: {what}" for what in found.unclear)
    for twin in sight.twins:
        yield f"{_plain(twin.header)}: its header cannot be told from that of another column"
    for name, _ in _left(sight, built):
        yield f"{_plain(name)}: nothing reads it yet"


def _left(sight: Sight, built: Built) -> list[tuple[str, Column]]:
    left = built.left(sight.columns, built.row) + [(twin.name, twin) for twin in sight.twins]
    for path, columns in sight.groups.items():
        left += built.left(columns, built.parts[path], f"{path}/")
    return left


def _written(name: str, file: Path, sight: Sight, built: Built, unclear: tuple[str, ...]) -> Iterator[str]:
    yield f"# Drafted from {_plain(file.name)}, {sight.rows} rows{'' if sight.whole else ' (the first of them)'}.\n"
    yield f"# `graphintel source check {name}` tells what is still to do; the language is in docs/mapping.md.\n"
    yield "# The rows of the sample are real ones: replace what must not be seen. To be looked at:\n"
    yield from (f"#   - {_plain(what)}\n" for what in unclear)
    yield "\n"
    yield _block({"title": name, "title_tr": name, "version": "1", "format": sight.format, **sight.written})
    yield "\n# For a person to decide; the check refuses these two until it is done.\n"
    yield _block({"grade": UNDECIDED, "marking": UNDECIDED})
    yield _block({"basis": "observed" if built.event in ("Seizure", "Movement") else "declared"})
    hints = _hints(built)
    if hints:
        yield _block({"hints": hints})
    if built.key:
        yield _block({"key": built.key})
    if built.date:
        yield _block({"at": built.date.name})
    yield _block({"subjects": [built.event.lower()]})
    if sight.format == "csv":
        yield "\ncolumns:\n"
        for column in sight.columns:
            yield from _column(column, built, column.name in sight.needed)
    yield "\nthings:\n"
    for thing, spec in built.row.things.items():
        yield _block({thing: spec}, 2)
    if built.row.links:
        yield "\nlinks:\n" + _block(built.row.links, 2)
    yield from _parts(built)
    yield from _left_out(sight, built)


def _hints(built: Built) -> dict[str, dict[str, str]]:
    """Hints by type of value; where columns differ, one that leaves no doubt counts first."""
    found: dict[str, dict[str, str]] = {}
    main = [built.guesses[built.date.name]] if built.date else []
    told_apart = [one for one in (*main, *built.guesses.values()) if OPEN_ORDER not in one.unclear]
    for one in (*told_apart, *built.guesses.values()):
        for hint, told in one.hints.items():
            found.setdefault("number" if one.type == "integer" else one.type, {}).setdefault(hint, told)
    if "number" in found:
        found["integer"] = dict(found["number"])
    return found


def _column(column: Column, built: Built, needed: bool) -> Iterator[str]:
    found: Guess = built.guesses[column.name]
    for what in found.unclear:
        yield f"  # {_plain(what)}\n"
    alias = [tidy(column.header)] if tidy(column.header) != column.name else []
    needed = needed or column.name in built.key or column is built.date
    spec: Any = (
        {"aliases": alias, "required": True}
        if needed and alias
        else {"required": True}
        if needed
        else alias or None
    )
    yield _block({column.name: spec}, 2) if spec else f"  {_flow(column.name)}:\n"


def _parts(built: Built) -> Iterator[str]:
    parts = [
        {"each": path, "things": block.things, "links": block.links}
        for path, block in built.parts.items()
        if block.things
    ]
    if parts:
        yield "\nparts:\n" + _block(parts, 2)


def _left_out(sight: Sight, built: Built) -> Iterator[str]:
    left = _left(sight, built)
    if left:
        yield "\n# Nothing reads these yet: give each to a thing or a link, or say here why it is left out.\nleave_out:\n"
    for name, column in left:
        found = list(dict.fromkeys(tidy(cell)[:_EXAMPLE_CHARS] for cell in column.cells))[:_EXAMPLES]
        said = f"{UNDECIDED}: such as {', '.join(found)}" if found else f"{UNDECIDED}: empty in all rows"
        yield _block({name: said}, 2)


def _block(content: Any, indent: int = 0) -> str:
    """Content as YAML: each entry in one line where it fits, else its parts below it."""
    pad = " " * indent
    if isinstance(content, dict):
        return "".join(_entry(f"{pad}{_flow(key)}:", part, indent) for key, part in content.items())
    return "".join(f"{pad}- {_block(part, indent + 2).lstrip()}" if _long(part, indent + 2) else f"{pad}- {_flow(part)}\n"
                   for part in content)  # fmt: skip


def _entry(start: str, part: Any, indent: int) -> str:
    if isinstance(part, dict | list) and part and _long(part, len(start) + 1):
        return f"{start}\n{_block(part, indent + 2)}"
    return f"{start} {_flow(part)}\n"


def _long(part: Any, start: int) -> bool:
    return isinstance(part, dict) and start + len(_flow(part)) > _WIDTH


def _flow(part: Any) -> str:
    text = yaml.safe_dump(part, sort_keys=False, allow_unicode=True, default_flow_style=True, width=1 << 30)
    return text.removesuffix("...\n").strip()


def _plain(text: str) -> str:
    """Text of the file as a comment can hold it: one line without anything that YAML or a terminal would obey."""
    return _NOT_PRINTABLE.sub("\ufffd", tidy(text))
