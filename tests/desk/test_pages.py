"""Lists by page: every row once, in order, whatever the size; each page says how many are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.desk import Desk, charts, exports, log, quarantine
from graphintel.desk.pages import Page, cursor_of, keys_of
from graphintel.errors import InputError
from graphintel.model.records import Position, Quarantined


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("pages") / "desk.sqlite")
    for number in range(7):
        log.write(made, "ayla", f"act {number}")
        charts.save(made, "ayla", f"chart {number}", {}, opening=number == 3)
        exports.register(made, "ayla", chart="", case="", format_name="svg", sha256=str(number), chart_hash="h",
                         counter=1, handling="R", query="expand")  # fmt: skip
    for batch, lines in ((1, range(4)), (2, range(3))):
        rows = [Quarantined("s", Position("f", "0", f"line {line}"), "bad", "m", b"raw") for line in lines]
        quarantine.put(made, batch, 0, rows)
        quarantine.confirm(made, batch, 0)
    yield made
    made.close()


Paged = Callable[[Desk, str, int], Page]
LISTS: dict[str, tuple[Paged, str, list[str]]] = {
    "log": (log.paged, "act", [f"act {number}" for number in reversed(range(7))]),
    "exports": (exports.paged, "sha256", [str(number) for number in reversed(range(7))]),
    "charts": (charts.paged, "id", []),
    "quarantine": (
        lambda desk, cursor, limit: quarantine.paged(desk, cursor=cursor, limit=limit), "position",
        [f"line {line}" for line in (0, 1, 2, 0, 1, 2, 3)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_put_together_are_the_list(desk: Desk, name: str, size: int) -> None:
    paged, field, expected = LISTS[name]
    told: list[str] = []
    found = Page([], "")
    while found.next is not None:
        found = paged(desk, found.next, size)
        told += [row[field] for row in found.rows]
        assert found.left == 7 - len(told) and (found.next is None) == (found.left == 0)
        assert not any(column.startswith("key_") for row in found.rows for column in row)
    assert told == (expected or [row["id"] for row in charts.listed(desk)])


def test_a_page_of_one_load_holds_its_rows_only(desk: Desk) -> None:
    first = quarantine.paged(desk, batch=1, limit=3)
    assert [row["batch"] for row in first.rows] == [1, 1, 1] and first.left == 1 and first.next
    rest = quarantine.paged(desk, batch=1, cursor=first.next, limit=3)
    assert [row["position"] for row in rest.rows] == ["line 3"] and rest.next is None
    assert quarantine.paged(desk, batch=9).as_json("rows") == {
        "rows": [], "next": None, "truncated": {"by_limit": 0, "by_filter": 0, "by_policy": "not told"},
    }  # fmt: skip


def test_a_row_that_comes_between_two_pages_moves_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.sqlite")
    for number in range(4):
        log.write(desk, "a", str(number))
    first = log.paged(desk, limit=2)
    log.write(desk, "a", "new")
    assert first.next and [row["act"] for row in log.paged(desk, first.next, 2).rows] == ["1", "0"]
    desk.close()


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.text(alphabet="0123456789abcdef:+-T", max_size=40))
def test_a_cursor_tells_its_keys(number: int, text: str) -> None:
    assert keys_of(cursor_of([number, text]), (int, str)) == [number, text]


@settings(max_examples=200)
@given(st.text(max_size=250))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    try:
        keys = keys_of(text, (int,))
    except InputError as error:
        assert "cursor" in error.message
    else:
        assert cursor_of(keys) and isinstance(keys[0], int)
