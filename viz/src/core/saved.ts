/** A chart as it is saved: what is known (ids), what was shown (filters) and how it was drawn (look), kept apart. */

import type { ChartState, Filters } from "./chart.ts";
import { noFilters } from "./chart.ts";
import type { Part, Point } from "./columns.ts";
import { add, emptyChart, fold } from "./chart.ts";

export interface SavedData {
  nodes: string[];
  links?: string[];
  folded?: string[];
  positions?: Record<string, [number, number]>;
  hidden?: string[];
  pinned?: string[];
}

export interface Saved {
  data: SavedData;
  filters: Partial<Filters>;
}

/** What to save of a chart. */
export function toSaved(state: ChartState): Saved {
  const positions = Object.fromEntries(
    [...state.positions]
      .filter(([id]) => state.nodes.has(id))
      .map(([id, [x, y]]): [string, [number, number]] => [id, [Math.round(x), Math.round(y)]]),
  );
  return {
    data: {
      nodes: [...state.nodes.keys()],
      links: [...state.links.values()].filter((link) => !link.fold).map((link) => link.id),
      folded: [...state.folded],
      positions,
      hidden: [...state.hidden],
      pinned: [...state.pinned],
    },
    filters: state.filters,
  };
}

/** The chart that was saved, out of what the reader may see of it today. */
export function fromSaved(saved: Saved, part: Part, folds: Part | null): ChartState {
  const known = new Map<string, Point>(Object.entries(saved.data.positions ?? {}));
  const kept = new Set(saved.data.links ?? []);
  const links = kept.size > 0 ? part.links.filter((link) => kept.has(link.id)) : part.links;
  const positions = new Map(part.nodes.flatMap((node) => place(node.id, known, part)));
  let state = add(emptyChart, { ...part, links, positions });
  if (folds) state = fold(state, saved.data.folded ?? [], folds);
  return {
    ...state,
    hidden: new Set((saved.data.hidden ?? []).filter((id) => state.nodes.has(id))),
    pinned: new Set((saved.data.pinned ?? []).filter((id) => state.nodes.has(id))),
    filters: { ...noFilters, ...saved.filters },
  };
}

function place(id: string, known: ReadonlyMap<string, Point>, part: Part): [string, Point][] {
  const at = known.get(id) ?? part.positions.get(id);
  return at ? [[id, at]] : [];
}
