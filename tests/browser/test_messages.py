"""Every kind, link type and property that the model declares has a text in both languages, and a mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphintel.model.kinds import FAMILIES, KINDS
from graphintel.model.links import BASES, LINKS

VIZ = Path(__file__).parents[2] / "viz"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_model_can_be_said(language: str) -> None:
    texts = json.loads((VIZ / "src" / "i18n" / f"{language}.json").read_text(encoding="utf-8"))
    wanted = (
        {f"kind.{name}" for name in KINDS}
        | {f"link.{name}" for name in LINKS}
        | {f"basis.{name}" for name in BASES}
    )
    wanted |= {f"property.{item.name}" for kind in KINDS.values() for item in kind.properties}
    wanted |= {f"property.{item.name}" for link in LINKS.values() for item in link.properties}
    assert sorted(wanted - texts.keys()) == []


def test_every_kind_has_a_mark_of_its_family() -> None:
    style = json.loads((VIZ / "style.json").read_text(encoding="utf-8"))
    assert set(style["families"]) == set(FAMILIES)
    assert {name: kind["family"] for name, kind in style["kinds"].items()} == {
        name: kind.family for name, kind in KINDS.items()
    }
    assert {name: kind["icon"] for name, kind in style["kinds"].items()} == {
        name: kind.icon for name, kind in KINDS.items()
    }
