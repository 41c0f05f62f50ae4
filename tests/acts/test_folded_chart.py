"""A folded chart in a file: the summed links of the screen, and a footer that counts the rest."""

from __future__ import annotations

import orjson
import pytest
from fabric import load, mention, record

from graphintel.acts import chart, look
from graphintel.acts.session import Session
from graphintel.model.subgraph import Subgraph, Truncated
from graphintel.viz.folding import tell_folded
from graphintel.viz.frame import facts
from graphintel.viz.scene import build_scene

pytestmark = pytest.mark.neo4j
FOLD = ["Declaration"]


@pytest.fixture
def ids(session: Session) -> list[str]:
    """Two firms, a lorry and two places that share two declarations."""
    things = [
        mention("a", "Company", name="Bir", tax_id="4540536920", tax_country="TR"),
        mention("a", "Company", name="İki", tax_id="1234567890", tax_country="TR"),
        mention("a", "Vehicle", plate="34ABC123", plate_country="TR"),
        mention("a", "Place", locode="TRMER"),
        mention("a", "Place", locode="BGVAR"),
    ]
    types = ("CONSIGNOR", "CONSIGNEE", "BY_MEANS_OF", "DEPARTED_FROM", "BOUND_FOR")
    for number in range(2):
        event = mention("a", "Declaration", number=f"D{number}", date="2024-05-01")
        load(
            session.store,
            [record("a", f"D{number}", event, [(name, thing, {}) for name, thing in zip(types, things, strict=True)])],
        )  # fmt: skip
    return [
        row["id"] for row in session.store.read("MATCH (e:Entity) WHERE NOT e:Declaration RETURN e.id AS id")
    ]


def test_the_file_draws_what_the_screen_draws_and_counts_the_rest(session: Session, ids: list[str]) -> None:
    whole = look.among(session, ids, FOLD)
    drawn = tell_folded(look.among(session, ids, FOLD))
    made = chart.export(
        session, "chart.json", name=None, ids=ids, case="C-1", theme="light", language="en", fold=FOLD, positions={}
    )  # fmt: skip
    told = orjson.loads(made.content)
    assert len(whole.edges) == 10 and len(drawn.edges) == len(told["edges"]["id"]) < 10
    assert sorted(told["edges"]["id"]) == sorted(edge.id for edge in drawn.edges)
    assert told["meta"]["truncated"]["by_filter"] == 10 - len(drawn.edges)


def test_the_footer_says_what_limits_left_out(session: Session, ids: list[str]) -> None:
    found: Subgraph = look.among(session, ids, FOLD)
    found.truncated.add(Truncated(by_limit=1234))
    footer = " ".join(text for _, text in facts(build_scene(found)))
    assert "hidden by limit 1,234, by filters 0" in footer
    found.truncated.add(Truncated(more=True))
    assert "hidden by limit 1,234 or more" in " ".join(text for _, text in facts(build_scene(found)))
