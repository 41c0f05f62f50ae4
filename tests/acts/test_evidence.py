"""Evidence to the cell: read again from the kept file, with the mapping that read it, and never taken on trust."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from graphintel import ingest
from graphintel.acts import load, look
from graphintel.acts.evidence import evidence
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.errors import NotFound

pytestmark = pytest.mark.neo4j
FLAT = "declarations-csv"
Row = dict[str, Any]


def sample(source: str, name: str) -> Path:
    """One sample file of a source."""
    return shelf("ingest") / source / name


def company(session: Session, name: str) -> str:
    """The id of a company by its name."""
    return str(look.find(session, name, "Company")["hits"][0]["id"])


def first_value(session: Session, name: str) -> str:
    """The first value of a property of companies in the store."""
    rows = session.store.read(
        f"MATCH (m:Mention {{kind: 'Company'}}) RETURN m.{name} AS v ORDER BY v LIMIT 1"
    )
    return str(rows[0]["v"])


def test_every_value_of_an_entity_names_its_cell_as_written(session: Session) -> None:
    load.load(session, FLAT, [sample(FLAT, "sample.tr.csv")])
    found = evidence(session, company(session, first_value(session, "name")))
    assert found["kind"] == "Company" and found["records"]
    text = sample(FLAT, "sample.tr.csv").read_text("cp1254")
    for record in found["records"]:
        assert (record["state"], record["same"], record["found"]) == ("unchanged", True, True)
        assert record["values"] and record["links"]
        for value in record["values"]:
            assert value["cells"], value
            assert all(cell["text"] in text for cell in value["cells"])
            if value["name"] == "name":
                assert [cell["text"] for cell in value["cells"]] == [value["raw"]]


def test_a_record_tells_all_and_one_link_tells_its_own_cells(session: Session) -> None:
    load.load(session, "asycuda-sad", [sample("asycuda-sad", "sample.import.xml")])
    name = session.store.read("MATCH (r:Record) RETURN r.id AS id")[0]["id"]
    whole = evidence(session, name)["records"][0]
    assert whole["same"] and len(whole["cells"]) > 50
    carried = [link for link in whole["links"] if link["type"] == "CARRIES"]
    one = evidence(session, name, link=carried[0]["id"])["records"][0]
    assert [link["id"] for link in one["links"]] == [carried[0]["id"]] and one["values"] == []
    fields = {cell["field"] for cell in one["links"][0]["cells"]}
    assert any("Gross_weight" in field for field in fields)


def test_a_changed_or_missing_file_is_said(session: Session) -> None:
    load.load(session, FLAT, [sample(FLAT, "sample.en.csv")])
    row = session.store.read("MATCH (r:Record) RETURN r.id AS id, r.sha256 AS s ORDER BY id")[0]
    name, sha256 = row["id"], row["s"]
    kept = session.settings.evidence / sha256[:2] / sha256
    kept.chmod(0o640)
    kept.write_bytes(kept.read_bytes().replace(b"1", b"2"))
    told = evidence(session, name)["records"][0]
    assert (told["state"], told["found"], told["same"]) == ("changed", False, False)
    kept.unlink()
    told = evidence(session, name)["records"][0]
    assert (told["state"], told["found"], told["cells"]) == ("missing", False, [])


def test_a_row_is_read_with_the_mapping_that_read_it_first(session: Session) -> None:
    load.load(session, FLAT, [sample(FLAT, "sample.en.csv")])
    name = session.store.read("MATCH (r:Record) RETURN r.id AS id ORDER BY id")[0]["id"]
    before = evidence(session, name)["records"][0]
    # A description of later years, in which the consignee's column is called otherwise.
    later = session.settings.shelf / FLAT
    shutil.copytree(shelf("ingest") / FLAT, later)
    text = (later / f"{FLAT}.yaml").read_text("utf-8").replace("consignee_name", "consignee_called")
    (later / f"{FLAT}.yaml").write_text(f"overrides: true\n{text}", "utf-8")
    assert ingest.shelf(session.settings.shelf).named(FLAT).mapping_version != before["mapping_version"]
    assert evidence(session, name)["records"][0] == before and before["same"]
    session.store.writing(lambda tx: tx.run("MATCH (b:Batch) REMOVE b.mapping_sha256").consume())
    told = evidence(session, name)["records"][0]
    assert (told["state"], told["found"]) == ("unchanged", False)


def test_evidence_is_told_by_pages(session: Session) -> None:
    load.load(session, FLAT, [sample(FLAT, "sample.en.csv")])
    rows = session.store.read(
        "MATCH (e:Entity)-[l]-() WHERE l.record IS NOT NULL WITH e, count(DISTINCT l.record) AS n "
        "ORDER BY n DESC LIMIT 1 RETURN e.id AS id, n"
    )
    page = evidence(session, rows[0]["id"], limit=1)
    rest = evidence(session, rows[0]["id"], cursor=page["next"])
    assert len(page["records"]) == 1 and len(rest["records"]) == min(rows[0]["n"] - 1, 20)
    with pytest.raises(NotFound):
        evidence(session, "0" * 32)
