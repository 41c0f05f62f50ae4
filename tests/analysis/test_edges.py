"""Edge lists: what adds up, what is dropped and counted, and which line is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.analysis.edges import parse_edges, read_edges
from graphintel.errors import InputError


def test_repeated_pairs_add_up_and_self_loops_are_counted() -> None:
    found = parse_edges(["source,target,weight", "a,b,1", "b,a,2.5", "a,a,1", "", "b,c,1"])
    assert found.self_loops == 1
    assert found.repeated == 1
    assert found.network.names == ["a", "b", "c"]
    assert found.network.weight.tolist() == [3.5, 1.0]


def test_a_thing_known_only_by_its_self_loop_stays() -> None:
    assert parse_edges(["source,target", "a,a"]).network.names == ["a"]


def test_columns_may_stand_in_any_order_beside_others() -> None:
    network = parse_edges(["Weight,note,Target,Source", '2,"x, y",b,a']).network
    assert (network.names, network.weight.tolist()) == (["a", "b"], [2.0])


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([], 1),
        (["a,b", "c,d"], 1),
        (["source,target,weight", "a,b,1", "a,c,much"], 3),
        (["source,target,weight", "a,b,0"], 2),
        (["source,target,weight", "a,b,nan"], 2),
        (["source,target,weight", "a,b"], 2),
        (["source,target", "a,b", ",b"], 3),
    ],
)
def test_a_wrong_line_is_named(lines: list[str], line: int) -> None:
    with pytest.raises(InputError, match=f"line {line}:") as refused:
        parse_edges(lines)
    assert refused.value.detail["line"] == line


def test_files_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_bytes("\ufeffsource,target\nşeker,çay\n".encode())
    assert read_edges(path).network.names == ["şeker", "çay"]


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_edges(tmp_path / "none.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(b"source,target\n\xfe,\xfd\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_edges(path)
