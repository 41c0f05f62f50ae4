"""Marks of things as drawn: the family's shape and colour, the kind's icon, ring, badge and label."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from graphintel.viz.geometry import Box, Sheet, outline
from graphintel.viz.ink import add, points_of, tip, write
from graphintel.viz.labels import text_width
from graphintel.viz.sceneparts import SceneNode
from graphintel.viz.style import FamilyLook, Theme, look

_LEADING = 1.25
_ICON_FIELD = 256


def draw_mark(parent: Element, kind: str, x: float, y: float, theme: Theme, *, scale: float = 1.0,
              fill: str = "") -> None:  # fmt: skip
    """The mark of a kind around a point; `fill` recolours it, shape and icon stay."""
    family = look().family_of(kind)
    colour = fill or family.colour[theme]
    width, height = family.width * scale, family.height * scale
    if family.shape == "ellipse":
        add(parent, "ellipse", cx=x, cy=y, rx=width / 2, ry=height / 2, fill=colour)
    elif family.shape == "round-rectangle":
        corner = 5 * scale
        add(
            parent,
            "rect",
            x=x - width / 2,
            y=y - height / 2,
            width=width,
            height=height,
            rx=corner,
            fill=colour,
        )
    else:
        add(parent, "polygon", points=points_of(outline(family.shape, width, height), x, y), fill=colour)
    size = look().icon_size * scale
    left, top = x + family.icon_dx * scale - size / 2, y - size / 2
    add(
        parent, "path", d=look().icons[look().kind(kind).icon], fill=look().tokens[theme]["icon"],
        transform=f"translate({left:.1f} {top:.1f}) scale({size / _ICON_FIELD:.4f})",
    )  # fmt: skip


def draw_node(parent: Element, node: SceneNode, theme: Theme, kind_title: str) -> None:
    """One thing without its label: mark, ring of a hub, badge of its community."""
    group = add(parent, "g")
    tip(group, f"{kind_title}: {node.label[:300]}")
    tokens, family = look().tokens[theme], look().family_of(node.kind)
    # Shape and icon still say the kind when the fill says the community.
    fill = "" if node.community is None else look().community_colour(node.community, theme)
    if node.hub:
        ring = outline(family.shape, family.width + 12, family.height + 12)
        add(
            group, "polygon", points=points_of(ring, node.x, node.y), fill="none", stroke=tokens["ink2"],
            stroke_width=2.0,
        )  # fmt: skip
    draw_mark(group, node.kind, node.x, node.y, theme, fill=fill)
    if node.community:
        write(
            group, f"C{node.community}", node.x + family.width / 2 + 1, node.y - family.height / 2 + 3,
            font_size=11.0, font_weight="600", fill=tokens["ink"], stroke=tokens["canvas"], stroke_width=3.0,
            paint_order="stroke", stroke_linejoin="round",
        )  # fmt: skip


def mark_box(node: SceneNode) -> Box:
    """The room of a mark, with its ring and badge."""
    family = look().family_of(node.kind)
    w, h = family.width / 2 + 3 + 5 * node.hub, family.height / 2 + 3 + 5 * node.hub
    badge = 20.0 if node.community else 0.0
    return node.x - w, node.y - h, node.x + max(w, family.width / 2 + badge), node.y + h


def place_labels(
    nodes: tuple[SceneNode, ...], degree: dict[str, int], sheet: Sheet, lines: Sheet
) -> dict[str, Box]:
    """Where each label finds room, crossed by as few lines as may be; hubs and the most linked choose first."""
    found: dict[str, Box] = {}
    for node in sorted(nodes, key=lambda one: (not one.hub, -degree.get(one.id, 0), one.id)):
        spots = [box for box in _spots(node, look().family_of(node.kind)) if node.lines and sheet.free(box)]
        if spots:
            # Below is where readers look: another side must save crossings to be chosen.
            found[node.id] = min(spots, key=lambda box: lines.hits(box) + (box is not spots[0]))
            sheet.take(found[node.id])
    return found


def _spots(node: SceneNode, family: FamilyLook) -> list[Box]:
    size = look().labels.size
    width = max((text_width(line, size) for line in node.lines), default=0.0) + 2
    height = len(node.lines) * size * _LEADING
    aside, down = family.width / 2 + 5 + 5 * node.hub, family.height / 2 + 4 + 5 * node.hub
    x, y = node.x, node.y
    return [
        (x - width / 2, y + down, x + width / 2, y + down + height),
        (x - width / 2, y - down - height, x + width / 2, y - down),
        (x + aside, y - height / 2, x + aside + width, y + height / 2),
        (x - aside - width, y - height / 2, x - aside, y + height / 2),
    ]


def draw_label(parent: Element, node: SceneNode, box: Box, theme: Theme, crossed: bool = False) -> None:
    """A label in its box, with a halo in the colour of the canvas, and on a ground of it where lines cross."""
    rule, tokens = look().labels, look().tokens[theme]
    if node.hub or crossed:
        width, height = box[2] - box[0], box[3] - box[1]
        ground = {"fill": tokens["canvas"], "fill_opacity": "0.85"}
        add(parent, "rect", x=box[0], y=box[1], width=width, height=height, rx=4.0, **ground)
    for index, line in enumerate(node.lines):
        write(
            parent, line, (box[0] + box[2]) / 2, box[1] + rule.size * (0.95 + index * _LEADING), fill=tokens["ink"],
            font_size=rule.size, text_anchor="middle", stroke=tokens["canvas"], stroke_width=rule.halo * 2,
            stroke_linejoin="round", paint_order="stroke",
        )  # fmt: skip
