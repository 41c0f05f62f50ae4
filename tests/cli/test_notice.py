"""The inbox by command: looked at, graded, decided, handed over, accepted as a load that can be taken back."""

from __future__ import annotations

import pytest
from commanded import Run, sample

from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
LORRY, SHIP, TIP, BOX = "N-2024-90001", "N-2024-90002", "N-2024-90003", "N-2024-90005"


def received(command: Run) -> dict[str, str]:
    """The notices of the sample in the inbox, by number."""
    command("ingest", "partner-notice", sample("partner-notice"))
    found = command("notice", "list", "--json")
    assert found.code == 0
    return {row["number"]: row["id"] for row in found.json["notices"]}


def test_a_notice_is_looked_at_graded_decided_and_accepted(command: Run, store: Store) -> None:
    names = received(command)
    before = store_hash(store)
    shown = command("notice", "show", names[LORRY])
    assert shown.code == 0 and "34KLT481" in shown.out and "Bulgarian customs" in shown.out
    assert "the graph holds nothing" in shown.out and "received" in shown.out
    graded = command(
        "notice",
        "grade",
        names[LORRY],
        "--grade",
        "D4",
        "--reason",
        "invented before",
        "--deadline",
        "2999-12-31",
    )
    assert graded.code == 0 and "D4" in graded.out and "due 2999-12-31" in graded.out
    back = command("notice", "return", names[SHIP], "--reason", "which port?", "--json")
    assert back.code == 0 and back.json["state"] == "returned"
    assert (
        command("notice", "reopen", names[SHIP], "--reason", "they answered", "--json").json["state"]
        == "received"
    )
    given = command(
        "notice", "hand-over", names[SHIP], "--to", "Mersin", "--reason", "their port", "--json"
    ).json
    assert (given["handed_to"], given["state"]) == ("Mersin", "received")
    gone = command("notice", "reject", names[TIP], "--reason", "long closed")
    assert gone.code == 0 and "rejected" in gone.out and store_hash(store) == before
    taken = command("notice", "accept", names[LORRY], "--reason", "fits a seizure")
    assert taken.code == 0 and "1 notices accepted as load" in taken.out and store_hash(store) != before
    number = command("notice", "show", names[LORRY], "--json").json["batch"]
    assert command("retract", str(number), "--reason", "by mistake").code == 0
    assert store_hash(store) == before
    assert command("notice", "show", names[LORRY], "--json").json["state"] == "received"


def test_lists_are_filtered_paged_and_say_what_they_cut(command: Run, store: Store) -> None:
    names = received(command)
    command("notice", "reject", names[TIP], "--reason", "long closed")
    late = command("notice", "list", "--overdue", "--json").json["notices"]
    assert {row["number"] for row in late} >= {SHIP} and all(row["overdue"] for row in late)
    rejected = command("notice", "list", "--state", "rejected", "--json").json["notices"]
    assert [row["id"] for row in rejected] == [names[TIP]]
    one = command("notice", "list", "--limit", "1", "--json").json
    rest = command("notice", "list", "--cursor", one["next"], "--json").json
    assert one["truncated"]["by_limit"] == len(names) - 1 and rest["next"] is None
    assert len(one["notices"]) + len(rest["notices"]) == len(names)
    table = command("notice", "list", "--partner", "SELEC", "--limit", "1")
    assert table.code == 0 and "SELEC" in table.out and "Bulgarian" not in table.out


def test_what_is_not_for_that_state_is_refused_with_a_sentence(command: Run, store: Store) -> None:
    names = received(command)
    before = store_hash(store)
    assert "There is no notice" in command("notice", "show", "f" * 32).sentence
    assert "--reason" in command("notice", "reject", names[LORRY]).sentence
    assert "--to" in command("notice", "hand-over", names[LORRY], "--reason", "x").sentence
    assert "Say what changes" in command("notice", "grade", names[LORRY]).sentence
    assert "is no handling code" in command("notice", "grade", names[LORRY], "--handling", "Z9").sentence
    assert "such as 2024-12-31" in command("notice", "grade", names[LORRY], "--deadline", "soon").sentence
    assert "not 'burnt'" in command("notice", "list", "--state", "burnt").sentence
    step = command("notice", "show", names[LORRY], "--json").json["step"]
    command("notice", "reject", names[LORRY], "--reason", "closed")
    again = command("notice", "accept", names[LORRY], "--seen", str(step))
    assert again.code == 2 and "reopen it with a reason first" in again.sentence
    stale = command("notice", "grade", names[BOX], "--grade", "B2", "--seen", "999999")
    assert stale.code == 2 and "decide again" in stale.sentence and store_hash(store) == before
