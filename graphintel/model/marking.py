"""Markings: what a reader must be cleared for; interned in the store as small integers, a profile is a set of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import orjson

from graphintel.errors import InputError
from graphintel.model.grading import strictest as strictest_handling

LEVELS = ("open", "restricted", "confidential", "secret")
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


class Marking(NamedTuple):
    """The seven dimensions of handling that every record and link carries."""

    level: str = "restricted"
    compartments: tuple[str, ...] = ()
    handling: str = ""
    tlp: str = "AMBER"
    originator: str = ""
    releasability: tuple[str, ...] = ()
    purpose: str = "customs-enforcement"

    @property
    def text(self) -> str:
        """The canonical JSON text by which a marking is interned."""
        return orjson.dumps(self._asdict(), option=orjson.OPT_SORT_KEYS).decode()

    @property
    def banner(self) -> str:
        """The marking in one line, for strips and pictures."""
        words = [self.level.upper(), *self.compartments, f"TLP:{self.tlp}"]
        return " // ".join([*words, self.handling] if self.handling else words)


def parse_marking(given: object) -> Marking:
    """A marking from a source description or a stored text; raises InputError for an unknown level or TLP."""
    data = orjson.loads(given) if isinstance(given, str) else given
    if not isinstance(data, dict):
        raise InputError(f"a marking is a table of level, tlp and so on, not {given!r}")
    unknown = set(data) - set(Marking._fields)
    if unknown:
        raise InputError(
            f"a marking has no {', '.join(sorted(unknown))}; it has {', '.join(Marking._fields)}"
        )
    lists = {name: tuple(sorted(data[name])) for name in ("compartments", "releasability") if name in data}
    marking = Marking(**{**data, **lists})
    if marking.level not in LEVELS or marking.tlp not in TLP:
        raise InputError(f"level must be one of {', '.join(LEVELS)} and tlp one of {', '.join(TLP)}: {data}")
    return marking


def strictest(markings: Iterable[Marking]) -> Marking:
    """The join of several markings: what rests on all of them carries it. Raises ValueError for none."""
    items = list(markings)
    if not items:
        raise ValueError("no marking to join")
    shared = set(items[0].releasability)
    for item in items[1:]:
        shared &= set(item.releasability)
    return Marking(
        level=max((item.level for item in items), key=LEVELS.index),
        compartments=tuple(sorted({word for item in items for word in item.compartments})),
        handling=strictest_handling(item.handling for item in items),
        tlp=max((item.tlp for item in items), key=TLP.index),
        originator=", ".join(sorted({item.originator for item in items if item.originator})),
        releasability=tuple(sorted(shared)),
        purpose=items[0].purpose if len({item.purpose for item in items}) == 1 else "",
    )


class Profile(NamedTuple):
    """What one reader may see: marking numbers, whether these are all that the store holds, and whether the store
    holds more for a while (`partly`: a retraction is under way), so that degrees must be counted, not read."""

    marks: tuple[int, ...]
    sees_all: bool = False
    partly: bool = False

    @property
    def counts_all(self) -> bool:
        """Whether the degree that the store keeps is what this reader sees."""
        return self.sees_all and not self.partly

    @property
    def key(self) -> str:
        """The name under which caches keep this reader's view."""
        return "all" if self.sees_all else ",".join(map(str, sorted(self.marks)))
