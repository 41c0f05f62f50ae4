"""Lines of an entity file, and any entity of the file by its id: a first pass notes where each id stands."""

from __future__ import annotations

import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from shutil import copyfileobj
from typing import IO, Any, NamedTuple, cast

from graphintel.errors import FileRefused, RowRefused
from graphintel.ingest.formats.delimited import Broken
from graphintel.ingest.formats.objects import strict
from graphintel.ingest.limits import Limits
from graphintel.ingest.opening import Survey, unpacked
from graphintel.model.records import Mention

_REMEMBERED = 4_096
_ROOM = "PRAGMA cache_size = -16000"


class Entity(NamedTuple):
    """An entity as its lines state it: id, schema, the texts of each property in one order, what else stands there."""

    id: str
    schema: str
    properties: dict[str, tuple[str, ...]]
    others: tuple[str, ...]

    @property
    def cells(self) -> dict[str, int]:
        """How many texts stand under which name, for the account of the file."""
        stated = {f"{self.schema}.{name}": len(texts) for name, texts in self.properties.items()}
        return {"schema": 1, **dict.fromkeys(self.others, 1), **stated}


class EntityLine(NamedTuple):
    """One line: the whole entity that it belongs to, its own text, and its number in the file."""

    entity: Entity
    text: str
    number: int


class EntityFile:
    """An entity file, read line by line; raises FileRefused (nul_byte, bad_charset, bad_json) for what is none.

    Ids and the places of their lines stand in a temporary table on disk, so that memory does not grow with the file.
    """

    def __init__(self, found: Survey, limits: Limits) -> None:
        if found.nul:
            raise FileRefused("nul_byte", f"{found.path} holds NUL bytes and is no text")
        if not found.utf8:
            raise FileRefused("bad_charset", f"{found.path} is not UTF-8, and JSON is nothing else")
        self._limits = limits
        # The statements of entities that links named, by id: what is named once is often named again.
        self.ends: dict[str, Mention | None] = {}
        self._stream = _plain(found)
        # An empty name is a table of its own in a file that SQLite removes.
        self._index = sqlite3.connect("")
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)
        try:
            self._index.execute(_ROOM)
            self._index.execute("CREATE TABLE place (id TEXT, start INTEGER)")
            self._index.executemany("INSERT INTO place VALUES (?, ?)", self._ids(found))
            self._index.execute("CREATE INDEX place_id ON place (id)")
            twice = "SELECT 1 FROM place GROUP BY id HAVING count(*) > 1 LIMIT 1"
            self._several = self._index.execute(twice).fetchone() is not None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file and its table."""
        self._stream.close()
        self._index.close()

    def _raw(self) -> Iterator[tuple[int, int, bytes]]:
        """Number, place and bytes of each line that is not blank; of a line that is too long, its first bytes."""
        self._stream.seek(0)
        number, start, cap = 0, 0, self._limits.line_bytes
        while line := self._stream.readline(cap + 1):
            number, length = number + 1, len(line)
            while not line.endswith(b"\n") and (more := self._stream.readline(cap)):
                length += len(more)
                if more.endswith(b"\n"):
                    break
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, start, line
            start += length
            self._stream.seek(start)

    def _ids(self, found: Survey) -> Iterator[tuple[str, int]]:
        good = False
        for _, start, line in self._raw():
            try:
                made = entity_of(self._text(line))
            except RowRefused:
                continue
            good = True
            yield made.id, start
        if not good:
            raise FileRefused(
                "bad_json", f"{found.path} holds no entity: no line is an object with id and schema"
            )

    def _text(self, line: bytes) -> str:
        if len(line) > self._limits.line_bytes:
            raise RowRefused("long_line", f"the line is longer than {self._limits.line_bytes} bytes")
        return line.decode("utf-8-sig").strip()

    def __iter__(self) -> Iterator[EntityLine | Broken]:
        for number, _, line in self._raw():
            try:
                text = self._text(line)
                made = self._whole(entity_of(text))
            except RowRefused as error:
                yield Broken(error.reason, error.message, line[: self._limits.line_bytes], number)
                continue
            yield EntityLine(made, text, number)

    def _whole(self, entity: Entity) -> Entity:
        """An entity with what other lines say of it; few files say anything of one twice."""
        return (self.find(entity.id) or entity) if self._several else entity

    def _find(self, name: str) -> Entity | None:
        """The entity of an id, its lines taken together; None if the file has none."""
        with closing(
            self._index.execute("SELECT start FROM place WHERE id = ? ORDER BY start", (name,))
        ) as rows:
            starts = [row[0] for row in rows]
        made: Entity | None = None
        for start in starts:
            self._stream.seek(start)
            more = entity_of(self._text(self._stream.readline(self._limits.line_bytes + 1)))
            made = _together(made, more) if made else more
        return made


def _plain(found: Survey) -> IO[bytes]:
    if not found.packed:
        return found.path.open("rb")
    # A packed file cannot be read from the middle.
    plain = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115
    with unpacked(found.path, found.packed) as stream:
        copyfileobj(stream, plain)
    return plain


def entity_of(text: str) -> Entity:
    """The entity of one line; RowRefused (bad_json, nested_value, missing_value) says what is wrong with it."""
    try:
        item = strict(text)
    except (ValueError, RecursionError) as error:
        raise RowRefused("bad_json", f"no JSON: {error}") from error
    if not isinstance(item, dict) or not isinstance(item.get("properties", {}), dict):
        raise RowRefused("bad_json", "this is no entity: an object with id, schema and properties is wanted")
    name, schema = item.get("id"), item.get("schema")
    if not isinstance(name, str) or not isinstance(schema, str) or not name.strip() or not schema.strip():
        raise RowRefused("missing_value", "an entity needs an id and a schema")
    stated = {
        unicodedata.normalize("NFC", key): texts
        for key, value in item.get("properties", {}).items()
        if (texts := _texts(value))
    }
    others = tuple(key for key in item if key not in ("id", "schema", "properties"))
    return Entity(name.strip(), schema.strip(), dict(sorted(stated.items())), others)


def _texts(value: Any) -> tuple[str, ...]:
    """The texts of a property, each once and sorted: their order in a file says nothing."""
    parts = value if isinstance(value, list) else [value]
    return tuple(sorted({text for part in parts if (text := _one(part))}))


def _one(value: Any) -> str:
    if isinstance(value, dict):
        # Some writers nest the other end of a link; its id is what the property says.
        value = value.get("id")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise RowRefused("nested_value", "a list or object stands where a text is wanted")
    whole = value.replace("\0", "").encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", whole).strip()


def _together(one: Entity, other: Entity) -> Entity:
    names = sorted({*one.properties, *other.properties})
    both = {
        name: tuple(sorted({*one.properties.get(name, ()), *other.properties.get(name, ())}))
        for name in names
    }
    return Entity(one.id, one.schema, both, tuple(dict.fromkeys((*one.others, *other.others))))
