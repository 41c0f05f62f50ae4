"""A wire passes everything on, and is cut at its moment and at no other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from graphintel.acts.bench.proxy import Cut, wire

WRITE = b"\x00\x20\xb3\x10UNWIND $rows AS row CREATE (r:Record) SET r = row\x00\x00"
COMMIT = b"\x00\x02\xb0\x12\x00\x00"


@pytest.fixture
def echo() -> Iterator[str]:
    """A store that repeats what it is told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with listener.accept()[0] as connection:
                while data := connection.recv(4096):
                    connection.sendall(data)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(10)


def said(line: socket.socket, message: bytes) -> bytes:
    """Say something and hear the answer, or nothing at all."""
    line.sendall(message)
    line.settimeout(10)
    heard = b""
    while len(heard) < len(message) and (data := line.recv(4096)):
        heard += data
    return heard


@pytest.mark.parametrize(
    ("cut", "heard"),
    [
        (None, [WRITE, COMMIT, WRITE, COMMIT]),
        (Cut(1, "written"), [b""]),
        (Cut(1, "committed"), [WRITE, b""]),
        (Cut(2, "written"), [WRITE, COMMIT, b""]),
        (Cut(2, "committed"), [WRITE, COMMIT, WRITE, b""]),
    ],
)
def test_a_wire_is_cut_before_the_answer_of_its_moment(
    echo: str, cut: Cut | None, heard: list[bytes]
) -> None:
    acted: list[str] = []
    with (
        wire(echo, cut, lambda: acted.append("cut")) as made,
        socket.create_connection(("127.0.0.1", made.port)) as line,
    ):
        messages = [WRITE, COMMIT, WRITE, COMMIT][: len(heard)]
        assert [said(line, message) for message in messages] == heard
    assert acted == (["cut"] if cut else []) and made.acted.is_set() == (cut is not None)


def test_a_first_write_that_comes_in_two_pieces_is_seen_once(echo: str) -> None:
    with (
        wire(echo, Cut(1, "written")) as made,
        socket.create_connection(("127.0.0.1", made.port)) as line,
    ):
        assert said(line, WRITE[:30]) == WRITE[:30]
        assert said(line, WRITE[30:]) == b""
