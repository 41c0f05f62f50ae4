"""Looking commands: `search`, `show`, `expand`, `path`."""

from __future__ import annotations

from typing import Annotated

import typer

from graphintel.acts import evidence, look
from graphintel.cli.options import AsJson, session
from graphintel.cli.output import print_json, print_line, print_table, progress, say, say_left_out
from graphintel.model.subgraph import Subgraph
from graphintel.store.read.expand import Expansion

_DOUBT = {
    True: "This row does not read as the graph has it: the kept file or the mapping was changed since.",
    False: "This row could not be read again: the kept file is missing or changed, or its mapping was not kept.",
}
_FEW = 3
Ids = Annotated[list[str], typer.Argument(help="Ids of entities.")]


def search(
    text: str, kind: Annotated[str | None, typer.Option(help="One kind only.")] = None, as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
) -> None:  # fmt: skip
    """Names in any script, identifiers in any spelling."""
    with session() as opened:
        found = look.find(opened, text, kind, limit)
    if as_json:
        print_json(found)
        return
    print_table(("id", "kind", "label", "score", "why"),
                [(h["id"], h["kind"], h["label"], h["score"], h["why"]) for h in found["hits"]])  # fmt: skip
    if not found["hits"]:
        say(f"Nothing matches {found['query']!r}.")
    say_left_out(found["truncated"])


def show(
    name: str, as_json: AsJson = False,
    cells: Annotated[bool, typer.Option("--evidence", help="Read the cells again in the kept files.")] = False,
    cursor: Annotated[str, typer.Option(help="With --evidence: go on after this record.")] = "",
) -> None:  # fmt: skip
    """One entity with every value's records; or, of an entity or record, the cells that say so."""
    if cells:
        _show_evidence(name, cursor, as_json)
        return
    with session() as opened:
        found = look.show(opened, name)
    if as_json:
        print_json(found)
        return
    print_line(f"{found['kind']}: {found['label']}   {found['id']}{'   (hub)' if found['hub'] else ''}")
    if found["provider"]:
        told = found["provider"]
        print_line(
            f"  service provider ({told['role']}), marked by {told['by']} on {told['at'][:10]}: {told['reason']}"
        )
    print_table(("value", "", "verdict", "origins", "records"),
                [(v["name"], v["value"], v["verdict"], v["corroboration"], _some(v["records"])) for v in found["values"]])  # fmt: skip
    print_table(("link", "count"), list(found["links"].items()))


def _some(records: list[str]) -> str:
    """The first records, and how many more there are."""
    more = f" and {len(records) - _FEW:,} more" if len(records) > _FEW else ""
    return f"{', '.join(records[:_FEW])}{more}"


def _show_evidence(name: str, cursor: str, as_json: bool) -> None:
    with session() as opened, progress("reading again") as report:
        found = evidence.evidence(opened, name, cursor=cursor, progress=report)
    if as_json:
        print_json(found)
        return
    print_line(f"{found['kind']}: {found['label']}   {found['id']}")
    for record in found["records"]:
        print_line("")
        print_line(f"{record['file']}, {record['position']}   {record['banner']}   file {record['state']}")
        print_line(
            f"record {record['record']}   read by {record['source']} {record['mapping_version']}   sha256 {record['sha256']}"
        )
        if not record["same"]:
            say(_DOUBT[record["found"]])
        print_table(("value", "", "verdict", "cell", "as written"),
                    [(v["name"], v["value"], v["verdict"], c["field"], c["text"]) for v in record["values"] for c in v["cells"]])  # fmt: skip
    if found["next"]:
        say(f"More records: --cursor {found['next']}")


def expand(
    ids: Ids, hops: Annotated[int, typer.Option(min=1, max=4)] = 1,
    link: Annotated[list[str] | None, typer.Option(help="Only these link types, repeatable.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    fold: Annotated[list[str] | None, typer.Option(help="Kinds of events to fold, repeatable.")] = None,
    start: Annotated[str, typer.Option("--from", help="Not before this date.")] = "",
    end: Annotated[str, typer.Option("--to", help="Not after this date.")] = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """The neighbourhood of some entities."""
    with session() as opened:
        expansion = Expansion(ids, link or None, "both", start, end, fold or [], hops, limit)
        found = look.neighbourhood(opened, expansion)
    _print_subgraph(found, as_json)


def path(
    source: Annotated[str, typer.Argument(metavar="FROM")], target: Annotated[str, typer.Argument(metavar="TO")],
    max_hops: Annotated[int, typer.Option(min=1, max=10)] = 6,
    through_hubs: Annotated[bool, typer.Option(help="Also through hubs, places and commodities.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Shortest paths between two entities."""
    with session() as opened:
        found = look.paths(opened, source, target, max_hops, through_hubs)
    _print_subgraph(found, as_json)
    if not as_json and not through_hubs:
        say("Hubs, places and commodities were left out; --through-hubs lets paths run through them.")


def _print_subgraph(found: Subgraph, as_json: bool) -> None:
    if as_json:
        print_json(found.as_columns())
        return
    label = {node.id: f"{node.label} ({node.kind})" for node in found.nodes}
    rows = [
        (label[e.source], e.type if not e.fold else f"{e.fold.count} events", label[e.target], e.at or (e.fold.last if e.fold else ""), e.confidence)
        for e in found.edges if e.source in label and e.target in label
    ]  # fmt: skip
    print_table(("from", "link", "to", "date", "confidence"), rows)
    say_left_out(found.truncated.as_json())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (search, show, expand, path):
        app.command()(command)
