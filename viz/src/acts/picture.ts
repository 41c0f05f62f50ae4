/** The links as drawn, and the read-only surface for tests and automation. */

import { computed } from "@preact/signals";
import { bundles } from "../core/bundle.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { styleOf } from "../core/visible.ts";
import { pictureOf } from "./camera.ts";
import * as state from "./state.ts";

export const bundlesShown = computed(() => bundles(state.shown.value.links, state.chart.value.path));

/** The bundle that is selected, or null. */
export const selectedBundle = computed(
  () => bundlesShown.value.find((bundle) => bundle.id === state.selectedLink.value) ?? null,
);

function snapshot(): Snapshot {
  const picture = pictureOf.value?.() ?? null;
  const { nodes, links, byLimit, byFilter, byHand, byFold, filteredLinks, linksByEnds } = state.shown.value;
  return {
    nodes: nodes.map(({ id, kind, label }) => {
      const [x, y] = state.chart.value.positions.get(id) ?? [0, 0];
      return { id, kind, label, x, y, screen: picture?.screen(id) ?? [0, 0] };
    }),
    links: links.map((link) => ({
      id: link.id,
      source: link.source,
      target: link.target,
      type: link.type,
      style: styleOf(link),
      count: link.fold?.count ?? 1,
    })),
    selection: [...state.selection.value],
    selectedLink: state.selectedLink.value,
    camera: picture?.camera ?? { zoom: 1, x: 0, y: 0 },
    labels: picture?.labels ?? [],
    counts: {
      shown: nodes.length,
      byLimit,
      byFilter,
      byHand,
      byFold,
      links: links.length,
      linksByFilter: filteredLinks.length,
      linksByEnds,
    },
    undo: state.history.value.past.length,
    redo: state.history.value.future.length,
    busy: [...state.busy.value.keys()],
  };
}

declare global {
  interface Window {
    /** Test and automation surface: read-only, stable, documented in `core/snapshot.ts`. */
    graphintel?: Readonly<{ snapshot: () => Snapshot }>;
  }
}

/** Offer the snapshot under `window.graphintel`. */
export function offerSnapshot(): void {
  Object.defineProperty(window, "graphintel", { value: Object.freeze({ snapshot }), enumerable: true });
}
