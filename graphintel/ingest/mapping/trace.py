"""The trace of a row: from which cells each value of a mention and each link came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from graphintel.ingest.formats.access import Scope
from graphintel.ingest.mapping.draft import Draft
from graphintel.ingest.mapping.plan import Block, Plan
from graphintel.model.records import Mention

Paths = tuple[str, ...]


class Cell(NamedTuple):
    """One filled cell of a row: its path in the mapping, where exactly it stands, and its text as it is in the file."""

    path: str
    field: str
    text: str


class Origin(NamedTuple):
    """Where the mapping looked: paths, and the part of the row (as `Item[2]/`) in which they were read."""

    paths: Paths
    inside: str


@dataclass(slots=True)
class Trace:
    """What one row states, with the origins of each value by mention and property, and of each link."""

    draft: Draft
    values: dict[tuple[str, str], list[Origin]] = field(default_factory=dict)
    links: dict[str, Origin] = field(default_factory=dict)

    def cells_of_value(self, mention: str, name: str, raw: str, cells: list[Cell]) -> list[Cell]:
        """The cells that a value came from: those that hold its text if any does, else all that its rule reads."""
        read = _cited(self.values.get((mention, name), []), cells)
        return [cell for cell in read if raw and raw in cell.text] or read

    def cells_of_link(self, link: str, cells: list[Cell]) -> list[Cell]:
        """The cells that a link's own properties, date and condition came from."""
        origin = self.links.get(link)
        return _cited([origin], cells) if origin else []


def trace(plan: Plan, scope: Scope, identity: str) -> Trace:
    """Run a mapping over a row and note where it looked; raises RowRefused like the run itself."""
    own = plan.origins(draft := plan.run(scope, identity), scope)
    if own is not None:
        values = {name: [Origin(paths, "")] for name, paths in own.values.items()}
        return Trace(draft, values, {name: Origin(paths, "") for name, paths in own.links.items()})
    found = Trace(plan.begun(scope, identity))
    _follow(plan.block, scope, scope, found)
    return found


def _follow(block: Block, scope: Scope, row: Scope, found: Trace) -> None:
    inside = "" if scope is row else _place(scope, row)
    draft = found.draft
    for slot, made in block.things:
        draft.slots[slot] = made.make(scope, draft)
        for mention in draft.slots[slot]:
            _note(found, mention, made.reads, inside)
    for emit, reads in zip(block.links, block.reads, strict=True):
        before = len(draft.links)
        emit(scope, draft)
        for link in draft.links[before:]:
            found.links[link.id] = Origin(reads, inside)
    for scopes, inner in block.parts:
        for part in scopes(scope):
            _follow(inner, part, row, found)


def _note(found: Trace, mention: Mention, reads: dict[str, Paths], inside: str) -> None:
    for name, _ in mention.values:
        origin = Origin(reads.get(name) or reads[""], inside)
        found.values.setdefault((mention.id, name), []).append(origin)


def _place(part: Scope, row: Scope) -> str:
    """Where a repeated element stands below its row, as `Node.cells` writes it."""
    steps: list[str] = []
    while part is not row and part.parent is not None:
        several = len(part.parent.children[part.tag]) > 1
        steps.append(f"{part.tag}[{part.number + 1}]/" if several else f"{part.tag}/")
        part = part.parent
    return "".join(reversed(steps))


def _cited(origins: list[Origin], cells: list[Cell]) -> list[Cell]:
    """The filled cells that some origins name, each once, in the order of the row."""
    wanted = [
        cell
        for cell in cells
        if any(cell.path in origin.paths and _within(cell, origin.inside) for origin in origins)
    ]
    return list(dict.fromkeys(wanted))


def _within(cell: Cell, inside: str) -> bool:
    # A part also reads what stands above it; of the same repeated part only its own.
    bare = "".join(step.partition("[")[0] + "/" for step in inside.split("/") if step)
    return not cell.path.startswith(bare) or cell.field.startswith(inside)
