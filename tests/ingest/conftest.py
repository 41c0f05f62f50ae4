"""A small shelf of one source, written by each test as it needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graphintel.ingest import Source
from graphintel.ingest.source import load

FLAT = """
title: Rows
title_tr: Satırlar
version: "1"
format: csv
charsets: [utf-8, cp1254, iso8859-9, cp857]
delimiters: [",", ";"]
grade: B2
marking: {level: restricted, tlp: AMBER, originator: test}
key: [no]
at: date
subjects: [declaration]
columns:
  no: {required: true}
  date: {aliases: [tarih], required: true}
  who:
  code:
  plate:
  land:
  kg:
things:
  declaration:
    kind: Declaration
    values:
      number: {from: no, required: true}
      date: {from: date, required: true}
      gross_kg: kg
  company: {kind: Company, values: {name: who, trader_code: code}}
  means: {make: conveyance, with: {from: plate, mode: "=3", country: land}}
  country: {make: country, with: {from: land}}
links:
  - [declaration, CONSIGNEE, company, {role: =consignee}]
  - [declaration, BY_MEANS_OF, means, {role: =border}]
  - [declaration, DEPARTED_FROM, country]
"""

Shelf = Callable[..., Source]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Writes a description (FLAT with replacements, or a whole text) and loads it."""

    def make(*replaced: tuple[str, str], text: str = FLAT, name: str = "rows") -> Source:
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / "shelf" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load(folder)

    return make
