/** Links as drawn: those that say the same between the same two things become one curve with a count. */

import type { ChartLink } from "./columns.ts";
import type { LinkStyle } from "./visible.ts";
import { styleOf } from "./visible.ts";

export interface Bundle {
  id: string;
  source: string;
  target: string;
  style: LinkStyle;
  onPath: boolean;
  types: readonly string[];
  links: readonly ChartLink[];
  /** How many assertions or folded events it stands for. */
  count: number;
  probability: number | null;
}

/** Bundles by ends, direction, line style and membership of the marked path. */
export function bundles(links: readonly ChartLink[], path: ReadonlySet<string>): Bundle[] {
  const groups = new Map<string, ChartLink[]>();
  for (const link of links) {
    const onPath = path.has(link.id) ? "path" : "";
    const key = [link.source, link.target, styleOf(link), onPath, link.fold ? "fold" : ""].join("|");
    const group = groups.get(key);
    if (group) group.push(link);
    else groups.set(key, [link]);
  }
  return [...groups.values()].map((group) => bundleOf(group, path));
}

function bundleOf(group: readonly ChartLink[], path: ReadonlySet<string>): Bundle {
  const first = group[0] as ChartLink;
  const count = group.reduce((sum, link) => sum + (link.fold?.count ?? 1), 0);
  return {
    id: `link:${first.id}`,
    source: first.source,
    target: first.target,
    style: styleOf(first),
    onPath: path.has(first.id),
    types: [...new Set(group.map((link) => link.type))],
    links: group,
    count,
    probability: first.probability,
  };
}

/** Width of a line: 1.5 px for one, up to 6 by the logarithm of what flows over it. */
export function widthOf(bundle: Bundle): number {
  if (bundle.onPath) return 4;
  return bundle.count <= 1 ? 1.5 : Math.min(6, 1.5 + Math.log2(bundle.count) * 0.75);
}
