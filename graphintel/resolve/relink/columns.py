"""What a statement becomes as a row of plain texts: one value a column, sorted, None where nothing is stated."""

from __future__ import annotations

from collections.abc import Iterable

from graphintel.resolve.features import Features
from graphintel.resolve.relink.model import Model

Row = dict[str, str | None]


def columns(model: Model) -> tuple[str, ...]:
    """The columns of a kind's table, in order: what a row is, what is compared, and the keys that bring rows together."""
    return ("unique_id", "entity", *model.compared, *model.keys)


def row(one: Features, entity: str, model: Model) -> Row:
    """A statement as a row; of several values of a field the first by name is taken."""
    said = _names(one) | _numbers(one) | _places(one)
    birth = min(one.births, default=None)
    said |= {
        "birth": "-".join(f"{part:02}" for part in birth if part) if birth else None,
        "birth_year": str(birth.year) if birth else None,
        "gender": one.gender or None,
        "country": min(one.countries, default=None),
        "phone": min(one.phones, default=None),
        "email": min(one.emails, default=None),
    }
    keys = {name: _key(said, parts) for name, parts in model.keys.items()}
    kept = {name: said.get(name) for name in model.compared}
    return {"unique_id": one.id, "entity": entity, **kept, **keys}


def _key(said: Row, parts: Iterable[str]) -> str | None:
    values = [said.get(part) for part in parts]
    return "|".join(value for value in values if value) if all(values) else None


def _names(one: Features) -> Row:
    if not one.names:
        return {}
    name = one.names[0]
    bones = [word.consonants or word.skeleton for word in name.words]
    return {
        "name": " ".join(sorted(name.texts)),
        "bones": " ".join(sorted(bones)),
        "given": bones[0] if len(bones) > 1 else None,
        "family": bones[-1] if len(bones) > 1 else None,
        "trade": " ".join(sorted(name.trades)) or None,
        "form": " ".join(sorted(name.forms)) or None,
    }


def _numbers(one: Features) -> Row:
    """The least number of each scheme; one that fails its check says nothing here."""
    found: Row = {}
    for each in sorted(one.identifiers):
        if each.valid is not False:
            found.setdefault(each.scheme, each.number)
    return found


def _places(one: Features) -> Row:
    if not one.addresses:
        return {}
    place = min(one.addresses, key=lambda each: (sorted(each.words), sorted(each.numbers)))
    return {
        "city": place.city or None,
        "postcode": place.postcode or None,
        "address": " ".join([*sorted(place.words), *sorted(place.numbers)]) or None,
    }
