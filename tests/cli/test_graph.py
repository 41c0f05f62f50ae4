"""Looking by command: search, show, expand and path on the samples, in the shapes of the contract."""

from __future__ import annotations

import pytest
from commanded import Run

pytestmark = pytest.mark.neo4j
PLATE = "34 KLT 481"


def first(look: Run, text: str, kind: str = "") -> str:
    """The id of the best hit."""
    hits = look("search", text, *(["--kind", kind] if kind else []), "--json").json["hits"]
    return str(hits[0]["id"])


@pytest.mark.parametrize("text", ["34KLT481", "34-klt-481", PLATE, "cemal tuzkiran", "TUZKIRAN CEMAL"])
def test_one_box_finds_identifiers_in_any_spelling_and_names_in_any_script(look: Run, text: str) -> None:
    found = look("search", text, "--json")
    assert (found.code, found.err) == (0, "") and found.json.keys() >= {"hits", "truncated"}
    assert found.json["hits"][0].keys() >= {"id", "kind", "label", "score", "why"}
    assert found.json["hits"][0]["kind"] == ("Vehicle" if "481" in text else "Person")
    assert found.json["hits"][0]["id"] in look("search", text).out


def test_a_search_is_narrowed_and_cut_and_says_so(look: Run) -> None:
    places = look("search", "Kapıkule", "--kind", "Place", "--json").json["hits"]
    assert places and {hit["kind"] for hit in places} == {"Place"}
    nothing = look("search", "no such thing anywhere")
    assert nothing.code == 0 and "Nothing matches" in nothing.err
    unknown = look("search", PLATE, "--kind", "Lorry", "--json")
    assert unknown.code == 2 and "no kind 'Lorry'; there are Person" in unknown.sentence
    assert unknown.json["error"]["code"] == "bad_input"


def test_one_entity_is_shown_with_the_records_of_every_value(look: Run) -> None:
    vehicle = first(look, PLATE)
    shown = look("show", vehicle, "--json").json
    assert shown.keys() >= {"id", "kind", "label", "values", "mentions", "links"}
    assert shown["values"] and all(value["records"] for value in shown["values"])
    assert {value["raw"] for value in shown["values"] if value["name"] == "plate"} >= {"34KLT481"}
    assert len(shown["mentions"]) >= 2 and shown["links"]["BY_MEANS_OF"] >= 2
    told = look("show", vehicle)
    assert told.out.startswith("Vehicle: 34KLT481") and vehicle in told.out and "BY_MEANS_OF" in told.out


def test_a_neighbourhood_travels_as_columns(look: Run) -> None:
    vehicle = first(look, PLATE)
    found = look("expand", vehicle, "--json").json
    nodes, edges = found["nodes"], found["edges"]
    assert found["v"] == 1 and vehicle in nodes["id"] and len(nodes["id"]) > 1
    assert len({len(nodes["id"]), len(nodes["label"]), len(nodes["kind"]["i"])}) == 1
    assert max([*edges["s"], *edges["t"]]) < len(nodes["id"])
    wider = look("expand", vehicle, "--hops", 2, "--json").json
    assert len(wider["nodes"]["id"]) > len(nodes["id"])
    one = look("expand", vehicle, "--limit", 1, "--link", "BY_MEANS_OF")
    assert "more were left out by --limit" in one.err and "BY_MEANS_OF" in one.out


def test_a_path_leaves_hubs_out_and_says_so(look: Run) -> None:
    driver, vehicle = first(look, "Cemal Tuzkıran", "Person"), first(look, PLATE)
    found = look("path", driver, vehicle, "--json")
    assert (
        found.err == "" and {driver, vehicle} <= set(found.json["nodes"]["id"]) and found.json["edges"]["id"]
    )
    told = look("path", driver, vehicle)
    assert "Hubs, places and commodities were left out" in told.err and "34KLT481" in told.out
    assert look("path", driver, vehicle, "--through-hubs").err == ""


@pytest.mark.parametrize("words", [("show", "0000"), ("expand", "0000"), ("path", "0000", "0001")])
def test_an_unknown_id_is_named(look: Run, words: tuple[str, ...]) -> None:
    done = look(*words, "--json")
    assert done.code == 2 and done.json["error"]["code"] == "not_found"
    assert done.sentence == "Nothing is known under the id 0000."


def test_show_evidence_reads_the_cells_again(look: Run) -> None:
    hit = look("search", "Kapıkule", "--json").json["hits"][0]
    found = look("show", hit["id"], "--evidence", "--json").json
    assert found["id"] == hit["id"] and found["records"]
    assert all(record["state"] == "unchanged" and record["same"] for record in found["records"])
    told = look("show", found["records"][0]["record"], "--evidence")
    assert told.code == 0 and "file unchanged" in told.out and "as written" in told.out
    assert look("show", "0" * 32, "--evidence").code == 2
