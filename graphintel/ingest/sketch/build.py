"""From columns to things and links: what is obvious is drafted, the rest is left for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graphintel.ingest.mapping.text import placeholder
from graphintel.ingest.sketch import words
from graphintel.ingest.sketch.guess import Guess, guess
from graphintel.ingest.sketch.sight import Column, Sight
from graphintel.model.gazetteer import find_place
from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS

Spec = dict[str, Any]
_NUMBERS = ("number", "integer")
_PLAIN = ("text", "name", "company")
_FEW = 2
_SHORT = 4
_SURE = 0.9


@dataclass(slots=True)
class Block:
    """Things and links of a row, or of a repeated part of it, and the columns that they read."""

    things: dict[str, Spec] = field(default_factory=dict)
    links: list[Any] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Built:
    """A drafted mapping: kind of event, key, blocks, guesses by column, and what is unclear about each."""

    event: str
    key: list[str]
    date: Column | None
    row: Block
    parts: dict[str, Block]
    guesses: dict[str, Guess]
    unclear: list[str]

    def left(self, columns: Iterable[Column], block: Block, prefix: str = "") -> list[tuple[str, Column]]:
        """The columns that nothing reads yet."""
        # The ends of links are names of things, whatever columns are called.
        stated = [link[3:] if isinstance(link, list) else link.get("with") for link in block.links]
        read = _read([block.things, stated]) | set(self.key)
        return [(f"{prefix}{one.name}", one) for one in columns if one.name not in read]


def build(sight: Sight) -> Built:
    """The draft of a mapping for what was seen of a file."""
    guesses = {column.name: guess(column) for column in sight.columns}
    event, unclear = _event(sight)
    key = _key(sight, guesses)
    if not key:
        unclear.append("no column, nor a number with an item, tells all rows apart: there is no key")
    dates = [column for column in sight.columns if guesses[column.name].type == "date"]
    date = next((column for column in dates if not words.BIRTH & set(column.words)), None)
    built = Built(event, [column.name for column in key], date, Block(), {}, guesses, unclear)
    _Builder(built, sight.columns, guesses, built.row).row(key)
    for path, columns in sight.groups.items():
        inner = {column.name: guess(column) for column in columns}
        built.parts[path] = Block()
        _Builder(built, columns, inner, built.parts[path]).goods_and_containers(
            path.rpartition("/")[2].lower()
        )
        guesses.update({f"{path}/{name}": found for name, found in inner.items()})
    return built


def _event(sight: Sight) -> tuple[str, list[str]]:
    there = [word for column in sight.columns for word in column.words]
    there += [word for columns in sight.groups.values() for column in columns for word in column.words]
    scores = {kind: sum(word in known for word in there) for kind, known in words.EVENTS}
    best = max(scores, key=lambda kind: scores[kind])
    if sum(score == scores[best] for score in scores.values()) > 1:
        return best, [f"no word tells what kind of event a row is; {best} is taken"]
    return best, []


def _key(sight: Sight, guesses: dict[str, Guess]) -> list[Column]:
    if sight.rows < _FEW:
        return []
    full = [column for column in sight.columns if len(column.cells) >= sight.rows - sight.broken]
    named = [
        column for column in full if words.NUMBER & set(column.words) and guesses[column.name].type != "phone"
    ]
    for column in (*named, *full):
        if len(set(column.cells)) == len(column.cells) and guesses[column.name].type not in (
            "number",
            "date",
            "name",
        ):
            return [column]
    for item in (column for column in full if words.ITEM & set(column.words)):
        for number in named:
            pairs = set(zip(number.cells, item.cells, strict=False))
            if number is not item and len(pairs) == len(number.cells):
                return [number, item]
    return []


def _read(spec: Any) -> set[str]:
    """Every text in a part of a draft; those that name columns are read."""
    if isinstance(spec, dict):
        return set().union(*(_read(part) for key, part in spec.items() if key not in ("kind", "make")))
    if isinstance(spec, list):
        return set().union(*map(_read, spec))
    return {spec} if isinstance(spec, str) else set()


class _Builder:
    """Drafts the things and links of one block."""

    def __init__(self, built: Built, columns: list[Column], guesses: dict[str, Guess], block: Block) -> None:
        self.built, self.columns, self.guesses, self.block = built, columns, guesses, block
        self.event = built.event.lower()

    def row(self, key: list[Column]) -> None:
        """Everything that a whole row states."""
        self._event_itself(key)
        self._parties()
        self._transport()
        self.goods_and_containers()
        self._places()
        self._rest_of_event()

    def take(
        self, types: Iterable[str], known: frozenset[str] | None = None, but: frozenset[str] = frozenset()
    ) -> Column | None:
        """A column that is not used, of one of these types, with one of these words and none of those; used then.

        The one with the shortest header, the first of equals: `product` before `product_group`.
        """
        wanted = tuple(types)
        for column in sorted(self.columns, key=lambda one: len(one.words)):
            if but & set(column.words):
                continue
            free = column.name not in self.block.used and column.cells
            if free and self.type(column) in wanted and (known is None or known & set(column.words)):
                self.block.used.add(column.name)
                return column
        return None

    def type(self, column: Column) -> str:
        """The guessed type of a column."""
        return self.guesses[column.name].type

    def link(self, name: str, type_name: str, **properties: Any) -> bool:
        """Link the event to a thing if the type of link allows it."""
        spec = self.block.things[name]
        kinds = {"conveyance": "Vehicle", "country": "Place", "place": "Place", "commodity": "Commodity"}
        kind = spec.get("kind") or kinds[spec["make"]]
        if not LINKS[type_name].allows(self.built.event, kind):
            if not LINKS["NAMES"].allows(self.built.event, kind):
                return False
            type_name, properties = "NAMES", {"role": f"={name}"}
        known = {item.name for item in LINKS[type_name].properties}
        stated = {key: part for key, part in properties.items() if part and key in known}
        ends = [self.event, type_name, name]
        long = {"link": ends, "with": stated}
        self.block.links.append(long if len(stated) > _SHORT else [*ends, *([stated] if stated else [])])
        return True

    def _event_itself(self, key: list[Column]) -> None:
        values: Spec = {}
        if key:
            named = "mrn" if self.type(key[0]) == "mrn" and self.built.event == "Declaration" else "number"
            values[named] = {"from": key[0].name, "required": True}
        if self.built.date:
            filled = max(len(column.cells) for column in self.columns)
            sure = self.guesses[self.built.date.name].share >= _SURE <= len(self.built.date.cells) / filled
            values["date"] = (
                {"from": self.built.date.name, "required": True} if sure else self.built.date.name
            )
            self.block.used.add(self.built.date.name)
        if not (key or self.built.date and sure):
            self._number(values)
        self.block.used |= {column.name for column in key}
        self.block.things[self.event] = {"kind": self.built.event, "values": values}

    def _number(self, values: Spec) -> None:
        """A number for rows that have neither key nor date, so that each states its event."""
        number = self.take(("text", "mrn"), words.NUMBER)
        several = sorted(self.columns, key=lambda one: -len(set(one.cells)))
        names = list(dict.fromkeys(one.name for one in ([number] if number else []) + several if one.cells))
        if names:
            values["number"] = names if len(names) > 1 else names[0]
            self.built.unclear.append(f"{names[0]}: taken as the number of the {self.event}")

    def _parties(self) -> None:
        for role in words.ROLES:
            own = [
                one for one in self.columns if role.words & set(one.words) and one.name not in self.block.used
            ]
            if self.built.event == "Declaration" and not role.link:
                continue
            values, phone = self._party(role, own)
            if "tax_id" in values and "country" in values:
                values["tax_country"] = values["country"]
            if "name" not in values and not set(values) & {"tax_id", "eori", "passport", "national_id"}:
                continue
            self.block.things[role.name] = {"kind": role.kind, "values": values}
            tried = ("SEIZED_FROM",) if self.built.event == "Seizure" else (role.link or "CARRIER", "CARRIER")
            if not any(self.link(role.name, type_name, role=f"={role.name}") for type_name in tried):
                del self.block.things[role.name]
                continue
            self.block.used |= {name for name in values.values() if isinstance(name, str)}
            if phone:
                self.block.things[f"{role.name}_phone"] = {"kind": "Phone", "values": {"number": phone.name}}
                self.block.links.append([role.name, "USES", f"{role.name}_phone"])
                self.block.used.add(phone.name)

    def _party(self, role: words.Role, own: list[Column]) -> tuple[Spec, Column | None]:
        properties = {item.name for item in KINDS[role.kind].properties}
        values: Spec = {}
        phone = None
        for column in own:
            name = self._attribute(role, column)
            if name == "phone":
                phone = phone or column
            elif name in properties and name not in values:
                values[name] = column.name
        return values, phone

    def _attribute(self, role: words.Role, column: Column) -> str:
        kind, there = self.type(column), set(column.words)
        if kind == "country":
            return "nationality" if role.kind == "Person" else "country"
        if kind == "date":
            return "birth_date" if words.BIRTH & there else ""
        if words.ADDRESS & there:
            return "address"
        if kind in _PLAIN:
            return "trader_code" if words.CODE & there else "tax_id" if words.NUMBER & there else "name"
        if kind == "integer":
            return "tax_id"
        return kind

    def _transport(self) -> None:
        trailer = self.take(("plate",), words.TRAILER)
        while plate := self.take(("plate",)) or trailer:
            self._vehicle(plate, trailer if trailer is not plate else None)
            trailer = None
        ship: Spec = {}
        for name, found in (("name", self.take(_PLAIN, words.VESSEL)), ("imo", self.take(("imo",)))):
            if found:
                ship[name] = found.name
        if ship:
            self.block.things["vessel"] = {"kind": "Vessel", "values": ship}
            self.link("vessel", "BY_MEANS_OF", role="=border")
        flight = self.take(("flight",))
        if flight:
            self.block.things["aircraft"] = {"kind": "Aircraft", "values": {"flight": flight.name}}
            self.link("aircraft", "BY_MEANS_OF", role="=border")

    def _vehicle(self, plate: Column, trailer: Column | None) -> None:
        of: Any = {"join": [plate.name, trailer.name], "sep": "/"} if trailer else plate.name
        # Columns of one box of a form end in its number.
        box = frozenset(word for word in plate.words if word.isdecimal())
        land = (self.take(("country",), box) if box else None) or self.take(("country",), words.VEHICLE)
        options = {"from": of, "mode": "=3", **({"country": land.name} if land else {})}
        there = [name for name in self.block.things if name.startswith("vehicle")]
        name = f"vehicle_{len(there) + 1}" if there else "vehicle"
        self.block.things[name] = {"make": "conveyance", "with": options}
        self.link(name, "BY_MEANS_OF", role="=departure" if words.DEPARTING & set(plate.words) else "=border")
        if not land:
            self.built.unclear.append(f"{plate.name}: no column tells the country of the plates")

    def goods_and_containers(self, tag: str = "") -> None:
        """Containers, and goods by their code or name."""
        container = self.take(("container",))
        if container:
            name = f"{tag}_container".lstrip("_")
            self.block.things[name] = {"kind": "Container", "of": container.name, "values": {"number": "."}}
            seal = self.take(_PLAIN, words.SEAL)
            self.link(name, "IN_CONTAINER", seal=seal.name if seal else "")
        name = f"{tag}_goods".lstrip("_")
        code = self.take(("hs",))
        product = self.take(("text", "name"), words.PRODUCT) if self.built.event == "Seizure" else None
        if code and self.built.event != "Seizure":
            self.block.things[name] = {"make": "commodity", "with": {"from": code.name}}
            if not self.link(name, "CARRIES", hs=code.name, **self._measures(words.VALUE)):
                del self.block.things[name]
                self.block.used.discard(code.name)
        elif product or code:
            values = {"hs": code.name if code else "", "name": product.name if product else ""}
            self.block.things[name] = {
                "kind": "Commodity",
                "values": {key: one for key, one in values.items() if one},
            }
            self.link(name, "SEIZED", **self._measures(words.VALUE - words.QUANTITY))

    def _measures(self, value: frozenset[str]) -> dict[str, str]:
        wanted = (
            ("item", _NUMBERS, words.ITEM), ("description", _PLAIN, words.DESCRIPTION), ("gross_kg", _NUMBERS, words.GROSS),
            ("net_kg", _NUMBERS, words.NET), ("packages", _NUMBERS, words.PACKAGES), ("value", _NUMBERS, value),
            ("amount", _NUMBERS, words.QUANTITY), ("unit", ("text", "name"), words.UNIT), ("currency", ("currency",), None),
        )  # fmt: skip
        key = [one for one in self.columns if one.name in self.built.key and words.ITEM & set(one.words)]
        found = {"item": key[0].name} if key else {}
        known = {
            item.name for item in LINKS["SEIZED" if self.built.event == "Seizure" else "CARRIES"].properties
        }
        for name, types, there in wanted:
            if name in known and name not in found:
                column = self.take(types, there)
                if column:
                    found[name] = column.name
        return found

    def _places(self) -> None:
        for name, type_name, known in words.PLACES:
            column = self.take(("country", "locode", "iata"), known, words.OF_PEOPLE)
            if column:
                self._place(name, type_name, column)
            column = self._place_by_name(known)
            if column:
                self._place(f"{name}_place" if name in self.block.things else name, type_name, column)

    def _place(self, name: str, type_name: str, column: Column) -> None:
        of = any("/" in cell for cell in column.cells)
        make = "country" if self.type(column) == "country" else "place"
        spec: Spec = {"make": make, "with": {"from": "." if of else column.name}}
        self.block.things[name] = {**spec, "of": column.name, "split": "/"} if of else spec
        if name in ("place", "office") and type_name != "CLEARED_AT":
            type_name = {"Seizure": "SEIZED_AT", "Declaration": "VIA"}.get(self.built.event, type_name)
        if type_name == "VIA" and of:
            self.block.links.append({"link": [self.event, "VIA", name], "number": "seq"})
        elif not self.link(name, type_name, raw="" if of else column.name):
            del self.block.things[name]
            self.block.used.discard(column.name)

    def _place_by_name(self, known: frozenset[str]) -> Column | None:
        for column in self.columns:
            if (
                column.name in self.block.used
                or self.type(column) not in _PLAIN
                or not known & set(column.words)
            ):
                continue
            cells = [cell for cells in column.cells for cell in cells.split("/") if not placeholder(cell)][
                :200
            ]
            if cells and sum(find_place(cell) is not None for cell in cells) >= len(cells) * 0.4:
                self.block.used.add(column.name)
                return column
        return None

    def _rest_of_event(self) -> None:
        """Columns that are named like a property of the event, and hold what that property is."""
        values = self.block.things[self.event]["values"]
        for item in KINDS[self.built.event].properties:
            for column in self.columns:
                same = "_".join(column.words) == item.name or column.name == item.name
                fits = item.type in (self.type(column), "text") or (
                    item.type == "number" and self.type(column) == "integer"
                )
                if (
                    same
                    and fits
                    and item.name not in values
                    and column.name not in self.block.used
                    and column.cells
                ):
                    values[item.name] = column.name
                    self.block.used.add(column.name)
