/** The bottom dock: the table that says the same as the chart, the timeline, or only the heat bars. */

import type { JSX } from "preact";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { Icon } from "../../components/basic.tsx";
import { lazy } from "../../components/lazy.tsx";
import { HeatBars } from "./HeatBars.tsx";
import { tools } from "./tools.ts";

const TableView = lazy(async () => (await import("./TableView.tsx")).TableView);
const TimelineView = lazy(async () => (await import("./TimelineView.tsx")).TimelineView);

const tabs = [
  ["table", "table"],
  ["timeline", "chart-bar"],
] as const;

export function Dock(): JSX.Element {
  const open = state.dockTab.value;
  const Tools = tools.value;
  return (
    <section class={`dock ${open ?? ""}`} aria-label={t("dock.label")}>
      <div class="dock-bar">
        {tabs.map(([tab, icon]) => (
          <button
            key={tab}
            type="button"
            class="button bare"
            data-dock={tab}
            aria-pressed={open === tab}
            onClick={() => {
              state.dockTab.value = open === tab ? null : tab;
            }}
          >
            <Icon name={icon} size={14} />
            <span>{t(`dock.${tab}`)}</span>
          </button>
        ))}
        {open === null && <HeatBars />}
        {open !== null && Tools && <Tools />}
      </div>
      {open === "table" && <TableView />}
      {open === "timeline" && <TimelineView />}
    </section>
  );
}
