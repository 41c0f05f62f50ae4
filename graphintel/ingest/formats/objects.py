"""JSON tables: an array of flat objects, or one object a line, read strictly and into the same cells as a flat file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any, NoReturn

from graphintel.errors import FileRefused, RowRefused
from graphintel.ingest.formats.delimited import Broken, Column, Layout, Line, arranged
from graphintel.ingest.formats.nested import flattened, wanted
from graphintel.ingest.limits import Limits
from graphintel.ingest.opening import Survey, unpacked

_KEPT = 65_536


def is_json(found: Survey) -> bool:
    """Whether a file is JSON by its first character."""
    with unpacked(found.path, found.packed) as stream:
        return stream.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def table(
    found: Survey, columns: tuple[Column, ...], limits: Limits
) -> tuple[Layout, Iterator[Line | Broken]]:
    """The layout and the rows of a JSON table; one object is one row.

    Names are matched as the header of a flat file. Raises FileRefused: nul_byte, bad_charset, bad_json, too_deep,
    too_large, missing_column. An object with a value that is no text, number, truth value or list of these goes to
    quarantine (`nested_value`), one with a name twice too (`bad_json`).
    """
    if found.nul:
        raise FileRefused("nul_byte", f"{found.label} holds NUL bytes and is no text")
    if not found.utf8:
        raise FileRefused("bad_charset", f"{found.label} is not UTF-8, and JSON is nothing else")
    if found.size > limits.xml_bytes:
        raise FileRefused("too_large", f"{found.label} is larger than {limits.xml_bytes} bytes; split it")
    with unpacked(found.path, found.packed) as stream:
        text = stream.read().decode("utf-8-sig")
    given = _objects(found, text)
    if wanted(columns):
        given = [(_flat(item), text) for item, text in given]
    names = tuple(dict.fromkeys(name for item in given if isinstance(item[0], dict) for name in item[0]))
    order = arranged(found.label, names, columns)
    extra = tuple(names[position] for position in order[len(columns) :])
    return Layout("utf-8", "", names, order, extra, "object "), _rows(given, names, order)


_Item = tuple[dict[str, Any] | RowRefused, str]


def _objects(found: Survey, text: str) -> list[_Item]:
    try:
        whole = strict(text)
    except (ValueError, RowRefused) as error:
        # Lines of a broken array may look whole by chance; only a file of objects is read line by line.
        if text.lstrip().startswith("["):
            raise FileRefused("bad_json", f"{found.label} is no JSON: {error}") from error
        return _by_line(found, text)
    except RecursionError as error:
        raise FileRefused("too_deep", f"{found.label} nests values too deep") from error
    items = whole if isinstance(whole, list) else [whole]
    return [(_object(item), _whole(json.dumps(item, ensure_ascii=False))) for item in items]


def _by_line(found: Survey, text: str) -> list[_Item]:
    lines = [line for line in text.split("\n") if line.strip()]
    made: list[_Item] = []
    for line in lines:
        try:
            made.append((_object(strict(line)), _whole(line)))
        except (ValueError, RecursionError) as error:
            made.append((RowRefused("bad_json", f"no JSON: {error}"), _whole(line)))
        except RowRefused as error:
            made.append((error, _whole(line)))
    if not any(isinstance(item, dict) for item, _ in made):
        raise FileRefused(
            "bad_json", f"{found.label} is no JSON table: neither an array of objects nor one a line"
        )
    return made


def strict(text: str) -> Any:
    """JSON with numbers kept as they are written; NaN, infinities and names given twice are errors."""
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_no_number, object_pairs_hook=_once
    )


def _no_number(word: str) -> NoReturn:
    raise RowRefused("bad_json", f"{word} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RowRefused("bad_json", "a name stands twice in one object")
    return found


def _object(item: Any) -> dict[str, Any] | RowRefused:
    return item if isinstance(item, dict) else RowRefused("bad_json", "this is no object")


def _flat(item: dict[str, Any] | RowRefused) -> dict[str, Any] | RowRefused:
    if isinstance(item, RowRefused):
        return item
    try:
        return flattened(item)
    except RowRefused as error:
        return error


def _rows(given: list[_Item], names: tuple[str, ...], order: tuple[int, ...]) -> Iterator[Line | Broken]:
    for number, (item, text) in enumerate(given, 1):
        try:
            if isinstance(item, RowRefused):
                raise item
            cells = [_cell(item.get(name)) for name in names]
        except RowRefused as error:
            yield Broken(error.reason, error.message, text.encode(), number)
            continue
        yield Line([cells[position] if position >= 0 else "" for position in order], text, number)


def _whole(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair, which JSON allows, becomes a replacement."""
    return text[:_KEPT].encode("utf-8", "replace").decode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _whole(value.replace("\0", ""))).strip()
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "/".join(filter(None, map(_cell, value)))
    raise RowRefused("nested_value", "an object stands where a text or number is wanted")
