/** The acts on a chart: each asks the server where it must and commits one undoable step. */

import { api } from "../api/client.ts";
import type { ExpandWish } from "../api/client.ts";
import type { Preview } from "../api/types.ts";
import * as produce from "../core/chart.ts";
import type { Filters } from "../core/chart.ts";
import type { Part, Point } from "../core/columns.ts";
import { joined } from "../core/handling.ts";
import * as steps from "../core/history.ts";
import { neighboursOf } from "../core/visible.ts";
import {
  chart,
  commitChart,
  cutOff,
  dialog,
  entity,
  handling,
  history,
  selectedLink,
  selection,
  shown,
  working,
} from "./state.ts";
import { inspect } from "./inspect.ts";
import { events } from "../design/style.ts";

/** Select things; the inspector follows the first. */
export function select(ids: Iterable<string>, mode: "set" | "add" | "toggle" = "set"): void {
  const next = new Set(mode === "set" ? [] : selection.value);
  for (const id of ids) {
    if (mode === "toggle" && next.has(id)) next.delete(id);
    else next.add(id);
  }
  selection.value = next;
  selectedLink.value = null;
  inspect([...next].at(-1) ?? null);
}

/** Select one link; the inspector shows what it rests on. */
export function selectLink(id: string | null): void {
  selection.value = new Set();
  selectedLink.value = id;
  if (id) entity.value = null;
  else inspect(null);
}

export const selectAll = (): void => {
  select(shown.value.ids);
};

export function invertSelection(): void {
  select([...shown.value.ids].filter((id) => !selection.value.has(id)));
}

export function selectNeighbours(): void {
  select(neighboursOf(shown.value, selection.value));
}

/** Add things by id with all links among them and what stands on the chart. */
export function addThings(ids: readonly string[], name = "add"): Promise<void> {
  return working(name, async () => {
    const known = [...chart.value.nodes.keys()];
    const part = await api.subgraph([...new Set([...known, ...ids])]);
    commitChart(name, produce.add(chart.value, part));
    told(part);
    select(ids.filter((id) => chart.value.nodes.has(id)));
  });
}

/** Put a part on the chart that an answer already brought. */
export function addPart(part: Part, name: string): void {
  commitChart(name, produce.add(chart.value, part));
  told(part);
}

/** Ask what an expansion would bring, then show the dialog that lets one choose. */
export function askExpand(ids: readonly string[] = [...selection.value]): void {
  const labels = ids.flatMap((id) => chart.value.nodes.get(id)?.label ?? []);
  if (ids.length > 0) dialog.value = { name: "expand", ids: [...ids], labels };
}

export const previewOf = (ids: readonly string[]): Promise<Preview> => api.preview(ids);

/** Load neighbours as chosen and the links among all that stands there. */
export function expand(wish: ExpandWish): Promise<void> {
  dialog.value = null;
  return working("expand", async (_, signal) => {
    const part = await api.expand(wish, signal);
    signal.throwIfAborted();
    commitChart("expand", produce.add(chart.value, part));
    noteCut(wish, part);
    told(part);
  });
}

function noteCut(wish: ExpandWish, part: Part): void {
  cutOff.value = part.cut > 0 && part.cursor ? { wish, cursor: part.cursor, cut: part.cut } : null;
}

/** Go on with the expansion that the limit cut; what was counted as cut is counted anew. */
export function loadMore(): Promise<void> {
  const held = cutOff.value;
  if (!held) return Promise.resolve();
  return working("expand", async (_, signal) => {
    const part = await api.expand({ ...held.wish, cursor: held.cursor }, signal);
    signal.throwIfAborted();
    const present = { ...chart.value, cut: Math.max(0, chart.value.cut - held.cut) };
    commitChart("expand", produce.add(present, part));
    noteCut(held.wish, part);
    told(part);
  });
}

export const hideSelected = (): void => {
  hide([...selection.value]);
};

/** Hide things; they can be revealed and undone. */
export function hide(ids: readonly string[]): void {
  if (ids.length === 0) return;
  commitChart("hide", produce.hide(chart.value, ids));
  select([]);
}

export function hideOthers(): void {
  if (selection.value.size > 0) commitChart("hideOthers", produce.hideOthers(chart.value, selection.value));
}

export function reveal(): void {
  if (chart.value.hidden.size > 0) commitChart("reveal", produce.reveal(chart.value));
}

export function move(places: ReadonlyMap<string, Point>): void {
  if (places.size > 0) commitChart("move", produce.move(chart.value, places));
}

export function pinSelected(): void {
  if (selection.value.size > 0) commitChart("pin", produce.togglePin(chart.value, [...selection.value]));
}

export function setFilters(filters: Filters): void {
  commitChart("filter", produce.filter(chart.value, filters));
}

/** Fold events into summed links between the parties, or open them all again. */
export function toggleFold(kinds?: readonly string[]): Promise<void> {
  if (chart.value.folded.length > 0 && !kinds) {
    commitChart("unfold", produce.unfold(chart.value));
    return Promise.resolve();
  }
  const wanted = kinds ?? foldable();
  if (wanted.length === 0) return Promise.resolve();
  return working("fold", async (_, signal) => {
    const ids = [...chart.value.nodes.values()]
      .filter((node) => !wanted.includes(node.kind))
      .map((node) => node.id);
    const part = await api.subgraph(ids, wanted, signal);
    signal.throwIfAborted();
    commitChart("fold", produce.fold(chart.value, wanted, part));
    told(part);
  });
}

/** Kinds of events on the chart that can be folded. */
export function foldable(): string[] {
  return [...new Set([...chart.value.nodes.values()].map((node) => node.kind))].filter(
    (kind) => events.has(kind) && (kind === "Declaration" || kind === "Movement"),
  );
}

/** Open one folded link into the events behind it. */
export function openFold(id: string): Promise<void> {
  const link = chart.value.links.get(id);
  if (!link?.fold) return Promise.resolve();
  const eventIds = link.fold.events;
  return working("unfold", async () => {
    const part = await api.subgraph([link.source, link.target, ...eventIds]);
    commitChart("unfold", produce.unfoldLink(chart.value, id, part));
    told(part);
    selectLink(null);
  });
}

/** Shortest paths between exactly two selected things. */
export function findPath(hops = 6): Promise<void> {
  const [from, to] = [...selection.value];
  if (!from || !to || selection.value.size !== 2) return Promise.resolve();
  return working("path", async (_, signal) => {
    const part = await api.paths(from, to, hops, signal);
    signal.throwIfAborted();
    commitChart("path", produce.markPath(chart.value, part));
    told(part);
  });
}

export function undo(): void {
  history.value = steps.undo(history.value);
  keepSelection();
}

export function redo(): void {
  history.value = steps.redo(history.value);
  keepSelection();
}

function keepSelection(): void {
  const kept = [...selection.value].filter((id) => chart.value.nodes.has(id));
  if (kept.length !== selection.value.size) select(kept);
  if (selectedLink.value && !chart.value.links.has(selectedLink.value)) selectLink(null);
}

/** What came onto the chart can raise its handling, never lower it: undo and redo bring things back. */
function told(part: Part): void {
  handling.value = joined(handling.value, part.handling);
}
