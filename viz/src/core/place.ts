/** Deterministic places for new things: near their neighbours, clear of what already stands, moving nothing old. */

import type { ChartLink, Point } from "./columns.ts";

const GAP = 76;
const LINK = 130;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const RELAXED_AT_MOST = 400;

interface Spot {
  x: number;
  y: number;
}

/** Give every new id a place in `positions` (changed in place); places already there stay as they are. */
export function spread(
  positions: Map<string, Point>,
  ids: readonly string[],
  links: Iterable<ChartLink>,
): void {
  if (ids.length === 0) return;
  const neighbours = adjacency(links);
  const linked = ids.filter((id) => neighbours.has(id));
  const waiting = new Set(linked);
  let ring = [...linked];
  const field = new Field(positions, GAP);
  while (waiting.size > 0) {
    const next = ring.find((id) => waiting.has(id) && anchors(id, neighbours, positions).length > 0);
    const id = next ?? first(waiting, neighbours);
    waiting.delete(id);
    const spot = freeSpot(startFor(id, neighbours, positions), field);
    positions.set(id, spot);
    field.put(id, spot);
    ring = [...(neighbours.get(id) ?? []), ...ring].filter((other) => waiting.has(other));
  }
  if (linked.length <= RELAXED_AT_MOST) relax(positions, linked, neighbours);
  lineUp(
    positions,
    ids.filter((id) => !neighbours.has(id)),
  );
}

/** Things without a link stand in rows under the rest. */
function lineUp(positions: Map<string, Point>, ids: readonly string[]): void {
  const all = [...positions.values()];
  const left = all.length > 0 ? Math.min(...all.map((p) => p[0])) : 0;
  const bottom = all.length > 0 ? Math.max(...all.map((p) => p[1])) + LINK : 0;
  const width = all.length > 0 ? Math.max(...all.map((p) => p[0])) - left : 0;
  const columns = Math.max(Math.ceil(Math.sqrt(ids.length)), Math.floor(width / LINK) + 1);
  ids.forEach((id, row) => {
    positions.set(id, [left + (row % columns) * LINK, bottom + Math.floor(row / columns) * GAP]);
  });
}

function adjacency(links: Iterable<ChartLink>): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const link of links) {
    if (link.source === link.target) continue;
    for (const [a, b] of [
      [link.source, link.target],
      [link.target, link.source],
    ] as const) {
      const set = found.get(a) ?? new Set<string>();
      set.add(b);
      found.set(a, set);
    }
  }
  return new Map([...found].map(([id, set]) => [id, [...set]]));
}

function anchors(id: string, neighbours: Map<string, string[]>, positions: Map<string, Point>): Point[] {
  return (neighbours.get(id) ?? []).flatMap((other) => {
    const at = positions.get(other);
    return at ? [at] : [];
  });
}

function first(waiting: Set<string>, neighbours: Map<string, string[]>): string {
  let best = "";
  let most = -1;
  for (const id of waiting) {
    const degree = neighbours.get(id)?.length ?? 0;
    if (degree > most) [best, most] = [id, degree];
  }
  return best;
}

function startFor(id: string, neighbours: Map<string, string[]>, positions: Map<string, Point>): Spot {
  const near = anchors(id, neighbours, positions);
  if (near.length === 0) return besideAll(positions);
  const middle = mean(near);
  if (near.length > 1) return middle;
  const all = mean([...positions.values()]);
  const dx = middle.x - all.x;
  const dy = middle.y - all.y;
  const length = Math.hypot(dx, dy) || 1;
  return { x: middle.x + (dx / length) * GAP, y: middle.y + (dy / length) * GAP };
}

function mean(points: readonly Point[]): Spot {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return { x: x / (points.length || 1), y: y / (points.length || 1) };
}

function besideAll(positions: Map<string, Point>): Spot {
  if (positions.size === 0) return { x: 0, y: 0 };
  const all = [...positions.values()];
  const [right, bottom] = [Math.max(...all.map((p) => p[0])), Math.max(...all.map((p) => p[1]))];
  const [left, top] = [Math.min(...all.map((p) => p[0])), Math.min(...all.map((p) => p[1]))];
  const middle = mean(all);
  // The shorter side grows, so that the picture stays near a square.
  return right - left > bottom - top ? { x: middle.x, y: bottom + LINK } : { x: right + LINK, y: middle.y };
}

function freeSpot(start: Spot, field: Field): Point {
  for (let turn = 0; turn < 4000; turn++) {
    const radius = turn === 0 ? 0 : GAP * 0.55 * Math.sqrt(turn);
    const x = start.x + radius * Math.cos(turn * GOLDEN);
    const y = start.y + radius * Math.sin(turn * GOLDEN);
    if (!field.taken(x, y, GAP)) return [x, y];
  }
  return [start.x, start.y];
}

/** Points in square cells, so that only those nearby are looked at. */
class Field {
  private readonly cells = new Map<string, [string, Point][]>();
  private readonly size: number;

  constructor(positions: Iterable<[string, Point]>, size: number) {
    this.size = size;
    for (const [id, point] of positions) this.put(id, point);
  }

  put(id: string, point: Point): void {
    const key = `${String(Math.floor(point[0] / this.size))},${String(Math.floor(point[1] / this.size))}`;
    const cell = this.cells.get(key);
    if (cell) cell.push([id, point]);
    else this.cells.set(key, [[id, point]]);
  }

  /** The points of the cell and its eight neighbours. */
  *near(x: number, y: number): Generator<[string, Point]> {
    const [column, row] = [Math.floor(x / this.size), Math.floor(y / this.size)];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        yield* this.cells.get(`${String(column + dx)},${String(row + dy)}`) ?? [];
  }

  taken(x: number, y: number, gap: number): boolean {
    for (const [, point] of this.near(x, y)) if (Math.hypot(point[0] - x, point[1] - y) < gap) return true;
    return false;
  }
}

function relax(
  positions: Map<string, Point>,
  ids: readonly string[],
  neighbours: Map<string, string[]>,
): void {
  const rounds = Math.min(120, Math.ceil(1_500_000 / (ids.length * positions.size + 1)));
  for (let round = 0; round < rounds; round++) {
    const step = 12 * (1 - round / rounds);
    for (const id of ids) {
      const here = positions.get(id);
      if (!here) continue;
      const force = pull(id, here, positions, neighbours);
      const length = Math.hypot(force.x, force.y);
      if (length < 0.01) continue;
      const scale = Math.min(step, length) / length;
      positions.set(id, [here[0] + force.x * scale, here[1] + force.y * scale]);
    }
  }
}

function pull(
  id: string,
  here: Point,
  positions: Map<string, Point>,
  neighbours: Map<string, string[]>,
): Spot {
  const force = { x: 0, y: 0 };
  for (const [other, place] of positions) {
    if (other === id) continue;
    const dx = here[0] - place[0];
    const dy = here[1] - place[1];
    const distance = Math.max(1, Math.hypot(dx, dy));
    if (distance > 3 * LINK) continue;
    const push = (distance < GAP ? 3 : 1) * ((GAP * GAP * 2) / (distance * distance));
    force.x += (dx / distance) * push * 4;
    force.y += (dy / distance) * push * 4;
  }
  for (const other of neighbours.get(id) ?? []) {
    const place = positions.get(other);
    if (!place) continue;
    const dx = place[0] - here[0];
    const dy = place[1] - here[1];
    const distance = Math.max(1, Math.hypot(dx, dy));
    const tension = (distance - LINK) * 0.06;
    force.x += (dx / distance) * tension * 4;
    force.y += (dy / distance) * tension * 4;
  }
  return force;
}
