"""How every command ends: codes of the contract, one sentence, and stdout that holds nothing else."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commanded import Run, apart, environment, sample

from graphintel.settings import Settings

NOWHERE = "bolt://127.0.0.1:1"
# What a shell starts in the background ignores interrupts, and hands that on to its children.
HEARING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from graphintel.cli import main; main()"
)


@pytest.mark.parametrize(
    "words",
    [
        ("search", "x"), ("show", "x"), ("expand", "x"), ("path", "x", "y"), ("batches",), ("schema",), ("store", "hash"),
        ("query", "run", "orphans"), ("cypher", "RETURN 1 AS x"), ("ingest", "cen-seizures", sample("cen-seizures")),
        ("chart", "list"), ("chart", "export", "--entities", "x", "--to", "never.svg"), ("communities",),
    ],
)  # fmt: skip
def test_a_store_that_does_not_answer_is_exit_4(
    alone: Run, words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = alone(*words, "--json")
    assert done.code == 4 and done.json["error"]["code"] == "store_unavailable"
    assert done.sentence == f"The store at {NOWHERE} cannot be reached; start it or check its address."
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"store": "nonsense"}, "'nonsense' is not the address of a store"),
        ({"port": "abc"}, "GRAPHINTEL_PORT is 'abc': input should be a valid integer"),
        ({"port": "70000"}, "GRAPHINTEL_PORT is '70000'"),
        ({"chunk_rows": "0"}, "GRAPHINTEL_CHUNK_ROWS is '0'"),
        ({"quarantine_pause": "2"}, "GRAPHINTEL_QUARANTINE_PAUSE is '2'"),
        ({"home": "/dev/null/home"}, "/dev/null/home"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(alone: Run, given: dict[str, str], said: str) -> None:
    for command in ("search x", "batches", "doctor"):
        done = alone(*command.split(), "--json", **given)
        assert done.code == 2 and said in done.sentence and done.json["error"]["message"] == done.sentence


def test_a_wrong_setting_stops_commands_that_need_no_store_too(alone: Run, tmp_path: Path) -> None:
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target\na,b\nb,c\n")
    for words in (("quarantine", "list"), ("analyse", "centrality", "--edges", edges), ("store", "status")):
        assert "GRAPHINTEL_PORT is 'abc'" in alone(*words, port="abc").sentence
        assert alone(*words, store="local").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such-command",), "No such command 'no-such-command'"),
        (("search",), "Missing argument"),
        (("search", "x", "--limit", "0"), "--limit"),
        (("search", "x", "--colour"), "--colour"),
        (("ingest", "cen-seizures"), "Missing argument"),
        (("search", "\udcfe"), "is not UTF-8"),
    ],
)
def test_wrong_use_is_one_sentence_and_one_document(alone: Run, words: tuple[str, ...], said: str) -> None:
    done = alone(*words, "--json")
    assert done.code == 2 and said in done.sentence and done.json["error"]["code"] == "bad_input"


def test_without_a_command_the_commands_are_shown(alone: Run) -> None:
    for words in ((), ("query",), ("chart",), ("store",), ("quarantine",)):
        done = alone(*words)
        assert done.code == 2 and "Usage:" in done.out + done.err
    assert alone("--help").code == 0


@pytest.mark.neo4j
def test_a_wrong_password_is_exit_4_and_never_printed(command: Run) -> None:
    done = command("search", "x", "--json", store_password="not-the-one")
    assert done.code == 4 and "does not accept the user name or password" in done.sentence
    assert "not-the-one" not in done.out + done.err


@pytest.mark.neo4j
def test_as_a_process_stdout_is_one_document_and_stderr_silent(settings: Settings) -> None:
    done = apart(settings, "ingest", "movements-csv", sample("movements-csv"), "--json")
    assert (done.code, done.err) == (0, "") and done.json["source"] == "movements-csv"
    refused = apart(settings, "cypher", "MATCH (n) DELETE n", "--json")
    assert refused.code == 5 and refused.json["error"]["message"] == refused.sentence


@pytest.mark.neo4j
def test_a_file_that_may_not_grow_is_a_sentence_and_no_file(
    command: Run, settings: Settings, tmp_path: Path
) -> None:
    before = command("store", "hash").out
    given = tmp_path / "given.csv"
    given.write_bytes(sample("cen-seizures", ".csv").read_bytes() + b"\n" * 500_000)
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, held[1]))
    try:
        done = apart(settings, "ingest", "cen-seizures", given, "--json")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)
    assert done.code == 2 and done.json["files_refused"][0]["code"] == "not_kept"
    assert "File too large" in done.json["files_refused"][0]["message"]
    assert [path for path in settings.evidence.rglob("*") if path.is_file()] == []
    assert command("store", "hash").out == before


def test_output_that_cannot_be_written_is_said_and_a_closed_pipe_is_none_of_our_business(
    tmp_path: Path,
) -> None:
    held = Settings(home=tmp_path / "home", store=NOWHERE)
    for words in (["sources", "--json"], ["version"]):
        with Path("/dev/full").open("wb") as full:
            done = apart(held, *words, stdout=full)
        assert done.code == 2 and "No space left on device" in done.sentence
    reading, writing = os.pipe()
    os.close(reading)
    done = apart(held, "sources", "--json", stdout=writing)
    os.close(writing)
    assert (done.code, done.err) == (0, "")


def test_an_interrupted_command_says_that_it_may_be_run_again(tmp_path: Path) -> None:
    fifo = tmp_path / "never.csv"
    held = Settings(home=tmp_path, store=NOWHERE)
    os.mkfifo(fifo)
    # Reading a pipe that nobody writes to holds the command until the signal comes.
    words = ["analyse", "communities", "--edges", str(fifo)]
    process = subprocess.Popen(
        [sys.executable, "-c", HEARING, *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **environment(held)},
    )  # fmt: skip
    with process, fifo.open("w"):
        # Python drops an interrupt that falls into a callback of its own: whoever waits presses again.
        for _ in range(10):
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
                break
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and "graphintel: stopped; what was committed stays" in told
