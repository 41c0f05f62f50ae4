/** What of a chart is drawn now, and how the rest adds up. */

import type { ChartState, Filters } from "./chart.ts";
import type { ChartLink, ChartNode } from "./columns.ts";

export interface Visible {
  nodes: readonly ChartNode[];
  links: readonly ChartLink[];
  ids: ReadonlySet<string>;
  byHand: number;
  byFilter: number;
  byFold: number;
  byLimit: number;
  /** Things and links that only a filter keeps off the picture. */
  filteredNodes: readonly ChartNode[];
  filteredLinks: readonly ChartLink[];
  /** Links that are not drawn because an end of theirs is not. */
  linksByEnds: number;
}

/** Whether a thing or link dated `at` lies in the filters' window; undated ones always do. */
export function inWindow(at: string, filters: Filters): boolean {
  if (!at || (!filters.from && !filters.to)) return true;
  if (filters.from && at.slice(0, filters.from.length) < filters.from) return false;
  return !(filters.to && at.slice(0, filters.to.length) > filters.to);
}

/** The date of an event, or "". */
export function dateOf(node: ChartNode): string {
  const date = node.properties["date"];
  return typeof date === "string" ? date : "";
}

/** Nodes and links to draw, with the counts of those that are not. */
export function visible(state: ChartState): Visible {
  const ids = new Set<string>();
  let byHand = 0;
  let byFold = 0;
  const filteredNodes: ChartNode[] = [];
  for (const node of state.nodes.values()) {
    if (state.hidden.has(node.id)) byHand++;
    else if (state.folded.includes(node.kind)) byFold++;
    else if (state.filters.kinds.includes(node.kind) || !inWindow(dateOf(node), state.filters))
      filteredNodes.push(node);
    else ids.add(node.id);
  }
  const links: ChartLink[] = [];
  const filteredLinks: ChartLink[] = [];
  for (const link of state.links.values())
    if (ids.has(link.source) && ids.has(link.target))
      (passes(link, state.filters) ? links : filteredLinks).push(link);
  return {
    nodes: [...state.nodes.values()].filter((node) => ids.has(node.id)),
    links,
    ids,
    byHand,
    byFilter: filteredNodes.length,
    byFold,
    byLimit: state.cut + state.foldCut,
    filteredNodes,
    filteredLinks,
    linksByEnds: state.links.size - links.length - filteredLinks.length,
  };
}

function passes(link: ChartLink, filters: Filters): boolean {
  return (
    !filters.types.includes(link.type) &&
    !filters.confidences.includes(styleOf(link)) &&
    inWindow(link.at, filters)
  );
}

export type LinkStyle = "confirmed" | "probable" | "unconfirmed" | "inferred";

/** The line a link is drawn with: inferred is apart from the three degrees of confidence. */
export function styleOf(link: ChartLink): LinkStyle {
  if (link.basis === "inferred") return "inferred";
  if (link.confidence === "confirmed" || link.confidence === "unconfirmed") return link.confidence;
  return "probable";
}

/** Neighbours of some things among what is drawn. */
export function neighboursOf(shown: Visible, ids: ReadonlySet<string>): Set<string> {
  const found = new Set(ids);
  for (const link of shown.links) {
    if (ids.has(link.source)) found.add(link.target);
    if (ids.has(link.target)) found.add(link.source);
  }
  return found;
}

/** Degree of each thing among what is drawn. */
export function degrees(shown: Visible): Map<string, number> {
  const found = new Map<string, number>();
  for (const link of shown.links)
    for (const id of [link.source, link.target]) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
}
