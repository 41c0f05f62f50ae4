"""The inbox with a store: graded by people, matched against the graph, accepted as a load that can be taken back."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from graphintel.acts import accept, compare, load, notice
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import notices as inbox
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.model.marking import Marking, Profile
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
SAMPLE = shelf("ingest") / "partner-notice" / "sample.csv"
LORRY, SHIP, TIP, BOX = "N-2024-90001", "N-2024-90002", "N-2024-90003", "N-2024-90005"


class Narrow(Session):
    """Somebody who may not see what must not be used in court."""

    @property
    def profile(self) -> Profile:
        return Profile(tuple(number for number, one in self.markings.items() if one.handling != "H1"))


def received(session: Session, *paths: Path) -> dict[str, str]:
    """The notices of the inbox by number."""
    accept.notices(session, list(paths) or [SAMPLE], accepted=False)
    return {row["number"]: row["id"] for row in notice.listed(session).rows}


def delivered(folder: Path, **changes: str) -> Path:
    """The first row of the sample, changed."""
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        first = next(rows) | changes
    file = folder / f"{first['notice_no']}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, first)
        writer.writeheader()
        writer.writerow(first)
    return file


def in_graph(session: Session) -> list[str]:
    rows = session.store.read("MATCH (n:Notice)-[:NAMES]->() RETURN DISTINCT n.number AS n ORDER BY n")
    return [row["n"] for row in rows]


def test_nothing_enters_the_graph_before_it_is_accepted_and_all_of_it_can_be_taken_back(
    session: Session,
) -> None:
    numbers = received(session)
    before = store_hash(session.store)
    notice.grade(session, numbers[LORRY], grade="D4", reason="the source invented before")
    notice.decide(session, numbers[SHIP], "hand-over", to="Mersin", reason="their port")
    notice.decide(session, numbers[TIP], "reject", reason="the firm is long closed")
    assert store_hash(session.store) == before and in_graph(session) == []
    done = notice.accept(session, [numbers[LORRY]], reason="fits a seizure", deadline="2999-12-31")
    (row,) = done["notices"]
    assert (row["state"], row["batch"], row["deadline"]) == (
        "accepted",
        done["report"]["batch"],
        "2999-12-31",
    )
    assert done["exit_code"] == 0 and done["report"]["records_new"] == 1 and in_graph(session) == [LORRY]
    (grade,) = session.store.read("MATCH (r:Record) RETURN r.grade AS grade, r.file AS file")
    assert '"D","4"' in grade["grade"] and "H1" in grade["grade"] and grade["file"].endswith("sample.csv")
    with pytest.raises(Conflict, match="graphintel retract"):
        notice.decide(session, numbers[LORRY], "reject", reason="no")
    retract(session, row["batch"], reason="mixed up", grace=0)
    back = notice.one(session, numbers[LORRY])
    assert (
        store_hash(session.store) == before and back["state"] == "received" and back["batch"] == row["batch"]
    )
    assert [(step["act"], step["actor"], step["reason"]) for step in back["steps"]][-2:] == [
        ("accepted", "tester", "fits a seizure"), ("retracted", "tester", "mixed up"),
    ]  # fmt: skip
    retract(session, row["batch"], undo=True, grace=0)
    assert notice.one(session, numbers[LORRY])["state"] == "accepted" and in_graph(session) == [LORRY]


def test_a_delivery_is_accepted_but_for_what_was_rejected(session: Session) -> None:
    numbers = received(session)
    notice.decide(session, numbers[TIP], "reject", reason="the firm is long closed")
    notice.decide(session, numbers[BOX], "return", reason="which container?")
    done = accept.notices(session, [SAMPLE], accepted=True)
    assert in_graph(session) == sorted([LORRY, SHIP]) and done.exit_code == 3 and done.left_out == 2
    assert sum("reopen" in line for line in done.warnings) == 2 and done.counts.records_new == 2
    states = {row["number"]: row["state"] for row in notice.listed(session).rows}
    assert states == {LORRY: "accepted", SHIP: "accepted", TIP: "rejected", BOX: "returned"}


def test_accepting_together_is_one_load_and_all_or_nothing(session: Session, tmp_path: Path) -> None:
    alone = delivered(tmp_path, notice_no="N-4", text="Only this one", origin_reference="Z 7")
    only = received(session, alone)
    notice.decide(session, only["N-4"], "reject", reason="invented")
    numbers = received(session)
    notice.decide(session, numbers[TIP], "reject", reason="the firm is long closed")
    with pytest.raises(Conflict, match="the firm is long closed"):
        notice.accept(session, [numbers[SHIP], numbers[TIP]])
    assert in_graph(session) == [] and notice.one(session, numbers[SHIP])["state"] == "received"
    with pytest.raises(Conflict, match="rejected"):
        accept.notices(session, [alone], accepted=True)
    assert in_graph(session) == []
    notice.decide(session, numbers[TIP], "reopen", reason="another firm of that name")
    done = notice.accept(session, [numbers[SHIP], numbers[TIP]], grade="B2")
    assert {row["grade_label"] for row in done["notices"]} == {"B2", "B2 H0"} and in_graph(session) == [
        SHIP,
        TIP,
    ]
    again = accept.notices(session, [SAMPLE], accepted=True)
    assert (again.counts.records_new, again.counts.records_unchanged) == (2, 2)
    assert len(in_graph(session)) == 4
    # What two loads delivered is in the graph until both are taken back.
    assert again.batch is not None
    retract(session, again.batch, grace=0)
    assert {row["number"]: row["state"] for row in notice.listed(session).rows} == {
        LORRY: "received", BOX: "received", SHIP: "accepted", TIP: "accepted", "N-4": "rejected",
    }  # fmt: skip


def test_handling_becomes_freer_only_by_a_person_with_a_reason_and_within_its_scale(session: Session) -> None:
    name = received(session)[LORRY]
    with pytest.raises(InputError, match="H0 is freer than H1: say why"):
        notice.grade(session, name, handling="H0")
    with pytest.raises(InputError, match="no handling code of Europol 4x4"):
        notice.grade(session, name, handling="C", reason="so")
    # A grade that brings a freer code does not free it, and neither does an import.
    assert notice.grade(session, name, grade="4x4: A1 H0")["handling"] == "H1"
    assert notice.grade(session, name, grade="4x4: A1 H0")["grade_label"] == "4x4: A1 H1"
    stricter = notice.grade(session, name, handling="h2")
    assert (stricter["handling"], stricter["grade_label"]) == ("H2", "4x4: A1 H2")
    freer = notice.grade(session, name, handling="H0", reason="Sofia permits it by letter 7")
    assert (freer["handling"], freer["steps"][-1]["reason"]) == ("H0", "Sofia permits it by letter 7")
    notice.accept(session, [name])
    held = session.store.read("MATCH (r:Record) MATCH (m:Marking {number: r.marking}) RETURN m.text AS text")[
        0
    ]
    assert '"handling":"H0"' in held["text"]


def test_conversion_never_raises_and_wrong_words_change_nothing(session: Session) -> None:
    numbers = received(session)
    assert notice.grade(session, numbers[SHIP], scheme="4x4")["grade_label"] == "4x4: X3"
    assert notice.grade(session, numbers[TIP], scheme="admiralty")["grade_label"].startswith("F6")
    with pytest.raises(InputError, match="Say what changes"):
        notice.grade(session, numbers[BOX])
    with pytest.raises(InputError, match="no source grade"):
        notice.grade(session, numbers[BOX], grade="Z9")
    with pytest.raises(InputError, match="a date"):
        notice.grade(session, numbers[BOX], deadline="soon")
    for act, reason, to, said in (("return", "", "", "Say why"), ("hand-over", "x", "", "to whom"), ("burn", "", "", "can be"),
                                  ("reject", "x", "Mersin", "to whom")):  # fmt: skip
        with pytest.raises(InputError, match=said):
            notice.decide(session, numbers[BOX], act, reason=reason, to=to)
    with pytest.raises(InputError, match="A notice is received"):
        notice.listed(session, state="burnt")
    assert len(notice.one(session, numbers[BOX])["steps"]) == 1


def test_a_notice_is_matched_by_identifier_and_by_name_with_the_reason(
    session: Session, tmp_path: Path
) -> None:
    numbers = received(session)
    assert notice.one(session, numbers[LORRY])["hits"] == []
    other = delivered(tmp_path, notice_no="N-2", text="Something else altogether, seen at night", person_name="SERKAN BOZYEL",
                      person_birth_date="", phone="", plate="34 KLT 481", origin_reference="Z 9")  # fmt: skip
    accept.notices(session, [other], accepted=True)
    hits = notice.one(session, numbers[LORRY])["hits"]
    assert [(hit["kind"], hit["score"], hit["why"]) for hit in hits] == [
        ("Vehicle", 1.0, "the same plate (TR 34KLT481)"),
        ("Person", 0.5, "the same name (Serkan Bozyel), and nothing else"),
        ("Place", 0.1, "the same place (gate kapikule)"),
    ]
    assert hits[0]["named"]["label"] == "34KLT481" and hits[0]["label"] == "34KLT481"
    # What a notice itself brought in is no hit for it.
    (mine,) = (row["id"] for row in notice.listed(session).rows if row["number"] == "N-2")
    assert notice.one(session, mine)["hits"] == []
    notice.accept(session, [numbers[LORRY]])
    assert [hit["score"] for hit in notice.one(session, mine)["hits"]] == [1.0, 0.5, 0.1]
    narrow = Narrow(session.settings, session.store, session.desk, "deniz")
    with pytest.raises(NotFound):
        notice.one(narrow, mine)


def test_what_scores_as_the_same_is_a_hit_with_its_reasons(session: Session, tmp_path: Path) -> None:
    numbers = received(session)
    other = delivered(tmp_path, notice_no="N-3", text="Seen far away", person_name="Σερκάν Μποζγιέλ", phone="", plate="",
                      person_birth_date="1985-11-20", origin_reference="Z 8")  # fmt: skip
    accept.notices(session, [other], accepted=True)
    before = notice.one(session, numbers[LORRY])["hits"]
    assert all(hit["kind"] != "Person" for hit in before)
    compare.compare(session)
    (hit,) = [hit for hit in notice.one(session, numbers[LORRY])["hits"] if hit["kind"] == "Person"]
    assert (
        hit["why"].startswith("probably the same (") and 0.5 <= hit["score"] < 1 and "Σερκάν" in hit["label"]
    )
    assert {row["field"] for row in hit["reasons"]} >= {"name", "birth"}
    (mine,) = (row["id"] for row in notice.listed(session).rows if row["number"] == "N-3")
    assert [hit for hit in notice.one(session, mine)["hits"] if hit["kind"] == "Person"] == []


def test_one_story_of_two_partners_is_one_origin(session: Session, tmp_path: Path) -> None:
    numbers = received(session)
    same = delivered(tmp_path, notice_no="G-1", partner="Greek customs", origin_reference="G 7")
    told = delivered(
        tmp_path, notice_no="R-1", partner="Romanian customs", text="Another story about this lorry"
    )
    accept.notices(session, [same, told], accepted=False)
    shown = notice.one(session, numbers[LORRY])
    assert [row["partner"] for row in shown["copies"]] == ["Greek customs"]
    assert [row["partner"] for row in shown["same_reference"]] == ["Romanian customs"] and shown[
        "origins"
    ] == 1
    rows = {row["number"]: row["copies"] for row in notice.listed(session).rows}
    assert rows[LORRY] == 1 and "G-1" not in rows and rows[BOX] == 0


def test_who_may_not_see_a_handling_code_finds_no_notice_under_it(session: Session) -> None:
    numbers = received(session)
    narrow = Narrow(session.settings, session.store, session.desk, "deniz")
    assert {row["number"] for row in notice.listed(narrow).rows} == {SHIP, TIP, BOX}
    page = notice.listed(narrow, limit=1)
    assert page.left == 2
    acts: tuple[Callable[[], object], ...] = (
        lambda: notice.one(narrow, numbers[LORRY]), lambda: notice.grade(narrow, numbers[LORRY], grade="A1"),
        lambda: notice.decide(narrow, numbers[LORRY], "reject", reason="x"),
        lambda: notice.accept(narrow, [numbers[SHIP], numbers[LORRY]]),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(NotFound, match=f"There is no notice {numbers[LORRY]}."):
            act()
    notice.grade(session, numbers[LORRY], handling="H0", reason="Sofia permits it")
    fresh = Narrow(session.settings, session.store, session.desk, "deniz")
    assert notice.one(fresh, numbers[LORRY])["handling"] == "H0"


def test_of_two_who_accept_at_once_one_loads_and_the_other_sees_who_did(session: Session) -> None:
    name = received(session)[LORRY]
    ready, refused, done = threading.Barrier(2), [], []

    def decide(who: str) -> None:
        own = Session(session.settings, session.store, session.desk, who)
        ready.wait()
        try:
            done.append((who, notice.accept(own, [name])["report"]["batch"]))
        except Conflict as error:
            refused.append((who, error.detail["actor"], error.detail["state"]))
        session.desk.close()

    people = [threading.Thread(target=decide, args=(who,)) for who in ("ayla", "deniz")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    ((winner, batch),), ((loser, shown, state),) = done, refused
    assert winner != loser and shown == winner and state in ("accepting", "accepted")
    assert session.store.read("MATCH (b:Batch) RETURN b.number AS n") == [{"n": batch}]


def test_a_load_that_fails_gives_the_notice_back(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = received(session)

    def full(*_: object) -> None:
        raise InputError("no room")

    with monkeypatch.context() as during:
        during.setattr(load, "_commit", full)
        with pytest.raises(InputError, match="no room"):
            notice.accept(session, [numbers[LORRY]])
    assert notice.one(session, numbers[LORRY])["steps"][-1]["act"] == "released" and in_graph(session) == []
    with monkeypatch.context() as during:
        during.setattr(load, "finish", full)
        with pytest.raises(InputError, match="no room"):
            notice.accept(session, [numbers[LORRY]])
    row = notice.one(session, numbers[LORRY])
    assert row["state"] == "accepted" and "stopped" in row["reason"] and in_graph(session) == [LORRY]


def test_a_claim_of_a_program_that_died_is_settled_with_the_graph(session: Session) -> None:
    numbers = received(session)
    inbox.claim(session.desk, [numbers[LORRY]], "ayla", "1 another-boot", again=False)
    assert notice.one(session, numbers[LORRY])["state"] == "received"
    notice.accept(session, [numbers[LORRY]])
    assert in_graph(session) == [LORRY]


def test_a_kept_file_that_was_changed_is_not_loaded(session: Session) -> None:
    name = received(session)[LORRY]
    (came,) = inbox.one(session.desk, name)["deliveries"]
    stored = session.settings.evidence / came["sha256"][:2] / came["sha256"]
    stored.chmod(0o640)
    stored.write_bytes(b"notice_no\n1\n")
    with pytest.raises(InputError, match="missing or was changed"):
        notice.accept(session, [name])
    assert notice.one(session, name)["state"] == "received"


def test_a_notice_from_before_the_inbox_kept_markings_has_its_sources_own(session: Session) -> None:
    old = {"marking": "", "source": "partner-notice", "handling": "H1"}
    held = notice.marking(session, old)
    assert held == Marking("confidential", (), "H1", "AMBER", "partner services")
