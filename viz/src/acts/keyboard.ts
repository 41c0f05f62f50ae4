/** Key presses turned into acts. */

import { actOf } from "../core/shortcuts.ts";
import { toggleCommunities } from "./analyse.ts";
import { camera } from "./camera.ts";
import * as act from "./chart.ts";
import { save } from "./keep.ts";
import * as state from "./state.ts";

const NUDGE = 60;

/** Select the thing that comes after (or before) the selected one in the order of the chart. */
function step(by: number): void {
  const { nodes } = state.shown.value;
  if (nodes.length === 0) return;
  const [only] = state.selection.value;
  const row = only ? nodes.findIndex((node) => node.id === only) : by > 0 ? -1 : 0;
  const next = nodes[(row + by + nodes.length) % nodes.length];
  if (next) act.select([next.id]);
}

const acts: Record<string, () => void> = {
  search: () => {
    state.drawerTab.value = "search";
    requestAnimationFrame(() => document.getElementById("search")?.focus());
  },
  undo: act.undo,
  redo: act.redo,
  save: () => void save(),
  keys: () => {
    state.dialog.value = { name: "keys" };
  },
  expand: () => {
    act.askExpand();
  },
  fold: () => {
    if (state.chart.value.folded.length > 0) void act.toggleFold();
    else state.dialog.value = { name: "fold" };
  },
  hide: act.hideSelected,
  hideOthers: act.hideOthers,
  reveal: act.reveal,
  pin: act.pinSelected,
  neighbours: act.selectNeighbours,
  path: () => void act.findPath(),
  communities: () => void toggleCommunities(),
  all: act.selectAll,
  invert: act.invertSelection,
  none: () => {
    act.select([]);
  },
  fit: () => camera.value?.fit(null),
  fitSelection: () => camera.value?.fit(state.selection.value),
  actual: () => camera.value?.actual(),
  zoomIn: () => camera.value?.zoomBy(1.25),
  zoomOut: () => camera.value?.zoomBy(0.8),
  left: () => camera.value?.panBy(NUDGE, 0),
  right: () => camera.value?.panBy(-NUDGE, 0),
  up: () => camera.value?.panBy(0, NUDGE),
  down: () => camera.value?.panBy(0, -NUDGE),
  nextThing: () => {
    step(1);
  },
  previousThing: () => {
    step(-1);
  },
};

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}

/** Listen for the keys of the table in `core/shortcuts.ts`. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (state.dialog.value) return;
    const inChart =
      event.target === document.body || (event.target as Element | null)?.closest("#chart") !== null;
    const name = actOf(event, inChart && state.view.value === "chart", typing(event.target));
    if (!name) return;
    event.preventDefault();
    acts[name]?.();
  });
}
