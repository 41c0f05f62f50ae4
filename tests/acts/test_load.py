"""Loading through the act: the report adds up, refused files load nothing, two programs take turns."""

from __future__ import annotations

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from graphintel import ingest
from graphintel.acts import accept, load, look, program
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import log, notices, quarantine
from graphintel.errors import FileRefused, InputError, LimitReached
from graphintel.model.records import Quarantined, Record
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
WCO = "wco-declaration"
KCS = "kcs-declarations"


def samples(source: str) -> list[Path]:
    """The sample files of a source."""
    return sorted(path for path in (shelf("ingest") / source).glob("sample*"))


def adds_up(report: load.Report) -> bool:
    """rows_read = records_new + records_unchanged + records_duplicate + rows_quarantined."""
    told = report.as_json()
    parts = ("records_new", "records_unchanged", "records_duplicate", "rows_quarantined")
    return bool(told["rows_read"] == sum(told[name] for name in parts))


def test_a_load_is_accounted_for_and_a_second_changes_nothing(session: Session) -> None:
    first = load.load(session, WCO, samples(WCO))
    before = store_hash(session.store)
    second = load.load(session, WCO, samples(WCO))
    assert (
        first.rows_read == first.counts.records_new == len(samples(WCO))
        and adds_up(first)
        and adds_up(second)
    )
    assert (second.counts.records_unchanged, second.counts.links_new) == (first.rows_read, 0)
    assert store_hash(session.store) == before and first.exit_code == second.exit_code == 0
    assert [row["number"] for row in program.batches(session)["batches"]] == [second.batch, first.batch]
    assert program.batches(session)["batches"][0]["files"] == [path.name for path in samples(WCO)]
    assert [entry["act"] for entry in log.tail(session.desk)] == ["ingest", "ingest"]


def test_the_graph_holds_what_the_report_says(session: Session) -> None:
    report = load.load(session, KCS, samples(KCS))
    held = session.store.read(
        "MATCH (r:Record) WITH count(r) AS records MATCH (m:Mention) WITH records, count(m) AS mentions "
        "MATCH (:Entity)-[l]->(:Entity) RETURN records, mentions, count(l) AS links"
    )[0]
    counts = report.counts
    assert (held["records"], held["mentions"], held["links"]) == (
        counts.records_new, counts.mentions_new, counts.links_new
    )  # fmt: skip


def test_renamed_split_and_reordered_files_give_the_same_graph(session: Session, tmp_path: Path) -> None:
    load.load(session, KCS, samples(KCS))
    before = store_hash(session.store)
    head, *rows = samples(KCS)[0].read_text(encoding="utf-8").splitlines()
    parts = (rows[::2], rows[1::2])
    for number, part in enumerate(parts):
        (tmp_path / f"other-{number}.csv").write_text("\n".join([head, *part[::-1]]) + "\n", encoding="utf-8")
    with gzip.open(tmp_path / "again.csv.gz", "wt", encoding="utf-8") as out:
        out.write("\n".join([head, *rows[:3]]) + "\n")
    session.store.execute("MATCH (n) WHERE NOT n:Migration DETACH DELETE n")
    report = load.load(session, KCS, [tmp_path])
    assert store_hash(session.store) == before
    assert report.counts.records_duplicate == 3 and adds_up(report)


def test_a_refused_file_is_named_and_the_others_load(session: Session, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<root/>", encoding="utf-8")
    report = load.load(session, WCO, [bad, *samples(WCO)])
    assert [row["file"] for row in report.files_refused] == [str(bad)] and report.exit_code == 3
    only = load.load(session, WCO, [bad])
    assert (only.exit_code, only.batch, only.rows_read) == (2, None, 0)


def test_a_row_that_cannot_be_read_is_kept_with_its_bytes(session: Session, tmp_path: Path) -> None:
    head, first, *rest = samples(KCS)[0].read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[1] = "2020-02-31"
    path = tmp_path / "bad.csv"
    path.write_text("\n".join([head, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    report = load.load(session, KCS, [path])
    rows = quarantine.listed(session.desk, batch=report.batch)
    assert (report.rows_quarantined, len(rows), report.exit_code) == (1, 1, 3) and adds_up(report)
    assert rows[0]["file"] == "bad.csv" and rows[0]["position"] == "line 2"
    assert "2020-02-31" in quarantine.one(session.desk, rows[0]["id"])["raw"]


def test_a_file_of_poison_stops_the_load(session: Session, tmp_path: Path) -> None:
    head, first, *_ = samples(KCS)[0].read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[1] = "yesterday"
    path = tmp_path / "poison.csv"
    path.write_text("\n".join([head, *[",".join(cells)] * 60]) + "\n", encoding="utf-8")
    session.settings = session.settings.model_copy(update={"chunk_rows": 5})
    with pytest.raises(LimitReached, match="could not be read"):
        load.load(session, KCS, [path])


def test_evidence_is_kept_by_its_content(session: Session) -> None:
    load.load(session, WCO, samples(WCO))
    row = session.store.read("MATCH (r:Record) RETURN r.id AS id LIMIT 1")[0]
    found = look.record(session, row["id"])
    assert found["evidence_kept"] and found["banner"] and found["content"]


def test_two_loads_at_once_take_turns(session: Session) -> None:
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda name: load.load(session, name, samples(name)), (WCO, KCS)))
    assert all(adds_up(report) and report.exit_code == 0 for report in reports)
    both = store_hash(session.store)
    session.store.execute("MATCH (n) WHERE NOT n:Migration DETACH DELETE n")
    for name in (KCS, WCO):
        load.load(session, name, samples(name))
    assert store_hash(session.store) == both


def test_what_does_not_exist_is_told_with_what_there_is(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no source 'nope'; there are"):
        load.load(session, "nope", [tmp_path])
    with pytest.raises(InputError, match="not there"):
        load.load(session, WCO, [tmp_path / "missing.xml"])


def test_a_notice_enters_the_graph_only_when_accepted(session: Session) -> None:
    paths = samples(accept.SOURCE)
    received = accept.notices(session, paths, accepted=False)
    assert received.batch is None and received.counts.records_new == len(notices.listed(session.desk)) > 0
    assert session.store.read("MATCH (n:Notice) RETURN count(n) AS n") == [{"n": 0}]
    accepted = accept.notices(session, paths, accepted=True, grade="B2", handling="H1")
    assert accepted.counts.records_new > 0
    batch = program.batches(session)["batches"][0]
    assert (batch["accepted_by"], batch["accepted_grade"]) == ("tester", '["admiralty","B","2"]') and batch[
        "accepted_at"
    ]
    grades = session.store.read("MATCH (r:Record) RETURN DISTINCT r.grade AS g")
    # The provider stays named, and what a provider restricted stays restricted.
    assert grades and all(row["g"].startswith('["admiralty","B","2"') for row in grades)
    assert {row["state"] for row in notices.listed(session.desk)} == {"accepted"}
    with pytest.raises(InputError):
        accept.notices(session, paths, accepted=True, grade="Z9")


def test_refusals_come_before_anything_is_yielded(tmp_path: Path) -> None:
    source = ingest.catalogue()[WCO]
    cut = tmp_path / "cut.xml"
    cut.write_bytes(samples(WCO)[0].read_bytes()[:-200])
    items: list[Record | Quarantined] = []
    with pytest.raises(FileRefused):
        items.extend(ingest.read(source, cut))
    assert items == []


def test_a_regraded_record_keeps_its_id(session: Session) -> None:
    change = lambda record: replace(record, grade='["admiralty","A","1"]')
    load.load(session, WCO, samples(WCO), regrade=change)
    again = load.load(session, WCO, samples(WCO))
    assert again.counts.records_unchanged == len(samples(WCO))


def test_a_file_name_that_is_no_utf8_is_loaded_and_a_refused_file_is_not_kept(
    session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    raw = os.fsencode(folder) + b"/\xdd\xfearet.xml"
    with open(raw, "wb") as out:
        out.write(samples(WCO)[0].read_bytes())
    (folder / "bad.xml").write_text("<root/>", encoding="utf-8")
    report = load.load(session, WCO, [folder])
    assert report.counts.records_new == 1 and len(report.files_refused) == 1
    names = session.store.read("MATCH (r:Record) RETURN r.file AS file")
    assert [row["file"].endswith("aret.xml") for row in names] == [True]
    # The file that was read, and the mapping that read it.
    assert len([path for path in session.settings.evidence.rglob("*") if path.is_file()]) == 2
    assert session.store.read("MATCH (b:Batch) RETURN b.seconds > 0 AS timed") == [{"timed": True}]


def test_a_header_longer_than_a_cell_may_be_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("x" * 300_000 + "\n1\n", encoding="utf-8")
    report = load.load(session, KCS, [path])
    assert report.exit_code == 2 and report.files_refused[0]["code"] in ("missing_column", "too_large")
