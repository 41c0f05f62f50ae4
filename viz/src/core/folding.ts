/** Which summed links are worth drawing: two parties that share an event, not every place and kind of goods it names. */

import look from "../../style.json" with { type: "json" };
import type { ChartLink, ChartNode } from "./columns.ts";

const scenery: ReadonlySet<string> = new Set(look.folding.scenery);
const parties: ReadonlySet<string> = new Set(look.folding.parties);

/**
 * The summed links to keep: those between things that are neither place nor goods; what would
 * lose its last tie by that keeps the one with the most events, to a party where it has one.
 */
export function telling(
  nodes: ReadonlyMap<string, ChartNode>,
  links: Iterable<ChartLink>,
  folds: readonly ChartLink[],
  folded: readonly string[],
): ChartLink[] {
  const kindOf = (id: string): string => nodes.get(id)?.kind ?? "";
  const kept = new Set(
    folds.filter((fold) => !scenery.has(kindOf(fold.source)) && !scenery.has(kindOf(fold.target))),
  );
  const tied = new Set<string>();
  for (const link of [...links, ...kept])
    if (![link.source, link.target].some((id) => folded.includes(kindOf(id))))
      tied.add(link.source).add(link.target);
  const rank = (kind: string): number => (parties.has(kind) ? 0 : scenery.has(kind) ? 2 : 1);
  const loose = [...new Set(folds.flatMap((fold) => [fold.source, fold.target]))];
  // Things other than scenery choose first: the tie they keep may serve a place as well.
  loose.sort((a, b) => rank(kindOf(a)) - rank(kindOf(b)) || (a < b ? -1 : 1));
  for (const id of loose) {
    if (tied.has(id)) continue;
    const other = (fold: ChartLink): string => (fold.source === id ? fold.target : fold.source);
    const [best] = folds
      .filter((fold) => fold.source === id || fold.target === id)
      .sort(
        (a, b) =>
          rank(kindOf(other(a))) - rank(kindOf(other(b))) ||
          (b.fold?.count ?? 0) - (a.fold?.count ?? 0) ||
          (a.id < b.id ? -1 : 1),
      );
    if (!best) continue;
    kept.add(best);
    tied.add(best.source).add(best.target);
  }
  return folds.filter((fold) => kept.has(fold));
}
