"""What the fields beside the name say of a pair: levels of agreement, each a key of the weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from graphintel.resolve.features import Birth, Features
from graphintel.resolve.normalise.addresses import Address
from graphintel.resolve.normalise.identifiers import Identifier

# Numbers that a thing has one of for life; of the others it has several, or gets a new one.
LASTING = frozenset(
    ("national_id", "tax_id", "lei", "imo", "imo_company", "vin", "container", "eori", "iban", "registry_no")
)
# Signs as in the marks of names: 1 only for one thing, -1 only against.
SIGNS = {
    "base": 0,
    "birth.equal": 1, "birth.flip": 1, "birth.near": 0, "birth.year": 1, "birth.same_year": -1, "birth.clash": -1,
    "generation.same": 1, "generation.clash": -1, "gender.equal": 1, "gender.clash": -1, "country.shared": 1, "country.clash": -1, "seat.shared": 1, "seat.clash": -1,
    "lasting.equal": 1, "lasting.unchecked": 1, "lasting.invalid": 1, "lasting.typo": 1, "lasting.edit": -1,
    "lasting.clash": -1, "changing.equal": 1, "changing.unchecked": 1, "changing.invalid": 1, "changing.typo": 1,
    "changing.edit": -1, "changing.clash": -1, "identifier.foreign": 1,
    "phone.shared": 1, "phone.local": 1, "phone.clash": -1, "email.shared": 1, "email.office": 1, "email.clash": -1,
    "address.same": 1, "address.near": 1, "address.street": 0, "address.clash": -1,
}  # fmt: skip
# Mailboxes of a house, not of a person.
_OFFICES = frozenset(
    ("info", "sales", "office", "contact", "admin", "bilgi", "iletisim", "muhasebe", "export", "import")
)
_SHORTEST_LOCAL = 7
_SAME, _NEAR, _STREET = 0.75, 0.5, 0.5


class Level(NamedTuple):
    """A field's agreement: the field as it is shown, the key of its weight, and the two values that were compared."""

    field: str
    key: str
    left: str = ""
    right: str = ""


def levels(one: Features, other: Features) -> Iterable[Level]:
    """The levels of every field that both state, names left out; symmetric."""
    if one.kind == "Person" and (generation := _generation(one, other)):
        yield generation
    if one.births and other.births:
        yield _best_birth(one.births, other.births)
    if one.gender and other.gender:
        yield Level(
            "gender", f"gender.{'equal' if one.gender == other.gender else 'clash'}", one.gender, other.gender
        )
    if one.countries and other.countries:
        # A person may hold two passports; a firm of one name in two countries is two firms.
        key = f"{'seat' if one.kind == 'Company' else 'country'}.{_shared(one.countries & other.countries)}"
        yield Level("country", key, _shown(one.countries), _shown(other.countries))
    if one.identifiers and other.identifiers:
        yield from _identifiers(one.identifiers, other.identifiers)
    if one.phones and other.phones:
        yield Level("phone", _phones(one.phones, other.phones), _shown(one.phones), _shown(other.phones))
    if one.emails and other.emails:
        yield Level("email", _emails(one.emails & other.emails), _shown(one.emails), _shown(other.emails))
    if one.addresses and other.addresses:
        yield _best_address(one.addresses, other.addresses)


def _shared(values: frozenset[str]) -> str:
    return "shared" if values else "clash"


def _shown(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))


def _generation(one: Features, other: Features) -> Level | None:
    """Junior against senior; None where one of the two does not say."""
    mine = {form for name in one.names for form in name.forms}
    yours = {form for name in other.names for form in name.forms}
    if not mine or not yours:
        return None
    return Level(
        "generation", f"generation.{'same' if mine & yours else 'clash'}", _shown(mine), _shown(yours)
    )


_BIRTHS = ("equal", "flip", "year", "near", "same_year", "clash")
_ADDRESSES = ("same", "near", "street", "clash")


def _best_birth(ones: tuple[Birth, ...], others: tuple[Birth, ...]) -> Level:
    found = [(_BIRTHS.index(_birth(one, other)), one, other) for one in ones for other in others]
    rank, one, other = min(found)
    return Level("birth", f"birth.{_BIRTHS[rank]}", _date(one), _date(other))


def _date(birth: Birth) -> str:
    return "-".join(f"{part:02d}" for part in birth if part)


def _birth(one: Birth, other: Birth) -> str:
    if not (one.day and other.day):
        if one.year != other.year:
            return "clash" if abs(one.year - other.year) > 1 else "same_year"
        months = {one.month, other.month} - {0}
        return "year" if len(months) < 2 else "same_year"
    if one == other:
        return "equal"
    if one.year == other.year and one.day == other.month and one.month == other.day:
        return "flip"
    apart = [abs(mine - yours) for mine, yours in zip(one, other, strict=True)]
    if apart in ([1, 0, 0], [0, 1, 0], [0, 0, 1]) or (sum(map(bool, apart)) == 1 and _one_digit(one, other)):
        return "near"
    if one.year == other.year:
        return "same_year"
    return "near" if apart[0] == 1 and (one.day, one.month) == (other.month, other.day) else "clash"


def _one_digit(one: Birth, other: Birth) -> bool:
    mine, yours = (f"{birth.year:04d}{birth.month:02d}{birth.day:02d}" for birth in (one, other))
    return DamerauLevenshtein.distance(mine, yours) == 1


def _identifiers(ones: tuple[Identifier, ...], others: tuple[Identifier, ...]) -> Iterable[Level]:
    """One level a scheme that both state: the best of its pairs."""
    for scheme in sorted({one.scheme for one in ones} & {other.scheme for other in others}):
        found = [
            (_ORDER.index(level), mine.number, yours.number)
            for mine in ones
            for yours in others
            if mine.scheme == yours.scheme == scheme and (level := _identifier(mine, yours))
        ]
        if found:
            rank, left, right = min(found)
            level = _ORDER[rank]
            family = "identifier" if level == "foreign" else "lasting" if scheme in LASTING else "changing"
            yield Level(scheme, f"{family}.{level}", left, right)


_ORDER = ("equal", "unchecked", "invalid", "typo", "foreign", "edit", "clash")


def _identifier(one: Identifier, other: Identifier) -> str:
    """How two numbers of one scheme agree; empty where different countries gave them."""
    elsewhere = bool(one.country and other.country and one.country != other.country)
    if one.number == other.number:
        if elsewhere:
            return "foreign"
        if one.valid is None or other.valid is None:
            return "unchecked"
        return "equal" if one.valid and other.valid else "invalid"
    if elsewhere:
        return ""
    if len(one.number) > 4 and DamerauLevenshtein.distance(one.number, other.number, score_cutoff=1) == 1:
        return "typo" if one.valid is False or other.valid is False else "edit"
    # A number that fails its check cannot part two things: it is nobody's.
    return "clash" if one.valid is not False and other.valid is not False else ""


def _phones(ones: frozenset[str], others: frozenset[str]) -> str:
    if ones & others:
        return "phone.shared"
    for one in ones:
        for other in others:
            short, long = sorted((one.lstrip("+0"), other.lstrip("+0")), key=len)
            if len(short) >= _SHORTEST_LOCAL and long.endswith(short):
                return "phone.shared" if len(short) > _SHORTEST_LOCAL + 1 else "phone.local"
    return "phone.clash"


def _emails(shared: frozenset[str]) -> str:
    if not shared:
        return "email.clash"
    return "email.office" if all(mail.split("@")[0] in _OFFICES for mail in shared) else "email.shared"


def _best_address(ones: tuple[Address, ...], others: tuple[Address, ...]) -> Level:
    rank, left, right = min(
        (_ADDRESSES.index(_address(one, other)), one, other) for one in ones for other in others
    )
    return Level("address", f"address.{_ADDRESSES[rank]}", _line(left), _line(right))


def _line(one: Address) -> str:
    return " ".join((*sorted(one.words), *sorted(one.numbers)))


def _address(one: Address, other: Address) -> str:
    """Same house, near (a part is missing), same street or town only, or elsewhere."""
    fewest = min(len(one.words), len(other.words))
    if not fewest:
        return "near" if one.numbers and one.numbers == other.numbers else "clash"
    words = len(one.words & other.words) / fewest
    numbers = one.numbers & other.numbers
    if one.numbers and other.numbers:
        share = len(numbers) / min(len(one.numbers), len(other.numbers))
        if words >= _SAME and share == 1:
            return "same"
        if words >= _NEAR and share >= _NEAR:
            return "near"
        return "street" if words >= _STREET else "clash"
    return "near" if words >= _SAME and fewest > 1 else "street" if words >= _STREET else "clash"
