"""Evidence as one stream: what goes in comes out, and nothing else is taken."""

from __future__ import annotations

import io
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.acts.backup.evidence import is_whole, pack, stored, unpack
from graphintel.errors import InputError


def keep(folder: Path, content: bytes, name: str = "") -> Path:
    """An evidence file, under a name that is not its hash if one is given."""
    name = name or sha256(content).hexdigest()
    path = folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def packed(folder: Path) -> bytes:
    """The stream of a folder."""
    out = io.BytesIO()
    pack(folder, out.write)
    return out.getvalue()


def tar_of(*entries: tuple[str, bytes, int, bytes]) -> bytes:
    """A tar of (name, content, size stated, type)."""
    out = b""
    for name, content, size, kind in entries:
        info = tarfile.TarInfo(name)
        info.size, info.type = size, kind
        out += info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512)
    return out + bytes(1024)


@given(contents=st.lists(st.binary(max_size=1500), unique=True, max_size=5))
def test_what_is_packed_is_unpacked(contents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    for content in contents:
        keep(folder, content)
    stream = packed(folder)
    assert unpack(io.BytesIO(stream).read, (), there) == len(contents)
    assert [path.read_bytes() for path in stored(there)] == [path.read_bytes() for path in stored(folder)]
    assert all(is_whole(path) and path.stat().st_mode & 0o777 == 0o440 for path in stored(there))
    with tarfile.open(fileobj=io.BytesIO(stream)) as plain:
        assert len(plain.getnames()) == len(contents)


@given(data=st.data())
def test_a_stream_with_one_byte_changed_or_cut_off_is_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("here")
    for content in (b"one", b"two" * 300):
        keep(folder, content)
    stream = packed(folder)
    end = data.draw(st.integers(0, len(stream) - 1))
    with pytest.raises(InputError):
        unpack(io.BytesIO(stream[:end]).read, ())
    with pytest.raises(InputError):
        unpack(io.BytesIO(stream + b"x").read, ())


def test_what_is_damaged_already_is_told_and_taken_as_it_is(tmp_path: Path) -> None:
    keep(tmp_path / "here", b"whole")
    wrong = keep(tmp_path / "here", b"damaged", "ab" + "0" * 62)
    out = io.BytesIO()
    assert pack(tmp_path / "here", out.write) == (2, (wrong.name,))
    assert not is_whole(wrong)
    assert unpack(io.BytesIO(out.getvalue()).read, {wrong.name}, tmp_path / "there") == 2
    assert (tmp_path / "there/ab" / wrong.name).read_bytes() == b"damaged"
    with pytest.raises(InputError, match=f"the bytes of {wrong.name} are not those"):
        unpack(io.BytesIO(out.getvalue()).read, ())


HASH = sha256(b"x").hexdigest()
NAME = f"evidence/{HASH[:2]}/{HASH}"


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (tar_of((f"evidence/00/{HASH}", b"x", 1, tarfile.REGTYPE)), "is no evidence file"),
        (tar_of(("../../etc/passwd", b"x", 1, tarfile.REGTYPE)), "is no evidence file"),
        (tar_of((f"/{NAME}", b"x", 1, tarfile.REGTYPE)), "is no evidence file"),
        (tar_of((NAME, b"", 0, tarfile.SYMTYPE)), "is no evidence file"),
        (tar_of((NAME, b"", 0, tarfile.LNKTYPE)), "is no evidence file"),
        (tar_of((NAME, b"", 0, tarfile.DIRTYPE)), "is no evidence file"),
        (tar_of((NAME, b"", 1 << 40, tarfile.XHDTYPE)), "is no evidence file"),
        (tar_of((NAME, b"x", 1 << 40, tarfile.REGTYPE)), "ends in the middle"),
        (tar_of((NAME, b"x", 1, tarfile.REGTYPE), (NAME, b"x", 1, tarfile.REGTYPE)), "stands twice"),
        (tar_of((NAME, b"y", 1, tarfile.REGTYPE)), "are not those that its name says"),
        (b"\xff" * 1024, "cannot be read"),
        (b"", "ends in the middle"),
    ],
)
def test_what_is_no_evidence_is_refused_and_written_nowhere_else(
    tmp_path: Path, stream: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        unpack(io.BytesIO(stream).read, (), tmp_path / "there")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {HASH}


def test_a_file_that_is_no_evidence_is_not_packed(tmp_path: Path) -> None:
    kept = keep(tmp_path, b"x")
    for name in (".part-1", "ab"):
        (kept.parent / name).write_bytes(b"y")
    (tmp_path / "README").write_bytes(b"z")
    assert list(stored(tmp_path)) == [kept]
    kept.chmod(0o440)
    assert list(stored(tmp_path / "absent")) == []
