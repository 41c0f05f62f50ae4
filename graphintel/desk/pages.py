"""Lists a page at a time: the cursor names the last row given, and each page says how many rows are left."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.errors import InputError

_CURSOR_AT_MOST = 200
Key = tuple[str, str]


@dataclass(frozen=True)
class Page:
    """Rows in their order, the cursor of the next page (None on the last), and how many rows come after this one."""

    rows: list[Row]
    next: str | None = None
    left: int = 0

    def as_json(self, name: str) -> Row:
        """The page as a list of the API answers it."""
        cut = {"by_limit": self.left, "by_filter": 0, "by_policy": "not told"}
        return {name: self.rows, "next": self.next, "truncated": cut}


def cursor_of(keys: list[Any]) -> str:
    """The cursor behind a row with these ordering keys."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def keys_of(cursor: str, kinds: tuple[type, ...]) -> list[Any]:
    """The ordering keys in a cursor; InputError unless they are of these kinds."""
    wrong = InputError("This cursor is not one of this list; take `next` of the page before.")
    if len(cursor) > _CURSOR_AT_MOST or not cursor.isascii():
        raise wrong
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise wrong from error
    fits = isinstance(keys, list) and [type(key) for key in keys] == list(kinds)
    if not fits or any(isinstance(key, int) and abs(key) >= 1 << 63 for key in keys):
        raise wrong
    return list(keys)


def page(desk: Desk, select: str, order: tuple[Key, ...], kinds: tuple[type, ...], *, cursor: str = "", limit: int = 200,
         where: str = "1", parameters: tuple[Any, ...] = ()) -> Page:  # fmt: skip
    """One page of `select` (columns and table) in an order of (column, ASC or DESC) that no two rows share."""
    columns, table = select.split(" FROM ")
    after, given = _after(order, keys_of(cursor, kinds)) if cursor else ("1", [])
    keys = ", ".join(f"{column} AS key_{number}" for number, (column, _) in enumerate(order))
    found = desk.rows(
        f"SELECT {columns}, {keys} FROM {table} WHERE ({where}) AND ({after}) "
        f"ORDER BY {', '.join(' '.join(key) for key in order)} LIMIT ?",
        (*parameters, *given, limit),
    )
    if len(found) < limit or not found:
        return Page([_shown(row, len(order)) for row in found])
    last = [found[-1][f"key_{number}"] for number in range(len(order))]
    rest, behind = _after(order, last)
    left = desk.rows(
        f"SELECT count(*) AS n FROM {table} WHERE ({where}) AND ({rest})", (*parameters, *behind)
    )[0]["n"]
    return Page([_shown(row, len(order)) for row in found], cursor_of(last) if left else None, left)


def _shown(row: Row, keys: int) -> Row:
    own = {f"key_{number}" for number in range(keys)}
    return {name: value for name, value in row.items() if name not in own}


def _after(order: tuple[Key, ...], keys: list[Any]) -> tuple[str, list[Any]]:
    """The condition "comes after this row": equal in the first columns and further on in the next."""
    parts: list[str] = []
    given: list[Any] = []
    for number, (column, direction) in enumerate(order):
        same = [f"{before} = ?" for before, _ in order[:number]]
        parts.append(" AND ".join([*same, f"{column} {'<' if direction == 'DESC' else '>'} ?"]))
        given.extend(keys[: number + 1])
    return " OR ".join(f"({part})" for part in parts), given
