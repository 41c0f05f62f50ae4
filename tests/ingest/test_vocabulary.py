"""Closed vocabularies: what a description looks up without a word for others, or names as closed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graphintel import ingest
from graphintel.ingest.source import Source
from graphintel.ingest.vocabulary import vocabularies

TEXT = """
closed: [currency, status]
things:
  declaration: &shared
    values:
      status: {from: status, lookup: {NO: none, no: none, "01": one}}
      flow: {from: {from: type, pattern: "^(..)"}, lookup: {IM: import}}
      other: {from: mode, lookup: {"3": road, "*": ""}}
      fixed: {from: =x, lookup: {x: y}}
      cut: {from: code, pattern: "^(.)", lookup: {a: b}}
  again: *shared
links:
  - [a, B, c, {role: {from: role, lookup: {"2": direct}}}]
"""


def described(folder: Path, text: str) -> Source:
    """A shipped source that reads its vocabularies from another description."""
    made = folder / "made"
    made.mkdir()
    (made / "made.yaml").write_text(text, encoding="utf-8")
    return replace(ingest.catalogue()["declarations-csv"], folder=made)


def test_lookups_straight_from_a_column_and_closed_columns_count(tmp_path: Path) -> None:
    assert vocabularies(described(tmp_path, TEXT)) == {
        "currency": frozenset(), "status": frozenset({"no", "01"}), "role": frozenset({"2"}),
    }  # fmt: skip


def test_every_shipped_source_can_be_asked() -> None:
    found = {name: vocabularies(source) for name, source in ingest.catalogue().items()}
    assert found["kcs-declarations"]["Fraud"] == {"0", "1"}
    assert found["declarations-csv"] == {
        name: frozenset() for name in ("declaration_type", "mode_border", "currency")
    }
    assert all(not column.startswith("=") for columns in found.values() for column in columns)
