"""Bulgarian import declarations in the WCO data model (DEC, as the DMS systems write it)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from graphintel.training.entities import Declaration, Firm, Item
from graphintel.training.geography import STOPS, country
from graphintel.training.scribe import Scribe
from graphintel.training.xml import document, fill, put

SOURCE = "wco-declaration"
_META = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
_DEC = "urn:wco:datamodel:WCO:DEC-DMS:2"
_DATES = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2"


def dec(trip: Declaration, scribe: Scribe) -> bytes:
    """One declaration document; the itinerary is the ordered list of countries passed."""
    root = Element("md:MetaData", {"xmlns": _DEC, "xmlns:md": _META, "xmlns:p1": _DATES})
    fill(
        root,
        (
            ("md:WCODataModelVersionCode", "3.6"),
            ("md:WCOTypeName", "DEC"),
            ("md:ResponsibleCountryCode", "BG"),
        ),
    )
    _declaration(SubElement(root, "Declaration"), trip, scribe)
    return document(root)


def _declaration(top: Element, trip: Declaration, scribe: Scribe) -> None:
    # The schema wants the elements in this order.
    put(top, "AcceptanceDateTime/p1:DateTimeString", f"{trip.day:%Y%m%d}", formatCode="102")
    fill(
        top,
        (
            ("FunctionCode", "9"),
            ("FunctionalReferenceID", f"LRN{trip.number[-9:]}"),
            ("ID", trip.number),
            ("TypeCode", "IMA"),
            ("GoodsItemQuantity", str(len(trip.items))),
            ("TotalPackageQuantity", str(sum(item.packages for item in trip.items))),
        ),
    )
    if lorry := trip.vehicle:
        fill(
            SubElement(top, "BorderTransportMeans"),
            (
                ("ID", scribe.plate(lorry, SOURCE)),
                ("IdentificationTypeCode", "30"),
                ("RegistrationNationalityCode", lorry.country),
                ("ModeCode", trip.mode[:1]),
            ),
        )
    passed = SubElement(top, "Consignment")
    put(passed, "Carrier/Name", scribe.firm(trip.carrier, SOURCE))
    # The only place where this model states a route: ordered, by country.
    for number, land in enumerate((trip.origin, *trip.transit, trip.destination), 1):
        fill(
            SubElement(passed, "Itinerary"), (("SequenceNumeric", str(number)), ("RoutingCountryCode", land))
        )
    put(top, "Declarant/ID", trip.declarant.number)
    _party(SubElement(top, "Exporter"), trip.consignor, scribe)
    _shipment(SubElement(top, "GoodsShipment"), trip, scribe)


def _party(element: Element, firm: Firm, scribe: Scribe) -> None:
    street, _, city = firm.address.rpartition(" ")
    fill(
        element,
        (
            ("Name", scribe.firm(firm, SOURCE)),
            ("Address/CityName", city),
            ("Address/CountryCode", firm.country),
            ("Address/Line", street.rstrip(",")),
        ),
    )


def _shipment(shipment: Element, trip: Declaration, scribe: Scribe) -> None:
    _party(SubElement(shipment, "Consignee"), trip.consignee, scribe)
    held = SubElement(shipment, "Consignment")
    gate = next(stop for stop in trip.route if STOPS[stop].kind == "gate" and country(stop) == "BG")
    put(held, "ContainerCode", "1" if trip.containers else "0")
    fill(held, (("GoodsLocation/Name", gate), ("GoodsLocation/TypeCode", "A")))
    for number, box in enumerate(trip.containers, 1):
        fill(SubElement(held, "TransportEquipment"), (("SequenceNumeric", str(number)), ("ID", box)))
    put(shipment, "Destination/CountryCode", trip.destination)
    put(shipment, "ExportCountry/ID", trip.origin)
    for number, item in enumerate(trip.items, 1):
        _item(SubElement(shipment, "GovernmentAgencyGoodsItem"), number, item, trip)
    put(shipment, "Importer/ID", trip.consignee.number)


def _item(held: Element, number: int, item: Item, trip: Declaration) -> None:
    put(held, "SequenceNumeric", str(number))
    fill(
        held,
        (
            ("Commodity/Description", item.english),
            ("Commodity/Classification/ID", item.hs[:8]),
            ("Commodity/Classification/IdentificationTypeCode", "TSP"),
        ),
    )
    put(held, "Commodity/GoodsMeasure/GrossMassMeasure", f"{item.gross_kg:.1f}", unitCode="KGM")
    put(held, "Commodity/GoodsMeasure/NetNetWeightMeasure", f"{item.net_kg:.1f}", unitCode="KGM")
    put(held, "Commodity/InvoiceLine/ItemChargeAmount", f"{item.value:.2f}", currencyID=item.currency)
    fill(
        held,
        (
            ("GovernmentProcedure/CurrentCode", "40"),
            ("GovernmentProcedure/PreviousCode", "00"),
            ("Origin/CountryCode", trip.origin),
            ("Packaging/SequenceNumeric", "1"),
            ("Packaging/QuantityQuantity", str(item.packages)),
            ("Packaging/TypeCode", "CT"),
        ),
    )
