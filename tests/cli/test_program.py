"""The program about itself: version, settings, schema, doctor, store, and a port that somebody else has."""

from __future__ import annotations

import io
import re
import socket
import sys

import pytest
from commanded import Run

import graphintel
from graphintel.cli.program import listening
from graphintel.errors import InputError
from graphintel.model.kinds import KINDS
from graphintel.settings import Settings, settings_table
from graphintel.store.address import Address


def test_version_and_settings_need_no_store(alone: Run) -> None:
    assert alone("version").out == f"{graphintel.__version__}\n"
    assert alone("settings").out == settings_table()
    assert all(f"GRAPHINTEL_{name.upper()}" in alone("settings").out for name in Settings.model_fields)


@pytest.mark.neo4j
def test_the_schema_tells_kinds_links_and_patterns(command: Run) -> None:
    found = command("schema", "--json").json
    assert {kind["name"] for kind in found["kinds"]} == set(KINDS)
    assert found["links"] and found["indexes"] and found["examples"]
    told = command("schema").out
    assert "Vehicle" in told and found["examples"][0]["cypher"] in told


@pytest.mark.neo4j
def test_every_example_of_the_schema_passes_the_gate(command: Run) -> None:
    for example in command("schema", "--json").json["examples"]:
        done = command("cypher", example["cypher"], "--json")
        assert done.code in (0, 2) and ("columns" in done.json or "parameter" in done.sentence), example


@pytest.mark.neo4j
def test_the_doctor_looks_at_everything(command: Run) -> None:
    done = command("doctor", "--json")
    found = {check["name"]: check for check in done.json["checks"]}
    assert found.keys() == {
        "program", "home", "free disk", "browser app", "store", "indexes", "data counter", "ledger", "evidence",
    }  # fmt: skip
    assert found["store"]["ok"] and found["indexes"]["ok"] and "Neo4j" in found["store"]["found"]
    assert done.code == (0 if done.json["well"] else 3)
    assert "indexes" in command("doctor").out


def test_the_doctor_tells_what_it_knows_without_a_store(alone: Run) -> None:
    done = alone("doctor", "--json")
    found = {check["name"]: check for check in done.json["checks"]}
    assert done.code == 4 and not done.json["well"] and found["home"]["ok"]
    assert not found["store"]["ok"] and "cannot be reached" in found["store"]["found"]


@pytest.mark.neo4j
def test_the_hash_is_the_same_in_both_shapes(command: Run) -> None:
    told = command("store", "hash", "--json").json
    assert re.fullmatch("[0-9a-f]{64}", told["hash"]) and isinstance(told["counter"], int)
    assert command("store", "hash").out == f"{told['hash']}\n"


@pytest.mark.neo4j
def test_a_store_of_ours_tells_its_status(command: Run, server: Address, server_home: object) -> None:
    told = command("store", "status", "--json", store="local", home=str(server_home)).json
    assert told["running"] and told["uri"] == server.uri and told["pid"]
    shown = command("store", "status", store="local", home=str(server_home)).out
    assert server.uri in shown and server.password not in shown


def test_a_store_of_others_is_not_ours_to_run(alone: Run) -> None:
    for act in ("status", "start", "stop", "install", "reset"):
        done = alone("store", act, *(["--yes"] if act == "reset" else []))
        assert done.code == 5 and "run by its operator" in done.sentence


def test_a_home_without_a_store_says_so(alone: Run) -> None:
    assert not alone("store", "status", "--json", store="local").json["running"]
    assert alone("store", "stop", store="local").out == "was not running\n"


def test_reset_that_is_not_confirmed_does_nothing(alone: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    done = alone("store", "reset", store="local")
    assert done.code == 2 and "nothing was done" in done.err


def test_a_taken_port_is_refused_before_anything_starts(alone: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = alone("serve", "--port", port)
        assert done.code == 2 and f"Port {port} at 127.0.0.1 cannot be used" in done.sentence
    assert alone("serve", "--port", 70000).code == 2


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be used"):
        listening("192.0.2.1", 0)
