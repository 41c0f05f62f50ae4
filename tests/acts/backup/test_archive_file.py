"""The file of a backup: named when it is whole, and refused, with what and where, when it is not."""

from __future__ import annotations

import io
import resource
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.acts.backup.archive import Writer, new_archive
from graphintel.acts.backup.checking import Reader, opened_archive
from graphintel.acts.backup.evidence import pack
from graphintel.acts.backup.manifest import DESK, DUMP, EVIDENCE, MANIFEST, MEMBERS, Manifest
from graphintel.errors import Conflict, DiskFull, InputError

CONTENT = {DUMP: b"dump" * 5000, DESK: b"desk" * 5000}
Edit = Callable[[dict[str, bytes]], None]


def silent(done: int, total: int, what: str) -> None:
    """No progress."""


def filled(archive: Writer, folder: Path) -> None:
    """Write all members with one evidence file."""
    name = sha256(b"evidence").hexdigest()
    (folder / name[:2]).mkdir(parents=True, exist_ok=True)
    (folder / name[:2] / name).write_bytes(b"evidence")
    for member, content in CONTENT.items():
        with archive.member(member) as into:
            into(content)
    with archive.member(EVIDENCE) as into:
        packed = pack(folder, into)
    archive.close(
        Manifest("0.1", "5.26", "2025-01-01", "tester", 7, "a" * 64, 9, packed.files, tuple(archive.members))
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a whole archive."""
    folder = tmp_path_factory.mktemp("whole")
    with new_archive(folder / "a.backup", silent, 0) as archive:
        filled(archive, folder / "evidence")
    return (folder / "a.backup").read_bytes()


def checked(file: Path) -> Reader:
    """Open and check a file."""
    with opened_archive(file) as archive:
        archive.check(silent)
        return archive


def changed(whole: bytes, edit: Edit) -> bytes:
    """An archive packed anew after its members were edited."""
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    edit(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, content in members.items():
            anew.writestr(name, content)
    return out.getvalue()


def said(**changes: object) -> Edit:
    """An edit of the manifest."""

    def edit(members: dict[str, bytes]) -> None:
        members[MANIFEST] = orjson.dumps({**orjson.loads(members[MANIFEST]), **changes})

    return edit


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, held[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)


def test_a_whole_archive_is_read_as_it_was_written(tmp_path: Path, whole: bytes) -> None:
    file = tmp_path / "a.backup"
    file.write_bytes(whole)
    manifest = checked(file).manifest
    assert (manifest.counter, manifest.evidence_files, [one.name for one in manifest.members]) == (
        7,
        1,
        list(MEMBERS),
    )
    assert manifest.member(DUMP).sha256 == sha256(CONTENT[DUMP]).hexdigest()
    with opened_archive(file) as archive, archive.member(DESK, silent, "reading") as stream:
        assert b"".join(stream.blocks()) == CONTENT[DESK]


def test_checking_tells_how_far_it_is(tmp_path: Path, whole: bytes) -> None:
    file, seen = tmp_path / "a.backup", []
    file.write_bytes(whole)
    with opened_archive(file) as archive:
        archive.check(lambda done, total, what: seen.append((done, total, what)))
        total = sum(member.bytes for member in archive.manifest.members)
    assert [one[0] for one in seen] == sorted(one[0] for one in seen)
    assert seen[-1] == (total, total, f"checking {EVIDENCE}")


def test_an_archive_has_its_name_when_it_is_whole_and_is_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    with new_archive(file, silent, 0) as archive:
        filled(archive, tmp_path / "evidence")
        assert not file.exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.backup", "evidence"]


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    file.write_bytes(b"mine")
    with pytest.raises(Conflict, match="never overwritten"), new_archive(file, silent, 0):
        pass
    other = tmp_path / "b.backup"
    with pytest.raises(Conflict, match="by somebody else"), new_archive(other, silent, 0) as archive:
        filled(archive, tmp_path / "evidence")
        other.write_bytes(b"theirs")
    assert (file.read_bytes(), other.read_bytes()) == (b"mine", b"theirs")
    with pytest.raises(InputError, match="no folder"), new_archive(tmp_path / "no/a", silent, 0):
        pass


@pytest.mark.parametrize("limit", [100, 15_000, 20_600])
def test_a_full_disk_leaves_nothing(tmp_path: Path, limit: int) -> None:
    evidence, room = tmp_path / "evidence", tmp_path / "room"
    room.mkdir()
    with (
        limited(limit),
        pytest.raises(DiskFull, match="a.backup is full"),
        new_archive(room / "a.backup", silent, 0) as archive,
    ):
        filled(archive, evidence)
    assert list(room.iterdir()) == []


def test_an_act_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        new_archive(tmp_path / "a", silent, 0) as archive,
        archive.member(DUMP) as into,
    ):
        into(b"begun")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@given(data=st.data())
def test_one_changed_byte_or_a_missing_end_never_passes(
    whole: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("hurt") / "a.backup"
    file.write_bytes(whole)
    sound = checked(file).manifest
    end = data.draw(st.integers(0, len(whole) - 1))
    file.write_bytes(whole[:end])
    with pytest.raises(InputError, match="a.backup"):
        checked(file)
    at = data.draw(st.integers(0, len(whole) - 1))
    file.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    # Some bytes of a zip say nothing of its content; then the content must be the same.
    try:
        assert checked(file).manifest == sound
    except InputError as error:
        assert "a.backup" in error.message


def _drop(name: str) -> Edit:
    def edit(members: dict[str, bytes]) -> None:
        del members[name]

    return edit


def _put(name: str, content: bytes = b"x") -> Edit:
    return lambda members: members.update({name: content})


def _same_size(members: dict[str, bytes]) -> None:
    members[DUMP] = b"DUMP" * 5000


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (_drop(MANIFEST), f"{MANIFEST} is not in it"),
        (_drop(DESK), f"{DESK} is not in it"),
        (_put("../outside"), "'../outside' is in no backup"),
        (_put("/etc/passwd"), "'/etc/passwd' is in no backup"),
        (_put("store/other"), "'store/other' is in no backup"),
        (_same_size, f"{DUMP} in .* is damaged: its bytes have another SHA-256"),
        (_put(DESK, b"short"), f"{DESK} in .* is damaged: its size"),
        (_put(EVIDENCE, b"x"), f"{EVIDENCE} in .* is damaged"),
        (_put(MANIFEST, b"{"), "is no JSON"),
        (_put(MANIFEST, b"[]"), "does not say so"),
        (said(format="other"), "does not say so"),
        (said(version=2), "version 2 and this program reads version 1"),
        (said(counter=-1), "is damaged"),
        (said(counter="7"), "is damaged"),
        (said(evidence_files=2), f"{EVIDENCE} in .* holds 1 files and its manifest says 2"),
        (said(members=[]), "is damaged"),
        (said(members=[{"name": DUMP, "bytes": -1, "sha256": "0" * 64}] * 3), "is damaged"),
        (said(damaged=["../x"]), "is damaged"),
    ],
)
def test_a_foreign_or_damaged_archive_is_refused_with_what_and_where(
    tmp_path: Path, whole: bytes, edit: Edit, told: str
) -> None:
    file = tmp_path / "a.backup"
    file.write_bytes(changed(whole, edit))
    with pytest.raises(InputError, match=told) as caught:
        checked(file)
    assert str(file) in caught.value.message


def test_links_passwords_doubles_and_crowds_are_refused(tmp_path: Path, whole: bytes) -> None:
    file = tmp_path / "a.backup"
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}

    def written(info: zipfile.ZipInfo, more: int = 0) -> None:
        with zipfile.ZipFile(file, "w") as out:
            for name, content in members.items():
                out.writestr(info if name == info.filename else name, content)
            for number in range(more):
                out.writestr(f"file{number}", b"")

    link = zipfile.ZipInfo(DESK)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    written(link)
    with pytest.raises(InputError, match="is a link"):
        checked(file)
    packed_otherwise = zipfile.ZipInfo(DESK)
    packed_otherwise.compress_type = zipfile.ZIP_LZMA
    written(packed_otherwise)
    with pytest.raises(InputError, match="packed in a way that no backup is"):
        checked(file)
    written(zipfile.ZipInfo(DESK), more=500)
    with pytest.raises(InputError, match="holds other files"):
        checked(file)
    # The flags of a member stand eight bytes into its entry of the directory.
    flags = whole.rindex(b"PK\x01\x02", 0, whole.rindex(DESK.encode())) + 8
    file.write_bytes(whole[:flags] + b"\x01" + whole[flags + 1 :])
    with pytest.raises(InputError, match="is under a password"):
        checked(file)
    with zipfile.ZipFile(file, "w") as out:
        for name in (*MEMBERS, MANIFEST):
            out.writestr(name, members[name])
        with pytest.warns(UserWarning, match="Duplicate name"):
            out.writestr(DESK, members[DESK])
    with pytest.raises(InputError, match="stands twice"):
        checked(file)


def test_a_size_that_lies_is_found(tmp_path: Path, whole: bytes) -> None:
    file = tmp_path / "a.backup"
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = orjson.loads(members[MANIFEST])
    for member in manifest["members"]:
        member["bytes"] = 100 if member["name"] == DESK else member["bytes"]
    members[MANIFEST] = orjson.dumps(manifest)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, content in members.items():
            anew.writestr(name, content)
    size = len(CONTENT[DESK]).to_bytes(4, "little")
    start = out.getvalue().rindex(b"PK\x01\x02", 0, out.getvalue().rindex(DESK.encode()))
    at = out.getvalue().index(size, start)
    file.write_bytes(out.getvalue()[:at] + (100).to_bytes(4, "little") + out.getvalue()[at + 4 :])
    with pytest.raises(InputError, match="no whole backup: Bad CRC|another SHA-256"):
        checked(file)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18), bytes(100_000)])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.backup"
    file.write_bytes(content)
    with pytest.raises(InputError, match="a.backup is no"):
        checked(file)
    with pytest.raises(InputError, match="There is no backup"):
        checked(tmp_path)
    with pytest.raises(InputError, match="There is no backup"):
        checked(tmp_path / "absent")
