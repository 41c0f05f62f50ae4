"""The files themselves: encodings, headers, documents, and how sources of other countries read."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, parse

import pytest

from graphintel.training import Truth, movements, notices, seizures
from graphintel.training.declarations import COLUMNS
from graphintel.training.files import Files, clear, is_turkish
from graphintel.training.xml import document, fill, put

Rows = list[dict[str, str]]
WCO = "{urn:wco:datamodel:WCO:DEC-DMS:2}"


def test_quarters_come_in_two_dialects(world: Path) -> None:
    files = sorted((world / "declarations-csv").iterdir())
    assert len(files) == 8
    for path in files:
        raw, turkish = path.read_bytes(), path.stem.endswith(("q1", "q4"))
        head = raw.splitlines()[0].decode("cp1254" if turkish else "utf-8")
        assert head.split(";" if turkish else ",") == list(COLUMNS.values() if turkish else COLUMNS)
        if turkish:
            with pytest.raises(UnicodeDecodeError):
                raw.decode("utf-8")
            assert "Şti" in raw.decode("cp1254")
        else:
            assert any("\u0400" <= sign <= "\u04ff" for sign in raw.decode("utf-8")), "Cyrillic names"


def test_turkish_files_write_dates_and_amounts_the_turkish_way(world: Path) -> None:
    lines = (world / "declarations-csv/declarations-2023-q1.csv").read_text(encoding="cp1254").splitlines()
    for row in csv.DictReader(lines, delimiter=";"):
        assert row["TescilTarihi"][2] == row["TescilTarihi"][5] == "." and row["TescilTarihi"].endswith(
            "2023"
        )
        assert row["KalemFiyat42"].count(",") == 1 and "." not in row["BrutAgirlik35"]
    assert is_turkish(2023, 12) and not is_turkish(2024, 5)


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        ("cen-seizures", seizures.COLUMNS),
        ("movements-csv", movements.COLUMNS),
        ("partner-notice", notices.COLUMNS),
    ],
)
def test_tables_have_the_agreed_columns(tables: dict[str, Rows], source: str, columns: list[str]) -> None:
    assert all(list(row) == list(columns) for row in tables[source])


def test_numbers_of_records_are_unique(tables: dict[str, Rows]) -> None:
    for source, column in (
        ("cen-seizures", "report_no"), ("movements-csv", "movement_id"), ("partner-notice", "notice_no"),
    ):  # fmt: skip
        numbers = [row[column] for row in tables[source]]
        assert len(numbers) == len(set(numbers))
    items = [(row["registration_no"], row["item"]) for row in tables["declarations-csv"]]
    assert len(items) == len(set(items))


def test_items_of_one_declaration_repeat_its_header(tables: dict[str, Rows]) -> None:
    heads: dict[str, dict[str, str]] = {}
    own = {"item", "hs", "description", "packages", "gross_kg", "net_kg", "value", "currency"}
    for row in tables["declarations-csv"]:
        head = {name: value for name, value in row.items() if name not in own}
        assert heads.setdefault(row["registration_no"], head) == head


def test_numbers_are_left_out_in_part_of_the_rows(tables: dict[str, Rows]) -> None:
    rows = tables["declarations-csv"]
    share = sum(not row["carrier_tax_id"] for row in rows) / len(rows)
    assert 0.05 < share < 0.4


def test_asycuda_documents_have_the_real_paths_and_nulls(world: Path) -> None:
    for path in (world / "asycuda-sad").iterdir():
        root = parse(path).getroot()
        assert root is not None and root.tag == "ASYCUDA"
        for place in (
            "Identification/Registration/Number", "Traders/Consignee/Consignee_code", "Declarant/Declarant_name",
            "Transport/Means_of_transport/Border_information/Identity", "General_information/Country/Trading_country",
            "Item/Tarification/HScode/Commodity_code", "Item/Valuation_item/Weight_itm/Gross_weight_itm",
        ):  # fmt: skip
            assert root.findtext(place), place
        assert root.find("Traders/Financial/Financial_code/null") is not None
        assert root.findtext("Property/Nbers/Total_number_of_items") == str(len(root.findall("Item")))
        assert "\n" in (root.findtext("Traders/Exporter/Exporter_name") or ""), (
            "name and address in one element"
        )


def test_wco_documents_are_declarations_with_an_ordered_itinerary(world: Path) -> None:
    for path in (world / "wco-declaration").iterdir():
        root = parse(path).getroot()
        assert root is not None and root.tag.endswith("}MetaData")
        top = root.find(f"{WCO}Declaration")
        assert top is not None
        assert path.stem == f"dec-{top.findtext(f'{WCO}ID')}"
        steps = [int(step.text or 0) for step in top.iter(f"{WCO}SequenceNumeric")][:2]
        assert steps == [1, 2]
        assert top.findtext(f"{WCO}GoodsShipment/{WCO}Importer/{WCO}ID", "").startswith("BG")


def test_some_documents_of_other_countries_tell_of_groups(answers: Truth) -> None:
    planted = [number for group in answers.groups for number in group["declarations"]]
    assert any(number.startswith("C ") for number in planted)
    assert any(number[2:4] == "BG" for number in planted)


def test_elements_are_made_along_a_path_and_the_last_is_new() -> None:
    root = Element("a")
    fill(root, (("b/c", "1"), ("b/c", "2")))
    put(root, "b/d", "<&>", unit="KGM")
    again = fromstring(document(root))
    assert [one.text for one in again.findall("b/c")] == ["1", "2"]
    assert len(again.findall("b")) == 1
    last = again.find("b/d")
    assert last is not None and (last.text, last.get("unit")) == ("<&>", "KGM")


def test_clearing_takes_out_an_earlier_world_only(tmp_path: Path) -> None:
    clear(tmp_path / "new")
    assert (tmp_path / "new").is_dir()
    with Files(tmp_path / "new") as files:
        files.document("asycuda-sad", "sad-1", b"<ASYCUDA/>")
        files.table("movements-csv", "2023", dict.fromkeys(movements.COLUMNS, "x"))
    (tmp_path / "new/truth.json").write_text("{}", encoding="utf-8")
    (tmp_path / "new/notes.md").write_text("keep", encoding="utf-8")
    clear(tmp_path / "new")
    left = {path.name for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert left == {"truth.json", "notes.md"}
