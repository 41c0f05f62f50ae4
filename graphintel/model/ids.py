"""Ids: hashes of content (BLAKE2b, 128 bits, as hex), so that none depends on the order of loading."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b, sha256
from typing import Any

import orjson


def digest(*parts: Any) -> str:
    """The 32-character id of some content; lists and dictionaries are written canonically."""
    return blake2b(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def record_id(source: str, key: str, content: dict[str, str]) -> str:
    """The id of one source row: its source, natural key and canonical cells."""
    return digest(source, key, content)


def mention_id(source: str, kind: str, values: Iterable[tuple[str, str]], own: tuple[str, ...] = ()) -> str:
    """The id of one statement of a thing; `own` is record id and role where a bare name must stay its own."""
    return digest(source, kind, sorted(values), own)


def link_id(record: str, type_name: str, source: str, target: str, seq: int) -> str:
    """The id of one assertion."""
    return digest(record, type_name, source, target, seq)


def ledger_hash(records: Iterable[str]) -> str:
    """The hash of a chunk of a load: its records' ids in their order, each once."""
    total = blake2b(digest_size=16)
    for name in records:
        total.update(name.encode())
    return total.hexdigest()


def graph_hash(items: Iterable[bytes]) -> str:
    """SHA-256 over the sorted 128-bit digests of all live items; the order of loading leaves no trace."""
    total = sha256()
    for item in sorted(items):
        total.update(item)
    return total.hexdigest()


def item_digest(*parts: Any) -> bytes:
    """One item of the graph hash: 16 bytes."""
    return blake2b(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()
