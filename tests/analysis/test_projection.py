"""Projection: who is tied by what, which hubs are left out, and that every tie opens to the links behind it."""

from __future__ import annotations

import pytest
from columned import Said, columns_of
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis.projection import Projection, project
from graphintel.errors import InputError

KINDS = {
    "d1": "Declaration", "d2": "Declaration", "ayla": "Person", "boran": "Person", "ceviz": "Company",
    "defne": "Company", "phone": "Phone", "gate": "Place", "goods": "Commodity", "broker": "Company", "idle": "Person",
}  # fmt: skip
SAID = [
    Said("d1", "CONSIGNOR", "ceviz"), Said("d1", "CONSIGNEE", "defne"), Said("d1", "DECLARANT", "broker"),
    Said("d2", "CONSIGNOR", "ceviz"), Said("d2", "CONSIGNEE", "defne"), Said("d2", "DECLARANT", "broker"),
    Said("d1", "CLEARED_AT", "gate"), Said("d2", "CLEARED_AT", "gate"), Said("d1", "CARRIES", "goods"),
    Said("ayla", "DIRECTS", "ceviz"), Said("ayla", "USES", "phone"), Said("boran", "USES", "phone"),
]  # fmt: skip


def _weights(projection: Projection) -> dict[tuple[str, str], float]:
    network = projection.network
    return {
        (network.names[left], network.names[right]): float(weight)
        for left, right, weight in zip(network.source, network.target, network.weight, strict=True)
    }


def test_things_are_tied_directly_and_by_shared_consignments() -> None:
    projection = project(columns_of(KINDS, SAID))
    weights = _weights(projection)
    assert weights[("ceviz", "defne")] == pytest.approx(2 * 1 / 2)
    assert weights[("ayla", "ceviz")] == 1
    assert weights[("ayla", "phone")] == 1
    assert not {"d1", "gate", "goods", "idle"} & set(projection.network.names)
    assert projection.items_folded == 2


def test_a_phone_folds_when_only_people_are_asked_for() -> None:
    projection = project(columns_of(KINDS, SAID), kinds=["Person"])
    assert _weights(projection) == {("ayla", "boran"): 1.0}
    assert [projection.columns.links[link] for link in projection.why("ayla", "boran")] == ["l10", "l11"]


def test_hubs_are_left_out_and_named() -> None:
    projection = project(columns_of(KINDS, SAID, hubs=frozenset({"broker"})))
    assert "broker" not in projection.network.names
    assert [(hub.id, hub.label, hub.links) for hub in projection.hubs] == [("broker", "BROKER", 2)]
    assert "1 hubs are left out: BROKER" in projection.explanation().en
    assert _weights(projection)[("ceviz", "defne")] == pytest.approx(2.0)


def test_a_degree_over_the_cap_makes_a_hub() -> None:
    projection = project(columns_of(KINDS, SAID), hub_cap=2)
    assert {hub.id for hub in projection.hubs} == {"ceviz"}
    assert projection.as_json()["hubs_total"] == 1


def test_events_stay_when_they_are_not_folded() -> None:
    weights = _weights(project(columns_of(KINDS, SAID), fold_events=False))
    assert weights[("d1", "ceviz")] == 1
    assert ("ceviz", "defne") not in weights


def test_only_the_things_asked_for() -> None:
    projection = project(columns_of(KINDS, SAID), ids=["ceviz", "defne"])
    assert projection.network.names == ["ceviz", "defne"]
    assert projection.network.labels == ["CEVIZ", "DEFNE"]


def test_why_names_links_and_records() -> None:
    projection = project(columns_of(KINDS, SAID))
    links = [projection.columns.links[link] for link in projection.why("defne", "ceviz")]
    assert sorted(links) == ["l0", "l1", "l3", "l4"]
    assert projection.records("ceviz", "defne") == ["r-d1", "r-d2"]
    assert projection.why("ayla", "defne") == []


def test_wrong_questions_are_refused() -> None:
    columns = columns_of(KINDS, SAID)
    with pytest.raises(InputError, match="no kind Ship"):
        project(columns, kinds=["Ship"])
    with pytest.raises(InputError, match="hub_cap is 1"):
        project(columns, hub_cap=1)
    with pytest.raises(InputError, match="nobody is not among"):
        project(columns).why("nobody", "ayla")


def test_an_empty_graph_gives_an_empty_network() -> None:
    assert project(columns_of({}, [])).network.size == 0
    assert project(columns_of({"ayla": "Person"}, [])).as_json()["things"] == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), max_size=40))
def test_every_tie_is_explained_and_nothing_else_is(pairs: list[tuple[int, int]]) -> None:
    kinds = {f"d{n}": "Declaration" for n in range(6)} | {f"c{n}": "Company" for n in range(8)}
    projection = project(columns_of(kinds, [Said(f"d{d}", "BUYER", f"c{c}") for d, c in pairs]))
    tied = set(_weights(projection))
    names = projection.network.names
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            assert bool(projection.why(first, second)) == ((first, second) in tied)
