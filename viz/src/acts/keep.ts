/** Saved charts, exports, saved questions, and the draft that survives a closed tab. */

import { effect } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Chart } from "../api/types.ts";
import { decode } from "../core/columns.ts";
import type { Plain } from "../core/columns.ts";
import { emptyChart } from "../core/chart.ts";
import { joined } from "../core/handling.ts";
import type { Saved } from "../core/saved.ts";
import { fromSaved, toSaved } from "../core/saved.ts";
import { select } from "./chart.ts";
import * as state from "./state.ts";
import { language } from "./speak.ts";
import { theme } from "./theme.ts";

const DRAFT = "graphintel.draft";

/** The list of saved charts and of saved questions. */
export async function loadLists(): Promise<void> {
  await state.working("lists", async () => {
    const [charts, questions] = await Promise.all([api.charts(), api.questions()]);
    state.savedCharts.value = charts;
    state.questions.value = questions;
  });
}

/** Open a saved chart out of what the reader may see of it today. */
export function open(id: string): Promise<void> {
  return state.working("open", async () => {
    const chart = await api.chart(id);
    // Panels first: the camera fits the chart once, to the room that they leave.
    state.story.value = chart.story ?? null;
    state.storyDone.value = new Set();
    if (state.story.value) {
      state.drawerTab.value = "story";
      state.dockTab.value ??= "timeline";
    }
    await show(chart, {
      id: chart.id,
      name: chart.name,
      case: chart.case,
      version: chart.version ?? null,
      saved: null,
    });
  });
}

async function show(saved: Saved & Partial<Chart>, about: state.Document): Promise<void> {
  const ids = saved.data.nodes;
  const folded = saved.data.folded ?? [];
  const part = await api.subgraph(ids);
  const kept = part.nodes.filter((node) => !folded.includes(node.kind)).map((node) => node.id);
  const folds = folded.length > 0 ? await api.subgraph(kept, folded) : null;
  state.openChart(fromSaved(saved, part, folds), about);
  state.handling.value = joined(part.handling, folds?.handling ?? "");
  const first = saved.look?.selected ?? part.nodes.find((node) => node.kind === "Seizure")?.id ?? "";
  if (state.shown.value.ids.has(first)) select([first]);
}

/** A blank chart. */
export function startNew(): void {
  state.openChart(emptyChart, { id: null, name: "", case: "", version: null, saved: null });
  state.story.value = null;
  state.document_.value = { ...state.document_.value, saved: emptyChart };
}

/** Save under its own name, or ask for one first. */
export function save(): Promise<void> {
  const about = state.document_.value;
  if (!about.id) {
    state.dialog.value = { name: "save", as: false };
    return Promise.resolve();
  }
  return saveAs(about.name, about.case, about.id);
}

/** Save as a new chart, or over the one with the given id. */
export function saveAs(name: string, caseNumber: string, id: string | null = null): Promise<void> {
  state.dialog.value = null;
  return state.working("save", async () => {
    const present = state.chart.value;
    const version = id ? state.document_.value.version : null;
    const body = { name, case: caseNumber, ...toSaved(present), look: { theme: theme.value } };
    const made = await api.saveChart(id, version === null ? body : { ...body, version });
    state.document_.value = {
      id: made.id,
      name,
      case: caseNumber,
      version: made.version ?? null,
      saved: present,
    };
    localStorage.removeItem(DRAFT);
    state.savedCharts.value = await api.charts();
  });
}

/** Hand the chart out as a file; the server writes it into its register. */
export function exportAs(to: string): Promise<void> {
  state.dialog.value = null;
  return state.working("export", async () => {
    const present = state.chart.value;
    const positions = Object.fromEntries(
      [...present.positions].filter(([id]) => state.shown.value.ids.has(id)),
    );
    const whole = state.shown.value.ids.size + state.shown.value.byFold === present.nodes.size;
    const made = await api.exported({
      // The saved chart itself where it is what is seen: the file then carries its name.
      chart: whole && !state.dirty.value ? state.document_.value.id : null,
      entities: [...state.shown.value.ids],
      to,
      case: state.document_.value.case,
      theme: theme.value,
      language: language.value,
      fold: present.folded,
      positions,
    });
    download(made.blob, made.name || `chart.${to}`);
  });
}

/** Give the browser a file to save. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}

/** Ask a saved question with its parameters. */
export function ask(id: string, params: Record<string, Plain>): Promise<void> {
  return state.working("ask", async () => {
    const found = await api.ask(id, params);
    state.answer.value = { ...found, part: found.subgraph ? decode(found.subgraph) : null };
  });
}

interface Draft extends Saved {
  about: state.Document;
}

/** Keep unsaved work in this browser, as ids and places only. */
export function watchDraft(): void {
  let timer = 0;
  let write = (): void => undefined;
  effect(() => {
    const present = state.chart.value;
    const about = state.document_.value;
    window.clearTimeout(timer);
    write = () => undefined;
    if (about.saved === present || present.nodes.size === 0) return;
    write = () => {
      const draft: Draft = { ...toSaved(present), about: { ...about, saved: null } };
      localStorage.setItem(DRAFT, JSON.stringify(draft));
    };
    timer = window.setTimeout(() => {
      write();
    }, 400);
  });
  // A tab that is closed in between runs no timer any more.
  window.addEventListener("pagehide", () => {
    write();
  });
}

/** What the workbench opens with: unsaved work, else the opening chart, else nothing yet. */
export async function openFirst(): Promise<void> {
  const held = localStorage.getItem(DRAFT);
  if (held) {
    const draft = JSON.parse(held) as Draft;
    await state.working("open", async () => {
      await show(draft, draft.about);
      state.document_.value = { ...draft.about, saved: null };
    });
    if (!state.failure.value) return;
  }
  const opening = state.me.value?.opening_chart;
  if (opening) await open(opening);
}
