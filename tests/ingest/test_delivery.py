"""Files of a delivery: what is no plain file is refused by name, and names can be written anywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import FileRefused
from graphintel.ingest import Source, files, legible, read, refused

Shelf = Callable[..., Source]
ROWS = "no,date\n1,2024-03-04\n"


def _reason(source: Source, path: Path) -> str:
    with pytest.raises(FileRefused) as error:
        next(read(source, path))
    return error.value.reason


def test_links_pipes_and_devices_in_a_folder_are_listed_and_refused(shelf: Shelf, tmp_path: Path) -> None:
    source, folder = shelf(), tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(ROWS)
    (folder / "b.csv").symlink_to("/etc/hostname")
    os.mkfifo(folder / "c.csv")
    (folder / "d.csv").symlink_to(folder / "nowhere")
    (folder / "e").symlink_to("/etc")
    found = files(source, [folder])
    assert [path.name for path in found] == ["a.csv", "b.csv", "c.csv", "d.csv"]
    assert [_reason(source, path) for path in found[1:]] == ["not_regular"] * 3
    assert _reason(source, Path("/dev/zero")) == "not_regular"


def test_a_link_that_is_named_is_followed(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "latest").symlink_to("a.csv")
    assert files(shelf(), [tmp_path / "latest"]) == [tmp_path / "a.csv"]


def test_zips_in_a_folder_are_files_of_it(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.zip", "b.csv.gz", "c.zip.part"):
        (folder / name).write_bytes(b"x")
    assert [path.name for path in files(shelf(), [folder])] == ["a.zip", "b.csv.gz"]


def test_a_file_that_changes_while_it_is_read_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS)
    rows = read(shelf(), path)
    next(rows)
    with path.open("a") as out:
        out.write("2,2024-03-05\n")
    with pytest.raises(FileRefused, match="changed while it was read"):
        list(rows)


def test_names_turned_round_or_with_control_characters_are_written_out(tmp_path: Path) -> None:
    assert legible("fatura\u202evsc.exe") == "fatura\\u202evsc.exe"
    assert legible("a\x1b[2J\n.csv") == "a\\u001b[2J\\u000a.csv"
    assert legible("Karaçınar Gıda.csv") == "Karaçınar Gıda.csv"
    told = refused(tmp_path / "a\u200b\n.csv", FileRefused("empty", "a\u200b\n.csv is empty"))
    assert (told["file"].endswith("a\\u200b\\u000a.csv"), told["message"]) == (
        True,
        "a\\u200b\\u000a.csv is empty",
    )


@given(st.text(st.characters(exclude_characters="\0")))
def test_a_legible_name_is_one_line_of_utf8_without_controls(name: str) -> None:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return
    shown = legible(name)
    assert len(shown.splitlines()) <= 1
    assert not any(letter < " " or letter in "\x7f\u202e\u2066\u200b" for letter in shown)
    assert shown.encode().decode() == shown
