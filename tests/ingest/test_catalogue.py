"""The home's own sources beside the shipped ones: used, refused or standing in, and never stopping the others."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graphintel.errors import InputError, MappingError
from graphintel.ingest import Source, catalogue, safe, shelf

Write = Callable[..., Source]


@pytest.fixture
def write(request: pytest.FixtureRequest) -> Write:
    """Writes a source into `shelf/` of the test's folder."""
    made: Write = request.getfixturevalue("shelf")
    return made


def test_a_home_without_sources_has_the_shipped_ones(tmp_path: Path) -> None:
    assert shelf(tmp_path / "sources").sources == catalogue() and not shelf(tmp_path / "sources").faults


def test_sources_of_the_home_stand_beside_the_shipped_ones(write: Write, tmp_path: Path) -> None:
    write(name="gate")
    held = shelf(tmp_path / "shelf")
    assert (
        set(held.sources) == {*catalogue(), "gate"}
        and held.named("gate").folder == tmp_path / "shelf" / "gate"
    )
    with pytest.raises(InputError, match="There is no source 'port'; there are"):
        held.named("port")


def test_a_change_is_seen_at_once(write: Write, tmp_path: Path) -> None:
    before = write(name="gate").mapping_version
    assert shelf(tmp_path / "shelf").named("gate").mapping_version == before
    path = tmp_path / "shelf" / "gate" / "gate.yaml"
    path.write_text(path.read_text("utf-8").replace('version: "1"', 'version: "12"'), encoding="utf-8")
    assert shelf(tmp_path / "shelf").named("gate").mapping_version != before


def test_a_wrong_source_is_named_when_it_is_asked_for_and_does_not_stop_the_others(
    write: Write, tmp_path: Path
) -> None:
    write(name="gate")
    path = tmp_path / "shelf" / "port" / "port.yaml"
    path.parent.mkdir()
    path.write_text("title: [", encoding="utf-8")
    held = shelf(tmp_path / "shelf")
    assert "gate" in held.sources and set(held.faults) == {"port"}
    with pytest.raises(MappingError, match=r"port\.yaml, line \d cannot be read"):
        held.named("port")


def test_the_name_of_a_shipped_source_is_refused_unless_it_is_to_stand_in(
    write: Write, tmp_path: Path
) -> None:
    name = "cen-seizures"
    write(name=name)
    held = shelf(tmp_path / "shelf")
    with pytest.raises(MappingError, match="overrides: true"):
        held.named(name)
    assert name not in held.sources
    path = tmp_path / "shelf" / name / f"{name}.yaml"
    path.write_text(path.read_text("utf-8") + "overrides: true\n", encoding="utf-8")
    own = shelf(tmp_path / "shelf").named(name)
    assert own.folder == path.parent and own.mapping_version != catalogue()[name].mapping_version


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "A", "a b", "-a", "a-", "a.yaml", "a\\b", "ä", "x" * 65, "a\0"]
)
def test_names_lead_nowhere(name: str) -> None:
    with pytest.raises(InputError, match="is no name of a source"):
        safe(name)


def test_a_folder_with_another_name_than_allowed_is_a_fault(write: Write, tmp_path: Path) -> None:
    write(name="gate")
    os.rename(tmp_path / "shelf" / "gate", tmp_path / "shelf" / "My Gate")
    os.rename(tmp_path / "shelf" / "My Gate" / "gate.yaml", tmp_path / "shelf" / "My Gate" / "My Gate.yaml")
    assert "is no name of a source" in shelf(tmp_path / "shelf").faults["My Gate"]
