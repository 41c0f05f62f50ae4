"""The inbox: steps that only grow, illegal ones refused with how the notice stands, copies as one, a desk from before."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fabric import mention
from hypothesis import given
from hypothesis import strategies as st

from graphintel.desk import Desk, notice_row, notices, open_desk
from graphintel.desk.pages import Page
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.model.ids import record_id
from graphintel.model.marking import Marking
from graphintel.model.records import Link, Position, Record
from graphintel.resolve.identity import keys

SOURCE = "partner-notice"
OPEN, SHUT = Marking(handling="H0"), Marking(level="secret", handling="H2")
TODAY = datetime.now(UTC).date()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk.sqlite") as opened:
        yield opened


def notice(number: str, partner: str = "SELEC", *, text: str = "", marking: Marking = OPEN, deadline: str = "",
           reference: str = "", line: int = 2) -> Record:  # fmt: skip
    """A notice that names a lorry; its text makes its story, unless it is told by its number."""
    content = {"notice_no": number, "partner": partner, "text": text or f"a lorry of the notice {number}"}
    content |= {"deadline": deadline} if deadline else {}
    content |= {"origin_reference": reference} if reference else {}
    own = mention(SOURCE, "Notice", number=number, partner=partner, date="2024-03-01",
                  **({"deadline": deadline} if deadline else {}))  # fmt: skip
    lorry = mention(SOURCE, "Vehicle", plate="34 KLT 481", plate_country="TR")
    return Record(
        record_id(SOURCE, number, content), SOURCE, number, content, Position("n.csv", "0" * 64, f"line {line}"), "1",
        f'["admiralty","C","3","","","{partner}"]', marking, [own, lorry],
        [Link("l", "NAMES", own.id, lorry.id, "reported", properties={"role": "carrier"})], (own.id,),
    )  # fmt: skip


def put(desk: Desk, *records: Record) -> list[str]:
    """The ids of notices that were received."""
    notices.receive(desk, records, "ayla")
    return [record.id for record in records]


def ids(
    desk: Desk, marks: list[str] | None = None, state: str = "", overdue: bool | None = None
) -> list[str]:
    return [row["id"] for row in notices.paged(desk, marks=marks, state=state, overdue=overdue).rows]


def test_what_a_notice_names_comes_back_with_its_keys(desk: Desk) -> None:
    record = notice("N1", deadline="2024-04-01")
    (name,) = put(desk, record)
    row = notices.one(desk, name)
    ((lorry, role),) = notice_row.things(row)
    assert (lorry, role) == (record.mentions[1], "carrier") and keys(lorry) == ("Vehicle/plate:TR:34KLT481",)
    shown = notice_row.public(row)
    assert (shown["number"], shown["deadline"], shown["overdue"]) == ("N1", "2024-04-01", True)
    assert "named" not in shown and "owner" not in shown and shown["content"] == record.content


def test_every_step_stays_and_the_last_one_is_the_state(desk: Desk) -> None:
    (name,) = put(desk, notice("N1"))
    notices.move(desk, name, "returned", "ayla", reason="which plate?")
    notices.move(desk, name, "reopened", "deniz", reason="they answered")
    notices.move(desk, name, "rejected", "ayla", reason="invented")
    row = notices.one(desk, name)
    assert [(step["act"], step["actor"], step["reason"]) for step in row["steps"]] == [
        ("received", "ayla", ""), ("returned", "ayla", "which plate?"), ("reopened", "deniz", "they answered"),
        ("rejected", "ayla", "invented"),
    ]  # fmt: skip
    assert row["state"] == "rejected" and row["step"] == row["steps"][-1]["step"]
    for statement in ("DELETE FROM notice_step", "UPDATE notice_step SET actor = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.transaction() as db:
            db.execute(statement)


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], "reopened"), ([], "accepted"), ([], "retracted"), (["rejected"], "rejected"), (["rejected"], "returned"),
        (["rejected"], "graded"), (["rejected"], "accepting"), (["returned"], "accepting"), (["returned"], "returned"),
        (["accepting"], "rejected"), (["accepting"], "accepting"), (["accepting", "accepted"], "rejected"),
        (["accepting", "accepted"], "reopened"), (["accepting", "accepted"], "graded"), (["rejected"], "handed over"),
    ],
)  # fmt: skip
def test_a_step_that_is_not_for_the_state_is_refused_with_how_it_stands(
    desk: Desk, before: list[str], act: str
) -> None:
    (name,) = put(desk, notice("N1"))
    for step in before:
        notices.move(desk, name, step, "ayla", reason="so")
    with pytest.raises(Conflict, match=f"Notice {name} is ") as refused:
        notices.move(desk, name, act, "deniz", reason="no")
    state = {"accepted": "accepted", "accepting": "accepting"}.get(before[-1] if before else "", "")
    told = refused.value.detail
    assert told["state"] == (state or (before[-1] if before else "received")) and told["actor"] == "ayla"
    assert len(notices.one(desk, name)["steps"]) == len(before) + 1


def test_of_two_who_decide_at_once_one_wins_and_the_other_sees_the_decision(desk: Desk) -> None:
    (name,) = put(desk, notice("N1"))
    ready, refused = threading.Barrier(2), []

    def decide(act: str, who: str) -> None:
        ready.wait()
        try:
            notices.move(desk, name, act, who, reason=f"{who} thinks so")
        except Conflict as error:
            refused.append((who, error.detail))
        desk.close()

    people = [threading.Thread(target=decide, args=("rejected", who)) for who in ("ayla", "deniz")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    ((loser, told),) = refused
    winner = {"ayla": "deniz", "deniz": "ayla"}[loser]
    assert (told["state"], told["actor"], told["reason"]) == ("rejected", winner, f"{winner} thinks so")
    assert [step["actor"] for step in notices.one(desk, name)["steps"]] == ["ayla", winner]


def test_a_step_somebody_did_not_know_of_makes_them_look_again(desk: Desk) -> None:
    (name,) = put(desk, notice("N1"))
    seen = notices.one(desk, name)["step"]
    notices.move(desk, name, "graded", "ayla", grade='["admiralty","E","5"]')
    with pytest.raises(Conflict, match="look at that step"):
        notices.claim(desk, [name], "deniz", "1 x", again=False, seen=seen)
    assert notices.one(desk, name)["state"] == "received"


def test_notices_are_taken_for_loading_together_or_not_at_all(desk: Desk) -> None:
    first, second = put(desk, notice("N1"), notice("N2"))
    notices.move(desk, second, "rejected", "ayla", reason="invented")
    with pytest.raises(Conflict, match="is rejected"):
        notices.claim(desk, [first, second], "deniz", "1 x", again=True)
    assert notices.one(desk, first)["state"] == "received" and notices.claims(desk) == []
    assert notices.claim(desk, [first], "deniz", "1 x", again=True) == [first]
    assert [(row["id"], row["owner"]) for row in notices.claims(desk)] == [(first, "1 x")]
    assert (
        notices.let_go(desk, [first, second], "deniz") == [first] and notices.claims(desk)[0]["owner"] == ""
    )


def test_what_several_partners_pass_on_is_one_with_its_copies(desk: Desk) -> None:
    story = "cigarettes behind the false wall of a lorry"
    one, two, three = put(desk, notice("N1", text=story), notice("B7", "Bulgarian customs", text=story),
                          notice("N3", reference="X 1"))  # fmt: skip
    (four,) = put(desk, notice("N4", "Hotline", reference="x-1"))
    rows = {row["id"]: row["copies"] for row in notices.paged(desk).rows}
    assert rows == {one: 1, three: 0, four: 0}
    copies, same = notices.alike(desk, notices.one(desk, two))
    assert [row["id"] for row in copies] == [one] and same == []
    copies, same = notices.alike(desk, notices.one(desk, three))
    assert copies == [] and [row["id"] for row in same] == [four]
    notices.move(desk, one, "rejected", "ayla", reason="known")
    assert two in ids(desk, state="received") and ids(desk, state="rejected") == [one]


def test_the_same_notice_from_two_files_is_one_with_two_deliveries(desk: Desk) -> None:
    record = notice("N1")
    put(desk, record, replace(record, position=Position("copy.csv", "1" * 64, "line 9")))
    (row,) = notices.paged(desk).rows
    came = [
        (one["file"], one["position"], one["actor"]) for one in notices.one(desk, row["id"])["deliveries"]
    ]
    assert came == [("n.csv", "line 2", "ayla"), ("copy.csv", "line 9", "ayla")]


def test_what_is_overdue_comes_first_the_longest_first(desk: Desk) -> None:
    def day(days: int) -> str:
        return (TODAY + timedelta(days=days)).isoformat()

    late, later, today, far = put(desk, notice("N1", deadline=day(-2)), notice("N2", deadline=day(-30)),
                                  notice("N3", deadline=day(0)), notice("N4", deadline=day(9)))  # fmt: skip
    assert ids(desk) == [later, late, far, today] and ids(desk, overdue=True) == [later, late]
    assert set(ids(desk, overdue=False)) == {today, far}
    notices.move(desk, later, "rejected", "ayla", reason="no")
    assert ids(desk, overdue=True) == [late]
    month = notice("N5", deadline="2024-04")
    put(desk, month)
    assert notices.one(desk, month.id)["deadline"] == ""


def test_who_may_not_see_a_handling_code_sees_and_counts_no_notice_under_it(desk: Desk) -> None:
    story = "cigarettes behind the false wall of a lorry"
    shut, free = put(desk, notice("N1", text=story, marking=SHUT), notice("N2", "Hotline", text=story))
    narrow = [OPEN.text]
    assert ids(desk) == [shut] and ids(desk, narrow) == [free]
    assert [row["copies"] for row in notices.paged(desk, marks=narrow).rows] == [0]
    assert notices.alike(desk, notices.one(desk, free), narrow) == ([], [])
    with pytest.raises(NotFound) as hidden:
        notices.one(desk, shut, narrow)
    with pytest.raises(NotFound) as absent:
        notices.one(desk, "none", narrow)
    assert hidden.value.message.replace(shut, "none") == absent.value.message
    assert ids(desk, []) == []


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12), st.integers(1, 4))
def test_pages_show_every_notice_once_in_the_order_of_the_list(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], limit: int
) -> None:
    with open_desk(tmp_path_factory.mktemp("desk") / "desk.sqlite") as desk:
        due = [(TODAY + timedelta(days=one)).isoformat() for one in days]
        put(desk, *(notice(f"N{number}", deadline=one) for number, one in enumerate(due)))
        whole, found = ids(desk), list[str]()
        page = notices.paged(desk, limit=limit)
        while page.rows:
            found += [row["id"] for row in page.rows]
            assert page.left == len(days) - len(found)
            page = notices.paged(desk, cursor=page.next, limit=limit) if page.next else Page([])
        assert found == whole and len(set(found)) == len(days)


def test_a_cursor_of_another_list_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="cursor"):
        notices.paged(desk, cursor="WzFd")


OLD = """
CREATE TABLE notice (id TEXT PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  position TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL, grade TEXT NOT NULL,
  handling TEXT NOT NULL, decided_by TEXT, decided_at TEXT, reason TEXT, received_at TEXT NOT NULL);
INSERT INTO notice VALUES ('a', 'partner-notice', 'n.csv', 'f0', 'line 2', 'N1',
  '{"notice_no":"N1","partner":"SELEC","deadline":"2024-04-01"}', 'received', '["admiralty","C","3"]', 'H1', NULL, NULL, NULL,
  '2024-03-01T00:00:00+00:00');
INSERT INTO notice VALUES ('b', 'partner-notice', 'n.csv', 'f0', 'line 3', 'N2', '{"notice_no":"N2","partner":"SELEC"}',
  'accepted', '["admiralty","B","2"]', 'H1', 'ayla', '2024-03-02T00:00:00+00:00', NULL, '2024-03-01T00:00:00+00:00');
"""


def test_a_desk_from_before_steps_opens_and_keeps_its_notices(tmp_path: Path) -> None:
    file = tmp_path / "desk.sqlite"
    db = sqlite3.connect(file)
    db.executescript(OLD)
    db.close()
    for _ in range(2):
        with open_desk(file) as desk:
            waiting, decided = notices.one(desk, "a"), notices.one(desk, "b")
            assert ids(desk) == ["a", "b"] and ids(desk, [OPEN.text]) == []
    assert (waiting["state"], waiting["deadline"], waiting["overdue"]) == ("received", "2024-04-01", True)
    assert (decided["state"], decided["handling"], decided["partner"]) == ("accepted", "H1", "SELEC")
    assert [(step["act"], step["actor"], step["at"][:10]) for step in decided["steps"]] == [
        ("received", "", "2024-03-01"),
        ("accepted", "ayla", "2024-03-02"),
    ]
    assert [came["file"] for came in waiting["deliveries"]] == ["n.csv"] and waiting["named"] == []
    with open_desk(file) as desk:
        put(desk, replace(notice("N1"), id="a"))
        assert len(notice_row.things(notices.one(desk, "a"))) == 1
