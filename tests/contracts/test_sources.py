"""Every source on the shelf keeps its promises; a new source is tested by being there."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graphintel.ingest import Accounting, Source, catalogue
from graphintel.ingest.expected import outcome, samples, text
from graphintel.ingest.reading import read
from graphintel.model.grading import parse_grade
from graphintel.model.kinds import EVENTS, KINDS
from graphintel.model.links import BASES, LINKS
from graphintel.model.records import Quarantined, Record
from graphintel.model.values import TYPES

SOURCES = catalogue()


@pytest.fixture(params=sorted(SOURCES))
def source(request: pytest.FixtureRequest) -> Source:
    return SOURCES[request.param]


def _records(source: Source) -> list[Record]:
    items = [item for path in samples(source) for item in read(source, path)]
    return [item for item in items if isinstance(item, Record)]


def test_the_promised_sources_are_there() -> None:
    assert set(SOURCES) >= {
        "asycuda-sad", "wco-declaration", "declarations-csv", "kcs-declarations", "unodc-ids", "cen-seizures",
        "partner-notice", "movements-csv", "ftm",
    }  # fmt: skip


def test_folder_has_what_a_reader_needs(source: Source) -> None:
    assert samples(source)
    readme = (source.folder / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {source.name}\n")
    assert "sample" in readme.lower()
    for script in source.folder.glob("*.py"):
        assert script.stem == source.name.replace("-", "_")


def test_description_names_itself_in_both_languages_and_carries_grade_and_marking(source: Source) -> None:
    assert source.title
    assert source.title_tr
    assert source.title != source.title_tr
    assert parse_grade(source.grade).text == source.grade
    assert source.marking.level


def test_samples_become_what_is_expected(source: Source) -> None:
    expected = (source.folder / "expected.jsonl").read_bytes()
    assert [orjson.loads(line) for line in expected.splitlines()] == [
        orjson.loads(line) for line in text(source).splitlines()
    ]


def test_at_most_a_twentieth_of_the_filled_cells_is_left_out_and_each_with_its_reason(source: Source) -> None:
    accounting = Accounting()
    outcome(source, accounting)
    assert accounting.unread_columns == []
    assert accounting.left_out_share < 0.05
    for account in accounting.files:
        assert sum(account.filled.values()) > 0
        assert all(account.left_out.values())


def test_only_declared_kinds_links_and_properties(source: Source) -> None:
    for record in _records(source):
        by_id = {mention.id: mention for mention in record.mentions}
        for mention in record.mentions:
            assert {name for name, _ in mention.values} <= {
                item.name for item in KINDS[mention.kind].properties
            }
            assert mention.source == source.name
        for link in record.links:
            declared = LINKS[link.type]
            assert declared.allows(by_id[link.source].kind, by_id[link.target].kind)
            assert set(link.properties) <= {item.name for item in declared.properties}
            assert link.basis in BASES


def test_every_record_has_an_event_as_its_subject_and_no_mention_stands_alone(source: Source) -> None:
    for record in _records(source):
        by_id = {mention.id: mention for mention in record.mentions}
        if source.format == "ftm":
            # A line of an entity file is a thing of any kind, or nothing but a link.
            assert len(record.subjects) == 1 or (record.links and not record.subjects)
            continue
        assert record.subjects
        assert all(by_id[subject].kind in EVENTS for subject in record.subjects)
        linked = {end for link in record.links for end in (link.source, link.target)}
        assert set(by_id) <= linked | set(record.subjects)


def test_ids_are_unique_within_a_record_and_the_same_when_read_again(source: Source) -> None:
    for first, second in zip(_records(source), _records(source), strict=True):
        assert first == second
        assert len({link.id for link in first.links}) == len(first.links)
        assert len({mention.id for mention in first.mentions}) == len(first.mentions)


def test_all_types_of_value_in_the_columns_exist(source: Source) -> None:
    assert all(canonical.type in TYPES for canonical in source.plan.canonical.values())


def test_rows_read_add_up(source: Source) -> None:
    for path in samples(source):
        accounting = Accounting()
        items = list(read(source, path, accounting=accounting))
        assert len(items) == accounting.files[0].rows
        assert sum(isinstance(item, Quarantined) for item in items) == accounting.files[0].quarantined


def test_samples_are_small(source: Source) -> None:
    assert all(path.stat().st_size < 100_000 for path in Path(source.folder).iterdir() if path.is_file())
