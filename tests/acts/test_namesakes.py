"""Statements of one name: judged where the store shows that this is safe, asked about once where it does not."""

from __future__ import annotations

import pytest
from fabric import load, mention, record
from judging import expected, groups
from takings import flaws

from graphintel.acts import compare, judge, queue, why
from graphintel.acts.session import Session
from graphintel.resolve.candidates import namesakes
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
TAX = {"tax_id": "4540536920", "tax_country": "TR"}
OTHER = {"tax_id": "9668845785", "tax_country": "TR"}


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that decide from a few statements on, so that a test need not load thousands."""
    monkeypatch.setattr(namesakes, "PRECISION", 0.4)


def told(session: Session, source: str, kind: str = "Company", /, **values: str) -> str:
    """A party in a declaration of its own; the id of the statement."""
    one = mention(source, kind, **values)
    event = mention(source, "Declaration", number=source, date="2024-05-01")
    load(session.store, [record(source, source, event, [("CONSIGNEE", one, {})])])
    return one.id


def known(session: Session, name: str = "Aksaray Gıda A.Ş.", start: str = "k") -> list[str]:
    """Three statements of a firm with its number."""
    return [told(session, f"{start}{number}", name=name, **TAX) for number in range(3)]


@pytest.mark.usefixtures("sure")
def test_a_name_that_one_thing_of_known_number_has_decides_and_says_why(session: Session) -> None:
    firm = known(session)
    plain = told(session, "p", name="AKSARAY GIDA ANONİM ŞİRKETİ")
    place = told(session, "q", name="Aksaray Gıda A.Ş.", address="Gül Cad. 4")
    done = compare.compare(session)
    assert done.automatic == 2 and frozenset([*firm, plain, place]) in groups(session.store)
    rules = {row["rule"]: row for row in done.as_json()["rules"]}
    assert rules["Company name"]["right"] == 3 and rules["Company name"]["decides"]
    (said,) = judge.listed(session, about=plain, limit=1)["judgements"]
    assert said["by"] == "resolve" and said["model"].endswith("/Company name") and "3 of 3" in said["reason"]
    assert groups(session.store) == expected(session.store) and not flaws(session.store)
    before = store_hash(session.store)
    assert compare.compare(session, again=True).automatic == 0 and store_hash(session.store) == before


def test_a_store_that_shows_too_little_leaves_names_to_people(session: Session) -> None:
    known(session)
    plain = told(session, "p", name="AKSARAY GIDA ANONİM ŞİRKETİ")
    done = compare.compare(session)
    assert done.automatic == 0 and frozenset([plain]) in groups(session.store)
    assert not any(row["decides"] for row in done.as_json()["rules"])
    assert any(plain in row["pair"] for row in queue.queue(session)["pairs"])


@pytest.mark.usefixtures("sure")
def test_a_name_that_two_things_have_is_for_a_person(session: Session) -> None:
    known(session)
    other = told(session, "o", name="Aksaray Gıda A.Ş.", **OTHER)
    plain = told(session, "p", name="AKSARAY GIDA ANONİM ŞİRKETİ")
    assert compare.compare(session).automatic == 0 and {frozenset([other]), frozenset([plain])} <= groups(
        session.store
    )


@pytest.mark.usefixtures("sure")
@pytest.mark.parametrize(
    "values", [{"country": "DE"}, {"name": "Aksaray Gıda Ltd. Şti."}, {"name": "Aksaray Nakliyat A.Ş."}]
)
def test_another_country_form_or_trade_is_not_judged(session: Session, values: dict[str, str]) -> None:
    known(session)
    other = told(session, "p", **{"name": "Aksaray Gıda A.Ş.", **values})
    compare.compare(session)
    assert frozenset([other]) in groups(session.store)


@pytest.mark.usefixtures("sure")
def test_what_was_undone_is_not_judged_again(session: Session) -> None:
    known(session)
    plain = told(session, "p", name="AKSARAY GIDA ANONİM ŞİRKETİ")
    compare.compare(session)
    (said,) = judge.listed(session, about=plain, limit=1)["judgements"]
    judge.undo(session, said["id"], reason="a firm of another town")
    compare.compare(session, again=True)
    assert frozenset([plain]) in groups(session.store)


def people(session: Session) -> tuple[str, list[str]]:
    """A person of known number, and three sources that say no more than the name."""
    held = told(
        session, "k", "Person", name="Hasan Karaçınar", national_id="10000000146", national_id_country="TR"
    )
    return held, [told(session, f"s{number}", "Person", name="KARAÇINAR HASAN") for number in range(3)]


def test_statements_of_nothing_but_one_name_are_one_question(session: Session) -> None:
    held, bare = people(session)
    compare.compare(session)
    (row,) = queue.queue(session)["pairs"]
    head = row["left"] if row["right"] == held else row["right"]
    side = 0 if row["left"] == head else 1
    assert {row["left"], row["right"]} == {held, head} and head in bare
    assert sorted([head, *row["alike"][side]]) == sorted(bare) and row["alike"][1 - side] == []
    done = judge.judge(session, head, held, "same", reason="one driver", also=row["alike"][side])
    assert len(done["also"]) == 2 and frozenset([held, *bare]) in groups(session.store)
    assert queue.queue(session)["pairs"] == [] and not flaws(session.store)


def test_a_question_waits_on_for_those_that_were_not_judged_with_it(session: Session) -> None:
    held, bare = people(session)
    compare.compare(session)
    (row,) = queue.queue(session)["pairs"]
    head = next(one for one in (row["left"], row["right"]) if one != held)
    judge.judge(session, head, held, "same", reason="one driver")
    (following,) = queue.queue(session)["pairs"]
    second = next(one for one in (following["left"], following["right"]) if one != held)
    assert second in bare and second != head
    judge.judge(session, second, held, "unsure", reason="only a name")
    (last,) = queue.queue(session)["pairs"]
    third = next(one for one in (last["left"], last["right"]) if one != held)
    assert {head, second, third} == set(bare)
    # A newer word of one author goes over the older one.
    done = judge.judge(session, third, held, "different", reason="another", also=[second, head, held])
    errors = {row["left"]: row.get("error") for row in done["also"]}
    assert errors[second] is None and errors[head] is None and errors[held]["code"] == "bad_input"
    assert {frozenset([name]) for name in (held, *bare)} <= groups(session.store)
    assert queue.queue(session)["pairs"] == []


def test_numbers_of_other_statements_count_for_both_things(session: Session) -> None:
    one = told(session, "a", "Person", name="Hasan Karaçınar", birth_date="1971-03-14")
    judge.judge(session, one, told(session, "b", "Person", name="H. Karaçınar", national_id="10000000146",
                                   national_id_country="TR"), "same", reason="seen")  # fmt: skip
    other = told(session, "c", "Person", name="Hasan Karaçınar", birth_date="1971-03-14", national_id="19191919190",
                 national_id_country="TR")  # fmt: skip
    compare.compare(session)
    found = why.why(session, one, other)
    assert any(row["field"] == "national_id" and row["bits"] < 0 for row in found["contributions"])
    assert frozenset([other]) in groups(session.store)
    rows = [row for row in queue.queue(session, least=0)["pairs"] if other in row["pair"]]
    assert [row["bits"] for row in rows] == [pytest.approx(found["bits"], abs=1e-5)]
