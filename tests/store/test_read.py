"""Reads: what a profile may not see does not exist, what was cut is counted, any id opens."""

from __future__ import annotations

import pytest
from fabric import load, world

from graphintel.errors import InputError, NotFound
from graphintel.model.marking import Profile
from graphintel.store.driver import Store
from graphintel.store.read import between, entity, expand, search, whole
from graphintel.store.read.expand import Expansion
from graphintel.store.read.profile import full_profile, profile_where

pytestmark = pytest.mark.neo4j


@pytest.fixture
def filled(store: Store) -> Store:
    load(store, world())
    return store


def narrow(store: Store) -> Profile:
    """A reader who may not see what is secret."""
    return profile_where(store, lambda marking: marking.level != "secret")


def find(store: Store, text: str, profile: Profile | None = None) -> list[str]:
    """Labels that a search gives."""
    return [hit["label"] for hit in search.search(store, text, profile or full_profile(store))["hits"]]


@pytest.mark.parametrize("text", ["34ABC123", "34 abc 123", "34-ABC-123"])
def test_a_plate_is_found_in_any_spelling(filled: Store, text: str) -> None:
    assert "34ABC123" in find(filled, text)


@pytest.mark.parametrize("text", ["CSQU3054383", "csqu 305438-3", "CSQU-305438-3"])
def test_a_container_is_found_with_or_without_dashes(filled: Store, text: str) -> None:
    assert find(filled, text)[0] == "CSQU3054383"


@pytest.mark.parametrize("text", ["AKÇAMLI NAKLİYAT", "akcamli nakliyat", "Akçamlı", "nakliyat akçam"])
def test_a_name_is_found_in_any_case(filled: Store, text: str) -> None:
    assert any(
        "am" in label.lower() and "nakliyat" in label.lower().replace("i̇", "i")
        for label in find(filled, text)
    )


@pytest.mark.parametrize("text", ["", "   ", "***", 'a" OR "b', "(((", "zzzz"])
def test_search_takes_any_text(filled: Store, text: str) -> None:
    assert find(filled, text) == []


def test_any_mention_id_opens_its_entity(filled: Store) -> None:
    rows = filled.read("MATCH (m:Mention {kind: 'Vehicle'}) RETURN m.id AS id")
    assert len(rows) > 1
    seen = {entity.entity(filled, row["id"], full_profile(filled))["id"] for row in rows}
    assert len(seen) == 1


def test_an_entity_names_the_records_of_each_value(filled: Store) -> None:
    hit = search.search(filled, "34ABC123", full_profile(filled), kind="Vehicle")["hits"][0]
    found = entity.entity(filled, hit["id"], full_profile(filled))
    plate = next(value for value in found["values"] if value["name"] == "plate")
    assert (plate["value"], plate["verdict"], len(plate["records"])) == ("34ABC123", "valid", 5)
    assert found["links"] == {"BY_MEANS_OF": 5}
    page = entity.records(filled, hit["id"], full_profile(filled), limit=3)
    rest = entity.records(filled, hit["id"], full_profile(filled), cursor=page["next"], limit=3)
    assert len({row["id"] for row in page["records"] + rest["records"]}) == 5
    assert page["records"][0]["content"]["key"]


def test_the_history_of_a_thing_counts_the_records_of_each_load_once(filled: Store) -> None:
    load(filled, world()[3:])
    hit = search.search(filled, "34ABC123", full_profile(filled), kind="Vehicle")["hits"][0]
    assert [
        (row["batch"], row["records"]) for row in entity.loads_of(filled, hit["id"], full_profile(filled))
    ] == [(1, 5)]
    company = search.search(filled, "4540536920", full_profile(filled), kind="Company")["hits"][0]["id"]
    counted = [
        [row["records"] for row in entity.loads_of(filled, company, profile)]
        for profile in (full_profile(filled), narrow(filled))
    ]
    assert counted == [[4], [3]]
    with pytest.raises(NotFound):
        entity.loads_of(filled, "0" * 32, full_profile(filled))


def test_what_is_hidden_answers_like_what_is_not_there(filled: Store) -> None:
    secret = filled.read("MATCH (d:Declaration {number: 'D9'}) RETURN d.id AS id")[0]["id"]
    messages = []
    for name in (secret, "0" * 32):
        with pytest.raises(NotFound) as caught:
            entity.entity(filled, name, narrow(filled))
        messages.append(caught.value.message.replace(name, "X"))
    assert messages[0] == messages[1]
    assert find(filled, "D9", narrow(filled)) == []
    with pytest.raises(NotFound):
        expand.expand(filled, Expansion([secret]), narrow(filled))


def test_merged_values_come_from_visible_mentions_only(filled: Store) -> None:
    hit = search.search(filled, "4540536920", full_profile(filled), kind="Company")["hits"][0]
    all_names = {
        v["value"]
        for v in entity.entity(filled, hit["id"], full_profile(filled))["values"]
        if v["name"] == "name"
    }
    some = {
        v["value"] for v in entity.entity(filled, hit["id"], narrow(filled))["values"] if v["name"] == "name"
    }
    assert len(all_names) == 2 and some == {"Akçamlı Nakliyat Ltd. Şti."}
    around = expand.expand(filled, Expansion([hit["id"]]), narrow(filled))
    assert {node.kind for node in around.nodes} == {"Company", "Declaration"} and len(around.nodes) == 4
    assert "AKCAMLI" not in " ".join(node.label for node in around.nodes)


def test_expand_counts_what_it_cuts_and_goes_on(filled: Store) -> None:
    hit = search.search(filled, "34ABC123", full_profile(filled), kind="Vehicle")["hits"][0]
    profile = full_profile(filled)
    first = expand.expand(filled, Expansion([hit["id"]], limit=2), profile)
    assert (len(first.nodes), first.truncated.by_limit, first.cursor) == (3, 3, "2")
    rest = expand.expand(filled, Expansion([hit["id"]], limit=4, cursor=first.cursor), profile)
    assert {node.id for node in first.nodes} & {node.id for node in rest.nodes} == {hit["id"]}
    assert len({node.id for node in first.nodes + rest.nodes}) == 6
    shown = expand.preview(filled, [hit["id"]], profile)
    assert shown["total"] == 5 and {row["direction"] for row in shown["counts"]} == {"in"}


def test_expand_filters_by_type_direction_and_date(filled: Store) -> None:
    hit = search.search(filled, "34ABC123", full_profile(filled), kind="Vehicle")["hits"][0]
    profile = full_profile(filled)
    assert len(expand.expand(filled, Expansion([hit["id"]], direction="out"), profile).nodes) == 1
    assert len(expand.expand(filled, Expansion([hit["id"]], start="2024-06-01"), profile).nodes) == 1
    assert (
        len(
            expand.expand(filled, Expansion([hit["id"]], start="2024-05-01", end="2024-05-31"), profile).nodes
        )
        == 6
    )
    with pytest.raises(InputError):
        expand.expand(filled, Expansion([hit["id"]], types=["NOPE"]), profile)


def test_folding_sums_events_and_keeps_their_records(filled: Store) -> None:
    hit = search.search(filled, "34ABC123", full_profile(filled), kind="Vehicle")["hits"][0]
    found = expand.expand(
        filled, Expansion([hit["id"]], fold=["Declaration", "Movement"]), full_profile(filled)
    )
    kinds = sorted(node.kind for node in found.nodes)
    assert kinds == ["Company", "Container", "Seizure", "Vehicle"]
    folded = {edge.target: edge.fold for edge in found.edges if edge.fold}
    company = next(node.id for node in found.nodes if node.kind == "Company")
    fold = folded[company]
    assert fold is not None and (fold.count, fold.kinds, fold.records_total) == (3, {"Declaration": 3}, 3)
    with pytest.raises(InputError):
        expand.expand(filled, Expansion([hit["id"]], fold=["Company"]), full_profile(filled))


def test_the_chart_opens_with_all_links_among_its_things(filled: Store) -> None:
    ids = [row["id"] for row in filled.read("MATCH (e:Entity) RETURN e.id AS id")]
    found = between.subgraph(filled, ids, full_profile(filled))
    assert len(found.edges) == 13
    assert len(between.subgraph(filled, ids, narrow(filled)).edges) == 12


def test_paths_leave_out_hubs_and_say_so(filled: Store) -> None:
    profile = full_profile(filled)
    ids = {row["n"]: row["id"] for row in filled.read("MATCH (e:Entity) RETURN e.display AS n, e.id AS id")}
    found = between.paths(filled, ids["CSQU3054383"], ids["M1"], profile)
    assert [len(path["links"]) for path in found.extra["paths"]] == [3, 3, 3, 3]
    filled.execute("MATCH (v:Vehicle) SET v.hub = true")
    cut = between.paths(filled, ids["CSQU3054383"], ids["M1"], profile)
    assert cut.extra["paths"] == [] and cut.notes == ["hubs_excluded"]
    assert between.paths(filled, ids["CSQU3054383"], ids["M1"], profile, through_hubs=True).extra["paths"]


def test_columns_hold_every_visible_link(filled: Store) -> None:
    whole_view = whole.columns(filled, full_profile(filled))
    assert len(whole_view.links) == 13 and whole_view.partition.max() + 1 == len(whole_view.entities)
    assert len(whole.columns(filled, narrow(filled)).links) == 12
    vehicle = [n for n, code in enumerate(whole_view.kind) if whole_view.kinds[code] == "Vehicle"]
    assert len(vehicle) == 1 and int((whole_view.entity_target == vehicle[0]).sum()) == 5
