"""A scene as one static page for the case file: picture, links, source rows, origin; no script, no network."""

from __future__ import annotations

import base64
import re
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graphintel.viz.fonts import font_rules, letters_of
from graphintel.viz.frame import facts
from graphintel.viz.labels import clean
from graphintel.viz.scene import Scene
from graphintel.viz.sceneparts import SceneLink
from graphintel.viz.sources import SourceRow
from graphintel.viz.style import look
from graphintel.viz.svg import svg_element
from graphintel.viz.words import number, say, when

TEMPLATES = Path(__file__).with_name("templates")
# A page is for reading: the file with its hash has the rest of a long cell.
_CELL_AT_MOST = 400
_CELLS_AT_MOST = 40
_PLACE = re.compile(r"\b[A-Z][A-Z0-9]+\b(?!-)")
_PLAIN = re.compile(r"[^A-Za-z0-9 ]")

Row = dict[str, Any]


def html(scene: Scene, records: dict[str, SourceRow]) -> bytes:
    """The chart as a page that works with scripts off and prints on A4; `records` by record id."""
    words = {"language": scene.language, "say": lambda key: say(scene.language, key)}
    body = environment().get_template("casefile.body.html.j2").render(
        **words, strip=strip(scene), facts=facts(scene),
        picture=Markup(tostring(svg_element(scene, anchors=True), encoding="unicode")),
        links=[link_row(link, scene) for link in scene.links], things=_things(scene),
        communities=bool(scene.legend.communities),
        sources=[source_row(index, name, records.get(name)) for name, index in scene.sources.items()],
    )  # fmt: skip
    style = font_rules(letters_of(body)) + css_of("casefile.css", scene)
    # The style sheet and its fonts are the only things that the policy admits, the sheet by its content.
    policy = (
        f"default-src 'none'; style-src {digest_source(style)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = environment().get_template("casefile.html.j2").render(
        **words, css=Markup(style), policy=policy, title=title(scene), handling=scene.made.handling,
        body=Markup(body),
    )  # fmt: skip
    return page.encode()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of this package; every value is escaped, a missing one is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip


def digest_source(text: str) -> str:
    """The source expression by which a content security policy admits exactly this text."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def title(scene: Scene) -> str:
    """The title of the chart, or what a chart without one is called."""
    return scene.made.title or say(scene.language, "untitled")


def strip(scene: Scene) -> str:
    """Handling and case in one line."""
    made = scene.made
    case = f"{say(made.language, 'case')} {made.case}" if made.case else say(made.language, "no_case")
    return f"{made.handling or say(made.language, 'unmarked')}  ·  {case}"


def css_of(name: str, scene: Scene) -> str:
    """A style sheet of this package in the chart's colours, with the handling for the margins of printed pages."""
    tokens = look().tokens[scene.theme]
    words = {token.upper().replace("_", ""): value for token, value in tokens.items()} | {
        "SCHEME": scene.theme, "SANS": look().sans, "MONO": look().mono, "STRIP": css_string(strip(scene)),
        "TITLE": css_string(title(scene)),
    }  # fmt: skip
    sheet = (TEMPLATES / name).read_text(encoding="utf-8").strip()
    return _PLACE.sub(lambda found: words.get(found[0], found[0]), sheet)


def css_string(text: str) -> str:
    """A text as a CSS string in which nothing but letters, digits and spaces stands unescaped."""
    # A handling text may hold quotes, backslashes or "</style>": escaped by number it is only text.
    return '"' + _PLAIN.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def link_row(link: SceneLink, scene: Scene) -> Row:
    """One link as a row of the list, in the reader's language."""
    language = scene.language
    date = " – ".join(dict.fromkeys(when(day, language) for day in (link.at, link.last) if day))
    more = link.records_total - len(link.records)
    return {
        "number": link.number, "source": link.source_label[:_CELL_AT_MOST], "target": link.target_label[:_CELL_AT_MOST],
        "title": link.title, "date": date, "sure": sure(link, scene),
        "basis": basis_word(link.basis, scene), "grade": link.grade or say(language, "ungraded"),
        "sources": [scene.source_number(record) for record in link.records],
        "more": say(language, "more_records", n=number(more, language)) if more > 0 else "",
        "details": details(link, scene),
    }  # fmt: skip


def sure(link: SceneLink, scene: Scene) -> str:
    """How sure a link is, in words, with the probability of an inferred one."""
    word = look().lines[link.style].title[scene.language]
    if link.probability is None:
        return word
    return f"{word} ≈ {number(round(link.probability, 2), scene.language)}"


def basis_word(basis: str, scene: Scene) -> str:
    """On what a link rests, in the reader's language."""
    return (
        say(scene.language, f"basis.{basis}")
        if basis in ("declared", "observed", "reported", "inferred")
        else basis
    )


def details(link: SceneLink, scene: Scene) -> str:
    """Count and sums of a folded link, properties of any."""
    language = scene.language
    words = [say(language, "events", n=number(link.count, language))] if link.folded else []
    words += [f"{number(amount, language)} {unit}" for unit, amount in link.sums.items()]
    words += [f"{name}: {value[:_CELL_AT_MOST]}" for name, value in link.details.items()]
    return "; ".join(words)


def source_row(index: int, name: str, row: SourceRow | None) -> Row:
    """One source row under its number; a record that was not handed over keeps its number and id."""
    if row is None:
        return {"number": index, "id": clean(name), "held": False}
    cells = [
        (clean(key), clean(str(value))[:_CELL_AT_MOST])
        for key, value in row.cells.items()
        if str(value).strip()
    ]
    return {
        "number": index, "held": True, "id": clean(name), "source": clean(row.source), "file": clean(row.file),
        "sha256": clean(row.sha256), "position": clean(row.position), "key": clean(row.key), "grade": clean(row.grade),
        "banner": clean(row.banner), "cells": cells[:_CELLS_AT_MOST],
    }  # fmt: skip


def _things(scene: Scene) -> list[Row]:
    counts = Counter(end for link in scene.links for end in {link.source, link.target})
    order = {name: place for place, name in enumerate(look().kinds)}
    rows = sorted(scene.nodes, key=lambda node: (order.get(node.kind, 99), node.kind, node.label, node.id))
    return [
        {
            "kind": look().kinds[node.kind].title[scene.language] if node.kind in look().kinds else node.kind,
            "label": node.label[:_CELL_AT_MOST], "community": f"C{node.community}" if node.community else "",
            "links": number(counts[node.id], scene.language),
        }
        for node in rows
    ]  # fmt: skip
