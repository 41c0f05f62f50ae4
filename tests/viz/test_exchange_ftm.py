"""Follow the Money both ways: what is written comes back, and what has no place is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import Chart, chart_of, links, records_of, things
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.model.display import each
from graphintel.model.kinds import KINDS
from graphintel.model.records import Scalar
from graphintel.model.subgraph import Edge, Fold, Node, Subgraph
from graphintel.model.values import clean
from graphintel.model.vocabulary import ftm
from graphintel.viz.exchange_ftm import ftm_lines
from graphintel.viz.export import export, left_out
from graphintel.viz.scene import Scene

# Sources whose every link is between things that Follow the Money can join.
WHOLE = ("ftm", "movements-csv", "unodc-ids")


def _there_and_back(chart: Chart, folder: Path) -> Chart:
    path = folder / "there.ftm.json"
    path.write_bytes(ftm_lines(*chart).content)
    return chart_of(records_of("ftm", path))


def _entities(chart: Chart) -> dict[str, Any]:
    return {one["id"]: one for one in map(json.loads, ftm_lines(*chart).content.splitlines())}


@pytest.mark.parametrize("source", WHOLE)
def test_what_a_source_says_comes_back_whole(source: str, tmp_path: Path) -> None:
    chart = chart_of(records_of(source))
    back = _there_and_back(chart, tmp_path)
    assert things(back) == things(chart)
    assert links(back) == links(chart)


@pytest.mark.parametrize("source", ["cen-seizures", "partner-notice", "asycuda-sad", "wco-declaration"])
def test_what_does_not_come_back_is_told(source: str, tmp_path: Path) -> None:
    chart = chart_of(records_of(source))
    back = _there_and_back(chart, tmp_path)
    told = " ".join(ftm_lines(*chart).left_out)
    for link in links(chart) - links(back):
        assert (
            f"{link[0]} from {link[1][0]}" in told
            or f"of {link[0]} from" in told
            or link[0] == "CARRIES"
            or "CARRIES" in told
        )
    lost = {kind for kind, _ in things(chart) - things(back)} - {"Declaration"}
    assert all(kind in told for kind in lost)


def test_a_file_is_the_same_after_the_graph_up_to_its_ids(tmp_path: Path) -> None:
    first = chart_of(records_of("ftm"))
    again = _there_and_back(first, tmp_path)
    assert _without_ids(first) == _without_ids(again)
    assert things(_there_and_back(again, tmp_path)) == things(first)


def _without_ids(chart: Chart) -> set[str]:
    # A country stands once as a thing and once where a declaration names it; the graph unites them, a chart of records not.
    entities = _entities(chart)
    told = {
        key: json.dumps([one["schema"], _plain(one)], ensure_ascii=False) for key, one in entities.items()
    }
    return {
        json.dumps(
            [told[key], {name: sorted(told[end] for end in ends) for name, ends in _ends(one).items()}]
        )
        for key, one in entities.items()
    }


def _ends(one: dict[str, Any]) -> dict[str, list[str]]:
    return {name: ends for name, ends in one["properties"].items() if name in ftm.references(one["schema"])}


def _plain(one: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: sorted(texts)
        for name, texts in one["properties"].items()
        if name not in ftm.references(one["schema"])
    }


_WORDS = st.text("abcçdeğıİöşüABC 0123456789.-/", min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
_BY_TYPE: dict[str, st.SearchStrategy[str]] = {
    "country": st.sampled_from(["TR", "BG", "XK", "GE"]), "date": st.sampled_from(["1979", "2024-02", "2024-02-29"]),
    "gender": st.sampled_from(["male", "female"]), "currency": st.sampled_from(["EUR", "TRY"]),
    "mode": st.sampled_from(["1", "3"]), "number": st.integers(0, 10**9).map(lambda n: str(n / 100)),
    "integer": st.integers(0, 10**6).map(str), "name": _WORDS.map(lambda text: f"N {text}"),
}  # fmt: skip


@st.composite
def _thing(draw: st.DrawFn) -> tuple[str, dict[str, list[Scalar]]]:
    kind = draw(st.sampled_from(sorted(set(KINDS) - {"Phone", "Route"})))
    values: dict[str, list[Scalar]] = {}
    types = {ftm.TYPE_OF.get(kind), "note"}
    for declared in KINDS[kind].properties:
        if declared.name in types or not draw(st.booleans()):
            continue
        value = clean(declared.type, draw(_BY_TYPE.get(declared.type, _WORDS)))
        # A registration that is none is a number, and a party without a country is read without one.
        if value.normal and value.verdict == "valid":
            values[declared.name] = [value.normal]
    if kind == "Declaration":
        for name in ("registration", "mrn", "number")[1:] if "registration" in values else ("mrn",):
            values.pop(name, None)
    return kind, values


@settings(max_examples=60, deadline=None)
@given(things=st.lists(_thing(), min_size=1, max_size=4))
def test_any_valid_value_of_any_kind_comes_back(
    things: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    nodes = [Node(f"n{number}", kind, kind) for number, (kind, _) in enumerate(things)]
    values = {f"n{number}": stated for number, (_, stated) in enumerate(things)}
    _, back = _there_and_back((Subgraph(nodes, []), values), tmp_path_factory.mktemp("ftm"))
    come = [
        {name: [str(one) for one in each(given)] for name, given in stated.items()}
        for stated in back.values()
    ]
    for number, (_, stated) in enumerate(things):
        wanted = {name: list(map(_written, given)) for name, given in stated.items()}
        if wanted:
            assert wanted in [
                {name: list(map(_written, given)) for name, given in one.items()} for one in come
            ], number


def _written(value: Scalar) -> str:
    try:
        return repr(float(value))
    except ValueError:
        return str(value)


def _pair(edge: Edge, source: str, target: str) -> Chart:
    return Subgraph([Node("a", source, "a"), Node("b", target, "b")], [edge]), {}


def test_a_container_is_an_asset_and_a_seizure_an_event() -> None:
    chart = _pair(Edge("l", "a", "b", "IN_CONTAINER", properties={"seal": "S1"}), "Seizure", "Container")
    entities = _entities(
        (chart[0], {"a": {"narrative": ["found"], "note": ["told twice"]}, "b": {"number": ["CSQU3054383"]}})
    )
    assert entities["a"] == {
        "id": "a", "schema": "Event", "properties": {"description": ["found"], "keywords": ["Seizure"], "notes": ["told twice"]},
    }  # fmt: skip
    assert entities["b"]["schema"] == "Asset"
    assert entities["b"]["properties"] == {"keywords": ["Container"], "name": ["CSQU3054383"]}
    assert entities["l"]["properties"] == {
        "subject": ["a"], "object": ["b"], "role": ["IN_CONTAINER"], "description": ["seal: S1"],
    }  # fmt: skip


def test_what_has_no_place_is_told_with_its_number() -> None:
    chart = _pair(Edge("l", "a", "b", "PASSES"), "Route", "Place")
    assert ftm_lines(*chart).left_out[:2] == ("PASSES from Route to Place (1)", "Route (1)")
    chart = _pair(Edge("l", "a", "b", "IN_CONTAINER"), "Declaration", "Container")
    assert "IN_CONTAINER from Declaration to Container (1)" in ftm_lines(*chart).left_out
    folded = Edge("l", "a", "b", "FOLD", fold=Fold(2, "", "", {}))
    assert (
        "folded link; export the chart unfolded (1)"
        in ftm_lines(*_pair(folded, "Person", "Company")).left_out
    )
    lonely = Subgraph([Node("a", "Phone", "+90")], [])
    assert "Phone without the party that uses it (1)" in ftm_lines(lonely, {}).left_out


def test_the_chart_export_writes_it_and_tells(scene: Scene) -> None:
    lines = export(scene, {}, "x.ftm.json").splitlines()
    assert {json.loads(line)["id"] for line in lines} <= {node.id for node in scene.nodes} | {
        link.id for link in scene.links
    }
    assert any(told.startswith("Route") for told in left_out(scene, "x.ftm.json"))
    assert left_out(scene, "x.svg") == ()
