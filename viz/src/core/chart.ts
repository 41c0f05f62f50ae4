/** The state of one chart and the producers that turn it into the next; all of it is undoable. */

import type { ChartLink, ChartNode, Part, Point } from "./columns.ts";
import { telling } from "./folding.ts";
import { spread } from "./place.ts";

export interface Filters {
  kinds: readonly string[];
  types: readonly string[];
  confidences: readonly string[];
  from: string;
  to: string;
}

export interface Community {
  id: string;
  name: string;
  members: readonly string[];
  confidence: number;
}

export interface Communities {
  list: readonly Community[];
  memberConfidence: ReadonlyMap<string, number>;
  modularity: number;
  stability: number;
  method: string;
  seed: number;
  explanation: Readonly<Record<string, string>>;
}

export interface ChartState {
  nodes: ReadonlyMap<string, ChartNode>;
  links: ReadonlyMap<string, ChartLink>;
  positions: ReadonlyMap<string, Point>;
  hidden: ReadonlySet<string>;
  pinned: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
  path: ReadonlySet<string>;
  folded: readonly string[];
  /** Summed links with places and goods that folding left out. */
  leftOut: number;
  /** Events that the summed links of this folding do not count. */
  foldCut: number;
  filters: Filters;
  communities: Communities | null;
  cut: number;
  counter: number;
}

export const noFilters: Filters = { kinds: [], types: [], confidences: [], from: "", to: "" };

export const emptyChart: ChartState = {
  nodes: new Map(),
  links: new Map(),
  positions: new Map(),
  hidden: new Set(),
  pinned: new Set(),
  fresh: new Set(),
  path: new Set(),
  folded: [],
  leftOut: 0,
  foldCut: 0,
  filters: noFilters,
  communities: null,
  cut: 0,
  counter: 0,
};

/** Add what an act received: known things keep their places, new ones stand near their anchors. */
export function add(state: ChartState, part: Part, keepPlaces = true): ChartState {
  const nodes = new Map(state.nodes);
  const fresh = new Set<string>();
  for (const node of part.nodes) {
    if (!nodes.has(node.id)) fresh.add(node.id);
    nodes.set(node.id, node);
  }
  const links = new Map(state.links);
  for (const link of part.links)
    if (nodes.has(link.source) && nodes.has(link.target)) links.set(link.id, link);
  const positions = new Map(state.positions);
  const start = state.nodes.size === 0 || !keepPlaces;
  if (start) for (const [id, place] of part.positions) positions.set(id, place);
  spread(
    positions,
    [...fresh].filter((id) => !positions.has(id)),
    links.values(),
  );
  const hidden = without(
    state.hidden,
    part.nodes.map((node) => node.id),
  );
  return {
    ...state,
    nodes,
    links,
    positions,
    hidden,
    fresh: state.nodes.size === 0 ? new Set() : fresh,
    cut: state.cut + part.cut,
    counter: part.counter || state.counter,
  };
}

/** Take things off the picture; nothing is deleted anywhere. */
export function hide(state: ChartState, ids: Iterable<string>): ChartState {
  return { ...state, hidden: new Set([...state.hidden, ...ids]), fresh: new Set() };
}

/** Leave only the given things on the picture. */
export function hideOthers(state: ChartState, keep: ReadonlySet<string>): ChartState {
  return hide(
    state,
    [...state.nodes.keys()].filter((id) => !keep.has(id)),
  );
}

/** Show everything that was hidden by hand. */
export function reveal(state: ChartState): ChartState {
  return { ...state, hidden: new Set(), fresh: new Set(state.hidden) };
}

/** Put dragged things where they were dropped. */
export function move(state: ChartState, places: ReadonlyMap<string, Point>): ChartState {
  return { ...state, positions: new Map([...state.positions, ...places]), fresh: new Set() };
}

/** Pin things, or unpin them if all of them are pinned. */
export function togglePin(state: ChartState, ids: readonly string[]): ChartState {
  const all = ids.every((id) => state.pinned.has(id));
  const pinned = all ? without(state.pinned, ids) : new Set([...state.pinned, ...ids]);
  return { ...state, pinned };
}

/** Fold events of some kinds into the summed links that the server computed. */
export function fold(state: ChartState, kinds: readonly string[], part: Part): ChartState {
  const links = new Map([...state.links].filter(([, link]) => link.fold === null));
  const folds = part.links.filter((link) => link.fold);
  const kept = telling(state.nodes, links.values(), folds, kinds);
  for (const link of kept) links.set(link.id, link);
  const leftOut = folds.length - kept.length;
  return { ...state, links, folded: kinds, leftOut, foldCut: part.cut, fresh: new Set(), path: new Set() };
}

/** Open everything that was folded. */
export function unfold(state: ChartState): ChartState {
  const links = new Map([...state.links].filter(([, link]) => link.fold === null));
  return { ...state, links, folded: [], leftOut: 0, foldCut: 0, fresh: new Set() };
}

/** Open one folded link: its events stand on the chart, the summed link goes. */
export function unfoldLink(state: ChartState, id: string, part: Part): ChartState {
  const links = new Map(state.links);
  links.delete(id);
  const opened = add({ ...state, links }, part);
  const kinds = new Set(part.nodes.map((node) => node.kind));
  return { ...opened, folded: state.folded.filter((kind) => !kinds.has(kind)) };
}

/** Colour by communities, or stop doing so. */
export function colour(state: ChartState, communities: Communities | null): ChartState {
  return { ...state, communities, fresh: new Set() };
}

/** Filter by kinds, link types, confidence and dates. */
export function filter(state: ChartState, filters: Filters): ChartState {
  return { ...state, filters, fresh: new Set() };
}

/** Mark the links of a path, having added what it runs over. */
export function markPath(state: ChartState, part: Part): ChartState {
  return { ...add(state, part), path: new Set(part.links.map((link) => link.id)) };
}

function without(all: ReadonlySet<string>, some: Iterable<string>): Set<string> {
  const rest = new Set(all);
  for (const id of some) rest.delete(id);
  return rest;
}
