/** What the workbench knows: one signal a matter, derived ones computed, the chart in a history. */

import { computed, signal } from "@preact/signals";
import type { ExpandWish } from "../api/client.ts";
import { ApiError } from "../api/client.ts";
import type {
  ChartRow,
  Entity,
  LoadRow,
  Me,
  Question,
  Rows,
  SearchAnswer,
  SourceRecord,
  Story,
} from "../api/types.ts";
import type { ChartState } from "../core/chart.ts";
import { emptyChart } from "../core/chart.ts";
import type { Part } from "../core/columns.ts";
import type { History } from "../core/history.ts";
import { begin, commit } from "../core/history.ts";
import { communityNumbers, legendOf } from "../core/legend.ts";
import { degrees, visible } from "../core/visible.ts";
import { kindOrder } from "../design/style.ts";

export type View = "chart" | "map" | "loads";
export type DrawerTab = "search" | "charts" | "questions" | "story";
export type InspectorTab = "values" | "links" | "sources" | "history";
export type DockTab = "table" | "timeline";
export type Dialog =
  | { name: "expand"; ids: string[]; labels: string[] }
  | { name: "save"; as: boolean }
  | { name: "keys" }
  | { name: "fold" }
  | { name: "paste" }
  | { name: "export" }
  | { name: "record"; id: string }
  | null;

export interface Failure {
  act: string;
  code: string;
  message: string;
  job: string;
  retry: (() => void) | null;
}

export interface Document {
  id: string | null;
  name: string;
  case: string;
  version: number | null;
  /** The state that is saved; anything else is unsaved work. */
  saved: ChartState | null;
}

export const me = signal<Me | null>(null);
export const history = signal<History<ChartState>>(begin(emptyChart));
export const document_ = signal<Document>({ id: null, name: "", case: "", version: null, saved: emptyChart });
export const selection = signal<ReadonlySet<string>>(new Set());
export const selectedLink = signal<string | null>(null);
export const hovered = signal<string | null>(null);
export const view = signal<View>("chart");
export const drawerTab = signal<DrawerTab | null>("search");
export const inspectorTab = signal<InspectorTab>("values");
export const dockTab = signal<DockTab | null>(null);
export const dialog = signal<Dialog>(null);

/** Close the dialog that is open, if one is. */
export function closeDialog(): void {
  dialog.value = null;
}
export const failure = signal<Failure | null>(null);
export const handling = signal("");
/** The last expansion that the limit cut, and where it goes on. */
export const cutOff = signal<{ wish: ExpandWish; cursor: string; cut: number } | null>(null);
/** Grows with each chart that is opened, so that the camera fits it once. */
export const opening = signal(0);
/** Acts under way, by name, with their progress if the server tells one. */
export const busy = signal<ReadonlyMap<string, number | null>>(new Map());

export const searchText = signal("");
export const searchKind = signal("");
export const searchAnswer = signal<SearchAnswer | null>(null);
export const savedCharts = signal<ChartRow[]>([]);
export const questions = signal<Question[]>([]);
export const questionId = signal("");
export const answer = signal<(Rows & { part: Part | null }) | null>(null);
export const story = signal<Story | null>(null);
export const storyDone = signal<ReadonlySet<number>>(new Set());
export const entity = signal<Entity | null>(null);
export const records = signal<{ of: string; list: SourceRecord[]; next: string | null } | null>(null);
export const loads = signal<readonly LoadRow[]>([]);
export const betweenness = signal<ReadonlyMap<string, number>>(new Map());
export const centralityWords = signal<Readonly<Record<string, string>>>({});

export const chart = computed(() => history.value.present);
export const shown = computed(() => visible(chart.value));
export const legend = computed(() => legendOf(shown.value, chart.value.path, kindOrder));
export const community = computed(() => communityNumbers(chart.value.communities));
export const degree = computed(() => degrees(shown.value));
export const dirty = computed(() => document_.value.saved !== chart.value);

/** Make an act part of the chart's history. */
export function commitChart(name: string, next: ChartState): void {
  history.value = commit(history.value, name, next);
  const kept = [...selection.value].filter((id) => next.nodes.has(id));
  if (kept.length !== selection.value.size) selection.value = new Set(kept);
}

/** Begin anew with a chart: what came before is no longer undone into it. */
export function openChart(next: ChartState, about: Document): void {
  history.value = begin(next);
  document_.value = { ...about, saved: about.id ? next : null };
  selection.value = new Set();
  selectedLink.value = null;
  entity.value = null;
  answer.value = null;
  cutOff.value = null;
  failure.value = null;
  handling.value = "";
  opening.value++;
}

const stopping = new Map<string, AbortController>();
/** Work that may be given up: it asks the server, and commits only when it was not called off. */
export const givable: ReadonlySet<string> = new Set(["communities", "centrality", "path", "fold", "expand"]);

/** Give up waiting for work; the chart stays as it is. */
export function giveUp(name: string): void {
  stopping.get(name)?.abort();
}

/** Do long work under a name; a refusal is told where the act was asked for, with a way to try again. */
export async function working(
  name: string,
  work: (told: (p: number | null) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const mine = new AbortController();
  stopping.set(name, mine);
  const told = (progress: number | null): void => {
    busy.value = new Map(busy.value).set(name, progress);
  };
  told(null);
  if (failure.value?.act === name) failure.value = null;
  try {
    await work(told, mine.signal);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    if (!(error instanceof ApiError)) throw error;
    failure.value = {
      act: name,
      code: error.code,
      message: error.message,
      job: typeof error.detail["job"] === "string" ? error.detail["job"] : "",
      retry: () => void working(name, work),
    };
  } finally {
    // Work of the same name begun since is still under way: it keeps its sign and its way to stop.
    if (stopping.get(name) === mine) {
      stopping.delete(name);
      const rest = new Map(busy.value);
      rest.delete(name);
      busy.value = rest;
    }
  }
}
