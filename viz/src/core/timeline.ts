/** Heat bars of the timeline: how much of the chart falls into each month. */

import type { Visible } from "./visible.ts";
import { dateOf } from "./visible.ts";

export interface Bar {
  month: string;
  count: number;
}

/** One bar a month from the first to the last dated link or event, empty months included. */
export function monthBars(shown: Pick<Visible, "nodes" | "links">): Bar[] {
  const counts = new Map<string, number>();
  const note = (date: string): void => {
    const month = /^\d{4}-\d{2}/.exec(date)?.[0];
    if (month) counts.set(month, (counts.get(month) ?? 0) + 1);
  };
  shown.nodes.forEach((node) => {
    note(dateOf(node));
  });
  shown.links.forEach((link) => {
    note(link.at);
  });
  const months = [...counts.keys()].sort();
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return [];
  const bars: Bar[] = [];
  for (let month = first; month <= last && bars.length < 1200; month = after(month))
    bars.push({ month, count: counts.get(month) ?? 0 });
  return bars;
}

function after(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}`;
}
