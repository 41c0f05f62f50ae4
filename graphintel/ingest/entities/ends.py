"""Ends of links that a property states by value: phones, countries, commodity headings, addresses that are places."""

from __future__ import annotations

from graphintel.ingest.mapping.draft import statement
from graphintel.ingest.mapping.makers import resolved
from graphintel.model.gazetteer import find_place
from graphintel.model.records import Mention, Scalar, Stated
from graphintel.model.values import clean

_HOMES = ("nationality", "country", "registry_country")


def _made(source: str, kind: str, values: Stated) -> Mention | None:
    return statement(source, kind, values).mention if values else None


def phone(source: str, text: str, owner: Mention) -> Mention | None:
    """The phone that a party states, read in the party's country."""
    stated = dict(owner.values)
    home = next((stated[name].normal for name in _HOMES if name in stated), "")
    value = clean("phone", text, **({"country": home} if home else {}))
    return _made(source, "Phone", (("number", value),) if value.normal else ())


def country_place(source: str, text: str) -> Mention | None:
    """The country that a code or name stands for, as a place; None where it is no country."""
    found = find_place(clean("country", text).normal, None, "country")
    return _made(source, "Place", resolved(text, found)) if found else None


def heading(source: str, text: str, description: str) -> tuple[Mention | None, dict[str, Scalar]]:
    """The commodity of a code, and what the link says of it."""
    value = clean("hs", text)
    six = value.part("hs6")
    end = _made(source, "Commodity", (("hs", value._replace(normal=str(six)) if six else value),))
    said: dict[str, Scalar] = {"hs": value.normal}
    if description:
        said["description"] = clean("text", description).normal
    return end, said


def address_as_place(source: str, address: Mention) -> Mention:
    """An address where a place is wanted: the known place of its city or name, else its text as the place's name."""
    stated = dict(address.values)
    home = stated["country"].normal if "country" in stated else ""
    texts = [stated[name].raw for name in ("city", "text", "street") if name in stated]
    for text in texts:
        found = find_place(text, home or None)
        if found:
            return _made(source, "Place", resolved(text, found)) or address
    values = [("name", clean("name", texts[0]))] if texts else []
    values += [("country", stated["country"])] if home else []
    return _made(source, "Place", tuple(values)) or address
