/** The legend: every mark on the picture with how often it stands there. */

import type { Communities } from "./chart.ts";
import type { ChartLink, ChartNode } from "./columns.ts";
import type { Visible } from "./visible.ts";
import { styleOf } from "./visible.ts";

export interface LegendRow {
  key: string;
  count: number;
  /** How many more a filter keeps off the picture: both together are all there could be. */
  filtered: number;
}

export interface Legend {
  kinds: LegendRow[];
  styles: LegendRow[];
  types: LegendRow[];
  path: number;
  folded: number;
  hubs: number;
}

function tally(shown: Iterable<string>, filtered: Iterable<string>): LegendRow[] {
  const rows = new Map<string, LegendRow>();
  const rowOf = (key: string): LegendRow => {
    const row = rows.get(key) ?? { key, count: 0, filtered: 0 };
    rows.set(key, row);
    return row;
  };
  for (const key of shown) rowOf(key).count++;
  for (const key of filtered) rowOf(key).filtered++;
  return [...rows.values()];
}

/** Counts of what is drawn, kinds in the given order. */
export function legendOf(shown: Visible, path: ReadonlySet<string>, order: readonly string[]): Legend {
  const kindOf = (node: ChartNode): string => node.kind;
  const typeOf = (link: ChartLink): string => link.type;
  const kinds = tally(shown.nodes.map(kindOf), shown.filteredNodes.map(kindOf));
  kinds.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const styles = tally(shown.links.map(styleOf), shown.filteredLinks.map(styleOf));
  const lines = ["confirmed", "probable", "unconfirmed", "inferred"];
  styles.sort((a, b) => lines.indexOf(a.key) - lines.indexOf(b.key));
  const types = tally(shown.links.map(typeOf), shown.filteredLinks.map(typeOf));
  types.sort((a, b) => b.count + b.filtered - a.count - a.filtered || (a.key < b.key ? -1 : 1));
  return {
    kinds,
    styles,
    types,
    path: shown.links.filter((link) => path.has(link.id)).length,
    folded: shown.links.filter((link) => link.fold !== null).length,
    hubs: shown.nodes.filter((node) => node.hub).length,
  };
}

/** The number of each member's community: 1 is the largest; what is beyond `most` is "other" (0). */
export function communityNumbers(communities: Communities | null, most = 7): Map<string, number> {
  const numbers = new Map<string, number>();
  communities?.list.forEach((community, row) => {
    for (const member of community.members) numbers.set(member, row < most ? row + 1 : 0);
  });
  return numbers;
}
