"""Types of links, each declared once with its allowed ends and properties; direction reads as a sentence."""

from __future__ import annotations

from typing import NamedTuple

from graphintel.model.kinds import EVENTS, KINDS, Property

_PARTY = ("Company", "Person")
_CONVEYANCE = ("Vehicle", "Vessel", "Aircraft")
_EVENTS = tuple(sorted(EVENTS))
_ANY = tuple(KINDS)


class LinkType(NamedTuple):
    """A type of link: which kinds may stand at its ends, what it may say, how it reads."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    title: str
    title_tr: str
    properties: tuple[Property, ...] = ()

    def allows(self, source: str, target: str) -> bool:
        """Whether a link of this type may run from one kind to the other."""
        return source in self.sources and target in self.targets


_ITEM = (Property("item", "integer"),)
_GOODS = (
    Property("item", "integer"), Property("hs", "hs"), Property("hs_vintage", "integer"),
    Property("description", "text"), Property("gross_kg", "number"), Property("net_kg", "number"),
    Property("packages", "number"), Property("package_type", "text"), Property("marks", "text"),
    Property("value", "number"), Property("currency", "currency"), Property("statistical_value", "number"),
    Property("procedure", "text"), Property("previous_procedure", "text"), Property("duty", "number"),
    Property("duties", "text"), Property("costs", "text"), Property("supplementary", "text"), Property("preference", "text"),
)  # fmt: skip
_WHERE = (
    Property("seq", "integer"),
    Property("item", "integer"),
    Property("time", "text"),
    Property("raw", "text"),
)
_ROLE = (Property("role", "text"),)

LINKS: dict[str, LinkType] = {
    link.name: link
    for link in (
        LinkType("CONSIGNOR", ("Declaration",), _PARTY, "has consignor", "göndericisi", _ITEM + _ROLE),
        LinkType("CONSIGNEE", ("Declaration",), _PARTY, "has consignee", "alıcısı", _ITEM + _ROLE),
        LinkType("DECLARANT", ("Declaration",), _PARTY, "has declarant", "beyan sahibi", _ITEM + _ROLE),
        LinkType("CARRIER", ("Declaration", "Movement"), _PARTY, "has carrier", "taşıyıcısı", _ITEM + _ROLE),
        LinkType("BUYER", ("Declaration",), _PARTY, "has buyer", "satın alanı", _ITEM + _ROLE),
        LinkType("SELLER", ("Declaration",), _PARTY, "has seller", "satıcısı", _ITEM + _ROLE),
        LinkType("NOTIFY", ("Declaration",), _PARTY, "notifies", "bildirim tarafı", _ITEM + _ROLE),
        LinkType(
            "BY_MEANS_OF",
            ("Declaration", "Seizure", "Movement"),
            _CONVEYANCE,
            "by means of",
            "taşıtı",
            (Property("role", "text"), Property("mode", "mode"), Property("nationality", "country")),
        ),
        LinkType(
            "IN_CONTAINER",
            ("Declaration", "Seizure", "Movement"),
            ("Container",),
            "in container",
            "konteyneri",
            (
                Property("item", "integer"),
                Property("seal", "seal"),
                Property("gross_kg", "number"),
                Property("status", "text"),
            ),
        ),
        LinkType("CARRIES", ("Declaration", "Movement"), ("Commodity",), "carries", "eşyası", _GOODS),
        LinkType("ORIGIN", ("Declaration", "Seizure"), ("Place",), "goods originate in", "menşei", _WHERE),
        LinkType(
            "REFERS_TO",
            ("Declaration", "Seizure", "Notice", "Movement"),
            ("Document", "Declaration"),
            "refers to",
            "atıfta bulunduğu",
            (Property("item", "integer"), Property("type", "text"), Property("category", "text")),
        ),
        LinkType(
            "SEIZED",
            ("Seizure",),
            ("Commodity",),
            "seized",
            "yakalanan eşya",
            (
                Property("amount", "number"),
                Property("unit", "text"),
                Property("raw", "text"),
                Property("kg", "number"),
                Property("value", "number"),
                Property("currency", "currency"),
                Property("brand", "text"),
                Property("description", "text"),
            ),
        ),
        LinkType(
            "SEIZED_FROM",
            ("Seizure",),
            _PARTY,
            "seized from",
            "yakalandığı kişi",
            (Property("role", "text"), Property("arrested", "text")),
        ),
        LinkType(
            "CONCERNS", ("Seizure", "Operation"), ("Declaration", "Seizure"), "concerns", "ilgili beyan"
        ),
        LinkType("DEPARTED_FROM", _EVENTS, ("Place",), "departed from", "çıkış yeri", _WHERE),
        LinkType("VIA", _EVENTS, ("Place",), "via", "geçtiği yer", _WHERE),
        LinkType("CLEARED_AT", _EVENTS, ("Place",), "cleared at", "işlem gümrüğü", _WHERE),
        LinkType("SEIZED_AT", _EVENTS, ("Place",), "seized at", "yakalandığı yer", _WHERE),
        LinkType("BOUND_FOR", _EVENTS, ("Place",), "bound for", "varış yeri", _WHERE),
        LinkType("SEEN_AT", _EVENTS, ("Place",), "seen at", "görüldüğü yer", _WHERE),
        LinkType("DIRECTS", ("Person",), ("Company",), "directs", "yönettiği", _ROLE),
        LinkType(
            "OWNS",
            ("Person", "Company"),
            ("Company", "Vehicle", "Vessel", "Aircraft", "Account"),
            "owns",
            "sahibi olduğu",
            (Property("share", "number"),),
        ),
        LinkType("WORKS_FOR", ("Person",), ("Company", "Organisation"), "works for", "çalıştığı", _ROLE),
        LinkType("ASSOCIATE_OF", ("Person",), ("Person",), "associate of", "bağlantılı olduğu", _ROLE),
        LinkType("RELATED_TO", ("Person",), ("Person",), "related to", "akrabası", _ROLE),
        LinkType(
            "USES", _PARTY, ("Phone", "Account", "Vehicle", "Vessel", "Aircraft"), "uses", "kullandığı", _ROLE
        ),
        LinkType(
            "LOCATED_AT", (*_PARTY, "Organisation"), ("Address", "Place"), "located at", "adresi", _ROLE
        ),
        LinkType("HOLDS", _PARTY, ("Document",), "holds", "belgesi", _ROLE),
        LinkType("WITHIN", ("Address", "Place"), ("Place",), "within", "bulunduğu yer"),
        LinkType("NAMES", ("Notice",), _ANY, "names", "adı geçen", _ROLE),
        LinkType(
            "PASSES",
            ("Route",),
            ("Place",),
            "passes",
            "uğradığı",
            (Property("seq", "integer"), Property("mode", "mode")),
        ),
        LinkType("TOWS", ("Vehicle",), ("Vehicle",), "tows", "çektiği"),
    )
}

BASES = ("declared", "observed", "reported", "inferred")
COMMON = ("id", "record", "from_mention", "to_mention", "batch", "at", "valid_from", "valid_to", "precision", "basis",
          "marking", "grade")  # fmt: skip


def link_type(name: str) -> LinkType:
    """The declaration of a link type; KeyError names what there is."""
    try:
        return LINKS[name]
    except KeyError:
        raise KeyError(f"no link type {name!r}; there are {', '.join(LINKS)}") from None
