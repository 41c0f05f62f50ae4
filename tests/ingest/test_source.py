"""Descriptions of sources: read, checked, and refused with file and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graphintel.errors import MappingError
from graphintel.ingest import Source, catalogue
from graphintel.ingest.source import load
from graphintel.model.grading import parse_grade
from graphintel.model.vocabulary import ftm

Shelf = Callable[..., Source]


def test_a_description_becomes_a_source(shelf: Shelf) -> None:
    source = shelf()
    assert (source.name, source.title, source.title_tr, source.version, source.format) == (
        "rows", "Rows", "Satırlar", "1", "csv",
    )  # fmt: skip
    assert parse_grade(source.grade).label == "B2"
    assert (source.marking.level, source.marking.originator) == ("restricted", "test")
    assert source.columns[1].aliases == ("tarih",)
    assert source.used >= {"no", "date", "who", "code", "plate", "land", "kg"}


def test_two_mappings_under_one_version_are_told_apart_and_words_about_it_change_nothing(
    shelf: Shelf,
) -> None:
    first = shelf().mapping_version
    assert first.startswith("1+") and len(first) == 10
    assert shelf(("title: Rows", "title: Other rows  # explained")).mapping_version == first
    assert shelf(("title: Rows", "help: said at length\ntitle: Rows")).mapping_version == first
    changed = shelf(("{role: =consignee}", "{role: =buyer}")).mapping_version
    assert changed.startswith("1+") and changed != first
    assert shelf(('version: "1"', 'version: "2"')).mapping_version.startswith("2+")


def test_the_tables_by_which_entities_are_read_are_part_of_the_mapping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = catalogue()["ftm"].mapping_version
    for table in ftm._HERE.glob("ftm_*.csv"):
        (tmp_path / table.name).write_text(table.read_text("utf-8").replace("\n", "\r\n"), "utf-8")
    monkeypatch.setattr(ftm, "_HERE", tmp_path)
    ftm.fingerprint.cache_clear()
    again = load(catalogue()["ftm"].folder).mapping_version
    schemata = tmp_path / "ftm_schemata.csv"
    schemata.write_text(schemata.read_text("utf-8").replace("Vehicle,Vehicle", "Vehicle,Vessel", 1), "utf-8")
    ftm.fingerprint.cache_clear()
    other = load(catalogue()["ftm"].folder).mapping_version
    ftm.fingerprint.cache_clear()
    assert again == before != other and other.startswith("1+")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("marking: {level: restricted, tlp: AMBER, originator: test}\n", "", "marking is missing"),
        ("tlp: AMBER", "tlp: PINK", "tlp"),
        ("grade: B2", "grade: Z9", "grade"),
        ("grade: B2", "grade: B2\ncolour: red", "no key colour"),
        ("format: csv", "format: pdf", "format"),
        ("format: csv", "format: xml", "root is missing"),
        ("title_tr: Satırlar", "title_tr: ''", "title_tr is empty"),
        ("grade: B2", "grade: B2\nbasis: guessed", "basis"),
        ("grade: B2", "grade: B2\nleave_out: {kg: ''}", "needs a reason"),
        ("  who:\n", "  who: {needed: true}\n", "line 16: columns.who.needed: there is no key needed"),
        ("things:", "things: [", "cannot be read"),
    ],
)
def test_a_wrong_description_is_refused_with_file_and_key(
    shelf: Shelf, old: str, new: str, message: str
) -> None:
    with pytest.raises(MappingError, match=message) as wrong:
        shelf((old, new))
    assert "rows.yaml" in wrong.value.message


def test_a_flat_source_declares_its_columns(shelf: Shelf) -> None:
    text = "title: a\ntitle_tr: b\nversion: 1\nformat: csv\ngrade: B2\nmarking: {level: open}\nthings: {x: y}\nsubjects: [x]\n"
    with pytest.raises(MappingError, match="columns is missing"):
        shelf(text=text)
    with pytest.raises(MappingError, match="no table"):
        shelf(text="- a\n")


def test_left_out_by_name_and_by_pattern_with_the_reason(shelf: Shelf) -> None:
    source = shelf(("grade: B2", 'grade: B2\nleave_out: {"A/*": parts, extra: copy}'))
    assert source.left_out("A/B/C") == "parts"
    assert source.left_out("extra") == "copy"
    assert source.left_out("no") is None


def test_catalogue_reads_every_described_folder_by_name(shelf: Shelf, tmp_path: Path) -> None:
    shelf(name="zebra")
    shelf(name="aardvark")
    (tmp_path / "shelf" / "notes").mkdir()
    assert list(catalogue(tmp_path / "shelf")) == ["aardvark", "zebra"]
    with pytest.raises(MappingError, match="no folder"):
        catalogue(tmp_path / "nowhere")


def test_the_catalogue_cannot_be_changed_by_who_asked_for_it() -> None:
    catalogue().clear()
    assert "wco-declaration" in catalogue()


def test_a_folder_without_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        load(tmp_path)
