"""An invented chart of every kind and line style with its source rows, and a chart whose every text is hostile."""

from __future__ import annotations

from hashlib import sha256
from random import Random

import pytest

from graphintel.model.subgraph import Edge, Fold, Node, Subgraph, Truncated
from graphintel.viz.scene import Scene, build_scene
from graphintel.viz.sources import SourceRow

Rows = dict[str, SourceRow]
THINGS = """
p1 Person Leyla Örnekoğlu
p2 Person Stoyan Izmislenov
p3 Person سمير المتخيل
p4 Person Żaneta Zmyślona
c1 Company Düşsel Tekstil Ticaret Limited Şirketi
c2 Company Вымышленные Грузы ООО
c3 Company Nowhere Freight Forwarding & Warehousing EOOD
o1 Organisation Invented Customs Laboratory
v1 Vehicle 34 XYZ 001
v2 Vehicle CB 0000 XX
b1 Vessel MV Imaginary Star
a1 Aircraft TC-XXX
k1 Container XXXU 000000 0
t1 Phone +905550000000
t2 Phone +359880000000000
i1 Account TR000000000000000000000000
d1 Document C-00-INVENTED-2025-0042
h1 Address Hayal Sokak 1, İstanbul
l1 Place Kapıkule
l2 Place Kapitan Andreevo
l3 Place Rotterdam
g1 Commodity HS 540710 woven fabrics
g2 Commodity Heroin
r1 Route Balkan road, variant B
e1 Declaration 25TR34000000000042
e2 Declaration 25TR34000000000043
s1 Seizure Seizure 2025-03-09
n1 Notice Tip on a false floor
m1 Movement Crossing 2025-03-08
x1 Operation INVENTED DAWN
z1 Person Nobody Linked
z2 Company Alone GmbH
"""
ASSERTED = """
e1 CONSIGNOR c1 2025-03-07 confirmed
e1 CONSIGNEE c2 2025-03-07 confirmed
e1 DECLARANT c3 2025-03-07 confirmed
e1 CARRIES g1 2025-03-07 confirmed
e1 BY_MEANS_OF v1 2025-03-07 confirmed
e1 IN_CONTAINER k1 2025-03-07 probable
e1 REFERS_TO d1 2025-03-07 confirmed
e2 CONSIGNOR c1 2025-02-01 confirmed
e2 BY_MEANS_OF b1 2025-02-01 probable
e2 BOUND_FOR l3 2025-02-01 confirmed
s1 CONCERNS e1 2025-03-09 confirmed
s1 SEIZED g2 2025-03-09 confirmed
s1 SEIZED_FROM p2 2025-03-09 confirmed
s1 SEIZED_AT l1 2025-03-09 confirmed
n1 NAMES v1 2025-03-05 unconfirmed
n1 NAMES t1 2025-03-05 unconfirmed
p1 DIRECTS c1 2019 confirmed
p1 USES t1 2025-01-10 probable
p2 USES t1 2025-02-11 unconfirmed
p2 USES t1 2025-03-01 unconfirmed
p4 USES t2 2024-12-01 probable
p4 ASSOCIATE_OF p2 2024-12-24 unconfirmed
p4 WORKS_FOR c3 2024 probable
c1 LOCATED_AT h1 2020-01-01 confirmed
c1 OWNS i1 2023-05-05 probable
m1 BY_MEANS_OF v1 2025-03-08 confirmed
m1 SEEN_AT l1 2025-03-08 confirmed
m1 SEEN_AT l2 2025-03-08 confirmed
v1 TOWS v2 2025-03-08 probable
x1 CONCERNS s1 2025-04-01 confirmed
p3 OWNS a1 2022-02-02 unconfirmed
r1 PASSES l2 2024-01-01 probable
p3 WORKS_FOR o1 2021 probable
"""


def demo() -> Subgraph:
    """Thirty-two invented things of all kinds, with links of all styles, one fold, one path, one hub."""
    things = (line.split(" ", 2) for line in THINGS.strip().splitlines())
    nodes = [Node(name, kind, label) for name, kind, label in things]
    edges = []
    for number, line in enumerate(ASSERTED.strip().splitlines(), 1):
        source, kind, target, at, sure = line.split()
        edges.append(
            Edge(
                f"link{number:02}",
                source,
                target,
                kind,
                f"rec{number % 12:02}",
                at,
                "declared",
                sure,
                "4x4 A2",
            )
        )
    fold = Fold(
        42, "2019-01-02", "2024-11-30", {"Declaration": 42}, 125_000.5, {"EUR": 1.2e6}, ["rec01", "rec02"]
    )
    fold.records_total = 42
    edges.append(Edge("fold1", "c1", "c2", "FOLD", fold=fold, basis="declared", confidence="confirmed"))
    edges.append(
        Edge("inf1", "p1", "p3", "ASSOCIATE_OF", basis="inferred", confidence="probable", probability=0.62)
    )
    edges.append(Edge("inf2", "e1", "l2", "VIA", basis="inferred", probability=0.91))
    next(node for node in nodes if node.id == "l1").hub = True
    return Subgraph(
        nodes, edges, query="neighbourhood of Seizure 2025-03-09, two hops", params={"hops": 2, "kinds": "all"},
        counter=17, truncated=Truncated(12, 3), handling="RESTRICTED // TLP:AMBER // H1 not for court",
    )  # fmt: skip


def rows_of(scene: Scene) -> Rows:
    """Invented source rows for every record that a scene cites."""
    return {
        name: SourceRow(
            id=name, source="declarations-csv", file="beyan_2025.csv", position=f"line {number}",
            sha256=sha256(name.encode()).hexdigest(), key=f"25TR34{number:09}",
            cells={"TescilNo": f"25TR34{number:09}", "Alici8": "Вымышленные Грузы ООО", "Kg": "-12"},
            grade="4x4 A2", banner="RESTRICTED // TLP:AMBER",
        )
        for number, name in enumerate(scene.sources, 2)
    }  # fmt: skip


HOSTILE = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    '"><img src=http://evil.invalid/x onerror=window.ran=1>',
    "' onmouseover='window.ran=1",
    "]]><svg onload=window.ran=1>",
    "<!--<script>",
    "</title></style><iframe src=//evil.invalid>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "javascript:window.ran=1",
    "\u202egnp.exe\u202c reversed",
    "NUL\x00 and \x1b[31m bell\x07",
    "x" * 10_240,
    "👩‍👩‍👧‍👦🇹🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿 emoji",
    "سمير المتخيل \u2067isolate\u2069",
    "lone \ud800 surrogate \ufffe",
    "Z̸̧͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑͑a̷̛͑͑͑͑͑",
    '=HYPERLINK("http://evil.invalid")',
    "+1+cmd|' /C calc'!A0",
    "\uff1d1+1",
    "@SUM(1)",
    "line\u2028separator\nand newline",
    "",
)


def hostile() -> Subgraph:
    """A chart in which every text that data can fill is hostile."""
    nodes = [Node(f"{text}{number}"[:200], "Company", text) for number, text in enumerate(HOSTILE)]
    edges = [
        Edge(
            f"link {number} {text[:90]}", nodes[number].id, nodes[(number + 1) % len(nodes)].id, text[:60] or "NAMES",
            record=f"{text[:90]}{number}", at=text[:40], basis=text[:40], confidence=text[:40], grade=text[:40],
            properties={text[:40]: text[:90]},
        )
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    return Subgraph(
        nodes, edges, query=" ".join(HOSTILE), params={text[:40]: text for text in HOSTILE}, counter=1,
        handling=HOSTILE[1], notes=list(HOSTILE),
    )  # fmt: skip


def hostile_rows(scene: Scene) -> Rows:
    """Source rows whose every cell is hostile."""
    return {
        name: SourceRow(name, HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[3], HOSTILE[4],
                        {text[:99]: text for text in HOSTILE}, HOSTILE[16], HOSTILE[9])
        for name in scene.sources
    }  # fmt: skip


@pytest.fixture(scope="session")
def scene() -> Scene:
    """The invented chart, light, in English, with a path and its handling."""
    return build_scene(demo(), title="Training case 1", case="2025/0042", made_by="analyst 7",
                       made_at="2025-04-02T09:30:00+00:00", path=["link11", "link05"])  # fmt: skip


@pytest.fixture(scope="session")
def rows(scene: Scene) -> Rows:
    """Its source rows."""
    return rows_of(scene)


@pytest.fixture(scope="session")
def hostile_scene() -> Scene:
    """The hostile chart, with hostile title, case and author."""
    return build_scene(hostile(), title=HOSTILE[0], case=HOSTILE[5], made_by=HOSTILE[2], made_at=HOSTILE[6])


@pytest.fixture(scope="session")
def hostile_records(hostile_scene: Scene) -> Rows:
    """Its source rows, every cell hostile."""
    return hostile_rows(hostile_scene)


@pytest.fixture
def graph() -> Subgraph:
    """The invented chart's subgraph, fresh."""
    return demo()


@pytest.fixture
def hostile_graph() -> Subgraph:
    """The hostile subgraph, fresh."""
    return hostile()


@pytest.fixture(scope="session")
def hostile_texts() -> tuple[str, ...]:
    """The texts that try to become something else than text."""
    return HOSTILE


@pytest.fixture(scope="session")
def big() -> Subgraph:
    """Five hundred things in a tree of chance with cross links, a few alone."""
    chance = Random(500)
    kinds = ("Company", "Person", "Vehicle", "Phone", "Declaration", "Place")
    nodes = [Node(f"n{i:03}", chance.choice(kinds), f"Invented thing number {i} Limited") for i in range(500)]
    edges = [
        Edge(f"t{i}", nodes[i].id, nodes[chance.randrange(max(0, i - 40), i)].id, "OWNS")
        for i in range(1, 475)
    ]
    edges += [
        Edge(f"x{i}", a.id, b.id, "USES")
        for i, (a, b) in enumerate(chance.sample(nodes, 2) for _ in range(150))
    ]
    return Subgraph(nodes, edges)
