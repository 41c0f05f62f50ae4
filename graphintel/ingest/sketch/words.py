"""The words by which headers tell what a column is about, in English and Turkish, folded."""

from __future__ import annotations

from typing import NamedTuple


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Role(NamedTuple):
    """A party by the words of its columns: its name in a mapping, its kind, and the link from a declaration to it."""

    name: str
    kind: str
    link: str
    words: frozenset[str]


ROLES = (
    Role("driver", "Person", "CARRIER", _set("driver surucu sofor kaptan")),
    Role(
        "consignee",
        "Company",
        "CONSIGNEE",
        _set("consignee importer alici alicisi ithalatci receiver recipient"),
    ),
    Role(
        "consignor",
        "Company",
        "CONSIGNOR",
        _set("consignor exporter shipper sender gonderici gonderen ihracatci"),
    ),
    Role("declarant", "Company", "DECLARANT", _set("declarant sahibi beyanci broker musavir musaviri agent")),
    Role("carrier", "Company", "CARRIER", _set("carrier tasiyici tasiyan nakliyeci haulier transporter")),
    Role("buyer", "Company", "BUYER", _set("buyer purchaser satinalan")),
    Role("seller", "Company", "SELLER", _set("seller vendor satici")),
    Role("notify", "Company", "NOTIFY", _set("notify bildirim")),
    Role("person", "Person", "", _set("person suspect supheli sahis kisi passenger yolcu")),
    Role("company", "Company", "", _set("company firm firma sirket")),
)

# Which link leads from an event to a place, by the words of its column; the first that fits counts.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("transit", "VIA", _set("transit via guzergah")),
    ("origin", "ORIGIN", _set("origin mense mensei")),
    ("destination", "BOUND_FOR", _set("destination to varis gidecegi hedef discharge unloading bosaltma")),
    (
        "departure",
        "DEPARTED_FROM",
        _set("departure from cikis yukleme yukleme loading kalkis dispatch export sevk"),
    ),
    ("office", "CLEARED_AT", _set("office gumruk gumrugu customs idare")),
    (
        "place",
        "SEEN_AT",
        _set("place yer yeri location gate kapi kapisi port liman border sinir airport havalimani"),
    ),
)

# Which kind of event a row is, by the words of all headers; the one with the most words, the first of equals.
EVENTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Declaration", _set("declaration beyan beyanname beyannamesi tescil consignee exporter consignor importer hs gtip "
                         "alici gonderici rejim procedure regime invoice fatura kalem")),
    ("Seizure", _set("seizure seized seizing yakalama yakalanan drug substance concealment detection zapt madde")),
    ("Movement", _set("movement crossing sensor camera lane direction gecis giris yon hareket reading berth anpr")),
    ("Notice", _set("notice tip ihbar partner subject informant bildiren konu")),
)  # fmt: skip

NUMBER = _set("no number numara numarasi nr num id tescil ref reference sicil belge")
ITEM = _set("item kalem line sira satir")
BIRTH = _set("birth born dogum dob")
ADDRESS = _set("address adres adresi")
CODE = _set("code kod kodu")
TRAILER = _set("trailer dorse romork semitrailer")
VEHICLE = _set("vehicle tasit tasiti arac truck lorry plate plaka cekici conveyance")
DEPARTING = _set("departure departing cikis cikistaki inland")
VESSEL = _set("vessel ship gemi gemisi")
OF_PEOPLE = _set("nationality uyruk citizenship")
SEAL = _set("seal seals muhur")
DESCRIPTION = _set("description tanim tanimi cinsi esya esyasi goods ticari aciklama")
PRODUCT = _set("product drug substance goods madde maddesi urun uyusturucu esya")
GROSS, NET = _set("gross brut"), _set("net")
PACKAGES = _set("package packages kap koli")
VALUE = _set("value kiymet kiymeti fiyat fiyati tutar price amount bedel bedeli")
QUANTITY = _set("quantity amount miktar miktari qty")
UNIT = _set("unit birim birimi")
