"""What the server says by code has a text in both languages of the screen: errors, reasons of quarantine, findings."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphintel.api.answers import _CODES
from graphintel.errors import GraphIntelError

ROOT = Path(__file__).parents[2]
# Calls that refuse a row or a file, with the place of the reason among their arguments.
REFUSALS = {"RowRefused": 0, "FileRefused": 0, "Broken": 0, "_refusal": 0, "Quarantined": 2, "Try": 3}
# Reasons that are put together where they are given.
MADE = {
    "bad_date",
    "bad_number",
    "evidence_missing",
    "evidence_changed",
    "truncated_xml",
    "bad_xml",
    "row_not_found",
}
# Said by `again`, for rows that it passes over and never keeps.
NEVER_KEPT = {"passed"}


def texts(language: str) -> dict[str, str]:
    held: dict[str, str] = json.loads((ROOT / f"viz/src/i18n/{language}.json").read_text(encoding="utf-8"))
    return held


def errors(kind: type[GraphIntelError] = GraphIntelError) -> Iterator[str]:
    yield kind.code
    for below in kind.__subclasses__():
        yield from errors(below)


def reasons() -> set[str]:
    """The reason codes written in the source: those of refused rows, of refused files and of later tries."""
    found = set(MADE)
    for folder in ("graphintel", "ingest"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= set(_reason(node))
                elif isinstance(node, ast.keyword) and node.arg == "reason" and "quarantine" in path.name:
                    found |= set(_words(node.value))
    return found - NEVER_KEPT


def _reason(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = REFUSALS.get(name)
    if place is not None and len(call.args) > place:
        yield from _words(call.args[place])


def _words(given: ast.expr) -> Iterator[str]:
    if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value:
        yield given.value


def documented() -> set[str]:
    """The reason codes that docs/sources.md promises."""
    text = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    parts = re.findall(
        r"What that process does not survive.*?nested_value`.*?mapping_failed`", text, re.DOTALL
    )
    parts += re.findall(r"with the new reason: also.*?\.", text, re.DOTALL)
    return {word for part in parts for word in re.findall(r"`([a-z]+(?:_[a-z]+)*)`", part)}


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_error_of_the_server_has_a_text(language: str) -> None:
    codes = {*errors(), *_CODES.values(), "error", "failed", "unreachable"}
    assert len(codes) > 15
    assert not {code for code in codes if not texts(language).get(f"error.{code}")}


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_reason_of_quarantine_has_a_text(language: str) -> None:
    codes = reasons() | documented()
    assert {"cell_count", "mapping_failed", "reader_died", "no_mapping", "retracted", "superseded"} <= codes
    assert len(documented()) > 30
    assert not {code for code in codes if not texts(language).get(f"reason.{code}")}


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_part_of_a_quality_report_has_a_text(language: str) -> None:
    source = ast.parse((ROOT / "graphintel/acts/handout.py").read_text(encoding="utf-8"))
    parts = {
        str(value.value)
        for node in ast.walk(source) if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "part" and isinstance(value, ast.Constant)
    }  # fmt: skip
    assert {"drift", "vocabularies", "future", "unplaced"} <= parts
    held = texts(language)
    for part in parts:
        assert held.get(f"quality.{part}") and held.get(f"quality.found.{part}"), part
    for word in ("same place", "same look"):
        assert held.get(f"quality.why.{word}")
    for state in ("unread", "left out"):
        assert held.get(f"quality.state.{state}")
