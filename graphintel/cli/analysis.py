"""Analysis commands: `communities`, `key-players`, `hidden-ties`, `analyse` on bare edge lists, `routes`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graphintel.acts import analyse, routes
from graphintel.cli.options import AsJson, session, settings
from graphintel.cli.output import print_json, print_table, say, say_left_out, say_more

Edges = Annotated[Path, typer.Option("--edges", help="CSV with source,target[,weight].")]
Seed = Annotated[int | None, typer.Option(min=0, help="Equal seeds give equal answers.")]
K = Annotated[int, typer.Option("--k", min=1, help="How many.")]
Top = Annotated[int, typer.Option(min=1, help="How many.")]
Kinds = Annotated[
    list[str] | None, typer.Option(help="A network of things of this kind only, repeatable; others tie them.")
]
Goal = Annotated[
    str, typer.Option(help="break: who taken out fragments it most; reach: who reaches most of it.")
]
Days = Annotated[str, typer.Option(help="A span of days, 2024-01-01..2024-06-30; either end may be open.")]
Ids = Annotated[list[str], typer.Argument(help="Any ids of things.")]
Id = Annotated[str, typer.Argument(help="Any id of a thing.")]
Row = dict[str, Any]
_TABLE = 40


def communities(seed: Seed = None, kind: Kinds = None, as_json: AsJson = False) -> None:
    """Communities of the visible graph, each with its confidence and what its members share."""
    with session() as opened:
        _print_communities(analyse.communities(opened, {"seed": seed, "kinds": kind}), as_json)


def community_change(
    before: Days, after: Days, seed: Seed = None, kind: Kinds = None, as_json: AsJson = False
) -> None:
    """Which communities were born, went, split or merged from one span of days to another."""
    with session() as opened:
        given = {"before": before, "after": after, "seed": seed, "kinds": kind}
        found = analyse.community_change(opened, given)
    if as_json:
        print_json(found)
        return
    rows = [
        (what, one["name"], one["size"], ", ".join(one["labels"][:4]))
        for what in ("born", "gone") for one in found["change"][what]
    ] + [
        (what, _named(row["from"]), "", _named(row["into"]))
        for what in ("split", "merged", "grown", "shrunk") for row in found["change"][what]
    ]  # fmt: skip
    print_table(("", "community", "members", "some of them, or what became of it"), rows[:_TABLE])
    _say_more(
        min(len(rows), _TABLE), sum(found["change"]["counts"].values()) - found["change"]["counts"]["stayed"]
    )
    _explain(found)


def _named(communities: Row | list[Row]) -> str:
    """One community or several by name and size."""
    some = communities if isinstance(communities, list) else [communities]
    return "; ".join(f"{one['name']} ({one['size']})" for one in some)


def key_players(
    k: K = 5, goal: Goal = "break", seed: Seed = None, kind: Kinds = None, as_json: AsJson = False
) -> None:
    """The set whose removal fragments the visible network most, or that reaches most of it."""
    with session() as opened:
        found = analyse.key_players(opened, {"k": k, "goal": goal, "seed": seed, "kinds": kind})
    _print_set(found, as_json)


def hidden_ties(top: Top = 20, seed: Seed = None, kind: Kinds = None, as_json: AsJson = False) -> None:
    """Pairs that share many neighbours although no link joins them."""
    with session() as opened:
        _print_pairs(analyse.hidden_ties(opened, {"top": top, "seed": seed, "kinds": kind}), as_json)


def what_if(ids: Ids, kind: Kinds = None, as_json: AsJson = False) -> None:
    """The visible network before and after some things are taken out."""
    with session() as opened:
        _print_removal(analyse.removal(opened, {"removed": ids, "kinds": kind}), as_json)


def tie(first: Id, second: Id, kind: Kinds = None, as_json: AsJson = False) -> None:
    """What ties two things in the network of analysis: links, shared items, and the records that state them."""
    with session() as opened:
        found = analyse.tie(opened, first, second, kind)
    if as_json:
        print_json(found)
        return
    columns = ("type", "source", "target", "record")
    print_table(columns, [[row[name] for name in columns] for row in found["links"]])
    say_more(len(found["links"]), found)
    if not found["links"]:
        say("Nothing ties them directly or by one shared item.")


def edge_communities(edges: Edges, seed: Seed = None, as_json: AsJson = False) -> None:
    """Communities of an edge list."""
    _print_communities(analyse.of_edges("communities", edges, {"seed": _seed(seed)}), as_json)


def edge_centrality(edges: Edges, seed: Seed = None, as_json: AsJson = False) -> None:
    """Degree, betweenness with interval, PageRank and core of an edge list."""
    found = analyse.of_edges("centrality", edges, {"seed": _seed(seed)})
    if as_json:
        print_json(found)
        return
    columns = ("id", "degree", "betweenness", "pagerank", "core")
    ranked = sorted(found["nodes"], key=lambda row: -row["betweenness"])[:_TABLE]
    print_table(columns, [[_short(row[name]) for name in columns] for row in ranked])
    _say_more(len(ranked), len(found["nodes"]))
    _explain(found)


def edge_key_players(
    edges: Edges, k: K = 5, goal: Goal = "break", seed: Seed = None, as_json: AsJson = False
) -> None:
    """The set whose removal fragments an edge list most, or that reaches most of it."""
    _print_set(analyse.of_edges("key-players", edges, {"k": k, "goal": goal, "seed": _seed(seed)}), as_json)


def edge_what_if(edges: Edges, ids: Ids, as_json: AsJson = False) -> None:
    """An edge list before and after some of its things are taken out."""
    _print_removal(analyse.of_edges("removal", edges, {"removed": ids, "seed": 0}), as_json)


def edge_hidden_ties(edges: Edges, top: Top = 20, seed: Seed = None, as_json: AsJson = False) -> None:
    """Pairs of an edge list that share many neighbours."""
    _print_pairs(analyse.of_edges("hidden-ties", edges, {"top": top, "seed": _seed(seed)}), as_json)


def predict(
    train: Annotated[
        Path,
        typer.Option(help="Past seizures: date,commodity,departure,transit,destination,seizing[,transport]."),
    ],
    given: Annotated[
        Path, typer.Option("--input", help="Rows to answer, the same columns, unknown ones empty.")
    ],
    top: Top = 5,
    as_json: AsJson = False,
) -> None:
    """Destination and transit countries with probabilities, one JSON line a row."""
    for line in routes.predict_file(train, given, top):
        sys.stdout.write(orjson.dumps(line).decode() + "\n")


def observed(
    commodity: Annotated[str, typer.Option(help="HS prefix or word.")] = "",
    start: Annotated[str, typer.Option("--from", help="Not before this date.")] = "",
    end: Annotated[str, typer.Option("--to", help="Not after this date.")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """Legs that were seen, most travelled first."""
    with session() as opened:
        found = routes.observed(opened, commodity=commodity, start=start, end=end, limit=limit)
    if as_json:
        print_json(found)
        return
    names = {place["id"]: place["name"] for place in found["places"]}
    rows = [
        (names[r["source"]], names[r["target"]], r["count"], r["first"], r["last"], r["records_total"])
        for r in found["legs"]
    ]
    print_table(("from", "to", "count", "first", "last", "records"), rows)
    say_left_out(found["truncated"])


def _seed(seed: int | None) -> int:
    return settings().analysis_seed if seed is None else seed


def _short(value: Any) -> Any:
    return f"{value:.4g}" if isinstance(value, float) else value


def _say_more(shown: int, held: int) -> None:
    say_more(shown, {"truncated": {"by_limit": held - shown}}, "--json")


def _explain(found: Row) -> None:
    if found.get("explanation"):
        say(found["explanation"]["en"])


def _print_communities(found: Row, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    groups = [row for row in found["communities"] if len(row["members"]) > 1]
    shown, alone = groups[:_TABLE], len(found["communities"]) - len(groups)
    print_table(("community", "members", "confidence", "some of them"), [
        (row["id"], len(row["members"]), _short(row["confidence"]), row.get("name") or ", ".join(row["members"][:4]))
        for row in shown
    ])  # fmt: skip
    _say_more(len(shown), len(groups))
    if alone:
        say(f"{alone:,} things are in no group with others.")
    _explain(found)
    if found.get("chance"):
        say(found["chance"]["explanation"]["en"])


def _print_set(found: Row, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    print_table(("key player",), [(name,) for name in found.get("labels") or found["set"]])
    measure = "fragmentation" if "fragmentation" in found else "reach"
    print(f"{measure} {found[measure]:.3f}; by degree {found['baseline_top_degree']:.3f}: {found['verdict']}")
    _explain(found)


def _print_removal(found: Row, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    columns = ("pieces", "largest", "fragmentation")
    print_table(("", *columns), [
        (name, *(_short(found[name][column]) for column in columns)) for name in ("before", "after")
    ])  # fmt: skip
    print_table(("comes off", "some of them"), [
        (piece["size"], ", ".join(piece["labels"][:4])) for piece in found["split_off"]
    ])  # fmt: skip
    _say_more(len(found["split_off"]), found["split_off_total"])
    _explain(found)


def _print_pairs(found: Row, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    print_table(("one", "other", "score", "common"), [
        (row["source"], row["target"], _short(row["score"]), len(row["common"])) for row in found["pairs"]
    ])  # fmt: skip
    print(found["verdict"])
    if found["pairs"] and len(found["pairs"]) == found["parameters"]["top"]:
        say(f"The {len(found['pairs']):,} best pairs are shown; --top shows more.")
    _explain(found)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(communities)
    app.command("key-players")(key_players)
    app.command("hidden-ties")(hidden_ties)
    app.command("what-if")(what_if)
    app.command("community-change")(community_change)
    app.command()(tie)
    lists = typer.Typer(help="The same on any edge list, without a store.", no_args_is_help=True)
    for name, command in (
        ("communities", edge_communities), ("centrality", edge_centrality), ("key-players", edge_key_players),
        ("hidden-ties", edge_hidden_ties), ("what-if", edge_what_if),
    ):  # fmt: skip
        lists.command(name)(command)
    app.add_typer(lists, name="analyse")
    ways = typer.Typer(help="Routes: what was seen, and what is likely.", no_args_is_help=True)
    ways.command("predict")(predict)
    ways.command("observed")(observed)
    app.add_typer(ways, name="routes")
