"""The plan of a source: its description compiled once, then run for every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from graphintel.errors import InputError, RowRefused
from graphintel.ingest.formats.access import Access, Scope, Text
from graphintel.ingest.mapping.draft import Draft
from graphintel.ingest.mapping.fields import Canonical, Get, Hints, field
from graphintel.ingest.mapping.language import Part, keys
from graphintel.ingest.mapping.links import Emit, Things, link, towing
from graphintel.ingest.mapping.problems import Misfit, Problems
from graphintel.ingest.mapping.text import Compiler, Shared, joined
from graphintel.ingest.mapping.things import Thing, thing
from graphintel.model.grading import Grade, checked

_BLOCK_KEYS = frozenset(keys(Part))


class Block(NamedTuple):
    """A compiled part of a mapping: things first, then links, then the repeated parts inside.

    `reads`: the paths that each link's own properties, date and condition are read from, in the order of `links`.
    """

    things: list[tuple[int, Thing]]
    links: list[Emit]
    parts: list[tuple[Callable[[Scope], list[Scope]], Block]]
    reads: list[tuple[str, ...]]


class Origins(NamedTuple):
    """The paths that values (by mention and property) and links (by id) of a row were read from."""

    values: dict[tuple[str, str], tuple[str, ...]]
    links: dict[str, tuple[str, ...]]


class Plan:
    """Runs a mapping over a row: fills a draft with mentions and links.

    What does not fit is collected in `problems`, and its part left out; without `problems` the first is raised.
    """

    def __init__(
        self,
        source: str,
        where: str,
        given: dict[str, Any],
        access: Access,
        basis: str,
        hints: dict[str, Hints],
        problems: Problems | None = None,
    ):
        self._source, self._basis, self._hints = source, basis, hints
        self._slots = 0
        self.access = access
        compiler = Compiler(access, where, shared=Shared({}, problems or Problems()))
        apart, names = compiler.problems.apart, dict[str, tuple[int, Thing] | None]()
        self.key: Text | None = None
        self._at: Get | None = None
        self._grade: Callable[[Scope], Grade | None] | None = None
        with apart():
            self.key = joined(compiler.inside("key"), given["key"], "|") if given.get("key") else None
        with apart():
            if "at" in given:
                self._at = field(compiler, "at", "date", given["at"], hints.get("date", {})).get
        with apart():
            if "grade_of" in given:
                self._grade = _grading(compiler.inside("grade_of"), given["grade_of"])
        self.block = self._compile(compiler, given, names)
        self.subjects = self._found(compiler.inside("subjects"), given.get("subjects", ()), names)
        self.canonical: dict[str, Canonical] = compiler.canonical
        if problems is None and compiler.problems.found:
            first = compiler.problems.found[0]
            raise Misfit(where, first.path, first.message)

    def _found(self, compiler: Compiler, subjects: Sequence[str], names: Things) -> list[int]:
        found = []
        for place, name in enumerate(subjects):
            with compiler.problems.apart():
                if name not in names:
                    raise compiler.inside(place).wrong(f"no thing {name!r}; there are {', '.join(names)}")
                made = names[name]
                if made is not None:
                    found.append(made[0])
        return found

    def _compile(self, compiler: Compiler, given: dict[str, Any], names: Things) -> Block:
        block = Block([], [], [], [])
        for name, spec in (given.get("things") or {}).items():
            names[name] = None
            if spec is None:
                continue
            with compiler.problems.apart():
                made = thing(compiler.inside("things", name), self._source, name, spec, self._hints)
                found = names[name] = (self._slots, made)
                block.things.append(found)
                self._slots += 1
        for place, spec in enumerate(given.get("links") or ()):
            if spec is None:
                continue
            seen = len(compiler.access.touched)
            with compiler.problems.apart():
                emit = link(compiler.inside("links", place), spec, names, self._basis, self._hints)
                if emit is not None:
                    block.links.append(emit)
                    block.reads.append(tuple(dict.fromkeys(compiler.access.touched[seen:])))
        for slot, made in block.things:
            if made.tows:
                block.links.append(towing(slot, self._basis))
                block.reads.append(made.reads[""])
        for place, part in enumerate(given.get("parts") or ()):
            if part is None:
                continue
            with compiler.problems.apart():
                block.parts.extend(self._part(compiler.inside("parts", place), part, names))
        return block

    def _part(
        self, compiler: Compiler, given: Any, names: Things
    ) -> list[tuple[Callable[[Scope], list[Scope]], Block]]:
        """A repeated part: `each` path of a document, or `for` a list of names that stand in for `$` in columns."""
        if not isinstance(given, dict) or set(given) - _BLOCK_KEYS or not {"each", "for"} & set(given):
            raise compiler.wrong(f"a part is a table of {', '.join(sorted(_BLOCK_KEYS))}, not {given!r}")
        if "for" in given:
            return [
                (
                    (lambda scope: [scope]),
                    self._compile(compiler, _filled(given, words), dict(names)),
                )
                for words in given["for"]
            ]
        try:
            scopes, access = compiler.access.scopes(given["each"])
        except KeyError:
            raise compiler.inside("each").wrong(
                f"a flat row has no parts {given['each']!r}; use `for`"
            ) from None
        inner = compiler.inside(access=access)
        if "order" in given:
            scopes = _ordered(scopes, inner, given["order"])
        if "when" in given:
            scopes = _kept(scopes, inner.inside("when"), given["when"])
        return [(scopes, self._compile(inner, given, dict(names)))]

    def run(self, scope: Scope, identity: str) -> Draft:
        """The mentions and links that a row states; raises RowRefused for a row that cannot be used."""
        draft = self.begun(scope, identity)
        self._fill(self.block, scope, draft)
        return draft

    def begun(self, scope: Scope, identity: str) -> Draft:
        """An empty draft with the date of its row."""
        draft = Draft(identity, self._slots)
        if self._at is not None:
            date = self._at(scope)
            if date is not None and date.verdict == "valid":
                draft.at, draft.precision = str(date.part("date")), str(date.part("precision"))
        return draft

    def _fill(self, block: Block, scope: Scope, draft: Draft) -> None:
        slots = draft.slots
        for slot, made in block.things:
            slots[slot] = made.make(scope, draft)
        for emit in block.links:
            emit(scope, draft)
        for scopes, inner in block.parts:
            for part in scopes(scope):
                self._fill(inner, part, draft)

    def origins(self, draft: Draft, scope: Scope) -> Origins | None:
        """Where a plan that maps by another table looked; None for one that is its description's own."""
        return None

    def grade(self, scope: Scope) -> Grade | None:
        """The row's own grade, if the source states one; RowRefused (bad_grade) if it is of no scheme."""
        return self._grade(scope) if self._grade else None


def _filled(given: Any, words: Any) -> Any:
    """A part with `$` replaced by a word, or `$name` by the words of a table."""
    if isinstance(given, str):
        for name, word in words.items() if isinstance(words, dict) else [("", words)]:
            given = given.replace(f"${name}", str(word))
        return given
    if isinstance(given, list):
        return [_filled(part, words) for part in given]
    if isinstance(given, dict):
        return {_filled(key, words): _filled(part, words) for key, part in given.items() if key != "for"}
    return given


def _ordered(
    scopes: Callable[[Scope], list[Scope]], compiler: Compiler, spec: Any
) -> Callable[[Scope], list[Scope]]:
    number = field(compiler, "order", "integer", spec, {}).get

    def place(scope: Scope) -> float:
        found = number(scope)
        value = found.part("value") if found else None
        return float(value) if isinstance(value, int | float) else float("inf")

    return lambda scope: sorted(scopes(scope), key=place)


def _kept(
    scopes: Callable[[Scope], list[Scope]], compiler: Compiler, spec: Any
) -> Callable[[Scope], list[Scope]]:
    holds = compiler.condition(spec)
    return lambda scope: [part for part in scopes(scope) if holds(part)]


def _grading(compiler: Compiler, given: dict[str, Any]) -> Callable[[Scope], Grade | None]:
    unknown = set(given) - set(Grade._fields)
    if unknown:
        raise compiler.wrong(
            f"a grade has no {', '.join(sorted(unknown))}; it has {', '.join(Grade._fields)}"
        )
    texts = [compiler.inside(name).text(given.get(name, "=")) for name in Grade._fields]

    def grade(scope: Scope) -> Grade | None:
        stated = Grade(*(text(scope) for text in texts))
        if not stated.source and not stated.information:
            return None
        try:
            return checked(stated)
        except InputError as error:
            raise RowRefused("bad_grade", error.message) from error

    return grade
