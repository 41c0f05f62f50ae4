"""CEN-shaped seizure reports: the nested form says what the flat one says, and nothing of it is lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from exchanged import records_of

from graphintel.ingest import Accounting, catalogue
from graphintel.ingest.reading import read
from graphintel.model.records import Record

NESTED: dict[str, Any] = {
    "report_no": "R-1", "country": "TR", "date": "2024-06-11", "location": {"place": "Gürbulak", "type": "land boundary"},
    "conveyance": {"type": "Vehicle", "identity": "16 FRG 204", "nationality": "TR"},
    "routing": {"departure": "IR", "transit": ["TR", "BG"], "destination": "DE"},
    "goods": [{"product": "Heroin", "quantity": 41.5, "unit": "Kilograms"}],
    "persons": [{"name": "Cemal Tuzkıran", "role": "driver", "sex": "male", "nationality": "TR", "arrested": "yes"}],
    "companies": [{"name": "Karaçınar Gıda Ltd. Şti.", "role": "consignee", "country": "TR"}],
}  # fmt: skip
FLAT = {
    "report_no": "R-1", "country": "TR", "date": "2024-06-11", "place": "Gürbulak", "location_type": "land boundary",
    "conveyance": "Vehicle", "conveyance_id": "16 FRG 204", "conveyance_country": "TR", "departure": "IR", "transit": "TR/BG",
    "destination": "DE", "product": "Heroin", "quantity": "41.5", "unit": "Kilograms", "person1_name": "Cemal Tuzkıran",
    "person1_role": "driver", "person1_sex": "male", "person1_nationality": "TR", "person1_arrested": "yes",
    "company1_name": "Karaçınar Gıda Ltd. Şti.", "company1_role": "consignee", "company1_country": "TR",
}  # fmt: skip


def _nested(folder: Path, **more: Any) -> Record:
    path = folder / "x.json"
    path.write_text(json.dumps([{**NESTED, **more}]), "utf-8")
    (record,) = records_of("cen-seizures", path)
    return record


def test_nested_and_flat_are_one_record(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FLAT)
        writer.writeheader()
        writer.writerow(FLAT)
    (flat,) = records_of("cen-seizures", path)
    nested = _nested(tmp_path)
    assert nested.id == flat.id
    assert nested.links == flat.links


def test_every_person_company_and_product_arrives(tmp_path: Path) -> None:
    persons = [{"name": f"Yolcu {number}", "role": "passenger"} for number in range(12)]
    companies = [{"name": f"Firma {number}", "role": "consignee"} for number in range(6)]
    goods = [{"product": f"Ürün {number}", "quantity": number, "unit": "Litres"} for number in range(1, 10)]
    record = _nested(tmp_path, persons=persons, companies=companies, goods=goods)
    kinds = [mention.kind for mention in record.mentions]
    assert (kinds.count("Person"), kinds.count("Company"), kinds.count("Commodity")) == (12, 6, 9)
    seized = [link for link in record.links if link.type == "SEIZED"]
    assert [link.properties["amount"] for link in seized] == [float(number) for number in range(1, 10)]
    assert not any("kg" in link.properties for link in seized)


def test_a_thirteenth_person_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**NESTED, "persons": [{"name": f"P {n}"} for n in range(13)]}), "utf-8")
    accounting = Accounting()
    list(read(catalogue()["cen-seizures"], path, accounting=accounting))
    assert accounting.unread_columns == ["persons.13.name"]


def test_transit_is_ordered_and_placeholders_are_no_places(tmp_path: Path) -> None:
    stops = [
        {"country": "TR"},
        {"country": "several"},
        {"place": "Kapıkule"},
        {"country": "Other"},
        {"country": "DE"},
    ]
    record = _nested(tmp_path, routing={"departure": "Unknown", "transit": stops, "destination": "Other"})
    names = {
        mention.id: dict(mention.values)["name"].normal
        for mention in record.mentions
        if mention.kind == "Place"
    }
    via = [(link.properties["seq"], names[link.target]) for link in record.links if link.type == "VIA"]
    assert via == [(1, "Türkiye"), (3, "Kapıkule"), (5, "Germany")]
    assert not any(link.type in ("DEPARTED_FROM", "BOUND_FOR") for link in record.links)


def test_pictures_sex_and_papers_arrive(tmp_path: Path) -> None:
    person = {
        "name": "Nermin",
        "sex": "F",
        "passport": "U08812345",
        "nationality": "TR",
        "birth_place": "Edirne",
        "address": "Söğüt Sok.",
    }
    record = _nested(tmp_path, pictures=["1.jpg", "2.jpg"], persons=[person])
    values = {
        name: value.normal
        for mention in record.mentions
        if mention.kind == "Person"
        for name, value in mention.values
    }
    assert values == {
        "name": "Nermin", "gender": "female", "passport": "U08812345", "passport_country": "TR", "nationality": "TR",
        "birth_place": "Edirne",
    }  # fmt: skip
    assert sum(link.properties.get("type") == "picture" for link in record.links) == 2
