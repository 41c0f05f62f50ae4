"""What came is compared with what is held: judged above the bar, queued below it, explained, and never against a person."""

from __future__ import annotations

import pytest
from fabric import OPEN, load, mention, record
from judging import expected, groups
from takings import flaws

from graphintel.acts import compare, judge, namesakes, queue, why
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.desk import suggestions
from graphintel.errors import InputError, NotFound
from graphintel.model.marking import Marking
from graphintel.resolve.identity import keys
from graphintel.resolve.score import shipped
from graphintel.store.read.profile import profile_where
from graphintel.store.read.whole import store_hash
from graphintel.store.write import batch as batches
from graphintel.store.write import full
from graphintel.store.write.chunk import Loader

pytestmark = pytest.mark.neo4j
SURE = {"birth_date": "1971-03-14", "email": "y.demirtepe@deneme.example", "nationality": "GR"}


def told(session: Session, key: str, source: str = "a", marking: Marking = OPEN, /, **values: str) -> str:
    """A person in a declaration of their own; the id of the statement."""
    one = mention(source, "Person", **values)
    event = mention(source, "Declaration", number=key, date="2024-05-01")
    load(session.store, [record(source, key, event, [("CONSIGNEE", one, {})], marking=marking)])
    return one.id


def test_the_sure_are_one_the_likely_wait_and_the_rest_is_left(session: Session) -> None:
    one = told(session, "1", name="Yorgo Demirtepe", **SURE)
    same = told(session, "2", "b", name="Γιώργος Δεμίρτεπε", **SURE)
    likely = told(session, "3", "b", name="Georgios Demirtepe")
    other = told(session, "4", "b", name="Hasan Karaçınar", birth_date="1990-01-02")
    done = compare.compare(session)
    assert done.mentions == 4 and done.automatic == 1 and done.moved == 1 and done.model == shipped().version
    assert {one, same} in groups(session.store) and {other} in groups(session.store)
    found = queue.queue(session)["pairs"]
    assert [{row["left"], row["right"]} & {likely} for row in found] == [{likely}]
    assert (
        0.5 <= found[0]["probability"] < 1
        and abs(sum(r["bits"] for r in found[0]["reasons"]) - found[0]["bits"]) < 1e-6
    )
    assert groups(session.store) == expected(session.store) and not flaws(session.store)
    (said,) = judge.listed(session, about=one)["judgements"]
    assert (said["by"], said["model"]) == (namesakes.AUTHOR, shipped().version) and "birth" in said[
        "evidence"
    ]


def test_only_what_is_new_is_compared_and_a_second_run_changes_nothing(session: Session) -> None:
    told(session, "1", name="Yorgo Demirtepe", **SURE)
    compare.compare(session)
    before = store_hash(session.store)
    again = compare.compare(session)
    assert (again.mentions, again.automatic) == (0, 0) and store_hash(session.store) == before
    told(session, "2", "b", name="Georgios Demirtepe", **SURE)
    third = compare.compare(session)
    assert (third.mentions, third.automatic) == (1, 1)
    whole = compare.compare(session, again=True)
    assert (whole.mentions, whole.automatic) == (2, 0)


def test_a_person_s_word_stands_and_settles_the_queue(session: Session) -> None:
    one = told(session, "1", name="Yorgo Demirtepe", **SURE)
    same = told(session, "2", "b", name="Georgios Demirtepe", **SURE)
    likely = told(session, "3", "b", name="Giorgos Demirtepe")
    judge.judge(session, one, same, "different", reason="twins by the register")
    done = compare.compare(session)
    assert done.automatic == 0 and not any({one, same} <= group for group in groups(session.store))
    waiting = queue.queue(session)["pairs"]
    assert waiting and all({row["left"], row["right"]} != {one, same} for row in waiting)
    first = waiting[0]
    made = judge.judge(session, first["left"], first["right"], "unsure", reason="only a name")
    assert first["pair"] not in {row["pair"] for row in queue.queue(session)["pairs"]}
    judge.undo(session, made["judgement"])
    assert first["pair"] in {row["pair"] for row in queue.queue(session)["pairs"]}
    assert likely in first["pair"]


def test_the_queue_comes_in_pages_and_by_kind(session: Session) -> None:
    for number, name in enumerate(
        ("Yorgo Demirtepe", "Georgios Demirtepe", "Giorgos Demirtepe", "Γιώργος Δεμίρτεπε")
    ):
        told(session, str(number), f"s{number}", name=name)
    compare.compare(session)
    whole = [row["pair"] for row in queue.queue(session)["pairs"]]
    assert len(whole) > 2
    first = queue.queue(session, limit=2)
    rest = queue.queue(session, cursor=first["next"])
    assert [row["pair"] for row in first["pairs"] + rest["pairs"]] == whole
    assert first["truncated"]["by_limit"] == len(whole) - 2 and rest["next"] is None
    assert (
        queue.queue(session, kind="Vehicle")["pairs"] == [] and queue.queue(session, least=1.0)["pairs"] == []
    )
    values = [row["value"] for row in queue.queue(session)["pairs"]]
    assert values == sorted(values, reverse=True)


def test_a_thing_of_many_statements_is_not_grown_without_a_person(session: Session) -> None:
    for number in range(compare.ALARM + 2):
        told(session, str(number), f"s{number}", name="Yorgo Demirtepe", **SURE)
    compare.compare(session)
    assert max(map(len, groups(session.store))) <= compare.ALARM
    assert any("more than" in row["note"] for row in queue.queue(session)["pairs"])


def test_a_statement_between_two_that_contradict_does_not_unite_them(session: Session) -> None:
    one = told(session, "1", name="Yorgo Demirtepe", **SURE, passport="TA1234567", passport_country="GR")
    other = told(
        session, "2", "b", name="Yorgo Demirtepe", **SURE, passport="TB7654321", passport_country="GR"
    )
    between = told(session, "3", "c", name="Georgios Demirtepe", **SURE)
    compare.compare(session)
    found = next(group for group in groups(session.store) if between in group)
    assert not {one, other} <= found
    notes = [row["note"] for row in queue.queue(session)["pairs"]]
    assert len(found) == 1 or any("contradicts" in note for note in notes)


def test_why_adds_up_names_records_and_says_what_would_change(session: Session) -> None:
    one = told(session, "1", name="Yorgo Demirtepe", birth_date="1971-03-14")
    other = told(session, "2", "b", name="Γιώργος Δεμίρτεπε", birth_date="1971-03-14")
    found = why.why(session, one, other)
    back = why.why(session, other, one)
    assert abs(sum(row["bits"] for row in found["contributions"]) - found["bits"]) < 1e-6
    assert found["bits"] == back["bits"] and found["verdict"] == "queued" and not found["one"]
    assert {row["field"] for row in found["contributions"]} >= {"name", "birth"}
    for side, mine in ((found["left"], one), (found["right"], other)):
        assert side["mention"] == mine and len(side["records"]) == 1
    changes = {row["if"]: row["verdict"] for row in found["changes"]}
    assert changes["another number of that sort on one side"] == "below"
    judge.judge(session, one, other, "same", reason="seen together")
    after = why.why(session, one, other)
    assert after["one"] and [row["verdict"] for row in after["judgements"]] == ["same"]
    with pytest.raises(InputError, match="very same"):
        single = told(session, "3", name="Hasan Karaçınar")
        why.why(session, single, single)


def test_what_a_reader_may_not_see_is_neither_shown_nor_scored(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = told(session, "1", name="Yorgo Demirtepe", **SURE)
    hidden = told(session, "2", "b", Marking(level="secret"), name="Georgios Demirtepe", **SURE)
    plain = told(session, "3", "b", name="Georgios Demirtepe")
    compare.compare(session)
    judge.judge(session, one, plain, "same", reason="seen")
    reader = profile_where(session.store, lambda marking: marking.level != "secret")
    monkeypatch.setattr(Session, "profile", property(lambda _: reader))
    with pytest.raises(NotFound):
        why.why(session, one, hidden)
    assert all(hidden not in row["pair"] for row in queue.queue(session, least=0.0)["pairs"])
    assert suggestions.counts(session.desk)["automatic"] == 1


def test_what_comes_again_with_a_full_delivery_taken_back_is_compared(session: Session) -> None:
    store = session.store
    made = []
    for number, name in enumerate(("Yorgo Demirtepe", "Hasan Karaçınar")):
        event = mention("t", "Declaration", number=str(number), date="2024-05-01")
        made.append(record("t", str(number), event, [("CONSIGNEE", mention("t", "Person", name=name), {})]))
    load(store, made)
    numbers = batches.intern_markings(store, {OPEN})
    with batches.writer(store) as holder:
        loader = Loader(store, holder, batches.begin(store, {"source": "t"}), numbers, keys)
        loader.write(made[:1])
        assert full.close_rest(store, holder, loader.batch) == 1
        batches.finish(store, loader.batch, {})
    assert compare.compare(session).mentions == 1
    retract(session, loader.batch, grace=0)
    assert compare.compare(session).mentions == 2
    assert compare.compare(session).mentions == 0
