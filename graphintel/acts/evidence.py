"""Evidence: every value and link down to the cell of the kept file, read again and held against the graph."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphintel import ingest
from graphintel.acts.session import Session
from graphintel.errors import FileRefused, MappingError, NotFound
from graphintel.ingest import Cell, Found, Source
from graphintel.ingest.source import load as described
from graphintel.store.read import entity, loads

Row = dict[str, Any]
PAGE = 20


def evidence(
    session: Session, name: str, *, link: str = "", cursor: str = "", limit: int = PAGE,
    progress: Callable[[int, int, str], None] | None = None,
) -> Row:  # fmt: skip
    """The evidence of an entity or of one record, a page of records at a time; `link` narrows it to one link.

    Each record says whether its kept file is `unchanged`, `changed` or `missing`, whether the row still reads as the
    graph has it (`same`), and which cells each value and link came from. Raises NotFound.
    """
    about: set[str] | None
    try:
        records = [entity.record(session.store, name, session.profile)]
        kind, label, after, about = "Record", records[0]["key"] or records[0]["position"], None, None
    except NotFound:
        shown = entity.entity(session.store, name, session.profile)
        page = entity.records(session.store, name, session.profile, cursor=cursor, limit=limit)
        kind, label, records, after = shown["kind"], shown["label"], page["records"], page["next"]
        about = {mention["id"] for mention in shown["mentions"]}
    shelf = _Shelf(session)
    told = []
    for number, (record, state, found) in enumerate(_found(session, shelf, records)):
        told.append(_told(session, record, state, found, about, link))
        if progress:
            progress(number + 1, len(records), "records")
    return {"id": name, "kind": kind, "label": label, "records": told, "next": after}


@dataclass(slots=True)
class _Shelf:
    """The mappings that read some records: the shelf's own where it is the same, else the text kept with the load."""

    session: Session
    held: dict[tuple[str, str], Source | None] = field(default_factory=dict)

    def mapping(self, source: str, version: str) -> Source | None:
        """The mapping of a source in one version; None where its text was not kept or is no longer understood."""
        if (source, version) not in self.held:
            present = ingest.shelf(self.session.settings.shelf).sources.get(source)
            same = present is not None and present.mapping_version == version
            self.held[(source, version)] = present if same else self._kept(source, version)
        return self.held[(source, version)]

    def _kept(self, source: str, version: str) -> Source | None:
        sha256 = loads.mapping_kept(self.session.store, source, version)
        stored = _stored(self.session, sha256) if sha256 else None
        if stored is None or not stored.exists():
            return None
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / source
            place.mkdir()
            (place / f"{source}.yaml").write_bytes(stored.read_bytes())
            try:
                return described(place)
            except MappingError:
                return None


def _stored(session: Session, sha256: str) -> Path:
    return ingest.place_of(session.settings.evidence, sha256)


def _found(session: Session, shelf: _Shelf, records: list[Row]) -> list[tuple[Row, str, Found | None]]:
    """Each record with the state of its file and its row read again; every file is read once for a mapping."""
    wanted: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for record in records:
        wanted[(record["sha256"], record["source"], record["mapping_version"])].add(record["position"])
    states: dict[str, str] = {}
    rows: dict[tuple[str, str, str], dict[str, Found]] = {}
    labels = {record["sha256"]: record["file"] for record in records}
    for which, places in wanted.items():
        sha256, source, version = which
        if sha256 not in states:
            states[sha256] = ingest.state(_stored(session, sha256), sha256)
        # A file that was changed is not what was read safely once, so it is not read at all.
        mapping = shelf.mapping(source, version) if states[sha256] == "unchanged" else None
        rows[which] = _rows(_stored(session, sha256), mapping, places, labels[sha256])
    answer = []
    for record in records:
        which = (record["sha256"], record["source"], record["mapping_version"])
        answer.append((record, states[record["sha256"]], rows[which].get(record["position"])))
    return answer


def _rows(stored: Path, mapping: Source | None, places: set[str], label: str) -> dict[str, Found]:
    if mapping is None:
        return {}
    try:
        return ingest.again(mapping, stored, places, label=label)
    except FileRefused:
        return {}


def _told(
    session: Session, record: Row, state: str, found: Found | None, about: set[str] | None, link: str
) -> Row:
    marking = session.markings[record["marking"]]
    told: Row = {
        "record": record["id"], "source": record["source"], "file": record["file"], "sha256": record["sha256"],
        "position": record["position"], "mapping_version": record["mapping_version"], "grade": record["grade"],
        "banner": marking.banner, "state": state, "same": found is not None and found.record == record["id"],
        "found": found is not None, "values": [], "links": [],
        "cells": [_cell(cell) for cell in found.cells] if found else [],
    }  # fmt: skip
    if found is None or found.trace is None:
        return told
    draft = found.trace.draft
    if not link:
        for mention in draft.mentions.values():
            if about is None or mention.id in about:
                told["values"].extend(
                    {"mention": mention.id, "kind": mention.kind, "name": name, "value": value.normal, "raw": value.raw,
                     "verdict": value.verdict,
                     "cells": [_cell(cell) for cell in found.trace.cells_of_value(mention.id, name, value.raw, found.cells)]}
                    for name, value in mention.values
                )  # fmt: skip
    told["links"] = [
        {"id": one.id, "type": one.type, "from_mention": one.source, "to_mention": one.target,
         "cells": [_cell(cell) for cell in found.trace.cells_of_link(one.id, found.cells)]}
        for one in draft.links
        if (one.id == link if link else about is None or {one.source, one.target} & about)
    ]  # fmt: skip
    return told


def _cell(cell: Cell) -> Row:
    return {"field": cell.field, "text": cell.text}
