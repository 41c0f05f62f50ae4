"""Every list that stops at a limit says what it did not show, to people and in JSON, and how to see the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from commanded import Run

from graphintel import cli
from graphintel.cli import analysis
from graphintel.desk import charts, open_desk, quarantine
from graphintel.model.records import Position, Quarantined
from graphintel.settings import Settings

# Lists that go on behind a cursor, with the name of their rows in JSON, and answers that a limit cuts.
PAGED = {("batches",): "batches", ("chart", "list"): "charts", ("quarantine", "list"): "rows"}
CUT = {
    ("cypher",): ["MATCH (e:Entity) RETURN e.id AS id"],
    ("expand",): [],
    ("routes", "observed"): [],
    ("search",): ["34"],
}
# Printed as the answers of `cypher` are; no question of the shelf has two rows on the samples.
ALIKE = {("query", "run")}


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """All commands by their words, with the names of their options."""
    if not hasattr(group, "commands"):
        yield path, {option.name for option in group.params}
        return
    for name, command in group.commands.items():
        yield from commands(command, (*path, name))


@pytest.fixture(scope="module")
def filled(loaded: Settings) -> Settings:
    """The loaded samples, with saved charts and refused rows beside them: three of each."""
    rows = [
        Quarantined("gate", Position("day.csv", "0" * 64, f"line {n}"), "bad_date", "no day", b"7;x")
        for n in range(3)
    ]
    with open_desk(loaded.desk_file) as desk:
        quarantine.put(desk, 1, 0, rows)
        quarantine.confirm(desk, 1, 0)
        for number in range(3):
            charts.save(desk, "tester", f"Case {number}", {"nodes": [], "links": []})
    return loaded


def test_a_list_with_a_limit_can_be_walked_or_is_known_to_tell_that_it_was_cut() -> None:
    found = dict(commands(typer.main.get_command(cli.app)))
    limited = {path for path, options in found.items() if "limit" in options}
    assert limited >= {*PAGED, *CUT} | ALIKE
    assert not {path for path in limited - {*CUT} - ALIKE if "cursor" not in found[path]}


@pytest.mark.neo4j
@pytest.mark.parametrize(("words", "name"), PAGED.items(), ids=" ".join)
def test_a_page_tells_how_many_are_left_and_the_walk_shows_each_once(
    look: Run, filled: Settings, words: tuple[str, ...], name: str
) -> None:
    whole = look(*words, "--json")
    rows = whole.json[name]
    assert len(rows) >= 2 and whole.json["next"] is None and whole.json["truncated"]["by_limit"] == 0
    assert look(*words).err == ""
    walked: list[Any] = []
    more: list[str] = []
    for left in reversed(range(len(rows))):
        page = look(*words, "--limit", 1, *more, "--json").json
        assert page["truncated"]["by_limit"] == left and (page["next"] is None) == (left == 0)
        told = look(*words, "--limit", 1, *more).err
        assert told == (f"1 of {left + 1} shown; go on with --cursor {page['next']}.\n" if left else "")
        walked.extend(page[name])
        more = ["--cursor", str(page["next"])]
    assert walked == rows


@pytest.mark.neo4j
@pytest.mark.parametrize(("words", "more"), CUT.items(), ids=lambda part: " ".join(part) or "-")
def test_an_answer_that_was_cut_says_so(look: Run, words: tuple[str, ...], more: list[str]) -> None:
    if words == ("expand",):
        more = [look("search", "34 KLT 481", "--json").json["hits"][0]["id"]]
    done = look(*words, *more, "--limit", 1, "--json")
    told = done.json.get("truncated", done.json.get("meta", {}).get("truncated"))
    assert told is True or told["by_limit"] > 0
    assert "--limit" in look(*words, *more, "--limit", 1).err


def test_tables_of_findings_say_how_much_more_the_json_holds(capsys: pytest.CaptureFixture[str]) -> None:
    groups = [{"id": f"C{n}", "members": ["a", "b"], "confidence": 1.0} for n in range(50)]
    analysis._print_communities({"communities": [*groups, {"id": "C50", "members": ["z"]}]}, False)
    told = capsys.readouterr().err
    assert "40 of 50 shown; --json shows more." in told and "1 things are in no group" in told
    pair = {"source": "a", "target": "b", "score": 1.0, "common": ["c"]}
    found = {"pairs": [pair, pair], "verdict": "leads", "parameters": {"top": 2}}
    analysis._print_pairs(found, False)
    assert "The 2 best pairs are shown; --top shows more." in capsys.readouterr().err
    analysis._print_pairs({**found, "parameters": {"top": 3}}, False)
    assert capsys.readouterr().err == ""
