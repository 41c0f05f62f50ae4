"""Accounting: every column read, left out with its reason, or reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graphintel.ingest import Accounting, Source, read

Shelf = Callable[..., Source]


def _account(source: Source, folder: Path, text: str) -> Accounting:
    path = folder / "x.csv"
    path.write_text(text, encoding="utf-8")
    accounting = Accounting()
    list(read(source, path, accounting=accounting))
    return accounting


def test_filled_cells_are_counted_by_column(shelf: Shelf, tmp_path: Path) -> None:
    accounting = _account(shelf(), tmp_path, "no,date,who,code\n1,2024-01-02,a,\n2,2024-01-03,,\n")
    account = accounting.files[0]
    assert dict(account.filled) == {"no": 2, "date": 2, "who": 1}
    assert account.read == {"no", "date", "who", "code"}
    assert (account.rows, account.quarantined, accounting.unread_columns) == (2, 0, [])


def test_columns_of_nobody_are_reported_even_when_empty(shelf: Shelf, tmp_path: Path) -> None:
    accounting = _account(shelf(), tmp_path, "no,date,colour,size\n1,2024-01-02,red,\n")
    assert accounting.unread_columns == ["colour", "size"]
    assert accounting.left_out_share == 1 / 3
    assert any("colour" in warning for warning in accounting.warnings)


def test_left_out_columns_have_their_reason_and_count(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf(("grade: B2", "grade: B2\nleave_out: {colour: a remark}"))
    accounting = _account(source, tmp_path, "no,date,colour\n1,2024-01-02,red\n")
    assert accounting.files[0].left_out == {"colour": "a remark"}
    assert accounting.unread_columns == []
    assert any("left out" in warning for warning in accounting.warnings)


def test_missing_columns_are_told(shelf: Shelf, tmp_path: Path) -> None:
    accounting = _account(shelf(), tmp_path, "no,date\n1,2024-01-02\n")
    assert accounting.warnings == ["x.csv lacks the columns who, code, plate, land, kg."]


def test_no_file_no_share() -> None:
    assert Accounting().left_out_share == 0
    assert Accounting().warnings == []
