"""Charts: saved with stable ids, opened again, exported for a case file and entered in the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, cast

from graphintel.acts import look
from graphintel.acts.session import Session
from graphintel.desk import charts, exports, log
from graphintel.errors import InputError
from graphintel.log import now
from graphintel.model.grading import parse_grade
from graphintel.model.subgraph import Subgraph
from graphintel.store.read.entity import records_by_id
from graphintel.store.read.stated import Values, stated
from graphintel.viz.export import export as write
from graphintel.viz.export import format_of, left_out
from graphintel.viz.folding import tell_folded
from graphintel.viz.scene import Scene, build_scene
from graphintel.viz.sources import SourceRow

Row = dict[str, Any]
Places = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Exported:
    """A chart as a file, with its number in the register."""

    content: bytes
    filename: str
    media_type: str
    sha256: str
    chart_hash: str
    number: str
    left_out: tuple[str, ...] = ()


def save(session: Session, body: Row) -> Row:
    """Save a new chart; InputError without a name or without data."""
    if not body.get("name") or not isinstance(body.get("data"), dict):
        raise InputError("A chart needs a name and its data: nodes, links, positions.")
    saved = charts.save(session.desk, session.actor, body["name"], body["data"], case=body.get("case") or "",
                        filters=body.get("filters"), look=body.get("look"), story=body.get("story"))  # fmt: skip
    log.write(session.desk, session.actor, "chart saved", chart=saved["id"], name=saved["name"])
    return saved


def replace(session: Session, name: str, body: Row) -> Row:
    """Save changes to a chart; what is not given stays."""
    changes = {key: value for key, value in body.items() if value not in (None, "")}
    saved = charts.replace(session.desk, name, changes)
    log.write(session.desk, session.actor, "chart saved", chart=name, version=saved["version"])
    return saved


def export(
    session: Session, to: str, *, name: str | None, ids: list[str], case: str, theme: str, language: str,
    fold: list[str], positions: Places, deliver: Callable[[bytes], None] | None = None,
) -> Exported:  # fmt: skip
    """A saved chart, or some entities, as a file in the format that `to` ends in; entered in the register."""
    form = format_of(to)
    title, folded, places = "", fold, positions
    if name:
        held = charts.get(session.desk, name)
        charts.checked(held["data"])
        ids = list(held["data"].get("nodes", []))
        case, title = case or held["case"], held["name"]
        folded = fold or list(held["data"].get("folded", []))
        places = positions or {key: (at[0], at[1]) for key, at in held["data"].get("positions", {}).items()}
    if not ids:
        raise InputError("The chart is empty; give --entities ID,ID or a saved chart that holds something.")
    subgraph = tell_folded(look.among(session, ids, folded))
    scene = build_scene(
        subgraph, theme=cast(Literal["light", "dark"], theme), language=cast(Literal["en", "tr"], language),
        title=title or _title(subgraph), case=case, handling=subgraph.handling, made_by=session.actor, made_at=now(),
        positions=places or None, values=_values(session, subgraph) if form.values else None,
    )  # fmt: skip
    content = write(scene, source_rows(session, scene), form.ending)
    made = sha256(content).hexdigest()
    # What could not be written did not leave the program and is no export.
    if deliver:
        deliver(content)
    number = exports.register(
        session.desk, session.actor, chart=name or "", case=case, format_name=form.ending, sha256=made, chart_hash=scene.hash,
        counter=subgraph.counter, handling=subgraph.handling, query=subgraph.query,
    )  # fmt: skip
    log.write(session.desk, session.actor, "export", number=number, sha256=made, format=form.ending)
    return Exported(
        content,
        f"chart-{scene.hash[:12]}{form.ending}",
        form.media_type,
        made,
        scene.hash,
        number,
        left_out(scene, form.ending),
    )


def _values(session: Session, subgraph: Subgraph) -> dict[str, Values]:
    return stated(session.store, [node.id for node in subgraph.nodes], session.profile)


def _title(subgraph: Subgraph) -> str:
    names = [node.label for node in subgraph.nodes[:2]]
    return " · ".join(names) + (" …" if len(subgraph.nodes) > 2 else "")


def source_rows(session: Session, scene: Scene) -> dict[str, SourceRow]:
    """The rows that a chart's links cite."""
    held = session.markings
    rows = records_by_id(session.store, list(scene.sources), session.profile)
    return {
        name: SourceRow(
            id=name, source=row["source"], file=row["file"], sha256=row["sha256"], position=row["position"],
            key=row["key"], cells=row["content"], grade=parse_grade(row["grade"]).label, banner=held[row["marking"]].banner,
        )
        for name, row in rows.items()
    }  # fmt: skip
