"""What real ASYCUDA exports hold: each mistake of theirs is a small document here."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Comment, Element, SubElement, tostring

import pytest

from graphintel.ingest import Accounting, catalogue
from graphintel.ingest.reading import read
from graphintel.model.records import Link, Mention, Record

SOURCE = catalogue()["asycuda-sad"]
PLAIN = {
    "Identification/Office_segment/Customs_clearance_office_code": "69101", "Identification/Registration/Serial_number": "C",
    "Identification/Registration/Number": "17", "Identification/Registration/Date": "1/13/24", "Property/Sad_flow": "I",
}  # fmt: skip
IDENTITY = "Transport/Means_of_transport/Border_information/Identity"
MODE = "Transport/Means_of_transport/Border_information/Mode"
ORIGIN = "General_information/Country/Country_of_origin_name"


def _element(parent: Element, path: str) -> Element:
    for name in path.split("/"):
        found = parent.find(name)
        parent = SubElement(parent, name) if found is None else found
    return parent


def _block(parent: Element, name: str, cells: dict[str, str]) -> Element:
    made = SubElement(parent, name)
    for path, text in cells.items():
        _element(made, path).text = text
    return made


def _root(cells: dict[str, str] | None = None) -> Element:
    root = Element("ASYCUDA")
    for path, text in {**PLAIN, **(cells or {})}.items():
        _element(root, path).text = text
    return root


def _item(root: Element, cells: dict[str, str] | None = None) -> Element:
    return _block(root, "Item", {"Tarification/HScode/Commodity_code": "08022200", **(cells or {})})


def _read(folder: Path, root: Element, accounting: Accounting | None = None) -> Record:
    path = folder / "x.xml"
    path.write_bytes(tostring(root, encoding="utf-8", xml_declaration=True))
    (record,) = read(SOURCE, path, accounting=accounting)
    assert isinstance(record, Record)
    return record


def _links(record: Record, name: str) -> list[tuple[Link, Mention]]:
    by_id = {mention.id: mention for mention in record.mentions}
    return [(link, by_id[link.target]) for link in record.links if link.type == name]


def _value(mention: Mention, name: str) -> str:
    return dict(mention.values)[name].normal if name in dict(mention.values) else ""


def _own(record: Record, name: str) -> str:
    return _value(record.mentions[0], name)


def test_an_empty_value_is_written_as_an_element(tmp_path: Path) -> None:
    root = _root()
    SubElement(_element(root, "Traders/Exporter/Exporter_name"), "null")
    SubElement(_element(root, IDENTITY), "null")
    record = _read(tmp_path, root)
    assert [mention.kind for mention in record.mentions] == ["Declaration", "Place"]


def test_name_and_address_stand_in_one_element(tmp_path: Path) -> None:
    root = _root({"Traders/Consignee/Consignee_name": "\n  Kodra e Re sh.p.k.\n  Rruga Dritan 5\n  Tirana\n"})
    ((_, company),) = _links(_read(tmp_path, root), "CONSIGNEE")
    assert (_value(company, "name"), _value(company, "address")) == (
        "Kodra e Re sh.p.k.",
        "Rruga Dritan 5 Tirana",
    )


@pytest.mark.parametrize(
    ("text", "country", "plates"),
    [
        ("31U1234/31U5678", "TR", ["31U1234", "31U5678"]), ("CO 1234 AB / CO 5678 CD", "BG", ["CO1234AB", "CO5678CD"]),
        ("31 U 1234 /31 U 5678", "TR", ["31U1234", "31U5678"]),
    ],
)  # fmt: skip
def test_two_plates_in_one_field_are_truck_and_trailer(
    tmp_path: Path, text: str, country: str, plates: list[str]
) -> None:
    root = _root({IDENTITY: text, IDENTITY.replace("Identity", "Nationality"): country, MODE: "31"})
    record = _read(tmp_path, root)
    vehicles = [mention for _, mention in _links(record, "BY_MEANS_OF")]
    assert [_value(vehicle, "plate") for vehicle in vehicles] == plates
    assert [_value(vehicle, "vehicle_type") for vehicle in vehicles] == ["", "trailer"]
    ((tows, trailer),) = _links(record, "TOWS")
    assert (tows.source, trailer) == (vehicles[0].id, vehicles[1])


@pytest.mark.parametrize("mode", ["10", "1"])
def test_a_ship_stands_in_the_same_field(tmp_path: Path, mode: str) -> None:
    ((_, ship),) = _links(_read(tmp_path, _root({IDENTITY: "İnci Meltemi", MODE: mode})), "BY_MEANS_OF")
    assert (ship.kind, _value(ship, "name")) == ("Vessel", "İnci Meltemi")


def test_the_same_container_on_nine_items_is_one_container(tmp_path: Path) -> None:
    root = _root()
    for number in range(9):
        _block(root, "Container", {"Item_Number": str(number + 1), "Container_identity": "CSQU3054383"})
    found = _links(_read(tmp_path, root), "IN_CONTAINER")
    assert len(found) == 9
    assert {mention.id for _, mention in found} == {found[0][1].id}
    assert [link.properties["item"] for link, _ in found] == list(range(1, 10))


def test_a_container_number_that_fails_its_check_is_kept_and_flagged(tmp_path: Path) -> None:
    root = _root()
    _block(root, "Container", {"Item_Number": "1", "Container_identity": "CONU1234567"})
    ((_, container),) = _links(_read(tmp_path, root), "IN_CONTAINER")
    number = dict(container.values)["number"]
    assert (number.normal, number.verdict) == ("CONU1234567", "invalid")


@pytest.mark.parametrize(
    ("text", "date"), [("1/13/24", "2024-01-13"), ("12/1/24", "2024-12-01"), ("2/29/24", "2024-02-29")]
)
def test_dates_are_month_day_year(tmp_path: Path, text: str, date: str) -> None:
    assert _own(_read(tmp_path, _root({"Identification/Registration/Date": text})), "date") == date


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Turqia", "TR"),
        ("Franca", "FR"),
        ("Korea Jugut", "KR"),
        ("TR", "TR"),
        ("Gjermania", "DE"),
        ("Shqiperia", "AL"),
    ],
)
def test_countries_come_as_codes_and_in_albanian(tmp_path: Path, text: str, country: str) -> None:
    ((link, place),) = _links(_read(tmp_path, _root({ORIGIN: text})), "ORIGIN")
    assert (_value(place, "country"), link.properties["raw"]) == (country, text)


@pytest.mark.parametrize("text", ["SHUME", "Shumë", "several", "Unknown", "Other", "ZZ", "Të ndryshme"])
def test_several_is_no_country(tmp_path: Path, text: str) -> None:
    assert _links(_read(tmp_path, _root({ORIGIN: text})), "ORIGIN") == []


def test_no_foreign_currency_beside_a_code_is_passed_over(tmp_path: Path) -> None:
    root = _root(
        {"Valuation/Gs_Invoice/Amount_foreign_currency": "100", "Valuation/Gs_Invoice/Currency_code": "EUR",
         "Valuation/Gs_Invoice/Currency_name": "No foreign currency", "Valuation/Gs_insurance/Amount_national_currency": "5.0",
         "Valuation/Gs_insurance/Currency_code": "EUR", "Valuation/Gs_insurance/Currency_name": "No foreign currency"}
    )  # fmt: skip
    record = _read(tmp_path, root)
    assert (_own(record, "invoice_currency"), _own(record, "costs")) == ("EUR", "insurance 5.0 EUR")


@pytest.mark.parametrize(
    ("text", "number"), [("6516", 6516), ("6516.0", 6516), ("8.13E-4", 0.000813), ("0.06", 0.06)]
)
def test_numbers_in_every_form(tmp_path: Path, text: str, number: float) -> None:
    root = _root()
    _item(root, {"Valuation_item/Weight_itm/Gross_weight_itm": text, "Packages/Number_of_packages": text})
    ((link, _),) = _links(_read(tmp_path, root), "CARRIES")
    assert (link.properties["gross_kg"], link.properties["packages"]) == (number, number)


def test_numbers_in_every_form_are_one_content(tmp_path: Path) -> None:
    ids = set()
    for text in ("6516", "6516.0", "6516.00"):
        root = _root()
        _item(root, {"Valuation_item/Weight_itm/Gross_weight_itm": text})
        ids.add(_read(tmp_path, root).id)
    assert len(ids) == 1


def test_an_expression_is_no_number(tmp_path: Path) -> None:
    root = _root({"Property/Nbers/Total_number_of_packages": "0+0+0+0-0"})
    _item(root, {"Tarification/Item_price": "0+0+0+0-0", "Tarification/Value_item": "0+0+0+0-0"})
    record = _read(tmp_path, root)
    ((link, _),) = _links(record, "CARRIES")
    assert "value" not in link.properties
    assert dict(record.mentions[0].values)["packages"].verdict == "invalid"


def test_misspelt_tags_are_read(tmp_path: Path) -> None:
    root = _root({"Financial/Deffered_payment_reference": "DP-7"})
    item = _item(root)
    unit = SubElement(_element(item, "Tarification"), "Supplementary_unit")
    _element(unit, "Suppplementary_unit_code").text = "NAR"
    _element(unit, "Suppplementary_unit_quantity").text = "12"
    record = _read(tmp_path, root)
    assert _own(record, "payment") == "DP-7"
    assert _links(record, "CARRIES")[0][0].properties["supplementary"] == "12 NAR"


def test_empty_repeated_blocks_and_comments_are_passed_over(tmp_path: Path) -> None:
    root = _root()
    item = _item(root)
    for _ in range(5):
        _block(item, "Attached_documents", {})
        root.append(Comment(" page break "))
        _block(root, "Item", {"Packages/Number_of_packages": "", "Tarification/HScode/Commodity_code": ""})
        _block(root, "Container", {})
    record = _read(tmp_path, root)
    assert len(_links(record, "CARRIES")) == 1
    assert _links(record, "REFERS_TO") == _links(record, "IN_CONTAINER") == []


def test_a_commodity_code_is_eight_digits_and_three(tmp_path: Path) -> None:
    root = _root()
    _item(root, {"Tarification/HScode/Precision_1": "123"})
    _item(root, {"Tarification/HScode/Precision_1": "000"})
    found = _links(_read(tmp_path, root), "CARRIES")
    assert [(link.properties["hs"], _value(goods, "hs")) for link, goods in found] == [
        ("08022200123", "080222"), ("08022200", "080222"),
    ]  # fmt: skip


def test_delivery_terms_are_kept_as_they_stand(tmp_path: Path) -> None:
    assert _own(_read(tmp_path, _root({"Transport/Delivery_terms/Code": "C&F"})), "delivery_terms") == "C&F"


def test_a_waybill_that_is_a_placeholder_is_kept_and_flagged(tmp_path: Path) -> None:
    root = _root({"Traders/Financial/Financial_name": "MAWB 555-12345678 HAWB 1188"})
    record = _read(tmp_path, root)
    ((_, waybill),) = _links(record, "REFERS_TO")
    assert dict(waybill.values)["awb"].verdict == "invalid"
    assert _own(record, "note") == "MAWB 555-12345678 HAWB 1188"


def test_registration_assessment_and_receipt_are_read_alike(tmp_path: Path) -> None:
    more = {
        f"Identification/{stamp}/{name}": text
        for stamp in ("Assessment", "receipt")
        for name, text in (("Serial_number", "A"), ("Number", "90"), ("Date", "1/14/24"))
    }
    found = _links(_read(tmp_path, _root(more)), "REFERS_TO")
    assert [(link.properties["type"], _value(paper, "number"), _value(paper, "date")) for link, paper in found] == [
        ("assessment", "A 90", "2024-01-14"), ("receipt", "A 90", "2024-01-14"),
    ]  # fmt: skip


def test_each_line_of_duty_stays_in_one_piece(tmp_path: Path) -> None:
    root = _root()
    item = _item(root, {"Taxation/Item_taxes_amount": "260"})
    for code, base, rate, amount in (("VAT", "1000", "20", "200"), ("EXC", "", "", "60")):
        line = {
            "Duty_tax_code": code,
            "Duty_tax_Base": base,
            "Duty_tax_rate": rate,
            "Duty_tax_amount": amount,
            "Duty_tax_MP": "1",
        }
        _block(_element(item, "Taxation"), "Taxation_line", line)
    ((link, _),) = _links(_read(tmp_path, root), "CARRIES")
    assert (link.properties["duty"], link.properties["duties"]) == (260.0, "VAT 1000 20 200 1; EXC 60 1")


def _money(path: str) -> dict[str, str]:
    names = {"Amount_national_currency": "12.5", "Amount_foreign_currency": "0.1", "Currency_code": "EUR",
             "Currency_name": "No foreign currency", "Currency_rate": "123.4"}  # fmt: skip
    return {f"{path}/{name}": text for name, text in names.items()}


def _full_item(root: Element) -> None:
    cells = {
        "Packages/Number_of_packages": "4", "Packages/Marks1_of_packages": "AS ADDR", "Packages/Kind_of_packages_code": "PK",
        "Packages/Kind_of_packages_name": "Package", "IncoTerms/Code": "CIF", "IncoTerms/Place": "Durres",
        "Tarification/HScode/Precision_1": "000", "Tarification/Extended_customs_procedure": "4000",
        "Tarification/National_customs_procedure": "000", "Tarification/Item_price": "100", "Tarification/Valuation_method_code": "1",
        "Tarification/Value_item": "0+0+0+0-0", "Tarification/Attached_doc_item": "CMR INV",
        "Goods_description/Country_of_origin_code": "TR", "Goods_description/Description_of_goods": "Towels",
        "Goods_description/Commercial_Description": "Towels, cotton", "Previous_doc/Summary_declaration": "SD-1",
        "Valuation_item/Weight_itm/Gross_weight_itm": "10", "Valuation_item/Weight_itm/Net_weight_itm": "9",
        "Valuation_item/Total_cost_itm": "12", "Valuation_item/Total_CIF_itm": "112", "Valuation_item/Rate_of_adjustement": "1.0",
        "Valuation_item/Statistical_value": "112", "Valuation_item/Alpha_coeficient_of_apportionment": "8.13E-4",
        "Taxation/Item_taxes_amount": "42", "Taxation/Item_taxes_mode_of_payment": "1", "Taxation/Counter_of_normal_mode_of_payment": "2",
    }  # fmt: skip
    for block in (
        "Item_Invoice",
        "item_external_freight",
        "item_internal_freight",
        "item_insurance",
        "item_other_cost",
        "item_deduction",
    ):
        cells |= _money(f"Valuation_item/{block}")
    item = _item(root, cells)
    for code in ("VAT", "DOG"):
        line = {"Duty_tax_code": code, "Duty_tax_Base": "112", "Duty_tax_rate": "20", "Duty_tax_amount": "22", "Duty_tax_MP": "1",
                "Duty_tax_Type_of_calculation": "%"}  # fmt: skip
        _block(_element(item, "Taxation"), "Taxation_line", line)
    for code in ("733", "380"):
        paper = {"Attached_document_code": code, "Attached_document_name": "Paper", "Attached_document_reference": f"R{code}",
                 "Attached_document_date": "1/10/24", "Attached_document_from_rule": "1"}  # fmt: skip
        _block(item, "Attached_documents", paper)


def test_of_a_full_export_hardly_a_cell_is_left_out(tmp_path: Path) -> None:
    more = {
        "Traders/Exporter/Exporter_name": "A\nB",
        "Declarant/Declarant_name": "C",
        "Valuation/Total_CIF": "1120",
    }
    for block in (
        "Gs_Invoice",
        "Gs_external_freight",
        "Gs_internal_freight",
        "Gs_insurance",
        "Gs_other_cost",
        "Gs_deduction",
    ):
        more |= _money(f"Valuation/{block}")
    root = _root(more)
    for _ in range(119):
        _full_item(root)
    accounting = Accounting()
    record = _read(tmp_path, root, accounting)
    assert len(_links(record, "CARRIES")) == 119
    assert accounting.unread_columns == []
    assert accounting.left_out_share < 0.05, accounting.files[0].left_out
