/** Rows of the table that stands beside every chart. */

import type { ChartNode } from "./columns.ts";
import { dateOf } from "./visible.ts";

export type Column = "label" | "kind" | "links" | "date" | "community" | "betweenness";

export interface TableRow {
  id: string;
  kind: string;
  label: string;
  links: number;
  date: string;
  community: number;
  betweenness: number | null;
}

export interface Order {
  column: Column;
  descending: boolean;
}

/** One row a thing, with its links among what is drawn and what analysis said of it. */
export function tableRows(
  nodes: readonly ChartNode[],
  degree: ReadonlyMap<string, number>,
  communities: ReadonlyMap<string, number>,
  betweenness: ReadonlyMap<string, number>,
): TableRow[] {
  return nodes.map((node) => ({
    id: node.id,
    kind: node.kind,
    label: node.label,
    links: degree.get(node.id) ?? 0,
    date: dateOf(node),
    community: communities.get(node.id) ?? -1,
    betweenness: betweenness.get(node.id) ?? null,
  }));
}

/** The rows in the asked order, by the language's own alphabet. */
export function sorted(rows: readonly TableRow[], order: Order, language: string): TableRow[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = order.descending ? -1 : 1;
  return [...rows].sort(
    (a, b) => sign * compare(a[order.column], b[order.column], collator) || (a.id < b.id ? -1 : 1),
  );
}

function compare(a: string | number | null, b: string | number | null, collator: Intl.Collator): number {
  if (typeof a === "string" && typeof b === "string") return collator.compare(a, b);
  return Number(a ?? -1) - Number(b ?? -1);
}
