"""The folders of a home's store, its control files and its turn."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import DiskFull, StoreUnavailable
from graphintel.store.local.place import Place, disk_trouble, read_json, write_private


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folders_are_closed_to_others(tmp_path: Path) -> None:
    place = Place.of(tmp_path / "new" / "home")
    place.make()
    place.make()
    for folder in (place.root, place.data, place.conf, place.logs, place.control, place.leases):
        assert _mode(folder) == 0o700


def test_a_relative_home_is_fixed_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Place.of(Path("home")).root == tmp_path / "home" / "store"


def test_a_home_that_is_a_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="owner and rights"):
        Place.of(tmp_path / "home").make()


def test_private_files_are_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "password"
    write_private(path, "first")
    write_private(path, "second")
    assert path.read_text(encoding="utf-8") == "second"
    assert _mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=40))
def test_any_bytes_are_an_object_or_nothing(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("control") / "server.json"
    path.write_bytes(content)
    assert read_json(path) is None or content.strip().startswith(b"{")


def test_an_object_is_read_and_an_absent_file_is_nothing(tmp_path: Path) -> None:
    write_private(tmp_path / "a.json", '{"pid": 1}')
    assert read_json(tmp_path / "a.json") == {"pid": 1}
    assert read_json(tmp_path / "b.json") is None


def test_one_program_has_the_turn_and_the_next_waits_for_it(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    place.make()
    with place.turn(1), pytest.raises(StoreUnavailable, match="Another program"), place.turn(0.1):
        pytest.fail("two programs had the turn")
    with place.turn(0.1):
        assert (place.control / "turn.lock").exists()


def test_the_turn_ends_with_an_error(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    place.make()
    with pytest.raises(DiskFull), place.turn(1):
        raise OSError(errno.ENOSPC, "No space left on device")
    with place.turn(0.1):
        assert not place.has_supervisor


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, StoreUnavailable)],
)
def test_trouble_with_the_disk_has_its_class(tmp_path: Path, number: int, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=str(tmp_path)), disk_trouble(tmp_path):
        raise OSError(number, "trouble")
