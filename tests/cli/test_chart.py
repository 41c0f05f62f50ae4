"""Charts by command: a file of each format, entered in the register; what cannot be written leaves no trace."""

from __future__ import annotations

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest
from commanded import Run

from graphintel.desk import charts, open_desk
from graphintel.settings import Settings
from graphintel.viz.export import FORMATS

pytestmark = pytest.mark.neo4j


@pytest.fixture
def things(look: Run) -> str:
    """The vehicle of the samples and what is around it, as --entities takes them."""
    vehicle = look("search", "34KLT481", "--json").json["hits"][0]["id"]
    return ",".join(look("expand", vehicle, "--json").json["nodes"]["id"])


@pytest.mark.parametrize("ending", [one.ending for one in FORMATS])
def test_a_chart_is_written_in_each_format(look: Run, things: str, tmp_path: Path, ending: str) -> None:
    to = tmp_path / f"chart{ending}"
    done = look("chart", "export", "--entities", things, "--to", to, "--case", "K-7", "--json")
    assert (done.code, done.err) == (0, "") and done.json["file"] == str(to)
    content = to.read_bytes()
    assert done.json["sha256"] == sha256(content).hexdigest() and done.json["export"]
    assert b"34KLT481" in content and [path.name for path in tmp_path.iterdir()] == [to.name]


def test_equal_charts_have_equal_hashes_and_people_are_told_where(
    look: Run, things: str, tmp_path: Path
) -> None:
    first, second = (
        look("chart", "export", "--entities", things, "--to", tmp_path / name, "--json").json["chart_hash"]
        for name in ("a.csv", "b.svg")
    )
    assert first == second
    told = look(
        "chart",
        "export",
        "--entities",
        things,
        "--to",
        tmp_path / "c.json",
        "--theme",
        "dark",
        "--language",
        "tr",
    )
    assert told.out == "" and f"{tmp_path / 'c.json'}: " in told.err and "SHA-256" in told.err


def test_a_saved_chart_is_listed_and_exported_by_its_id(
    look: Run, things: str, loaded: Settings, tmp_path: Path
) -> None:
    with open_desk(loaded.desk_file) as desk:
        saved = charts.save(desk, "tester", "Red \x1b[31mlorry", {"nodes": things.split(","), "links": []})
    assert saved["id"] in {row["id"] for row in look("chart", "list", "--json").json["charts"]}
    told = look("chart", "list").out
    assert saved["id"] in told and "lorry" in told and "\x1b" not in told
    assert look("chart", "export", saved["id"], "--to", tmp_path / "saved.csv").code == 0
    assert (tmp_path / "saved.csv").stat().st_size


@pytest.mark.parametrize(
    ("words", "to", "said"),
    [
        ((), "chart.svg", "Say which chart"),
        (("--entities", " , "), "chart.svg", "Say which chart"),
        (("no-such-chart",), "chart.svg", "No chart no-such-chart is saved"),
        (("--entities", "0000"), "chart.svg", "0000"),
        (("--entities", "{things}"), "chart.exe", "ends in one of .ftm.json, .pyvis.html"),
        (("--entities", "{things}", "--theme", "pink"), "chart.svg", "light or dark"),
        (("--entities", "{things}"), "no-folder/chart.svg", "cannot be written"),
    ],
)
def test_a_chart_that_cannot_be_made_says_why(
    look: Run, things: str, tmp_path: Path, words: tuple[str, ...], to: str, said: str
) -> None:
    given = [word.format(things=things) for word in words]
    done = look("chart", "export", *given, "--to", tmp_path / to, "--json")
    assert done.code == 2 and said in done.sentence and done.json["error"]["message"] == done.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_file_that_was_there(
    look: Run, things: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "chart.svg"
    to.write_text("as exported last week")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = look("chart", "export", "--entities", things, "--to", to, "--json")
    assert done.code == 2 and done.json["error"]["code"] == "disk_full"
    assert done.sentence == f"{to} cannot be written: No space left on device."
    assert to.read_text() == "as exported last week" and len(list(tmp_path.iterdir())) == 1
