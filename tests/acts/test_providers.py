"""Service providers: proposed by what they serve, marked by a person, kept over merges, splits, loads and retractions."""

from __future__ import annotations

import pytest
from fabric import OPEN, SECRET, load, mention, record
from judging import groups
from takings import flaws

from graphintel.acts import compare, judge, look, providers, queue
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.errors import InputError, NotFound
from graphintel.model.marking import Marking
from graphintel.store.read.profile import profile_where
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
BROKER = {"name": "Baldere Gümrük Müşavirliği Ltd. Şti.", "tax_id": "4540536920", "tax_country": "TR"}


def declared(
    session: Session, key: str, client: str, marking: Marking = OPEN, /, **broker: str
) -> tuple[str, str]:
    """A declaration of a client by a broker; the ids of broker and client."""
    by = mention("a", "Company", **(broker or BROKER))
    who = mention("a", "Company", name=client)
    event = mention("a", "Declaration", number=key, date="2024-05-01")
    load(
        session.store,
        [record("a", key, event, [("DECLARANT", by, {}), ("CONSIGNEE", who, {})], marking=marking)],
    )
    return by.id, who.id


def trade(session: Session, clients: int = 12) -> str:
    """A broker of many clients, and brokers of one."""
    for number in range(4):
        declared(session, f"o{number}", f"Kızılova {number}", name=f"Yerel Müşavir {number}")
    found = {
        declared(session, f"d{number}", f"Akçalı {chr(97 + number)}burun")[0] for number in range(clients)
    }
    (broker,) = found
    return broker


def hub(session: Session, name: str) -> bool:
    """Whether the thing is one, by its cache."""
    rows = session.store.read(
        "MATCH (m:Mention {id: $id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) RETURN coalesce(e, m).hub AS hub",
        {"id": name},
    )
    return bool(rows[0]["hub"])


def test_a_broker_of_many_is_proposed_and_marked_by_a_person(session: Session) -> None:
    broker = trade(session)
    found = providers.listed(session)
    (one,) = found["proposed"]
    assert (one["id"], one["role"], one["clients"], one["uses"], one["usual"]) == (
        broker,
        "declarant",
        12,
        12,
        1.0,
    )
    assert found["marked"] == [] and not hub(session, broker)
    before = store_hash(session.store)
    done = providers.mark(session, broker, reason="a customs broker", role="declarant")
    assert hub(session, broker) and not done["unchanged"] and store_hash(session.store) != before
    again = providers.listed(session)
    assert [(row["id"], row["by"], row["reason"], row["role"]) for row in again["marked"]] == [
        (broker, "tester", "a customs broker", "declarant")
    ]
    assert again["proposed"] == [] and providers.listed(session, role="bank")["marked"] == []
    assert providers.mark(session, broker, reason="again", role="declarant")["unchanged"]
    shown = look.show(session, broker)
    assert shown["provider"]["by"] == "tester" and shown["hub"]
    providers.unmark(session, broker, reason="closed")
    assert (
        not hub(session, broker)
        and store_hash(session.store) == before
        and look.show(session, broker)["provider"] is None
    )


def test_the_proposed_come_in_pages(session: Session) -> None:
    trade(session)
    for number in range(11):
        declared(session, f"e{number}", f"Dereköy {chr(97 + number)}tepe", name="Kuzey Gümrük Müşavirliği")
    whole = [row["id"] for row in providers.listed(session)["proposed"]]
    first = providers.listed(session, limit=1)
    rest = providers.listed(session, cursor=first["next"])
    assert len(whole) == 2 and first["truncated"]["by_limit"] == 1 and rest["next"] is None
    assert [row["id"] for row in first["proposed"] + rest["proposed"]] == whole


def test_paths_do_not_run_through_a_marked_one(session: Session) -> None:
    broker, first = declared(session, "1", "Akçalı Gıda")
    _, second = declared(session, "2", "Kızılova Nakliyat")
    assert look.paths(session, first, second, 6, False).extra["paths"]
    providers.mark(session, broker, reason="a customs broker", role="declarant")
    assert look.paths(session, first, second, 6, False).extra["paths"] == []
    assert look.paths(session, first, second, 6, True).extra["paths"]


def test_a_mark_stays_with_its_statement_over_merges_splits_loads_and_retractions(session: Session) -> None:
    broker, _ = declared(session, "1", "Akçalı Gıda")
    other, _ = declared(session, "2", "Kızılova Nakliyat", name="Baldere Müşavirlik")
    providers.mark(session, broker, reason="a customs broker", role="declarant")
    said = judge.judge(session, broker, other, "same", reason="one firm")
    assert hub(session, other)
    judge.undo(session, said["judgement"])
    assert hub(session, broker) and not hub(session, other)
    declared(session, "3", "Dereköy Tekstil")
    assert hub(session, broker)
    # A statement with both numbers makes two known things one, whichever of them stays.
    numbers = session.store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    retract(session, numbers, grace=0)
    assert hub(session, broker) and not flaws(session.store)


def test_a_load_that_makes_two_one_keeps_the_mark(session: Session) -> None:
    marked, _ = declared(session, "1", "Akçalı Gıda", name="Baldere", eori="TR4540536920")
    for number in range(3):
        declared(session, f"2{number}", f"Kızılova {number}")
    providers.mark(session, marked, reason="a customs broker", role="declarant")
    both, _ = declared(session, "3", "Dereköy", **BROKER, eori="TR4540536920")
    assert any({marked, both} <= group for group in groups(session.store)) and hub(session, both)


def test_nothing_is_merged_with_one_without_a_person(session: Session) -> None:
    sure = {"birth_date": "1971-03-14", "email": "y.demirtepe@deneme.example", "nationality": "GR"}
    names = []
    for number, name in enumerate(("Yorgo Demirtepe", "Γιώργος Δεμίρτεπε")):
        one = mention(f"s{number}", "Person", name=name, **sure)
        event = mention(f"s{number}", "Declaration", number=str(number), date="2024-05-01")
        load(session.store, [record(f"s{number}", str(number), event, [("DECLARANT", one, {})])])
        names.append(one.id)
    providers.mark(session, names[0], reason="declares for many", role="declarant")
    assert compare.compare(session).automatic == 0
    (row,) = queue.queue(session)["pairs"]
    assert "service provider" in row["note"]


def test_what_is_wrong_is_told(session: Session) -> None:
    broker, _ = declared(session, "1", "Akçalı Gıda")
    event = mention("a", "Declaration", number="1", date="2024-05-01").id
    with pytest.raises(InputError, match="Say why"):
        providers.mark(session, broker, reason=" ", role="declarant")
    with pytest.raises(InputError, match="--role"):
        providers.mark(session, broker, reason="x", role="friend")
    with pytest.raises(InputError, match="serves nobody"):
        providers.mark(session, event, reason="x", role="port")
    with pytest.raises(InputError, match="not marked"):
        providers.unmark(session, broker, reason="x")
    with pytest.raises(InputError, match="not a 'friend'"):
        providers.listed(session, role="friend")
    with pytest.raises(NotFound):
        providers.mark(session, "f" * 32, reason="x", role="port")


def test_who_may_not_see_a_statement_knows_nothing_of_its_mark(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker, _ = declared(session, "1", "Akçalı Gıda", SECRET)
    providers.mark(session, broker, reason="a customs broker", role="declarant")
    reader = profile_where(session.store, lambda marking: marking.level != "secret")
    monkeypatch.setattr(Session, "profile", property(lambda _: reader))
    assert providers.listed(session)["marked"] == []
    with pytest.raises(NotFound):
        providers.unmark(session, broker, reason="x")
