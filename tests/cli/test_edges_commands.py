"""Commands on bare edge lists: what comes off, and who reaches most."""

from __future__ import annotations

from pathlib import Path

from commanded import Run


def test_what_comes_off_and_who_reaches_most_of_an_edge_list(command: Run, tmp_path: Path) -> None:
    edges = tmp_path / "edges.csv"
    rows = [f"m{place},{place}a\nm{place},{place}b\nm{place},{place}c" for place in range(3)]
    edges.write_text("source,target\n" + "\n".join([*rows, "m0,m1", "m1,m2"]), encoding="utf-8")
    told = command("analyse", "what-if", "--edges", str(edges), "m1", "--json").json
    assert told["before"]["pieces"] == 1 and told["after"]["pieces"] == 5 and told["split_off_total"] == 4
    shown = command("analyse", "what-if", "--edges", str(edges), "m1")
    assert "comes off" in shown.out and "Without m1" in shown.err
    found = command(
        "analyse", "key-players", "--edges", str(edges), "--k", "3", "--goal", "reach", "--json"
    ).json
    assert sorted(found["set"]) == ["m0", "m1", "m2"] and found["within_one"] == 9
    assert "not in this network" in command("analyse", "what-if", "--edges", str(edges), "zz").sentence
    wrong = command("analyse", "key-players", "--edges", str(edges), "--goal", "win")
    assert wrong.code == 2 and "break or reach" in wrong.sentence
