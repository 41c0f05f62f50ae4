"""Packed deliveries: a zip is read member by member, and what is wrong with one is told before a row is read."""

from __future__ import annotations

import gzip
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graphintel.errors import FileRefused
from graphintel.ingest import Accounting, Limits, Source, read
from graphintel.ingest.packing import packing, unpacked
from graphintel.model.records import Record

Shelf = Callable[..., Source]
ROWS = "no,date,who,code,plate,land,kg\n1,2024-03-04,Öz,K1,34 KLT 481,TR,5\n2,2024-03-05,Öz,K2,,BG,6\n"
OTHER = ROWS.replace("\n1,", "\n7,").replace("\n2,", "\n8,")


def packed(path: Path, members: dict[str, str | bytes], *, links: tuple[str, ...] = ()) -> Path:
    """A zip of these members; those named in `links` are symbolic links."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (0o120777 if name in links else 0o100644) << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return path


def refusal(source: Source, path: Path, limits: Limits | None = None) -> FileRefused:
    """The refusal of a file of which not one row came."""
    with pytest.raises(FileRefused) as refused:
        next(read(source, path, limits=limits or Limits()))
    return refused.value


def test_how_a_file_is_packed_is_seen_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"x"))
    (tmp_path / "b").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "c").write_bytes(b"")
    packed(tmp_path / "d", {"x.csv": "x"})
    packed(tmp_path / "e", {"xl/workbook.xml": "x"})
    assert [packing(tmp_path / name) for name in "abcde"] == ["gzip", "zip", "", "zip", "xlsx"]
    with unpacked(tmp_path / "d", "zip:x.csv") as stream:
        assert stream.read() == b"x"


def test_a_zip_is_read_in_order_of_names_and_places_say_the_member(shelf: Shelf, tmp_path: Path) -> None:
    accounting = Accounting()
    path = packed(
        tmp_path / "d.zip", {"z/b.csv": OTHER, "a.csv": ROWS, "note.txt": "-", "z/._b.csv": "-", "z/": ""}
    )
    items = list(read(shelf(), path, accounting=accounting))
    assert [item.position.place for item in items] == [
        "a.csv!line 2", "a.csv!line 3", "z/b.csv!line 2", "z/b.csv!line 3",
    ]  # fmt: skip
    assert {item.position.file for item in items} == {"d.zip"}
    assert [(account.file, account.rows) for account in accounting.files] == [
        (f"{path}!a.csv", 2), (f"{path}!z/b.csv", 2),
    ]  # fmt: skip


def test_members_are_the_records_of_the_same_files_unpacked(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    (tmp_path / "a.csv").write_text(ROWS)
    alone = [item.id for item in read(source, tmp_path / "a.csv") if isinstance(item, Record)]
    path = packed(tmp_path / "d.zip", {"a.csv": ROWS})
    assert [item.id for item in read(source, path) if isinstance(item, Record)] == alone


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "a/../../x.csv", "..\\x.csv", "C:\\x.csv"])
def test_names_that_lead_out_of_their_folder_are_refused(shelf: Shelf, tmp_path: Path, name: str) -> None:
    refused = refusal(shelf(), packed(tmp_path / "d.zip", {"a.csv": ROWS, name: ROWS}))
    assert (refused.reason, "leads out of its folder" in refused.message) == ("bad_member", True)


def test_links_and_doubles_and_passwords_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    source = shelf()
    link = packed(tmp_path / "l.zip", {"a.csv": "/etc/hostname"}, links=("a.csv",))
    assert refusal(source, link).reason == "bad_member"
    packed(tmp_path / "t.zip", {"a.csv": ROWS, "b.csv": OTHER})
    (tmp_path / "t.zip").write_bytes((tmp_path / "t.zip").read_bytes().replace(b"b.csv", b"a.csv"))
    assert refusal(source, tmp_path / "t.zip").reason == "bad_member"
    content = bytearray(packed(tmp_path / "p.zip", {"a.csv": ROWS}).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "p.zip").write_bytes(content)
    assert "under a password" in refusal(source, tmp_path / "p.zip").message


def test_a_zip_without_a_file_of_the_source_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    for members in ({}, {"note.txt": "-"}, {"a.csv.gz": gzip.compress(ROWS.encode())}):
        assert refusal(shelf(), packed(tmp_path / "d.zip", dict(members))).reason == "empty"


def test_one_bad_member_refuses_the_whole_delivery_by_name(shelf: Shelf, tmp_path: Path) -> None:
    refused = refusal(shelf(), packed(tmp_path / "d.zip", {"a.csv": ROWS, "b.csv": "who,code\nx,y\n"}))
    assert (refused.reason, "d.zip!b.csv" in refused.message) == ("missing_column", True)


def test_too_many_members_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    path = packed(tmp_path / "d.zip", {f"{n}.csv": ROWS for n in range(5)})
    assert refusal(shelf(), path, Limits(members=4)).reason == "too_large"


def _lying(path: Path, size: int) -> Path:
    """The zip with another unpacked size in both of its headers."""
    content = bytearray(path.read_bytes())
    content[22:26] = struct.pack("<I", size)
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", size)
    path.write_bytes(content)
    return path


def test_a_bomb_is_refused_whatever_it_says_of_its_size(shelf: Shelf, tmp_path: Path) -> None:
    rows = ROWS + "\n" * 5_000_000
    honest = packed(tmp_path / "a.zip", {"a.csv": rows})
    assert honest.stat().st_size * 900 < len(rows)
    assert refusal(shelf(), honest).reason == "too_large"
    assert (
        refusal(shelf(), _lying(packed(tmp_path / "b.zip", {"a.csv": rows}), 100)).reason == "broken_archive"
    )
    assert (
        refusal(shelf(), _lying(packed(tmp_path / "c.zip", {"a.csv": rows}), 1 << 31)).reason == "too_large"
    )


def test_many_small_members_that_unpack_to_much_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    rows = ROWS + "\n" * 100_000
    path = packed(tmp_path / "d.zip", {f"{n}.csv": rows for n in range(4)})
    assert refusal(shelf(), path, Limits(file_bytes=350_000)).reason == "too_large"


def test_torn_archives_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    whole = packed(tmp_path / "d.zip", {"a.csv": ROWS}).read_bytes()
    flipped = bytearray(whole)
    flipped[40] ^= 0xFF
    for number, content in enumerate((whole[:30], whole[:-30], bytes(flipped))):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        assert refusal(shelf(), path).reason == "broken_archive"


def test_a_spreadsheet_is_told_from_an_archive(shelf: Shelf, tmp_path: Path) -> None:
    refused = refusal(shelf(), packed(tmp_path / "d.csv", {"xl/workbook.xml": "x"}))
    assert (refused.reason, "save it as .csv" in refused.message) == ("bad_format", True)
