"""What an entity states of its thing: values of the kind by the table, and everything else kept in its note."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphintel.ingest.entities.lines import Entity
from graphintel.model.kinds import KINDS
from graphintel.model.records import Stated
from graphintel.model.values import Value, clean
from graphintel.model.vocabulary import ftm
from graphintel.model.vocabulary.ftm import Schema

CODE, DESCRIPTION = "vedCode", "goodsDescription"
_NAMED = re.compile(r"([A-Za-z_]\w*): (.+)", re.DOTALL)
_NAME_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
_HOMES = ("nationality", "country", "registry_country", "flag")


class Texts(NamedTuple):
    """Texts by the property of the kind that they state, and the lines of the note."""

    stated: dict[str, list[str]]
    note: list[str]


def stated(schema: Schema, entity: Entity, rest: list[str]) -> Stated:
    """The values of a thing in the order of its kind; `rest` are lines that its note keeps beside them."""
    kind = KINDS[schema.kind]
    texts = _texts(schema, entity)
    homes = {name: found[0] for name, found in texts.stated.items() if kind.property(name).type == "country"}
    values: list[tuple[str, Value]] = []
    for declared in kind.properties:
        if declared.name not in texts.stated:
            continue
        hints = _hints(declared.name, declared.type, homes)
        good = [
            value
            for text in texts.stated.get(declared.name, ())
            if _says(value := clean(declared.type, text, **hints))
        ]
        if good and not declared.many:
            good, more = good[:1], good[1:]
            if declared.name == "name" and any(other.name == "alias" for other in kind.properties):
                texts.stated.setdefault("alias", []).extend(value.raw for value in more)
            else:
                texts.note.extend(f"{declared.name}: {value.raw}" for value in more)
        values.extend((declared.name, value) for value in good if declared.name != "note")
    note = clean("text", ftm.SEPARATOR.join(sorted({*texts.note, *texts.stated.get("note", ()), *rest})))
    return (*values, ("note", note)) if note.normal else tuple(values)


def _says(value: Value) -> bool:
    return bool(value.normal)


def _hints(name: str, type_name: str, homes: dict[str, str]) -> dict[str, str]:
    if type_name in ("country", "text", "name", "date", "number", "integer"):
        return {}
    prefix = name.removesuffix("_id") if name == "tax_id" else name
    home = next((homes[one] for one in (f"{prefix}_country", f"{name}_country", *_HOMES) if one in homes), "")
    return {"country": home} if home else {}


def _texts(schema: Schema, entity: Entity) -> Texts:
    texts = Texts({}, [])
    kind = KINDS[schema.kind]
    declared = {item.name: item.type for item in kind.properties}
    rows: dict[str, list[str]] = {}
    for row in ftm.values_of(schema.kind):
        rows.setdefault(row.ftm, []).append(row.property)
    references = ftm.references(schema.schema)
    links = {row.reference for row in ftm.references_of(schema.kind)}
    if described(entity):
        links.add(DESCRIPTION)
    for name, given in entity.properties.items():
        for text in given:
            if name in rows:
                target = _fitting(rows[name], text, declared)
                _put(texts, target, name, text, declared[target])
            elif name == schema.extra:
                _extra(texts, schema, name, text, declared)
            elif name == schema.note:
                texts.note.append(text)
            elif name not in references and name not in links:
                texts.note.append(f"{name}: {text}")
    if "name" not in texts.stated and schema.kind == "Person":
        parts = [part for name in _NAME_PARTS for part in entity.properties.get(name, ())[:1]]
        texts.stated["name"] = [" ".join(parts)] if parts else []
    if schema.kind in ftm.TYPE_OF and ftm.other(schema.schema) == schema:
        texts.stated[ftm.TYPE_OF[schema.kind]] = [schema.schema]
    return texts


def described(entity: Entity) -> str:
    """The description of a declaration's goods where it can only belong to the one code."""
    texts = entity.properties.get(DESCRIPTION, ())
    return texts[0] if len(texts) == len(entity.properties.get(CODE, ())) == 1 else ""


def _fitting(targets: list[str], text: str, declared: dict[str, str]) -> str:
    """Of several properties that one could mean, the first whose rule the text keeps, else the last."""
    for target in targets[:-1]:
        if clean(declared[target], text).verdict == "valid":
            return target
    return targets[-1]


def _put(texts: Texts, target: str, name: str, text: str, type_name: str) -> None:
    if type_name == "country" and clean("country", text).verdict == "unknown":
        texts.note.append(f"{name}: {text}")
    elif text not in texts.stated.setdefault(target, []):
        texts.stated[target].append(text)


def _extra(texts: Texts, schema: Schema, name: str, text: str, declared: dict[str, str]) -> None:
    if text == schema.mark:
        return
    said = _NAMED.fullmatch(text)
    if said and said[1] in declared:
        texts.stated.setdefault(said[1], []).append(said[2])
    else:
        texts.note.append(f"{name}: {text}")
