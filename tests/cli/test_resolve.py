"""Judging by command: answers, exit codes, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from commanded import Run, sample
from fabric import load, mention, record

from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
HARD = Path(__file__).parents[1] / "resolve" / "hard_pairs.csv"


def three(store: Store) -> list[str]:
    """Three persons that nothing unites."""
    made = [
        mention("a", "Person", name=name)
        for name in ("Yorgo Demirtepe", "Georgios Demirtepe", "Giorgos Demirtepe")
    ]
    for number, one in enumerate(made):
        event = mention("a", "Declaration", number=f"D{number}", date="2024-05-01")
        load(store, [record("a", f"D{number}", event, [("CONSIGNEE", one, {})])])
    return [one.id for one in made]


def test_judged_listed_and_undone(command: Run, store: Store) -> None:
    one, two, _ = three(store)
    done = command("resolve", "judge", one, two, "same", "--reason", "the same passport")
    assert done.code == 0 and "they are one thing now, 1 links moved" in done.out
    again = command("resolve", "judge", two, one, "same", "--reason", "as before")
    assert again.code == 0 and "said before" in again.out
    (row,) = command("resolve", "judgements", one, "--json").json["judgements"]
    assert (row["verdict"], row["by"], row["reason"]) == ("same", "tester", "the same passport")
    table = command("resolve", "judgements")
    assert table.code == 0 and row["id"] in table.out
    undone = command("resolve", "undo", row["id"], "--reason", "another man", "--json")
    assert undone.json["verdict"] == "withdrawn" and len(set(undone.json["after"])) == 2
    assert command("resolve", "judgements", "--json").json["judgements"] == []
    assert len(command("resolve", "judgements", "--all", "--json").json["judgements"]) == 2
    late = command("resolve", "undo", row["id"])
    assert late.code == 2 and "withdrawn already" in late.sentence


def test_what_falls_is_proposed_then_confirmed(command: Run, store: Store) -> None:
    one, two, three_ = three(store)
    command("resolve", "judge", one, two, "same", "--reason", "a")
    last = command("resolve", "judge", two, three_, "same", "--reason", "b", "--json").json["judgement"]
    asked = command("resolve", "judge", one, three_, "different", "--reason", "c", "--json")
    assert asked.code == 2 and asked.json["error"]["code"] == "cut_needed"
    cut = asked.json["error"]["detail"]["cut"]
    done = command("resolve", "judge", one, three_, "different", "--reason", "c", "--cut", cut[0])
    assert done.code == 0 and len(cut) == 1 and "they are two things now" in done.out
    assert command("resolve", "judgements", "--all", "--json").json["judgements"]
    assert last


def test_what_cannot_be_judged(command: Run, store: Store) -> None:
    one, two, _ = three(store)
    assert "needs a reason" in command("resolve", "judge", one, two, "same").sentence
    assert "no verdict" in command("resolve", "judge", one, two, "alike", "--reason", "x").sentence
    gone = command("resolve", "judge", one, "f" * 32, "same", "--reason", "x")
    assert gone.code == 2 and "Nothing is known" in gone.sentence


def test_compared_queued_and_explained(command: Run, store: Store) -> None:
    one, two, _ = three(store)
    done = command("resolve", "run", "--json")
    assert done.code == 0 and done.json["mentions"] == 3 and done.json["queued"] > 0
    assert "statements compared" in command("resolve", "run").out
    page = command("resolve", "queue", "--limit", "1", "--json").json
    assert len(page["pairs"]) == 1 and page["next"]
    table = command("resolve", "queue", "--kind", "Person")
    assert table.code == 0 and page["pairs"][0]["left"] in table.out
    told = command("resolve", "why", one, two)
    assert told.code == 0 and "sum +" in told.out and "name" in told.out
    assert command("resolve", "why", one, two, "--json").json["contributions"]
    assert "Nothing is known" in command("resolve", "why", one, "f" * 32).sentence


def test_weights_are_fitted_listed_and_gone_back_from(command: Run) -> None:
    done = command("resolve", "fit", "--pairs", str(HARD), "--no-judgements", "--anyway")
    assert done.code == 0 and "kept back" in done.out and "in use from now on" in done.out
    told = command("resolve", "weights", "--json").json["weights"]
    assert [row["in_use"] for row in told] == [False, True]
    back = command("resolve", "weights", "--use", "shipped")
    assert back.code == 0 and back.out.index("in use") < back.out.index(told[1]["version"])
    assert "There are no weights" in command("resolve", "weights", "--use", "x").sentence
    assert "judge more" in command("resolve", "fit").sentence


def test_one_answer_for_statements_that_say_no_more(command: Run, store: Store) -> None:
    one, two, third = three(store)
    done = command(
        "resolve", "judge", one, third, "same", "--reason", "seen", "--also", two, "--also", third, "--json"
    )
    assert done.code == 0 and [row["left"] for row in done.json["also"]] == [two, third]
    assert done.json["also"][0]["judgement"] and done.json["also"][1]["error"]["code"] == "bad_input"
    told = command("resolve", "judge", one, third, "unsure", "--reason", "not sure now", "--also", two)
    assert told.code == 0 and f"{two}: " in told.out


def test_a_load_compares_what_came_unless_told_not_to(command: Run, store: Store) -> None:
    loaded = command("ingest", "cen-seizures", sample("cen-seizures"), "--compare", "--json")
    assert loaded.code in (0, 3) and loaded.json["compare_seconds"] > 0
    again = command("ingest", "cen-seizures", sample("cen-seizures"), "--compare", "--json")
    assert again.json["compare_seconds"] == 0


def test_a_relink_suggests_and_says_how_much(command: Run, store: Store) -> None:
    three(store)
    done = command("resolve", "relink", "--seed", "7", "--json")
    assert done.code == 0 and done.json["seed"] == 7
    assert done.json["kinds"]["Person"]["rows"] == 3
    told = command("resolve", "relink", "--from", "0.5")
    assert told.code == 0 and "Organisation" in told.out and "wait in the queue" in told.out
    assert command("resolve", "relink", "--from", "0.1").code == 2


def test_only_one_benchmark_has_opponents(command: Run) -> None:
    done = command("bench", "ingest", "--opponents")
    assert done.code == 2 and "has no opponents" in done.sentence
