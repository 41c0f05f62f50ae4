"""Where things stand: seeded, the same every time, components apart, what already has a place keeps it."""

from __future__ import annotations

import math
import random
from collections import defaultdict

import igraph
import numpy as np

from graphintel.model.subgraph import Node, Subgraph
from graphintel.viz.labels import label_lines, text_width
from graphintel.viz.packing import GAP, Group, Places, grid, packed, pushed_apart
from graphintel.viz.style import look

Place = tuple[float, float]
ONE_LEVEL_AT_MOST = 1_000
LINK = 130.0
_NEAR = 84.0
_WIDER = 1.7
_WITH_WORDS = 40
# Turning by the golden angle, a spiral never visits the same direction twice.
_GOLDEN = math.pi * (3 - math.sqrt(5))
_TURNS = 4_000


def place(subgraph: Subgraph, seed: int = 1) -> dict[str, Place]:
    """A place in pixels for every thing: given ones stay, new ones come near their neighbours.

    Fruchterman and Reingold (1991) per component up to 1,000 things; above, communities (Leiden: Traag, Waltman and
    van Eck, 2019) are laid out first and their members inside them. The order of things and links does not matter.
    """
    nodes = sorted(subgraph.nodes, key=lambda node: node.id)
    near = _neighbours(subgraph, {node.id for node in nodes})
    held = {node.id: (node.x, node.y) for node in nodes if node.x is not None and node.y is not None}
    if not held:
        return _laid_out(nodes, near, seed)
    return _added(nodes, near, held, seed)


def _neighbours(subgraph: Subgraph, ids: set[str]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in subgraph.edges:
        if edge.source != edge.target and edge.source in ids and edge.target in ids:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    return near


def _laid_out(nodes: list[Node], near: dict[str, set[str]], seed: int) -> dict[str, Place]:
    index = {node.id: number for number, node in enumerate(nodes)}
    links = sorted((index[a], index[b]) for a in index for b in near.get(a, ()) if b in index and a < b)
    graph = igraph.Graph(n=len(nodes), edges=links)
    room = np.array([_room(node) for node in nodes], dtype=np.float64).reshape(-1, 2)
    groups, alone = [], []
    for members in map(tuple, graph.connected_components()):
        if len(members) == 1:
            alone.append(members[0])
        else:
            groups.append(_component(graph, members, room[list(members)], seed))
    if alone:
        groups.append(grid(tuple(alone), room[alone]))
    return {nodes[number].id: spot for number, spot in sorted(packed(groups).items())}


def _room(node: Node) -> Place:
    """The room that a thing takes with its label below it, in pixels."""
    family, size = look().family_of(node.kind), look().labels.size
    lines = label_lines(node.label, node.kind)
    width = max([family.width, *(text_width(line, size) for line in lines)])
    return width + 14.0, family.height + 2 * size * 1.25 + 14.0


def _component(graph: igraph.Graph, members: tuple[int, ...], room: Places, seed: int) -> Group:
    part = graph.induced_subgraph(list(members))
    if len(members) > ONE_LEVEL_AT_MOST:
        places = _two_levels(part, room, seed)
    else:
        places = _lying(_one_level(part, seed))
    return Group(members, pushed_apart(_spread(places, room), room), room)


def _one_level(graph: igraph.Graph, seed: int) -> Places:
    """Fruchterman-Reingold from a seeded start (n x 2, in units of one link)."""
    count = graph.vcount()
    if count < 3:
        return np.array([[0.0, 0.0], [1.5, 0.0]])[:count]
    # The start decides the drawing: seeded here, it does not depend on what else the program drew.
    start = np.random.default_rng(seed).normal(scale=math.sqrt(count) / 2, size=(count, 2))
    rounds = 600 if count <= 150 else 300 if count <= 400 else 150
    igraph.set_random_number_generator(random.Random(seed))
    try:
        layout = graph.layout_fruchterman_reingold(
            seed=start.tolist(), niter=rounds, start_temp=math.sqrt(count), grid=False
        )
    finally:
        igraph.set_random_number_generator(random)
    places: Places = np.array(layout.coords, dtype=np.float64)
    return places


def _lying(places: Places) -> Places:
    """A drawing turned so that its long side lies: pages and screens are wider than high."""
    centred = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    # The sign of an axis is arbitrary; fixing it keeps a drawing from flipping between machines.
    axes = axes * np.where(axes[:, [0]] + axes[:, [1]] >= 0, 1.0, -1.0)
    turned: Places = centred @ axes.T
    return turned


def _spread(places: Places, room: Places) -> Places:
    """A drawing blown up until its things have room; the rest is pushed apart singly. Labels are wide: so is it."""
    centred = (places - places.mean(axis=0)) * np.array([_WIDER, 1.0])
    extent: Places = np.ptp(centred, axis=0) + 1e-9
    # Small charts write words on their links and need the room for them.
    airy = 3.8 if len(places) <= _WITH_WORDS else 3.0
    wanted = float((room[:, 0] * room[:, 1]).sum()) * airy
    scale = max(math.sqrt(wanted / max(float(extent[0] * extent[1]), float(extent.max()) ** 2 / 6)), 1e-6)
    longest = LINK * math.sqrt(len(places)) * 3
    blown: Places = centred * min(scale, longest / float(extent.max()))
    return blown


def _two_levels(graph: igraph.Graph, room: Places, seed: int) -> Places:
    """Communities placed as discs whose area follows their members, then the members inside."""
    igraph.set_random_number_generator(random.Random(seed))
    try:
        parts = graph.community_leiden(objective_function="modularity", n_iterations=3)
    finally:
        igraph.set_random_number_generator(random)
    inside = [_inner(graph.induced_subgraph(part), room[part], seed) for part in parts]
    radius = np.array([float(np.hypot(*one.T).max()) + 60.0 for one in inside])
    between = graph.copy()
    between.contract_vertices(parts.membership)
    between.simplify()
    centres = _lying(_one_level(between, seed)) if len(inside) > 2 else _one_level(between, seed)
    boxes = np.column_stack([radius, radius]) * 2
    centres = pushed_apart(_spread(centres, boxes), boxes, rounds=200)
    places = np.zeros((graph.vcount(), 2))
    for part, one, centre in zip(parts, inside, centres, strict=True):
        places[part] = one + centre
    return places


def _inner(graph: igraph.Graph, room: Places, seed: int) -> Places:
    return pushed_apart(_spread(_one_level(graph, seed), room), room, rounds=20)


def _added(
    nodes: list[Node], near: dict[str, set[str]], held: dict[str, Place], seed: int
) -> dict[str, Place]:
    """New things near those that stand; what touches nothing that stands is laid out by itself to the right."""
    places = dict(held)
    waiting = [node for node in nodes if node.id not in places]
    while True:
        ready = [node for node in waiting if near.get(node.id, set()) & places.keys()]
        if not ready:
            break
        for node in ready:
            spots = [places[other] for other in sorted(near[node.id] & places.keys())]
            places[node.id] = _free_spot(_start(spots, places), places)
        waiting = [node for node in waiting if node.id not in places]
    # What touches nothing that stands must not land on what stands.
    right = max(x for x, _ in places.values()) + 2 * GAP + LINK / 2
    top = min(y for _, y in places.values())
    apart = _laid_out(waiting, near, seed)
    left = min((x for x, _ in apart.values()), default=0.0)
    high = min((y for _, y in apart.values()), default=0.0)
    return places | {name: (x - left + right, y - high + top) for name, (x, y) in apart.items()}


def _start(spots: list[Place], places: dict[str, Place]) -> Place:
    """Amid several neighbours; outwards of a single one."""
    x, y = _mean(spots)
    if len(spots) > 1:
        return x, y
    middle = _mean(list(places.values()))
    dx, dy = x - middle[0], y - middle[1]
    length = math.hypot(dx, dy) or 1.0
    return x + dx / length * _NEAR, y + dy / length * _NEAR


def _mean(spots: list[Place]) -> Place:
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def _free_spot(start: Place, places: dict[str, Place]) -> Place:
    taken = np.array(list(places.values()))
    for turn in range(_TURNS):
        radius = _NEAR * 0.55 * math.sqrt(turn)
        spot = (
            start[0] + radius * math.cos(turn * _GOLDEN),
            start[1] + radius * math.sin(turn * _GOLDEN),
        )
        if float(np.hypot(taken[:, 0] - spot[0], taken[:, 1] - spot[1]).min()) >= _NEAR:
            return spot
    return start
