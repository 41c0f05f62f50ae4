"""Findings that were kept, by command."""

from __future__ import annotations

import pytest
from commanded import Run, sample

pytestmark = pytest.mark.neo4j


def test_a_finding_is_listed_shown_and_run_again(command: Run) -> None:
    command("ingest", "cen-seizures", sample("cen-seizures"))
    made = command("communities", "--json").json
    listed = command("finding", "list", "--json").json["findings"]
    assert [row["id"] for row in listed] == [made["finding"]]
    assert made["finding"] in command("finding", "list", "--method", "communities").out
    shown = command("finding", "show", made["finding"])
    assert "communities by" in shown.out and "nothing has changed since" in shown.err
    told = command("finding", "again", made["finding"])
    assert told.code == 0 and told.out.startswith("the same") and "stayed" in told.out
    command("ingest", "kcs-declarations", sample("kcs-declarations"))
    assert "has changed since" in command("finding", "show", made["finding"]).err
    told = command("finding", "again", made["finding"], "--json")
    assert told.json["before"]["id"] == made["finding"] and not told.json["same"]
    first, second = made["communities"][0]["members"][:2]
    cut = command("what-if", first)
    assert cut.code == 0 and "before" in cut.out and "after" in cut.out
    assert command("tie", first, second, "--json").json["source"] == first
    assert "record" in command("tie", first, second).out
    assert "reach" in command("key-players", "--goal", "reach", "--k", "1").out
    moved = command("community-change", "--before", "1990-01-01..1999-12-31", "--after", "2000-01-01..")
    assert moved.code == 0 and "links without a day" in moved.err
    assert "no span" in command("community-change", "--before", "x", "--after", "y").sentence
    assert command("what-if", "f" * 32).code == 2
    assert command("finding", "show", "f" * 32).code == 2
    assert "there are communities" in command("finding", "list", "--method", "magic").sentence
