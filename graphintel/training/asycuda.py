"""Georgian import declarations as ASYCUDA World exports them; empty values are `<null/>` elements there."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from graphintel.training.entities import Declaration, Item
from graphintel.training.geography import STOPS, country
from graphintel.training.scribe import Scribe
from graphintel.training.xml import document, fill, put

SOURCE = "asycuda-sad"


def sad(trip: Declaration, scribe: Scribe) -> bytes:
    """One single administrative document."""
    root = Element("ASYCUDA")
    _identification(root, trip)
    _parties(root, trip, scribe)
    _countries(root, trip)
    _transport(root, trip, scribe)
    fill(
        root,
        (
            ("Valuation/Gs_Invoice/Amount_foreign_currency", f"{sum(item.value for item in trip.items):.2f}"),
            ("Valuation/Gs_Invoice/Currency_code", trip.items[0].currency),
        ),
    )
    # Repeated blocks follow one another; they are not gathered under a list element.
    for box in trip.containers:
        held = SubElement(root, "Container")
        fill(held, (("Item_Number", "1"), ("Container_identity", box), ("Container_type", "42G1")))
    for item in trip.items:
        _item(root, item, trip)
    return document(root)


def _identification(root: Element, trip: Declaration) -> None:
    serial, _, number = trip.number.partition(" ")
    fill(
        root,
        (
            ("Identification/Office_segment/Customs_clearance_office_code", "69101"),
            ("Identification/Office_segment/Customs_Clearance_office_name", "Sarpi"),
            ("Identification/Type/Type_of_declaration", "IM"),
            ("Identification/Type/Declaration_gen_procedure_code", "4"),
            ("Identification/Registration/Serial_number", serial),
            ("Identification/Registration/Number", number),
            ("Identification/Registration/Date", f"{trip.day.month}/{trip.day.day}/{trip.day:%y}"),
            ("Property/Sad_flow", "I"),
            ("Property/Nbers/Total_number_of_items", str(len(trip.items))),
            ("Property/Nbers/Total_number_of_packages", str(sum(item.packages for item in trip.items))),
        ),
    )


def _parties(root: Element, trip: Declaration, scribe: Scribe) -> None:
    consignee = trip.consignee
    # Name and address share one element in the real exports.
    consignor = f"{scribe.firm(trip.consignor, SOURCE)}\n{trip.consignor.address}"
    fill(
        root,
        (
            ("Traders/Exporter/Exporter_name", consignor),
            ("Traders/Consignee/Consignee_code", consignee.number),
            ("Traders/Consignee/Consignee_name", f"{scribe.firm(consignee, SOURCE)}\n{consignee.address}"),
            ("Declarant/Declarant_code", trip.declarant.number),
            ("Declarant/Declarant_name", scribe.firm(trip.declarant, SOURCE)),
            ("Declarant/Reference/Number", f"{trip.day.year} #{trip.number.partition(' ')[2]}"),
        ),
    )
    put(put(root, "Traders/Exporter/Exporter_code", ""), "null", "")
    put(put(root, "Traders/Financial/Financial_code", ""), "null", "")


def _countries(root: Element, trip: Declaration) -> None:
    base = "General_information/Country"
    fill(
        root,
        (
            # Box 10 of an import names the country the goods were last consigned from.
            (f"{base}/Country_first_destination", trip.transit[0] if trip.transit else trip.origin),
            (f"{base}/Trading_country", trip.origin),
            (f"{base}/Export/Export_country_code", trip.origin),
            (f"{base}/Destination/Destination_country_code", trip.destination),
            (f"{base}/Country_of_origin_name", trip.origin),
        ),
    )


def _transport(root: Element, trip: Declaration, scribe: Scribe) -> None:
    base, lorry = "Transport/Means_of_transport", trip.vehicle
    gate = next(stop for stop in trip.route if country(stop) == "GE" and STOPS[stop].kind != "city")
    if lorry:
        identity = scribe.plate(lorry, SOURCE) + (f"/{lorry.trailer}" if lorry.trailer else "")
        for part in ("Departure_arrival_information", "Border_information"):
            fill(root, ((f"{base}/{part}/Identity", identity), (f"{base}/{part}/Nationality", lorry.country)))
    fill(
        root,
        (
            (f"{base}/Border_information/Mode", trip.mode),
            ("Transport/Container_flag", "true" if trip.containers else "false"),
            ("Transport/Delivery_terms/Code", "CPT"),
            ("Transport/Border_office/Code", "69101"),
            ("Transport/Border_office/Name", gate),
            ("Transport/Place_of_loading/Name", trip.route[0]),
            ("Transport/Location_of_goods", gate),
        ),
    )


def _item(root: Element, item: Item, trip: Declaration) -> None:
    held = SubElement(root, "Item")
    fill(
        held,
        (
            ("Packages/Number_of_packages", str(item.packages)),
            ("Packages/Kind_of_packages_code", "CT"),
            ("Tarification/HScode/Commodity_code", item.hs[:8]),
            ("Tarification/HScode/Precision_1", item.hs[8:11]),
            ("Tarification/Extended_customs_procedure", "4000"),
            ("Tarification/Item_price", f"{item.value:.2f}"),
            ("Goods_description/Country_of_origin_code", trip.origin),
            ("Goods_description/Description_of_goods", item.english),
            ("Goods_description/Commercial_Description", item.english),
            ("Valuation_item/Weight_itm/Gross_weight_itm", f"{item.gross_kg:.1f}"),
            ("Valuation_item/Weight_itm/Net_weight_itm", f"{item.net_kg:.1f}"),
        ),
    )
    put(put(held, "Previous_doc/Summary_declaration", ""), "null", "")
