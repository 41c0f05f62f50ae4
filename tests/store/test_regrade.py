"""A record graded again: by a second delivery or by a person; the old grades stay, handling never becomes freer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fabric import load, mention, record, world

from graphintel.acts import accept, look
from graphintel.acts.regrade import regrade
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import log
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.model.marking import Marking, strictest
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
SAMPLE = [shelf("ingest") / "partner-notice" / "sample.csv"]


def grades(store: Store) -> set[str]:
    """The grades of all live links."""
    return {row["g"] for row in store.read("MATCH (:Entity)-[r]->(:Entity) RETURN DISTINCT r.grade AS g")}


def test_a_second_acceptance_with_another_grade_grades_record_and_links_again(session: Session) -> None:
    accept.notices(session, SAMPLE, accepted=True, grade="B2", handling="H1")
    store = session.store
    first = store_hash(store)
    again = accept.notices(session, SAMPLE, accepted=True, grade="C3")
    told = again.as_json()
    assert told["records_regraded"] == told["records_unchanged"] > 0, told
    assert all(one.startswith('["admiralty","C","3"') for one in grades(store))
    assert {row["h"] for row in store.read("MATCH (m:Marking) RETURN m.text CONTAINS '\"H1\"' AS h")} >= {
        True
    }
    name = store.read("MATCH (r:Record) RETURN r.id AS id LIMIT 1")[0]["id"]
    found = look.record(session, name)
    assert [one["grade"].split()[0] for one in found["history"]] == ["B2", "C3"]
    assert {one["by"] for one in found["history"]} == {"tester"} and all(
        one["at"] for one in found["history"]
    )
    assert found["marking"]["handling"] == "H1"
    assert store_hash(store) != first


def test_a_second_acceptance_is_as_if_it_had_been_the_only_one(session: Session) -> None:
    accept.notices(session, SAMPLE, accepted=True, grade="C3", handling="H2")
    expected = store_hash(session.store)
    empty(session.store)
    accept.notices(session, SAMPLE, accepted=True, grade="B2")
    accept.notices(session, SAMPLE, accepted=True, grade="C3", handling="H2")
    assert store_hash(session.store) == expected


def test_an_acceptance_cannot_free_what_the_partner_restricted(session: Session, tmp_path: Path) -> None:
    head = "notice_no,date,partner,source_grade,information_grade,handling,plate,plate_country"
    path = tmp_path / "tip.csv"
    path.write_text(f"{head}\nN-1,01.02.2024,Ortak Büro,B,2,H2,34ABC123,TR\n", encoding="utf-8")
    accept.notices(session, [path], accepted=True, grade="A1", handling="H0")
    row = session.store.read(
        "MATCH (r:Record) MATCH (m:Marking {number: r.marking}) RETURN r.grade AS g, m.text AS t"
    )[0]
    assert '"H2"' in row["g"] and '"Ortak Büro"' in row["g"] and row["g"].startswith('["admiralty","A","1"')


def test_a_person_grades_one_record_and_the_same_file_again_leaves_it(session: Session) -> None:
    load(session.store, world())
    name = world()[0].id
    done = regrade(session, name, grade="D4", handling="H1", reason="  the source was wrong before ")
    assert (done["before"], done["grade"]) == ("B2", "D4") and "H1" in done["banner"]
    batch = session.store.read("MATCH (b:Batch {number: $n}) RETURN b", {"n": done["batch"]})[0]["b"]
    assert (batch["kind"], batch["actor"], batch["reason"]) == (
        "regrade",
        "tester",
        "the source was wrong before",
    )
    assert session.counter() == done["batch"]
    told = log.tail(session.desk)[0]
    assert (told["act"], told["detail"]["record"]) == ("regrade", name)
    after = store_hash(session.store)
    counts = load(session.store, world())
    assert (counts.records_unchanged, counts.records_regraded) == (6, 0)
    assert store_hash(session.store) == after
    rows = session.store.read(
        "MATCH ()-[r {record: $id}]->() WHERE r.grade IS NOT NULL RETURN DISTINCT r.grade AS g, r.marking AS m",
        {"id": name},
    )
    assert len(rows) == 1 and rows[0]["g"] == '["admiralty","D","4"]'


def test_a_laxer_handling_or_marking_changes_nothing(session: Session) -> None:
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    secret = record("a", "D1", event, [], marking=Marking(level="secret", tlp="RED", handling="H2"))
    load(session.store, [secret])
    before = store_hash(session.store)
    regrade(session, secret.id, handling="H0", reason="asked to")
    assert store_hash(session.store) == before
    load(session.store, [replace(secret, marking=Marking(level="open", tlp="CLEAR"))])
    assert store_hash(session.store) == before


def test_a_stricter_delivery_raises_the_marking_to_the_join(store: Store) -> None:
    first = world()[0]
    raised = Marking(level="open", tlp="RED")
    load(store, [first])
    load(store, [replace(first, marking=raised)])
    row = store.read("MATCH (r:Record) MATCH (m:Marking {number: r.marking}) RETURN m.text AS t")[0]
    assert row["t"] == strictest([first.marking, raised]).text


def test_what_cannot_be_graded_is_told(session: Session) -> None:
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    old, new = record("a", "D1", event, [], cell="A"), record("a", "D1", event, [], cell="B")
    load(session.store, [old, new])
    with pytest.raises(NotFound):
        regrade(session, "0" * 32, grade="B2", reason="why")
    with pytest.raises(Conflict, match="no longer stands"):
        regrade(session, old.id, grade="B2", reason="why")
    for given in ({"grade": "Z9", "reason": "x"}, {"grade": "B2", "reason": " "}, {"reason": "x"},
                  {"handling": "H9", "reason": "x"}):  # fmt: skip
        with pytest.raises(InputError):
            regrade(session, new.id, **given)


def test_another_mapping_version_reads_a_record_again_under_its_id(store: Store) -> None:
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    other = mention("a", "Company", name="Başka Gıda A.Ş.", tax_id="1234567890", tax_country="TR")
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})])
    anew = replace(record("a", "D1", event, [("SELLER", other, {})]), mapping_version="2")
    assert first.id == anew.id
    load(store, [first])
    counts = load(store, [anew])
    assert (counts.records_new, counts.records_unchanged, counts.records_reread) == (0, 1, 1)
    rows = store.read("MATCH (:Declaration)-[r]->(c:Company) RETURN type(r) AS t, c.display AS n")
    assert rows == [{"t": "SELLER", "n": "Başka Gıda A.Ş."}]
    assert store.read("MATCH (r:Record) RETURN r.mapping_version AS v, r.closed AS c") == [
        {"v": "2", "c": None}
    ]
    assert store.read("MATCH (m:Mention {id: $id}) RETURN m.uses AS n", {"id": firm.id}) == [{"n": 0}]
    assert store.read("MATCH (c:Company) RETURN count(c) AS n") == [{"n": 1}]
    after = store_hash(store)
    empty(store)
    load(store, [anew])
    assert store_hash(store) == after
    load(store, [first])
    load(store, [anew])
    assert store_hash(store) == after
