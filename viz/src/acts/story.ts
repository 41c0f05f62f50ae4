/** The steps of a story as acts of the workbench: each is the same act that the analyst has under a button. */

import { api } from "../api/client.ts";
import type { StoryAct } from "../core/story.ts";
import { toggleCommunities } from "./analyse.ts";
import { addThings, askExpand, expand, select } from "./chart.ts";
import { inspect } from "./inspect.ts";
import * as state from "./state.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Find the best answer to a text and select it, putting it on the chart if it is not there. */
async function pick(q: string): Promise<void> {
  const found = await api.search(q, "", new AbortController().signal);
  const id = found.hits[0]?.id;
  if (!id) return;
  if (state.shown.value.ids.has(id)) select([id]);
  else await addThings([id]);
}

async function firstRecord(): Promise<void> {
  const id = [...state.selection.value][0];
  if (!id) return;
  inspect(id);
  const page = await api.entityRecords(id, "");
  const record = page.records[0];
  if (record) state.dialog.value = { name: "record", id: record.id };
}

const acts: Record<string, (act: StoryAct) => Promise<void> | void> = {
  search: (act) => {
    state.searchText.value = text(act["q"]);
  },
  pick: (act) => pick(text(act["q"])),
  tab: (act) => {
    if (act["tab"] === "history") state.inspectorTab.value = "history";
  },
  ask: () => {
    askExpand();
  },
  expandSelected: (act) => {
    const types = Array.isArray(act["types"]) ? act["types"].map(String) : [];
    return expand({ ids: [...state.selection.value], types, limit: 100 });
  },
  communities: () => (state.chart.value.communities ? undefined : toggleCommunities()),
  map: () => {
    state.view.value = "map";
  },
  chart: () => {
    state.view.value = "chart";
  },
  firstRecord,
  export: () => {
    state.view.value = "chart";
    state.dialog.value = { name: "export" };
  },
};

/** Carry out the acts of a step, one after the other. */
export function doStep(steps: readonly StoryAct[]): Promise<void> {
  return state.working("story", async () => {
    for (const act of steps) await acts[act.name]?.(act);
  });
}
