"""Hash, packing, size, NUL bytes and character set of a delivered file."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from graphintel.errors import FileRefused
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import charset, survey, unpacked

TURKISH = "no;ad\n1;Karaçınar Gıda Müşavirliği İğneada\n"
ALLOWED = ("utf-8", "cp1254", "iso8859-9", "cp857")


def _file(folder: Path, content: bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_hash_is_of_the_delivered_bytes_and_size_of_the_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(b"a;b\n" * 10)
    found = survey(_file(tmp_path, packed, "x.csv.gz"), DEFAULT)
    assert found.sha256 == hashlib.sha256(packed).hexdigest()
    assert (found.packed, found.size, found.ascii, found.nul) == ("gzip", 40, True, False)
    with unpacked(found.path, found.packed) as stream:
        assert stream.readline() == b"a;b\n"


def test_packing_is_seen_by_content_not_by_name(tmp_path: Path) -> None:
    assert survey(_file(tmp_path, gzip.compress(b"abc"), "x.csv"), DEFAULT).packed
    assert not survey(_file(tmp_path, b"abc", "x.csv.gz"), DEFAULT).packed


def test_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        survey(_file(tmp_path, b""), DEFAULT)
    assert refused.value.reason == "empty"


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(FileRefused) as refused:
            survey(path, DEFAULT)
        assert refused.value.reason == "not_readable"


def test_cut_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        survey(_file(tmp_path, gzip.compress(b"abc" * 1000)[:-9]), DEFAULT)
    assert refused.value.reason == "broken_archive"


def test_an_archive_that_inflates_beyond_the_ratio_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\n" * 3_000_000)
    with pytest.raises(FileRefused) as refused:
        survey(_file(tmp_path, bomb), Limits(ratio=100))
    assert refused.value.reason == "too_large"


def test_file_over_the_byte_cap_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        survey(_file(tmp_path, b"x" * 100), Limits(file_bytes=99))
    assert refused.value.reason == "too_large"


def test_nul_is_noted(tmp_path: Path) -> None:
    assert survey(_file(tmp_path, b"a;\0\n"), DEFAULT).nul


@pytest.mark.parametrize("encoding", ALLOWED)
def test_charset_of_turkish_text_is_found_among_the_sources_own(tmp_path: Path, encoding: str) -> None:
    content = TURKISH.encode(encoding)
    found = charset(survey(_file(tmp_path, content), DEFAULT), ALLOWED)
    assert content.decode(found) == TURKISH


def test_byte_order_mark_decides(tmp_path: Path) -> None:
    assert (
        charset(survey(_file(tmp_path, b"\xef\xbb\xbf" + TURKISH.encode()), DEFAULT), ("cp1254",))
        == "utf-8-sig"
    )


def test_plain_ascii_needs_no_guess(tmp_path: Path) -> None:
    assert charset(survey(_file(tmp_path, b"a;b\n"), DEFAULT), ("cp857",)) == "utf-8-sig"


def test_charset_outside_the_list_is_refused(tmp_path: Path) -> None:
    for content in (TURKISH.encode("utf-16"), b"\xff\xfe\xfd \x81\n"):
        with pytest.raises(FileRefused) as refused:
            charset(survey(_file(tmp_path, content), DEFAULT), ("utf-8",))
        assert refused.value.reason == "bad_charset"


def test_a_character_cut_by_the_end_of_a_block_is_still_utf8(tmp_path: Path) -> None:
    content = b"a" * ((1 << 20) - 1) + "ş".encode() + b"\n"
    found = survey(_file(tmp_path, content), DEFAULT)
    assert found.utf8
    assert not survey(_file(tmp_path, content[:-2]), DEFAULT).utf8
