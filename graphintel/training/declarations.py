"""Declarations as flat CSV rows: English headers in UTF-8, or Turkish ones (SAD box numbers) in cp1254 with decimal commas."""

from __future__ import annotations

from collections.abc import Iterator

from graphintel.training.entities import Declaration, Item
from graphintel.training.movements import flight
from graphintel.training.scribe import Scribe

SOURCE = "declarations-csv"
# English and Turkish name of each column.
COLUMNS = dict(
    pair.split("|")
    for pair in [
        "registration_no|TescilNo",
        "registration_date|TescilTarihi",
        "declaration_type|Beyan1",
        "office|GirisGumruk29",
        "exit_office|CikisGumruk29",
        "exporter_name|Gonderici2",
        "exporter_country|GondericiUlke2",
        "exporter_id|GondericiNo2",
        "consignee_name|Alici8",
        "consignee_tax_id|AliciVergiNo8",
        "consignee_address|AliciAdres8",
        "consignee_phone|AliciTelefon8",
        "declarant_name|BeyanSahibi14",
        "declarant_tax_id|BeyanSahibiNo14",
        "carrier_name|Tasiyici50",
        "carrier_tax_id|TasiyiciNo50",
        "export_country|CikisUlkesi15",
        "origin_country|MenseUlke16",
        "destination_country|GidecegiUlke17",
        "transit_countries|TransitUlkeler",
        "vehicle_departure|CikistakiTasit18",
        "vehicle_departure_country|TasitUlkesi18",
        "vehicle_border|SiniriGecen21",
        "vehicle_border_country|TasitUlkesi21",
        "mode_border|SinirdakiTasima25",
        "container|Konteyner19",
        "border_office|SinirGumruk29",
        "goods_location|EsyaninBulunduguYer30",
        "loading_place|YuklemeYeri27",
        "item|KalemNo32",
        "hs|EsyaKodu33",
        "description|KaplarVeEsya31",
        "packages|KapAdedi6",
        "gross_kg|BrutAgirlik35",
        "net_kg|NetAgirlik38",
        "value|KalemFiyat42",
        "currency|Doviz22",
        "driver_name|SurucuAdi",
        "driver_passport|SurucuPasaport",
        "driver_nationality|SurucuUyruk",
    ]
)
Row = dict[str, str]
# How often a lawful declaration names the driver.
_NAMED = 0.2


def rows(trip: Declaration, scribe: Scribe, turkish: bool) -> Iterator[Row]:
    """The rows of one declaration, one for each goods item, under the English column names."""
    head = (
        _header(trip, scribe, turkish)
        | _parties(trip, scribe, not turkish)
        | _transport(trip, scribe, not turkish)
    )
    for number, item in enumerate(trip.items, 1):
        yield head | _item(number, item, turkish)


def _header(trip: Declaration, scribe: Scribe, turkish: bool) -> Row:
    return {
        "registration_no": trip.number,
        "registration_date": f"{trip.day:%d.%m.%Y}" if turkish else trip.day.isoformat(),
        "declaration_type": trip.regime,
        "office": scribe.place(trip.office),
        "exit_office": scribe.place(trip.exit) if trip.exit else "",
        "border_office": scribe.place(trip.border),
        "goods_location": scribe.place(trip.office if trip.regime == "EX" else trip.border),
        "loading_place": scribe.place(trip.loading),
        "export_country": trip.origin,
        "origin_country": trip.origin,
        "destination_country": trip.destination,
        "transit_countries": "/".join(trip.transit),
        "mode_border": trip.mode,
        "container": "/".join(trip.containers),
    }


def _parties(trip: Declaration, scribe: Scribe, native: bool) -> Row:
    consignee, always = trip.consignee, trip.pinned
    return {
        "exporter_name": scribe.firm(trip.consignor, SOURCE, native),
        "exporter_country": trip.consignor.country,
        "exporter_id": scribe.number(trip.consignor.number, always),
        "consignee_name": scribe.firm(consignee, SOURCE, native),
        "consignee_tax_id": scribe.number(consignee.number, always),
        "consignee_address": consignee.address if always or scribe.rng.random() < 0.8 else "",
        "consignee_phone": consignee.phone if always or scribe.rng.random() < 0.7 else "",
        "declarant_name": scribe.firm(trip.declarant, SOURCE, native),
        "declarant_tax_id": scribe.number(trip.declarant.number, always),
        "carrier_name": scribe.firm(trip.carrier, SOURCE, native),
        "carrier_tax_id": scribe.number(trip.carrier.number, always) if _same_register(trip) else "",
    }


def _same_register(trip: Declaration) -> bool:
    """Whether a reader could tell whose register the haulier's number stands in."""
    # No box names the haulier's country, so a clerk gives a national number only beside a lorry of that country.
    carrier, lorry = trip.carrier, trip.vehicle
    return carrier.number[:2].isalpha() or lorry is None or lorry.country == carrier.country


def _transport(trip: Declaration, scribe: Scribe, native: bool) -> Row:
    row: Row = {}
    lorry, driver = trip.vehicle, trip.driver
    if lorry:
        plate = scribe.plate(lorry, SOURCE) + (f"/{lorry.trailer}" if lorry.trailer else "")
        row |= {"vehicle_departure": plate, "vehicle_departure_country": lorry.country}
        # By sea and air box 21 holds the ship or the flight, and the lorry stands in box 18 only.
        if trip.mode == "30":
            row |= {"vehicle_border": plate, "vehicle_border_country": lorry.country}
    if trip.ship:
        row["vehicle_border"] = trip.ship.name
    elif trip.mode == "40":
        row["vehicle_border"] = flight(trip)
    if driver and (trip.plan or trip.pinned or scribe.rng.random() < _NAMED):
        row |= {
            "driver_name": scribe.person(driver, SOURCE, native),
            "driver_passport": scribe.number(driver.passport, trip.pinned or trip.plan is not None),
            "driver_nationality": driver.country,
        }
    return row


def _item(number: int, item: Item, turkish: bool) -> Row:
    row = {
        "item": str(number),
        "hs": item.hs,
        "description": item.turkish if turkish else item.english,
        "packages": str(item.packages),
        "gross_kg": f"{item.gross_kg:.1f}",
        "net_kg": f"{item.net_kg:.1f}",
        "value": f"{item.value:.2f}",
        "currency": item.currency,
    }
    # Two decimals at most, so that no comma can be read as a mark of thousands.
    if turkish:
        row |= {name: row[name].replace(".", ",") for name in ("gross_kg", "net_kg", "value")}
    return row
