"""A graph made for measuring: declarations of heavy-tailed traders, one of them a hub."""

from __future__ import annotations

import random
from collections import Counter

from graphintel.model.ids import digest
from graphintel.model.marking import Marking
from graphintel.store.driver import Row, Store
from graphintel.store.write.batch import intern_markings
from graphintel.store.write.statements import entities, links

_BATCH = 10_000
_EACH = 4
_TYPES = ("CONSIGNEE", "CONSIGNOR", "DECLARANT", "CARRIER")


def empty(store: Store) -> None:
    """Delete everything but the schema, in pieces; for stores that only measure or test."""
    # Links first: a node with all its links in one transaction can take more memory than one may have.
    for statement in (
        "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS n",
        "MATCH (n) WHERE NOT n:Migration WITH n LIMIT 20000 DELETE n RETURN count(*) AS n",
    ):
        while store.execute(statement)[0]["n"]:
            pass


def heavy_tailed(store: Store, count: int, hub: int, seed: int = 5) -> dict[str, int]:
    """Make `count` links of which `hub` end at one company; returns the degree of every company by id.

    A store that holds such a graph of the same size already is left as it is.
    """
    draw = random.Random(seed)
    companies = [digest("made", "company", number) for number in range(max(count // 10, 2))]
    declarations = [digest("made", "declaration", number) for number in range(count // _EACH)]
    ends = [0] * hub + [min(int(draw.paretovariate(0.9)), len(companies) - 1) for _ in range(count - hub)]
    draw.shuffle(ends)
    degree = Counter(companies[end] for end in ends)
    if store.read("MATCH (b:Batch {number: 0}) RETURN b.links AS n") == [{"n": count}]:
        return dict(degree)
    empty(store)
    marking = intern_markings(store, {Marking()})[Marking().text]
    _companies(store, companies)
    _run(store, entities("Declaration"), [
        {"id": name, "kind": "Declaration", "display": f"MADE {number}", "hub": False, "born": number, "source": "made",
         "search": f"made {number}", "number": str(number)}
        for number, name in enumerate(declarations)
    ])  # fmt: skip
    for place, type_name in enumerate(_TYPES):
        rows = [
            _link(declarations[number // _EACH], companies[ends[number]], type_name, number, marking)
            for number in range(place, count, _EACH)
        ]
        _run(store, links(type_name), rows)
    store.execute("CREATE (:Batch {number: 0, links: $n, source: 'made'})", {"n": count})
    store.execute("MERGE (c:Counter {name: 'feed'}) SET c.value = 1")
    return dict(degree)


def count_uses(store: Store) -> None:
    """Write on each statement how many of the made declarations use it, as a load does."""
    store.execute(
        "MATCH (m:Mention)-[:RESOLVES_TO]->(e:Entity) SET m.uses = COUNT { (e)-[]-(:Declaration) }",
        seconds=600,
    )


def _companies(store: Store, companies: list[str]) -> None:
    rows = [
        {"id": name, "kind": "Company", "display": f"Made {number}", "hub": number == 0, "born": number}
        for number, name in enumerate(companies)
    ]
    _run(store, entities("Company"), rows)
    mention = (
        "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) CREATE (m:Mention {id: row.id, source: 'made', "
        "kind: 'Company', name: row.display, search: row.display})-[:RESOLVES_TO {rule: '', revision: 0}]->(e)"
    )
    _run(store, mention, rows)


def _link(source: str, target: str, type_name: str, number: int, marking: int) -> Row:
    name = digest("made", type_name, number)
    return {
        "s": source, "t": target,
        "p": {
            "id": name, "record": digest("made", "record", number // _EACH), "from_mention": source,
            "to_mention": target, "batch": 0, "at": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "precision": "day", "basis": "declared", "marking": marking, "grade": '["admiralty","B","2"]',
        },
    }  # fmt: skip


def _run(store: Store, statement: str, rows: list[Row]) -> None:
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        store.writing(lambda tx, part=part: tx.run(statement, rows=part).consume())  # type: ignore[misc]
