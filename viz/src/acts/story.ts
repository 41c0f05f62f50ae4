/** The steps of a story as acts of the workbench: each is the same act that the analyst has under a button. */

import type { StoryStep } from "../api/types.ts";
import { toggleCommunities } from "./analyse.ts";
import { addThings, askExpand, expand, findPath, select, toggleFold } from "./chart.ts";
import * as state from "./state.ts";

type Step = Readonly<Record<string, unknown>>;

function words(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

const acts: Record<string, (step: Step) => Promise<void> | void> = {
  search: (step) => {
    state.drawerTab.value = "search";
    state.searchText.value = words(step["q"] ?? step["text"])[0] ?? "";
  },
  add: (step) => addThings(words(step["ids"])),
  select: (step) => {
    select(words(step["ids"]));
  },
  expand: (step) => {
    const ids = words(step["ids"]);
    const types = words(step["types"]);
    if (types.length === 0) {
      askExpand(ids);
      return;
    }
    return expand({ ids, types, limit: 100 });
  },
  communities: () => toggleCommunities(),
  fold: (step) => toggleFold(words(step["kinds"])),
  path: (step) => {
    select(words(step["ids"]));
    return findPath();
  },
  map: () => {
    state.view.value = "map";
  },
  chart: () => {
    state.view.value = "chart";
  },
  timeline: () => {
    state.dockTab.value = "timeline";
  },
  record: (step) => {
    const [id] = words(step["id"]);
    if (id) state.dialog.value = { name: "record", id };
  },
  export: () => {
    state.dialog.value = { name: "export" };
  },
};

/** Carry out a step's act; a step that names none is only read. */
export async function doStep(step: StoryStep): Promise<void> {
  const act = step.act;
  if (act === undefined) return;
  const given: Step = typeof act === "string" ? step : act;
  const name = typeof act === "string" ? act : String(act.name ?? act["kind"] ?? "");
  await acts[name]?.(given);
}
