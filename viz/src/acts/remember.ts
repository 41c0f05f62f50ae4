/** Tabs and panels as they were before a reload. */

import type { Signal } from "@preact/signals";
import { effect } from "@preact/signals";
import * as state from "./state.ts";

const KEY = "graphintel.panels";

/** Restore and keep which drawer, tab and dock are open. */
export function rememberPanels(): void {
  const parts = {
    drawer: state.drawerTab as Signal<string | null>,
    inspector: state.inspectorTab as Signal<string | null>,
    dock: state.dockTab as Signal<string | null>,
  };
  const held = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, string | null>;
  for (const [name, part] of Object.entries(parts)) if (held[name] !== undefined) part.value = held[name];
  effect(() => {
    const now = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.value]));
    localStorage.setItem(KEY, JSON.stringify(now));
  });
}
