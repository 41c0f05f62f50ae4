"""The nouns: kinds and links agree with each other, ids are hashes of content, subgraphs travel as columns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import InputError
from graphintel.model import display, ids
from graphintel.model.kinds import EVENTS, FAMILIES, KINDS, kind
from graphintel.model.links import LINKS, link_type
from graphintel.model.marking import LEVELS, TLP, Marking, parse_marking, strictest
from graphintel.model.subgraph import Edge, Fold, Node, Subgraph, coded
from graphintel.model.values import TYPES

texts = st.text(max_size=30)
markings = st.builds(
    Marking,
    level=st.sampled_from(LEVELS),
    compartments=st.sets(st.sampled_from(["A", "B"])).map(lambda found: tuple(sorted(found))),
    tlp=st.sampled_from(TLP),
    handling=st.sampled_from(["", "H0", "H1", "H2", "H3"]),
)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_declared_whole(name: str) -> None:
    held = KINDS[name]
    assert held.family in FAMILIES and held.icon and held.title and held.title_tr
    assert {declared.type for declared in held.properties} <= set(TYPES)
    names = [declared.name for declared in held.properties]
    assert len(names) == len(set(names)) and set(held.display) <= set(names)
    assert not set(names) & {
        "id",
        "kind",
        "display",
        "names",
        "identifiers",
        "hub",
        "born",
        "source",
        "search",
        "raw",
    }


@pytest.mark.parametrize("name", LINKS)
def test_a_link_type_joins_declared_kinds(name: str) -> None:
    held = LINKS[name]
    assert set(held.sources) | set(held.targets) <= set(KINDS) and held.title and held.title_tr
    assert {declared.type for declared in held.properties} <= set(TYPES)
    assert held.allows(held.sources[0], held.targets[-1]) and not held.allows("Nothing", held.targets[0])


def test_what_is_not_declared_is_named() -> None:
    with pytest.raises(KeyError, match="no kind 'Ship'"):
        kind("Ship")
    with pytest.raises(KeyError, match="no link type 'LIKES'"):
        link_type("LIKES")
    assert {"Declaration", "Seizure", "Notice", "Movement"} <= EVENTS


@given(texts, texts, st.dictionaries(texts, texts, max_size=4))
def test_a_record_id_depends_on_all_its_content(source: str, key: str, content: dict[str, str]) -> None:
    name = ids.record_id(source, key, content)
    assert name == ids.record_id(source, key, dict(reversed(list(content.items())))) and len(name) == 32
    assert name != ids.record_id(source, key, {**content, "more": "x"})
    assert name != ids.record_id(source + "x", key, content) != ids.record_id(source, key + "x", content)


@given(st.lists(st.tuples(texts, texts), max_size=5), st.randoms())
def test_a_mention_id_forgets_the_order_of_its_values(values: list[tuple[str, str]], random: object) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert ids.mention_id("s", "Person", values) == ids.mention_id("s", "Person", shuffled)
    assert ids.mention_id("s", "Person", values) != ids.mention_id("s", "Person", values, ("record", "role"))


@given(st.lists(st.binary(min_size=16, max_size=16), max_size=20, unique=True), st.randoms())
def test_the_graph_hash_forgets_order_but_no_item(items: list[bytes], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ids.graph_hash(items) == ids.graph_hash(shuffled)
    assert ids.graph_hash(items) != ids.graph_hash([*items, b"x" * 16])


@given(st.lists(markings, min_size=1, max_size=5))
def test_the_join_of_markings_is_never_weaker(found: list[Marking]) -> None:
    joined = strictest(found)
    for item in found:
        assert LEVELS.index(joined.level) >= LEVELS.index(item.level)
        assert TLP.index(joined.tlp) >= TLP.index(item.tlp)
        assert set(joined.compartments) >= set(item.compartments) and joined.handling >= item.handling
        assert set(joined.releasability) <= set(item.releasability)
    assert parse_marking(joined.text) == joined


@pytest.mark.parametrize("given_", ["[]", '{"level":"cosmic"}', '{"colour":"red"}', '{"tlp":"PINK"}'])
def test_a_wrong_marking_is_refused(given_: str) -> None:
    with pytest.raises(InputError):
        parse_marking(given_)
    with pytest.raises(ValueError, match="no marking"):
        strictest([])


def test_the_cache_of_an_entity_forgets_the_order_of_mentions() -> None:
    rows: list[dict[str, Any]] = [
        {"name": "Beta A.Ş.", "tax_id": "1"},
        {"name": "Alfa A.Ş.", "alias": ["Alfa"]},
        {"name": "Beta A.Ş."},
    ]
    forward, backward = display.merged("Company", rows), display.merged("Company", rows[::-1])
    assert forward == backward
    assert forward["display"] == "Beta A.Ş." and forward["names"] == ["Alfa A.Ş.", "Beta A.Ş.", "Alfa"]
    assert forward["identifiers"] == ["1"]


def test_a_thing_without_a_name_shows_its_kind() -> None:
    assert display.merged("Company", [])["display"] == "Company"
    assert display.merged("Commodity", [{"hs": "240220"}])["display"] == "HS 240220"
    assert display.typed("number", "1.5") == 1.5 and display.typed("integer", "x") == "x"


def test_search_text_holds_folded_names_and_compact_identifiers() -> None:
    text = display.search_text("Vehicle", {"plate": "34 ABC-123"})
    assert "34abc123" in text.split()
    assert "istanbul" in display.search_text("Place", {"name": "İSTANBUL"}).split()


def test_a_subgraph_travels_as_columns_by_index() -> None:
    fold = Fold(2, "2024-01-01", "2024-02-01", {"Declaration": 2}, 10.5, {"EUR": 3.0}, ["r1"], ["e1"], 1)
    found = Subgraph(
        [Node("a", "Company", "A"), Node("b", "Vehicle", "B")],
        [
            Edge("l1", "a", "b", "USES", grade="B2"),
            Edge("f", "b", "a", "FOLD", fold=fold),
            Edge("l2", "a", "gone", "USES"),
        ],
    ).as_columns()
    assert found["edges"]["s"] == [0, 1] and found["edges"]["t"] == [1, 0]
    assert found["edges"]["fold"] == [None, {**found["edges"]["fold"][1], "count": 2, "records_total": 1}]
    assert found["nodes"]["kind"] == {"d": ["Company", "Vehicle"], "i": [0, 1]}
    assert found["meta"]["truncated"] == {"by_limit": 0, "by_filter": 0, "by_policy": "not told"}
    assert coded(["x", "y", "x"]) == {"d": ["x", "y"], "i": [0, 1, 0]}
