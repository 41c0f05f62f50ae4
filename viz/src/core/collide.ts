/** Which labels may be drawn and where, so that none lies over another or over a thing. */

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Wish {
  id: string;
  rank: number;
  /** Places to try, best first. */
  boxes: readonly Box[];
  /** Drawn even where it must lie over something. */
  must: boolean;
}

const CELL = 96;

/** A grid of boxes that answers whether a new one would overlap. */
export class Grid {
  private readonly cells = new Map<string, { box: Box; owner: string }[]>();

  add(box: Box, owner: string): void {
    for (const key of keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push({ box, owner });
      else this.cells.set(key, [{ box, owner }]);
    }
  }

  hits(box: Box, owner: string): boolean {
    for (const key of keys(box))
      for (const held of this.cells.get(key) ?? [])
        if (held.owner !== owner && overlaps(held.box, box)) return true;
    return false;
  }
}

function* keys(box: Box): Generator<string> {
  for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.w) / CELL); i++)
    for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.h) / CELL); j++) yield `${i},${j}`;
}

/** Whether two boxes share area. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** The chosen box of each label that can be drawn; higher ranks choose first, ties by id. */
export function settle(
  wishes: readonly Wish[],
  things: readonly { id: string; box: Box }[],
): Map<string, Box> {
  const grid = new Grid();
  for (const thing of things) grid.add(thing.box, thing.id);
  const chosen = new Map<string, Box>();
  const order = [...wishes].sort(
    (a, b) => Number(b.must) - Number(a.must) || b.rank - a.rank || (a.id < b.id ? -1 : 1),
  );
  for (const wish of order) {
    const box =
      wish.boxes.find((place) => !grid.hits(place, wish.id)) ?? (wish.must ? wish.boxes[0] : undefined);
    if (!box) continue;
    chosen.set(wish.id, box);
    grid.add(box, `label:${wish.id}`);
  }
  return chosen;
}
