"""What analysis looks at: read once, and again as soon as the data or what may be seen changes."""

from __future__ import annotations

import pytest
from fabric import SECRET, load, mention, record
from fabric import world as six

from graphintel.acts import judge
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.store.read.whole import columns

pytestmark = pytest.mark.neo4j


def fresh(session: Session) -> bool:
    """Whether what the session holds is what reading it all again gives."""
    held, read = session.view(), columns(session.store, session.profile)
    return (
        sorted(zip(held.links, held.records, held.entity_source.tolist(), strict=True))
        == sorted(zip(read.links, read.records, read.entity_source.tolist(), strict=True))
        and held.counter == read.counter
    )


def test_it_is_read_once_while_nothing_changes(session: Session) -> None:
    load(session.store, six())
    first = session.view()
    assert session.view() is first and len(first.links) > 5


def test_every_kind_of_change_is_seen_at_once(session: Session) -> None:
    load(session.store, six())
    before = session.view()
    event = mention("a", "Declaration", number="D9", date="2024-05-09")
    firm = mention("a", "Company", name="Yeni Ticaret")
    load(session.store, [record("a", "D9", event, [("CONSIGNEE", firm, {})], marking=SECRET)])
    session.know([SECRET.text])
    assert (
        session.view() is not before and len(session.view().links) == len(before.links) + 1 and fresh(session)
    )
    one, other = sorted(
        row["id"] for row in session.store.read("MATCH (c:Company) RETURN c.id AS id ORDER BY id LIMIT 2")
    )
    told = judge.judge(session, one, other, "same", reason="one firm")
    assert len(session.view().entities) == len(before.entities) + 1 and fresh(session)
    judge.undo(session, told["judgement"], reason="two")
    assert len(session.view().entities) == len(before.entities) + 2 and fresh(session)
    batch = session.store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    retract(session, batch, reason="by mistake")
    assert len(session.view().links) == len(before.links) and fresh(session)
