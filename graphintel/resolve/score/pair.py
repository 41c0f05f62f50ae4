"""The score of a pair of things: contributions in bits that add up, and the probability that they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graphintel.resolve.features import Features
from graphintel.resolve.normalise.name import Name
from graphintel.resolve.score.companies import company_marks
from graphintel.resolve.score.levels import levels
from graphintel.resolve.score.persons import person_marks
from graphintel.resolve.score.weights import Table, Weights, shipped

# Things that their number decides: a name alone is never enough.
BY_NUMBER = frozenset(("Vehicle", "Vessel", "Container", "Aircraft", "Phone", "Account", "Document"))
# Where only names are compared, ships are named as firms are.
PERSONS = frozenset(("Person",))
# What a household shares, and what is left of it once the names or dates of birth say that they are two.
_HOUSEHOLD = ("birth.", "phone.", "email.", "address.")
RELATIVES, ALIKE, NEIGHBOURS, CONTRADICTED = 0.9, 0.5, 0.75, 0.75
# Given names that are only alike: brothers and sisters are often called so.
_UNSURE = ("near", "loose", "far", "prefix")
_DISJOINT = 0.25
_AGAINST, _DOUBTED = -2.0, ("clash", "alike")
_MOST_NAMES = 4
_LIMIT = 60.0


class Contribution(NamedTuple):
    """What one field adds to the score, in bits, with the level it reached and the two values."""

    field: str
    bits: float
    level: str
    left: str = ""
    right: str = ""


class Score(NamedTuple):
    """The sum of contributions in bits (log2 odds), and the bar from which it may stand without a person."""

    bits: float
    contributions: tuple[Contribution, ...]
    bar: float

    @property
    def probability(self) -> float:
        """The probability that the two are one, 0 to 1."""
        return 1 / (1 + 2 ** -max(-_LIMIT, min(_LIMIT, self.bits)))

    @property
    def contradicted(self) -> bool:
        """Whether a clash speaks strongly against the two being one."""
        return any(one.level == "clash" and one.bits <= _AGAINST for one in self.contributions)

    @property
    def automatic(self) -> bool:
        """Whether it reaches the automatic bar, nothing speaks against it, and the names are not only alike."""
        return self.bits >= self.bar and all(
            one.bits > _AGAINST and not (one.field == "name" and one.level in _DOUBTED)
            for one in self.contributions
        )


class Evidence(NamedTuple):
    """One field of a pair before it is weighed: the amount of each key of the weights; `clash` for names that part it."""

    field: str
    table: str
    amounts: Table
    level: str
    left: str = ""
    right: str = ""


def score(one: Features, other: Features, weights: Weights | None = None) -> Score:
    """The score of two things; symmetric. Things of different kinds, or of a kind that is never compared, score lowest."""
    using = weights or shipped()
    if one.kind != other.kind:
        return Score(
            -_LIMIT, (Contribution("kind", -_LIMIT, "clash", one.kind, other.kind),), using.automatic
        )
    found = [_weighed(evidence, using, one.kind) for evidence in evidence_of(one, other, using)]
    return Score(sum([part.bits for part in found]), tuple(found), using.automatic)


def _weighed(evidence: Evidence, using: Weights, kind: str) -> Contribution:
    table: Table = getattr(using, evidence.table)
    bits = _weight(evidence.amounts, table)
    if evidence.field == "name":
        most = using.most_of_name
        bits = max(-most, min(most, bits))
        if kind in BY_NUMBER:
            bits = max(-1.0, min(1.0, bits / 4))
    return Contribution(evidence.field, bits, evidence.level, evidence.left, evidence.right)


def evidence_of(one: Features, other: Features, using: Weights) -> list[Evidence]:
    """Everything that a pair says, field by field, with what relatives share and one number for two put right."""
    found: list[Evidence] = []
    clash = ""
    if one.names and other.names:
        named, clash = _names(one, other, using)
        found.append(named)
    if not found or one.kind in BY_NUMBER:
        found.append(Evidence("base", "fields", {"base": 1.0}, "no name" if not found else "by number"))
    beside = [Evidence(at.field, "fields", {at.key: 1.0}, at.key.split(".")[1], at.left, at.right)
              for at in levels(one, other)]  # fmt: skip
    if one.kind in PERSONS:
        found.extend(_put_right(found[0], clash, beside))
    elif one.kind == "Company" and clash:
        found.extend(_taken_back("neighbours", NEIGHBOURS, beside, _HOUSEHOLD))
    return [*found, *beside]


def _put_right(named: Evidence, clash: str, beside: list[Evidence]) -> Iterable[Evidence]:
    """What relatives share, and what one number typed for two persons says, taken back."""
    keys = {key for evidence in beside for key in evidence.amounts}
    aged = not keys.isdisjoint(("birth.clash", "generation.clash"))
    if clash == "given" or aged:
        yield from _taken_back("relatives", RELATIVES, beside, _HOUSEHOLD)
    elif named.level == "alike":
        yield from _taken_back("relatives", RELATIVES, beside, _HOUSEHOLD[:1])
        yield from _taken_back("household", ALIKE, beside, _HOUSEHOLD[1:])
    elif named.field == "base":
        yield from _taken_back("household", ALIKE, beside, _HOUSEHOLD[1:])
    disjoint = bool(clash) and named.amounts["cover"] < _DISJOINT
    if (aged and clash) or disjoint or "gender.clash" in keys:
        yield from _taken_back("one number for two", CONTRADICTED, beside, ("lasting.", "changing."))


def _taken_back(field: str, share: float, beside: list[Evidence], starts: tuple[str, ...]) -> list[Evidence]:
    """What speaks for one thing is taken back by a share, as a field of its own."""
    keys = [key for evidence in beside for key in evidence.amounts if key.startswith(starts) and key in FOR]
    return (
        [Evidence(field, "fields", {key: -share * keys.count(key) for key in keys}, "taken back")]
        if keys
        else []
    )


FOR = frozenset(
    ("birth.equal", "birth.flip", "birth.near", "birth.year", "phone.shared", "phone.local", "email.shared", "email.office",
     "address.same", "address.near", "address.street", "lasting.equal", "lasting.unchecked", "lasting.invalid",
     "lasting.typo", "changing.equal", "changing.unchecked", "changing.invalid", "changing.typo")
)  # fmt: skip


def _names(one: Features, other: Features, using: Weights) -> tuple[Evidence, str]:
    """The best pair of names, and how they clash where each has words that the other lacks."""
    person = one.kind in PERSONS
    compare, table = (person_marks, using.person) if person else (company_marks, using.company)
    compared = [
        (left, right, *compare(left, right))
        for left in one.names[:_MOST_NAMES]
        for right in other.names[:_MOST_NAMES]
    ]
    left, right, marks, clash = compared[0]
    if len(compared) > 1:
        # Of equals the one that parts them least, so that it does not matter which thing comes first.
        left, right, marks, clash = max(compared, key=lambda made: (_weight(made[2], table), not made[3]))
    marks["bias"] = 1.0
    level = (
        "clash"
        if clash
        else "alike"
        if _alike(left, right, marks)
        else "full"
        if marks.get("full")
        else "part"
    )
    evidence = Evidence(
        "name",
        "person" if person else "company",
        marks,
        level,
        " ".join(left.spelled),
        " ".join(right.spelled),
    )
    return evidence, clash


def _weight(amounts: Table, table: Table) -> float:
    return sum([table.get(key, 0.0) * amount for key, amount in amounts.items()])


def _alike(left: Name, right: Name, marks: Table) -> bool:
    """Whether some words are only alike: Burak and Berk share their consonants, and in one script are two names."""
    return any(level in marks for level in _UNSURE) or ("skeleton" in marks and left.script == right.script)
