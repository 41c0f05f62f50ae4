"""The lock of the server's jars, and how files are held to it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from graphintel.store.local.jars import Jar, Lock, is_sound, is_stamped, read_lock, stamp


def _jar(name: str, content: bytes) -> Jar:
    return Jar("org.example", name, "1.0", "", hashlib.sha256(content).hexdigest())


def _folder(root: Path, **contents: bytes) -> tuple[Path, list[Jar]]:
    (root / "jars").mkdir()
    jars = [_jar(name, content) for name, content in contents.items()]
    for jar, content in zip(jars, contents.values(), strict=True):
        (root / "jars" / jar.name).write_bytes(content)
    return root, jars


def test_the_shipped_lock_names_each_jar_once_with_its_hash() -> None:
    lock = read_lock()
    assert lock.version == "5.26.28"
    assert len({jar.name for jar in lock.jars}) == len(lock.jars) > 200
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) for jar in lock.jars)
    assert not [jar for jar in lock.jars if "SNAPSHOT" in jar.version]


def test_the_shipped_lock_has_the_native_parts_of_both_systems() -> None:
    natives = {jar.classifier for jar in read_lock().jars if jar.classifier}
    assert {"linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64"} <= natives


def test_the_shipped_lock_has_server_and_admin() -> None:
    held = {jar.artifact for jar in read_lock().jars}
    assert {"neo4j", "neo4j-server", "neo4j-import-tool", "neo4j-dbms"} <= held


def test_a_classifier_is_part_of_the_name() -> None:
    assert (
        Jar("io.netty", "netty-epoll", "4.1", "linux-x86_64", "").name == "netty-epoll-4.1-linux-x86_64.jar"
    )
    assert Jar("io.netty", "netty-epoll", "4.1", "", "").name == "netty-epoll-4.1.jar"


def test_another_hash_is_another_folder_and_the_order_is_not() -> None:
    one, two = _jar("one", b"1"), _jar("two", b"2")
    server = Jar("org.neo4j", "neo4j", "5", "", "")
    assert Lock((one, two, server)).folder == Lock((server, two, one)).folder
    assert Lock((one, two, server)).folder != Lock((one, _jar("two", b"3"), server)).folder


def test_sound_means_every_byte(tmp_path: Path) -> None:
    root, (jar,) = _folder(tmp_path, one=b"bytes")
    path = root / "jars" / jar.name
    assert is_sound(path, jar)
    path.write_bytes(b"bytez")
    assert not is_sound(path, jar)
    path.unlink()
    assert not is_sound(path, jar)


def test_a_stamp_holds_while_nothing_changes(tmp_path: Path) -> None:
    root, jars = _folder(tmp_path, one=b"1", two=b"2")
    assert not is_stamped(root, jars)
    stamp(root, jars)
    assert is_stamped(root, jars)


def test_a_stamp_sees_a_changed_a_missing_and_a_foreign_jar(tmp_path: Path) -> None:
    root, jars = _folder(tmp_path, one=b"1", two=b"2")
    stamp(root, jars)
    (root / "jars" / "stranger.jar").write_bytes(b"")
    assert not is_stamped(root, jars)
    (root / "jars" / "stranger.jar").unlink()
    assert is_stamped(root, jars)
    (root / "jars" / jars[0].name).write_bytes(b"11")
    assert not is_stamped(root, jars)
    stamp(root, jars)
    (root / "jars" / jars[0].name).unlink()
    assert not is_stamped(root, jars)


def test_a_broken_stamp_is_no_stamp(tmp_path: Path) -> None:
    root, jars = _folder(tmp_path, one=b"1")
    (root / "stamp.json").write_text('["one"', encoding="utf-8")
    assert not is_stamped(root, jars)
