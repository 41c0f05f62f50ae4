"""The examples of docs/mapping.md: each description reads its file as the document says."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest
import yaml

from graphintel.ingest.description import written
from graphintel.ingest.mapping.language import json_schema
from graphintel.ingest.reading import read
from graphintel.ingest.source import load
from graphintel.model.kinds import KINDS
from graphintel.model.records import Link, Mention, Quarantined, Record

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^## ([^\n]+)\n(?:(?!^## ).*?)^```yaml\n(.*?)^```\n\n```(csv|xml)\n(.*?)^```\n\n```text\n(.*?)^```",
    re.DOTALL | re.MULTILINE,
)
EXAMPLES = EXAMPLE.findall(TEXT)
SHARED = """title: Example
title_tr: Örnek
version: "1"
grade: B2
marking: {level: restricted, tlp: AMBER, originator: example}
delimiters: [",", ";"]
"""


def named(mention: Mention) -> str:
    """Kind and display value of a mention, as the document writes them."""
    values = dict(mention.values)
    shown = next(values[name].normal for name in KINDS[mention.kind].display if name in values)
    return f"{mention.kind} {shown}"


def told(link: Link, mentions: dict[str, Mention]) -> str:
    """A link in one line."""
    properties = ", ".join(f"{name}: {value}" for name, value in link.properties.items())
    words = [named(mentions[link.source]), f"-{link.type}->", named(mentions[link.target])]
    return " ".join(
        [*words, *([f"{{{properties}}}"] if properties else []), *filter(None, [link.at]), link.basis]
    )


def outcome(item: Record | Quarantined) -> list[str]:
    """What became of a row, line by line."""
    if isinstance(item, Quarantined):
        return [f"{item.position.place} goes to quarantine: {item.reason}"]
    mentions = {mention.id: mention for mention in item.mentions}
    return [told(link, mentions) for link in item.links] or [named(mentions[name]) for name in item.subjects]


def test_the_document_has_its_examples() -> None:
    assert len(EXAMPLES) == TEXT.count("```yaml") >= 7


@pytest.mark.parametrize(
    ("title", "given", "kind", "rows", "wanted"), EXAMPLES, ids=[one[0] for one in EXAMPLES]
)
def test_an_example_becomes_what_the_document_says(
    tmp_path: Path, title: str, given: str, kind: str, rows: str, wanted: str
) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    basis = "" if "Seizure" not in given else "basis: observed\n"
    head = f"{SHARED}format: {kind}\n{basis}"
    if "hints:" not in given:
        head += 'hints: {date: {order: "=dmy"}}\n'
    (folder / "example.yaml").write_text(head + given, encoding="utf-8")
    file = tmp_path / f"rows.{kind}"
    file.write_text(rows, encoding="utf-8")
    found = [line for item in read(load(folder), file) for line in outcome(item)]
    assert found == wanted.strip().splitlines(), title


def test_the_schema_beside_the_document_is_that_of_the_language() -> None:
    kept = (ROOT / "docs" / "mapping.schema.json").read_bytes()
    assert orjson.loads(kept) == json_schema(), (
        "graphintel source schema > docs/mapping.schema.json writes it anew"
    )


def test_the_document_names_every_key_of_the_language_that_its_neighbour_does_not() -> None:
    both = TEXT + (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    tables = json_schema()["$defs"]
    keys = set(json_schema()["properties"]) | {
        key for table in tables.values() for key in table.get("properties", {})
    }
    assert {key for key in keys if not re.search(rf"\b{re.escape(key)}\b", both)} == set()


def test_versions_of_the_document_look_like_those_of_sources(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    (folder / "example.yaml").write_text(f"{SHARED}format: csv\n{EXAMPLES[0][1]}", encoding="utf-8")
    assert re.fullmatch(r"1\+[0-9a-f]{8}", load(folder).mapping_version)
    assert re.search(r"`2\+[0-9a-f]{8}`", TEXT)
    assert written(folder / "example.yaml").given["key"] == yaml.safe_load(EXAMPLES[0][1])["key"]
