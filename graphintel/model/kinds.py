"""Kinds of things, parties and events, each declared once; constraints, writes, search, schema and docs come from here."""

from __future__ import annotations

from typing import NamedTuple


class Property(NamedTuple):
    """One stated property of a kind: its name, value type and whether a mention may state several."""

    name: str
    type: str
    many: bool = False


class Kind(NamedTuple):
    """A kind of entity: family and icon for pictures, properties, and how it is told apart and shown."""

    name: str
    family: str
    icon: str
    title: str
    title_tr: str
    properties: tuple[Property, ...]
    display: tuple[str, ...]
    event: bool = False

    def property(self, name: str) -> Property:
        """The declared property of that name; KeyError if the kind has none."""
        return _PROPERTIES[self.name][name]


def _properties(text: str) -> tuple[Property, ...]:
    items = []
    for word in text.split():
        name, _, type_name = word.partition(":")
        items.append(Property(name, type_name.rstrip("*") or "text", type_name.endswith("*")))
    return tuple(items)


_NOTE = " note:text external_id:text"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "Person",
            "party",
            "user",
            "Person",
            "Kişi",
            _properties(
                "name:name alias:name* national_id:national_id national_id_country:country passport:passport"
                " passport_country:country nationality:country birth_date:date birth_place:text gender:gender"
                " trader_code:trader_code eori:eori email:email title:text former_name:name*" + _NOTE
            ),
            ("name", "alias", "national_id", "passport", "trader_code", "eori"),
        ),
        Kind(
            "Company",
            "party",
            "buildings",
            "Company",
            "Şirket",
            _properties(
                "name:name alias:name* tax_id:tax_id tax_country:country registry_no:text registry_country:country"
                " eori:eori lei:lei imo_company:imo_company nipt:nipt trader_code:trader_code country:country address:text"
                " city:text postcode:text email:email" + _NOTE
            ),
            ("name", "alias", "eori", "tax_id", "trader_code", "registry_no"),
        ),
        Kind(
            "Organisation",
            "party",
            "bank",
            "Organisation",
            "Kurum",
            _properties("name:name alias:name* code:text country:country" + _NOTE),
            ("name", "code"),
        ),
        Kind(
            "Vehicle",
            "transport",
            "truck",
            "Vehicle",
            "Araç",
            _properties(
                "plate:plate plate_country:country vin:vin make:text model:text colour:text vehicle_type:text"
                + _NOTE
            ),
            ("plate", "vin", "make"),
        ),
        Kind(
            "Vessel",
            "transport",
            "boat",
            "Vessel",
            "Gemi",
            _properties(
                "name:name alias:name* imo:imo mmsi:mmsi call_sign:text flag:country eni:text" + _NOTE
            ),
            ("name", "imo", "mmsi", "call_sign", "eni"),
        ),
        Kind(
            "Aircraft",
            "transport",
            "airplane-tilt",
            "Aircraft",
            "Uçak",
            _properties("registration:aircraft_registration flight:flight flag:country make:text" + _NOTE),
            ("registration", "flight"),
        ),
        Kind(
            "Container",
            "transport",
            "shipping-container",
            "Container",
            "Konteyner",
            _properties("number:container container_type:text" + _NOTE),
            ("number",),
        ),
        Kind(
            "Phone",
            "identifier",
            "phone",
            "Phone",
            "Telefon",
            _properties("number:phone imei:imei" + _NOTE),
            ("number", "imei"),
        ),
        Kind(
            "Account",
            "identifier",
            "credit-card",
            "Account",
            "Hesap",
            _properties("iban:iban number:text bank:text country:country" + _NOTE),
            ("iban", "number"),
        ),
        Kind(
            "Document",
            "identifier",
            "identification-card",
            "Document",
            "Belge",
            _properties(
                "number:text document_type:text category:text issuer:text country:country date:date"
                " mrn:mrn awb:awb bill_of_lading:bill_of_lading tir:tir s10:s10" + _NOTE
            ),
            ("number", "mrn", "awb", "bill_of_lading", "tir", "s10", "document_type"),
        ),
        Kind(
            "Address",
            "place",
            "house-line",
            "Address",
            "Adres",
            _properties("text:text street:text city:text postcode:text region:text country:country" + _NOTE),
            ("text", "street", "city"),
        ),
        Kind(
            "Place",
            "place",
            "map-pin",
            "Place",
            "Yer",
            _properties(
                "name:name code:text place_key:text country:country locode:locode iata:iata office:office"
                " place_type:text region:text latitude:number longitude:number precision:text" + _NOTE
            ),
            ("name", "locode", "iata", "office", "code", "country"),
        ),
        Kind(
            "Commodity",
            "goods",
            "package",
            "Commodity",
            "Eşya",
            _properties("hs:hs hs_vintage:integer name:text product_group:text substance:text" + _NOTE),
            ("name", "hs", "substance"),
        ),
        Kind(
            "Route",
            "place",
            "path",
            "Route",
            "Güzergâh",
            _properties("name:name commodity:text mode:mode status:text" + _NOTE),
            ("name",),
        ),
        Kind(
            "Declaration",
            "record",
            "file-text",
            "Declaration",
            "Beyanname",
            _properties(
                "number:text mrn:mrn registration:registration lrn:text date:date declaration_type:text procedure:text"
                " flow:text office:office mode:mode inland_mode:mode items:integer packages:number gross_kg:number"
                " net_kg:number value:number currency:currency invoice_value:number invoice_currency:currency"
                " exchange_rate:number delivery_terms:text delivery_place:text payment:text tax_rate:number tax_type:text"
                " import_use:text origin_indicator:text reference:text ucr:text nature:text status:text seal:seal*"
                " container_flag:text goods_location:text previous_procedure:text costs:text" + _NOTE
            ),
            ("mrn", "registration", "number", "lrn"),
            True,
        ),
        Kind(
            "Seizure",
            "intelligence",
            "lock-key",
            "Seizure",
            "Yakalama",
            _properties(
                "number:text date:date time:text administration:text country:country location_type:text flow:text"
                " conveyance:text detection:text concealment:text installation:text routing:text mode:text"
                " narrative:text seal:seal* brand:text" + _NOTE
            ),
            ("number", "date", "concealment"),
            True,
        ),
        Kind(
            "Notice",
            "intelligence",
            "megaphone",
            "Notice",
            "İhbar",
            _properties(
                "number:text date:date notice_type:text partner:text subject:text text:text origin_reference:text"
                " deadline:date measure:text reason:text accepted_by:text accepted_at:text status:text"
                + _NOTE
            ),
            ("number", "subject"),
            True,
        ),
        Kind(
            "Movement",
            "record",
            "arrows-left-right",
            "Movement",
            "Hareket",
            _properties(
                "number:text date:date time:text movement_type:text direction:text mode:mode flight:flight status:text"
                " sensor:text" + _NOTE
            ),
            ("number", "movement_type", "date"),
            True,
        ),
        Kind(
            "Operation",
            "intelligence",
            "target",
            "Operation",
            "Operasyon",
            _properties("name:name start:date end:date goods:text status:text" + _NOTE),
            ("name",),
            True,
        ),
    )
}

_PROPERTIES = {kind.name: {one.name: one for one in kind.properties} for kind in KINDS.values()}
EVENTS = frozenset(kind.name for kind in KINDS.values() if kind.event)
FAMILIES = ("party", "transport", "identifier", "place", "goods", "record", "intelligence")


def kind(name: str) -> Kind:
    """The declaration of a kind; KeyError names what there is."""
    try:
        return KINDS[name]
    except KeyError:
        raise KeyError(f"no kind {name!r}; there are {', '.join(KINDS)}") from None
