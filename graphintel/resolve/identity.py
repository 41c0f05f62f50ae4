"""What is one entity before anybody judges: equal valid strong identifiers are keys that unite mentions."""

from __future__ import annotations

from graphintel.model.fold import fold
from graphintel.model.kinds import KINDS
from graphintel.model.records import Mention
from graphintel.model.values import TYPES, Value, key

# Which stated property gives the country that an identifier belongs to.
_COUNTRY_OF = {
    "plate": ("plate_country",),
    "national_id": ("national_id_country", "nationality"),
    "passport": ("passport_country", "nationality"),
    "tax_id": ("tax_country", "country"),
}
# A text property that identifies once the kind says so: registry number with its country, the key of a known place.
_REGISTRY = ("Company", "registry_no", "registry_country")


def keys(mention: Mention) -> tuple[str, ...]:
    """The identity keys of a mention, sorted; mentions that share one are the same entity by rule (model.md)."""
    stated = dict(mention.values)
    found: set[str] = set()
    for name, value in mention.values:
        made = _key(mention.kind, name, value, stated)
        if made:
            found.add(made)
    found.update(_special(mention, stated))
    return tuple(sorted(f"{mention.kind}/{key}" for key in found))


def _key(kind: str, name: str, value: Value, stated: dict[str, Value]) -> str | None:
    type_name = KINDS[kind].property(name).type
    value_type = TYPES[type_name]
    if (
        not value_type.strong
        or value.verdict != "valid"
        or (value_type.kinds and kind not in value_type.kinds)
    ):
        return None
    hints = {}
    for other in _COUNTRY_OF.get(name, ()):
        if other in stated and stated[other].verdict == "valid":
            hints["country"] = stated[other].normal
            break
    return key(type_name, value, **hints)


def _special(mention: Mention, stated: dict[str, Value]) -> list[str]:
    found = []
    if mention.kind == "Place" and "place_key" in stated:
        found.append(f"place:{stated['place_key'].normal}")
    if mention.kind == _REGISTRY[0] and _REGISTRY[1] in stated and _REGISTRY[2] in stated:
        found.append(f"registry:{stated[_REGISTRY[2]].normal}:{stated[_REGISTRY[1]].normal}")
    if mention.kind in ("Company", "Person") and "trader_code" in stated and "name" in stated:
        code = stated["trader_code"].normal
        found.append(f"trader:{mention.source}:{mention.kind}:{code}:{fold(stated['name'].normal)}")
    if (
        mention.kind == "Vessel"
        and "mmsi" in stated
        and "name" in stated
        and stated["mmsi"].verdict == "valid"
    ):
        found.append(f"mmsi:{stated['mmsi'].normal}:{fold(stated['name'].normal)}")
    if mention.kind == "Declaration":
        found.extend(_registration(stated))
    return found


def _registration(stated: dict[str, Value]) -> list[str]:
    # A declaration number is only unique with its office; a Turkish registration number holds the office itself.
    if "number" in stated and "office" in stated:
        return [f"declaration:{stated['office'].normal}:{stated['number'].normal}"]
    return []
