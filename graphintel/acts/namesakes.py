"""Statements of one name: judged the same where that was measured to be safe in this store, else compared once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from graphintel.acts.session import Session
from graphintel.model.judgement import Judgement
from graphintel.resolve.candidates import Called, Index, Measured, Namesake
from graphintel.resolve.candidates.namesakes import called_as
from graphintel.resolve.features import Features
from graphintel.resolve.score import Weights, score
from graphintel.store.read import compared
from graphintel.store.write.united import Alike, unite

#: Who judges where nobody does.
AUTHOR = "resolve"
# A name of more statements than this is left to a person, and so many of a thing are held against a namesake.
_MOST, _ASKED = 5000, 20
# So many statements are judged in one transaction.
_TOGETHER = 200
Known = Callable[[Iterable[str]], dict[str, Features]]


class _Group(NamedTuple):
    """What is to be judged: the statement that the others are the same as, and whom the others are held against."""

    anchor: str
    members: list[str]
    others: list[str]
    rule: Measured


@dataclass(slots=True)
class Namesakes:
    """The names of one run: which rules decide in this store, and which names were settled already."""

    session: Session
    index: Index
    weights: Weights
    known: Known
    rules: dict[str, Measured] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    heads: dict[int, str] = field(default_factory=dict)

    def measure(self) -> None:
        """Ask the side index how often each rule is right about statements whose numbers are known."""
        self.rules = {one.rule: one for one in self.index.measured()}

    def settle(self, asked: Iterable[Features]) -> tuple[int, int]:
        """Judge the same what has the name of exactly one thing, by the rules that decide, where nothing speaks against it.

        How many statements were judged, and how many links moved.
        """
        names: dict[int, Measured] = {}
        for said in (said for one in asked for said in called_as(one)):
            rule = self.rules.get(said.rule)
            if rule is not None and rule.decides and said.number not in self.done:
                names[said.number] = rule
        self.done.update(names)
        for number in names:
            self.heads.pop(number, None)
        groups = list(self._groups(names))
        everybody = self.known({name for group in groups for name in (*group.members, *group.others)})
        judged = moved = 0
        for part in _packed([self._alike(group, everybody) for group in groups]):
            done = unite(self.session.store, part)
            judged, moved = judged + len(done.judgements), moved + done.moved
        return judged, moved

    def _groups(self, names: dict[int, Measured]) -> Iterator[_Group]:
        """Of some names those that only one thing of known number has, and that are more than one thing yet."""
        found = {number: self.index.namesakes(number, _MOST + 1) for number in names}
        found = {number: group for number, group in found.items() if 1 < len(group) <= _MOST}
        at = self._at(found.values())
        for number, everybody in found.items():
            group = [one for one in everybody if one.id in at]
            things = {at[one.id] for one in group if one.strong}
            if len({at[one.id] for one in group}) > 1 and len(things) < 2:
                members = [one.id for one in group if at[one.id] in things] if things else [group[0].id]
                anchor = next((one.id for one in group if one.strong), members[0])
                others = [one.id for one in group if at[one.id] != at[anchor]]
                yield _Group(anchor, members[:_ASKED], others, names[number])

    def _at(self, groups: Iterable[list[Namesake]]) -> dict[str, str]:
        return compared.entities(self.session.store, sorted({one.id for group in groups for one in group}))

    def _alike(self, group: _Group, known: dict[str, Features]) -> Alike:
        """Those of a group against which nothing speaks: no clash, no other country."""
        thing = [known[name] for name in group.members if name in known]
        countries = frozenset().union(*(one.countries for one in thing))
        fitting = [
            name
            for name in group.others
            if name in known
            and not (countries and known[name].countries and not known[name].countries & countries)
            and not any(score(known[name], one, self.weights).contradicted for one in thing)
        ]
        return Alike(group.anchor, fitting, self._said(group))

    def _said(self, group: _Group) -> Judgement:
        rule = group.rule
        low, high = rule.interval
        evidence = {"rule": rule.rule, "right": rule.right, "wrong": rule.wrong, "interval": [low, high]}
        why = (
            f"the same name word for word, which only one thing of known number has ({rule.rule}); that was right for "
            f"{rule.right:,} of {rule.right + rule.wrong:,} statements whose number is known"
        )
        model = f"{self.weights.version}/{rule.rule}"
        return Judgement("same", group.anchor, group.anchor, AUTHOR, why, model, round(low, 6),
                         orjson.dumps(evidence).decode())  # fmt: skip

    def prepare(self, asked: Iterable[Features]) -> None:
        """Look up at once who stands for the names of some statements."""
        wanted = {said.number for one in asked if (said := _bare(one))} - self.heads.keys()
        found = {number: self.index.namesakes(number, _MOST) for number in sorted(wanted)}
        at = self._at(found.values())
        open_ = {number: unknown(group, at)[:_ASKED] for number, group in found.items()}
        known = self.known({name for names in open_.values() for name in names})
        for number, names in open_.items():
            self.heads[number] = next((name for name in names if name in known and _bare(known[name])), "")

    def head(self, given: Features) -> str:
        """The statement that stands for all that say nothing but this one's name; its own id if it says more."""
        said = _bare(given)
        return (self.heads.get(said.number) or given.id) if said else given.id


def _bare(given: Features) -> Called | None:
    return next((one for one in called_as(given) if one.bare and not one.strong), None)


def _packed(groups: list[Alike]) -> Iterator[list[Alike]]:
    """Groups as transactions of at most so many statements; a larger one is parted."""
    pack: list[Alike] = []
    for group in groups:
        for start in range(0, len(group.others), _TOGETHER):
            part = group._replace(others=group.others[start : start + _TOGETHER])
            if pack and sum(len(one.others) for one in pack) + len(part.others) > _TOGETHER:
                yield pack
                pack = []
            pack.append(part)
    if pack:
        yield pack


def unknown(group: list[Namesake], at: dict[str, str]) -> list[str]:
    """Of statements of one name those that state no more, and were not found to be a thing of known number."""
    things = {at[one.id] for one in group if one.strong and one.id in at}
    return [
        one.id for one in group if one.bare and not one.strong and one.id in at and at[one.id] not in things
    ]


def alike(session: Session, index: Index, given: Features) -> list[str]:
    """Statements that may say nothing but the name of this one, and are other things than it and than each other."""
    said = _bare(given)
    if said is None:
        return []
    group = index.namesakes(said.number, _MOST)
    at = compared.entities(session.store, [one.id for one in group])
    found: dict[str, str] = {}
    for name in unknown(group, at):
        found.setdefault(at[name], name)
    return sorted(name for thing, name in found.items() if thing != at.get(given.id))


def bare(given: Features) -> bool:
    """Whether a statement says nothing but a name, where from and of which gender."""
    return _bare(given) is not None
