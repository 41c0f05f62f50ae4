"""Where the weights of fields begin before any pair was judged: by how often strangers share a value, in bits."""

from __future__ import annotations

from graphintel.resolve.score.weights import Weights

# A stranger shares a birth date once in 20,000 (14 bits), of which clerks' errors and shared lists leave nine or so.
FIELDS = {
    "base": -4.0,
    "birth.equal": 8.5, "birth.flip": 5.0, "birth.near": 2.0, "birth.year": 2.5, "birth.same_year": -3.0, "birth.clash": -8.0,
    "generation.same": 1.0, "generation.clash": -9.0, "gender.equal": 0.4, "gender.clash": -4.0, "country.shared": 0.5, "country.clash": -0.7, "seat.shared": 0.7, "seat.clash": -5.0,
    "lasting.equal": 22.0, "lasting.unchecked": 16.0, "lasting.invalid": 9.0, "lasting.typo": 7.0, "lasting.edit": -6.0,
    "lasting.clash": -16.0, "changing.equal": 17.0, "changing.unchecked": 13.0, "changing.invalid": 8.0,
    "changing.typo": 5.0, "changing.edit": -4.0, "changing.clash": -4.0, "identifier.foreign": 1.0,
    "phone.shared": 6.5, "phone.local": 4.0, "phone.clash": -0.5, "email.shared": 7.5, "email.office": 0.7, "email.clash": -0.4,
    "address.same": 5.0, "address.near": 3.0, "address.street": 0.4, "address.clash": -1.0,
}  # fmt: skip


def prior() -> Weights:
    """Weights that know fields only: names say nothing until they are fitted."""
    return Weights("prior", {}, {}, FIELDS, cut=0.5, automatic=20.0, most_of_name=8.0)
