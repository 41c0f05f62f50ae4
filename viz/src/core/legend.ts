/** The legend: every mark on the picture with how often it stands there. */

import type { Communities } from "./chart.ts";
import type { Visible } from "./visible.ts";
import { styleOf } from "./visible.ts";

export interface LegendRow {
  key: string;
  count: number;
}

export interface Legend {
  kinds: LegendRow[];
  styles: LegendRow[];
  path: number;
  folded: number;
  hubs: number;
}

function tally(keys: Iterable<string>): LegendRow[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count }));
}

/** Counts of what is drawn, kinds in the given order. */
export function legendOf(shown: Visible, path: ReadonlySet<string>, order: readonly string[]): Legend {
  const kinds = tally(shown.nodes.map((node) => node.kind));
  kinds.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const styles = tally(shown.links.map(styleOf));
  const lines = ["confirmed", "probable", "unconfirmed", "inferred"];
  styles.sort((a, b) => lines.indexOf(a.key) - lines.indexOf(b.key));
  return {
    kinds,
    styles,
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
