"""The columns: what the sources said, with places, numbers and rows."""

from __future__ import annotations

import orjson

from graphintel.viz.data import chart_hash, sound
from graphintel.viz.json import json
from graphintel.viz.scene import Scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]


def test_the_file_is_the_contracts_columns(scene: Scene, rows: Rows) -> None:
    read = orjson.loads(json(scene, rows))
    assert read["v"] == 1
    assert read["meta"]["counter"] == 17
    assert read["meta"]["truncated"] == {"by_limit": 12, "by_filter": 3, "by_policy": "not told"}
    assert read["nodes"]["id"] == sorted(read["nodes"]["id"])
    assert len(read["edges"]["id"]) == len(read["edges"]["s"]) == 36
    assert read["nodes"]["x"][0] == scene.nodes[0].x


def test_the_hash_can_be_computed_again_from_the_file(scene: Scene, rows: Rows) -> None:
    read = orjson.loads(json(scene, rows))
    assert chart_hash(read) == read["chart"]["hash"] == scene.hash


def test_numbers_and_sources_are_those_of_the_picture(scene: Scene, rows: Rows) -> None:
    chart = orjson.loads(json(scene, rows))["chart"]
    assert chart["numbers"] == {link.id: link.number for link in scene.links}
    assert [row["id"] for row in chart["sources"]] == list(scene.sources)
    assert chart["sources"][0]["cells"]["Kg"] == "-12"
    assert orjson.loads(json(scene, {}))["chart"]["sources"][0] == {"id": next(iter(scene.sources))}


def test_hostile_texts_come_back_as_they_were(hostile_scene: Scene, hostile_records: Rows) -> None:
    read = orjson.loads(json(hostile_scene, hostile_records))
    assert "\u202egnp.exe\u202c reversed" in read["nodes"]["label"]
    assert "lone ? surrogate \ufffe" in read["nodes"]["label"]


def test_sound_data_is_left_alone() -> None:
    assert sound({"a": [1, None, "x"], 2: ("y",)}) == {"a": [1, None, "x"], "2": ["y"]}
