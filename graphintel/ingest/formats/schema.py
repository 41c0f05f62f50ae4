"""Whether a document follows its published schema: told with line and element, never a reason to refuse it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from lxml import etree

from graphintel.errors import MappingError

_NAMESPACE = re.compile(r"\{[^{}]*\}")
# A wrong document often has the same fault in every item.
_TOLD = 5
_LONGEST = 240


@lru_cache(maxsize=4)
def _schema(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.XMLSchema(etree.parse(str(path), parser))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise MappingError(f"{path} is no schema that can be used: {error}") from error


def departures(root: etree._Element, path: Path) -> list[str]:
    """Where a document departs from a schema, in order: `line 12, Importer: ...`; the first few, then how many more."""
    schema = _schema(path)
    if schema.validate(root):
        return []
    found = [f"line {one.line}: {_plain(one.message)}" for one in schema.error_log]
    distinct = list(dict.fromkeys(found))
    more = len(distinct) - _TOLD
    return distinct[:_TOLD] + ([f"and {more} more"] if more > 0 else [])


def _plain(message: str) -> str:
    text = " ".join(_NAMESPACE.sub("", message).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
