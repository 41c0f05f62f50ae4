"""The mapping language: which keys a description has and what stands under each; its JSON Schema comes from here."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from graphintel.model.grading import Grade
from graphintel.model.kinds import KINDS
from graphintel.model.links import BASES, LINKS
from graphintel.model.marking import LEVELS, TLP
from graphintel.model.values import TYPES

FORMATS = ("csv", "xml", "ftm")
# The makers of things, and the options that each takes.
MAKERS: dict[str, tuple[str, ...]] = {
    "place": ("from", "or", "country", "kind", "code", "region"),
    "country": ("from", "region"),
    "commodity": ("from", "vintage"),
    "conveyance": ("from", "type", "mode", "country"),
}


if TYPE_CHECKING:
    # mypy follows no alias that leads back to itself through a class.
    Text: TypeAlias = Any
    Value: TypeAlias = Any
    Link: TypeAlias = Any


class Table(BaseModel):
    """A table of the language; a key that is not declared is refused, so that a typing mistake is told."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def _may(**options: Any) -> Any:
    """A key that may be left out, though it may not stand there empty."""
    return Field(default=None, **options)


def _scalar(given: Any) -> Any:
    if given is not None and not isinstance(given, str | int | float | datetime.date):
        raise PydanticCustomError("shape", "a text or number is wanted here")
    return given


Scalar = Annotated[
    Any, AfterValidator(_scalar), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})
]


def _words(names: Any) -> Any:
    # Names are checked where they are compiled, with what there is; here they stand for editors only.
    return WithJsonSchema({"type": "string", "enum": list(names)})


def _shape(given: Any) -> str | None:
    for kind, tag in ((str, "<text>"), (list, "<list>"), (dict, "<table>"), (type(None), "<empty>")):
        if isinstance(given, kind):
            return tag
    return "<text>" if isinstance(given, BaseModel) else None


def _choice(message: str) -> Discriminator:
    return Discriminator(_shape, custom_error_type="shape", custom_error_message=message)


_A_TEXT = "a text is a column or path, =constant, a list (the first that is filled), or a table with `from`, `join`, `every` or `kilograms`"
Values = Annotated[
    Annotated[list[Scalar], Tag("<list>")] | Annotated[Scalar, Tag("<text>")],
    Discriminator(lambda given: "<list>" if isinstance(given, list) else "<text>"),
]
Condition = dict[str, Values]


class TextTable(Table):
    """Where a text comes from and what is cut out of it."""

    from_: Text = _may(alias="from", description="The text that the rest of this table works on.")
    join: list[Text] = _may(description="Texts that are put together, empty ones left out.")
    every: str = _may(description="A repeated element; all its texts.")
    of: list[Text] = _may(
        description="What of each repeated element is put together, instead of its own text."
    )
    order: str = _may(description="The sibling that numbers the repeated elements.")
    kilograms: Annotated[list[Text], Field(min_length=2, max_length=2)] = _may(
        description="Amount and unit; the mass in kilograms, empty unless the unit is a mass."
    )
    sep: str = _may(description="What stands between the parts of `join` and `every`.")
    pattern: str = _may(description="A regular expression; the first group that matched is kept.")
    lookup: dict[Any, Scalar] = _may(description="A code table; `*` stands for all other texts.")
    drop: list[Scalar] = _may(description="Texts that count as empty.")
    when: Condition = _may(
        description="Texts with the value, list of values, `filled` or `empty` that each must have."
    )


if not TYPE_CHECKING:
    Text = TypeAliasType(
        "Text",
        Annotated[
            Annotated[str, Tag("<text>")]
            | Annotated[list["Text"], Tag("<list>")]
            | Annotated[TextTable, Tag("<table>")],
            _choice(_A_TEXT),
        ],
    )


class ValueTable(TextTable):
    """A text as the value of a property."""

    hints: dict[str, Text] | None = Field(
        None, description="What helps to read the value, such as its country."
    )
    required: bool = _may(description="Rows without it go to quarantine.")


if not TYPE_CHECKING:
    Value = TypeAliasType(
        "Value",
        Annotated[
            Annotated[str, Tag("<text>")]
            | Annotated[list[Text], Tag("<list>")]
            | Annotated[ValueTable, Tag("<table>")],
            _choice(_A_TEXT),
        ],
    )


def _properties_by_kind(schema: dict[str, Any]) -> None:
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": {"properties": {"values": {"propertyNames": {"enum": [item.name for item in kind.properties]}}}},
        }
        for kind in KINDS.values()
    ]  # fmt: skip
    schema["allOf"] += [
        {
            "if": {"properties": {"make": {"const": maker}}, "required": ["make"]},
            "then": {"properties": {"with": {"propertyNames": {"enum": list(options)}}}},
        }
        for maker, options in MAKERS.items()
    ]
    schema["anyOf"] = [{"required": ["kind"]}, {"required": ["make"]}]


class Thing(Table):
    """A thing that a row states: `kind` with `values`, or `make` with options `with`."""

    model_config = ConfigDict(json_schema_extra=_properties_by_kind)

    kind: Annotated[str, _words(KINDS)] = _may(description="What it is; see `graphintel schema`.")
    values: dict[str, Value] | None = Field(None, description="Its properties.")
    make: Annotated[str, _words(MAKERS)] = _may(
        description="A maker: its kind follows from the trade's rules."
    )
    with_: dict[str, Text] | None = Field(None, alias="with", description="The options of the maker.")
    when: Condition = _may(description="It is stated only where this holds.")
    of: Text = _may(description="A cell that holds several of them; `.` is the piece.")
    split: str = _may(description="What parts the pieces of `of`; `plates` for registration plates.")
    own: bool = _may(description="Equal values in another row are another thing.")


class LinkTable(Table):
    """A link with options."""

    link: Annotated[list[str], Field(min_length=3, max_length=3)] = Field(
        description="From, type and to; both ends are names under `things`."
    )
    with_: dict[str, Value] | None = Field(None, alias="with", description="The properties of the link.")
    at: Value = _may(description="The date of this link, if not the row's.")
    basis: Annotated[str, _words(BASES)] = _may(description="On what it rests.")
    when: Condition = _may(description="It is stated only where this holds.")
    number: str = _may(description="The property that counts several targets in their order.")


_LINK_ITEMS: dict[str, Any] = {
    "type": "array", "minItems": 3, "maxItems": 4,
    "prefixItems": [{"type": "string"}, {"type": "string", "enum": list(LINKS)}, {"type": "string"},
                    {"type": "object"}],
}  # fmt: skip


def _ends(given: list[Any]) -> list[Any]:
    for place, part in enumerate(given):
        if isinstance(part, dict) != (place == 3):
            raise PydanticCustomError(
                "shape", "a link is [from, TYPE, to], with a table of properties as fourth"
            )
    return given


_End = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[dict[str, Value], Tag("<table>")],
    _choice("a link is [from, TYPE, to], with a table of properties as fourth"),
]
if not TYPE_CHECKING:
    Link = TypeAliasType(
        "Link",
        Annotated[
            Annotated[
                list[_End],
                Field(min_length=3, max_length=4),
                AfterValidator(_ends),
                WithJsonSchema(_LINK_ITEMS),
                Tag("<list>"),
            ]
            | Annotated[LinkTable, Tag("<table>")],
            _choice(
                "a link is [from, TYPE, to], with a table of properties as fourth, or a table with `link`"
            ),
        ],
    )


_Words = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[dict[str, Scalar], Tag("<table>")],
    _choice("`for` lists words, or tables of words"),
]


class Part(Table):
    """Things and links that are repeated: for the elements of a document, or for groups of columns."""

    each: str = _may(description="The path of the repeated elements.")
    order: Value = _may(description="The number by which they are sorted.")
    for_: list[_Words] = _may(
        alias="for", description="Words that stand in for `$`, or tables of words for `$name`."
    )
    when: Condition = _may(description="Elements for which it does not hold are passed over.")
    things: dict[str, Thing] | None = None
    links: list[Link] | None = None
    parts: list[Part] | None = None


class ColumnTable(Table):
    """A column of a flat source."""

    aliases: str | list[Scalar] = _may(description="Other names it comes under.")
    required: bool = _may(description="A file without it is refused.")


Column = Annotated[
    Annotated[None, Tag("<empty>")]
    | Annotated[str, Tag("<text>")]
    | Annotated[list[Scalar], Tag("<list>")]
    | Annotated[ColumnTable, Tag("<table>")],
    _choice("a column has nothing, other names, or a table of `aliases` and `required`"),
]


class MarkingTable(Table):
    """Who may see what the source says."""

    level: Annotated[str, _words(LEVELS)] = "restricted"
    tlp: Annotated[str, _words(TLP)] = "AMBER"
    originator: str = ""
    handling: str = ""
    purpose: str = "customs-enforcement"
    compartments: list[str] = []
    releasability: list[str] = []


class Description(Table):
    """A source: what its files look like, and what their rows state."""

    title: str = Field(min_length=1, description="What it is, in English.")
    title_tr: str = Field(min_length=1, description="What it is, in Turkish.")
    help: str | None = Field(None, description="More about it.")
    version: Scalar = Field(description="Raise it when the mapping changes.")
    overrides: bool = _may(description="It stands in for the shipped source of the same name.")
    format: Annotated[str, _words(FORMATS)] = Field(
        description="csv (also JSON tables), xml, or ftm, which maps nothing itself."
    )
    json_: bool = _may(alias="json", description="JSON files are read too, into the same columns.")
    xlsx: bool = _may(description="Spreadsheets are read too, into the same columns.")
    sheet: str = _may(description="The sheet of a spreadsheet, if it is not the first.")
    charsets: list[str] = _may(description="The character sets that this source writes.")
    delimiters: str | list[str] = _may(description="The delimiters that this source writes.")
    suffixes: list[str] = _may(description="The endings of its files, with the point.")
    root: str = _may(description="The root of a document.")
    row: str = _may(description="The path of the element that is one row.")
    schema_: str = _may(
        alias="schema", description="A published XML schema beside the description; departures are reported."
    )
    require: dict[str, Scalar] = _may(description="Elements that must hold a text.")
    grade: str = Field(description="How reliable it is, such as B2 or 4x4: A1 H1.")
    grade_of: dict[Annotated[str, _words(Grade._fields)], Text] = _may(
        description="Where a row states its own grade."
    )
    marking: MarkingTable = Field(description="Who may see it.")
    basis: Annotated[str, _words(BASES)] = _may(description="On what its links rest.")
    hints: dict[Annotated[str, _words(TYPES)], dict[str, Text]] | None = Field(
        None, description="Hints by type of value, for the whole source."
    )
    key: list[Text] = _may(description="The natural key: what makes two rows versions of one.")
    at: Value = _may(description="The date of the row's links.")
    columns: dict[Any, Column] | None = Field(None, description="The columns of a flat source.")
    things: dict[str, Thing] | None = Field(None, min_length=1, description="What a row states.")
    links: list[Link] | None = Field(None, description="How the things belong together.")
    parts: list[Part] | None = Field(None, description="What is repeated inside a row.")
    subjects: list[str] = _may(min_length=1, description="The events that a row is about.")
    leave_out: dict[Any, Scalar] | None = Field(
        None, description="Columns or paths not read, each with the reason."
    )
    closed: list[Scalar] = _may(description="Columns or paths of few words, whose new words are told.")
    templates: Any = Field(None, description="YAML anchors that several values share; nothing else reads it.")


DESCRIPTION: TypeAdapter[Description] = TypeAdapter(Description)


def keys(table: type[Table]) -> tuple[str, ...]:
    """The keys that a table of the language may have."""
    return tuple(field.alias or name for name, field in table.model_fields.items())


def json_schema() -> dict[str, Any]:
    """The language as a JSON Schema, for editors and for checks by other programs."""
    made = DESCRIPTION.json_schema(by_alias=True)
    listed = next(form for form in made["$defs"]["Link"]["oneOf"] if form.get("type") == "array")
    # Only now, when the definition that it points to exists.
    listed["prefixItems"][3]["additionalProperties"] = {"$ref": "#/$defs/Value"}
    _undefault(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", **made,
        "title": "Description of a graphintel source",
    }  # fmt: skip


def _undefault(schema: Any) -> None:
    """Drop the defaults that only say that a key may be left out."""
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _undefault(part)
    if isinstance(schema, dict) and "default" in schema and schema["default"] is None:
        del schema["default"]
