"""Analysis of what is held: one-mode networks, ties that open to their records, names of communities, what if removed."""

from __future__ import annotations

import pytest
from fabric import load, mention, record

from graphintel.acts import analyse, findings
from graphintel.acts.session import Session
from graphintel.errors import InputError

pytestmark = pytest.mark.neo4j


def trade(session: Session) -> dict[str, str]:
    """Two traders who share a truck in different consignments, a third who shares one consignment with the second."""
    truck = mention("a", "Vehicle", plate="34 ABC 123", plate_country="TR")
    firms = {name: mention("a", "Company", name=f"{name} Ticaret") for name in ("Aras", "Batu", "Cem")}
    rows = [
        ("D1", [("CONSIGNEE", "Aras")]),
        ("D2", [("CONSIGNEE", "Batu")]),
        ("D3", [("CONSIGNEE", "Batu"), ("CONSIGNOR", "Cem")]),
    ]
    load(session.store, [
        record("a", key, mention("a", "Declaration", number=key, date="2024-05-01"), [
            *((role, firms[name], {}) for role, name in parties),
            *([("BY_MEANS_OF", truck, {})] if key != "D3" else []),
        ])
        for key, parties in rows
    ])  # fmt: skip
    return {**{name: one.id for name, one in firms.items()}, "truck": truck.id}


def test_companies_are_tied_by_the_truck_they_share_and_the_tie_opens_to_its_records(
    session: Session,
) -> None:
    ids = trade(session)
    found = analyse.communities(session, {"kinds": ["Company"]})
    assert found["network"]["things"] == 3 and found["parameters"]["projection"]["kinds"] == ["Company"]
    told = analyse.tie(session, ids["Batu"], ids["Cem"], ["Company"])
    assert {row["type"] for row in told["links"]} == {"CONSIGNEE", "CONSIGNOR"}
    assert told["records_total"] == 1 and told["truncated"]["by_limit"] == 0
    whole = analyse.tie(session, ids["Aras"], ids["truck"])
    assert [row["type"] for row in whole["links"]] == ["CONSIGNEE", "BY_MEANS_OF"]
    assert {row["source"] for row in whole["links"]} | {row["target"] for row in whole["links"]} >= {
        ids["Aras"],
        ids["truck"],
    }
    with pytest.raises(InputError, match="not among the things"):
        analyse.tie(session, ids["Aras"], "f" * 32)


def test_a_community_is_named_by_what_its_members_share(session: Session) -> None:
    for plate in ("34 ABC 123", "06 AB 1234"):
        truck = mention("a", "Vehicle", plate=plate, plate_country="TR")
        firms = [
            mention("a", "Company", name=f"{name} {plate[:2]}") for name in ("Aras", "Batu", "Cem", "Dere")
        ]
        load(session.store, [
            record("a", f"{plate}{number}", mention("a", "Declaration", number=f"{plate}{number}", date="2024-05-01"), [
                ("CONSIGNEE", firms[number], {}), ("CONSIGNOR", firms[number - 1], {}), ("BY_MEANS_OF", truck, {}),
            ])
            for number in range(4)
        ])  # fmt: skip
    found = analyse.communities(session, {})
    named = [one for one in found["communities"] if len(one["members"]) > 1]
    assert sorted(one["name"] for one in named) == ["06AB1234", "34ABC123"]
    assert [(one["kind"], one["members"], one["own"]) for one in named[0]["shared"]] == [("Vehicle", 4, 1.0)]
    assert found["chance"]["verdict"] in ("more than chance", "cannot tell")


def test_what_comes_off_without_a_thing_is_told_by_any_of_its_ids(session: Session) -> None:
    ids = trade(session)
    told = analyse.removal(session, {"removed": [ids["Batu"]]})
    assert told["before"]["pieces"] == 1 and told["split_off_total"] == 1
    assert told["limits"]["en"] and told["finding"]
    with pytest.raises(InputError, match="not in this network"):
        analyse.removal(session, {"removed": ["f" * 32]})


def test_who_reaches_most_is_another_question(session: Session) -> None:
    trade(session)
    told = analyse.key_players(session, {"k": 1, "goal": "reach"})
    assert told["method"] == "kpp-pos-greedy-swaps" and told["verdict"] == "cannot tell" and told["reach"] > 0
    with pytest.raises(InputError, match="break or reach"):
        analyse.key_players(session, {"goal": "win"})


def test_how_communities_changed_is_kept_and_run_again(session: Session) -> None:
    trade(session)
    spans = {"before": "2024-01-01..2024-04-30", "after": "2024-05-01..2024-12-31"}
    told = analyse.community_change(session, spans)
    assert told["links"] == [0, 6] and told["before"]["communities"] == 0 < told["after"]["communities"]
    again = findings.again(session, {"finding": told["finding"]})
    assert again["same"] and again["finding"]["links"] == [0, 6]
    with pytest.raises(InputError, match="no span"):
        analyse.community_change(session, {"before": "2024", "after": "2024"})
