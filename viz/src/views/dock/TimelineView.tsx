/** The timeline: bars a month; a drag over them filters chart, table and counts to that window. */

import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { setFilters } from "../../acts/chart.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { formatDate } from "../../core/format.ts";
import { monthBars } from "../../core/timeline.ts";
import type { Visible } from "../../core/visible.ts";
import { drawBars, monthAt } from "./bars.ts";

function unfiltered(): Pick<Visible, "nodes" | "links"> {
  const { nodes, links, hidden } = state.chart.value;
  return {
    nodes: [...nodes.values()].filter((node) => !hidden.has(node.id)),
    links: [...links.values()].filter((link) => !hidden.has(link.source) && !hidden.has(link.target)),
  };
}

function narrow(from: string, to: string): void {
  const filters = state.chart.value.filters;
  if (filters.from !== from || filters.to !== to) setFilters({ ...filters, from, to });
}

function WindowForm(): JSX.Element {
  const { from, to } = state.chart.value.filters;
  const field = (name: "from" | "to", value: string): JSX.Element => (
    <label class="timeline-form">
      <span class="quiet">{t(`timeline.${name}`)}</span>
      <input
        type="month"
        value={value}
        onChange={(event) => {
          const month = event.currentTarget.value;
          narrow(name === "from" ? month : from, name === "to" ? month : to);
        }}
      />
    </label>
  );
  return (
    <div class="timeline-form section">
      {field("from", from)}
      {field("to", to)}
      <button
        type="button"
        class="button"
        disabled={!from && !to}
        onClick={() => {
          narrow("", "");
        }}
      >
        {t("timeline.all")}
      </button>
    </div>
  );
}

export function TimelineView(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const start = useSignal("");
  const brush = useSignal<{ from: string; to: string } | null>(null);
  const bars = monthBars(unfiltered());
  useSignalEffect(() => {
    const drawn = monthBars(unfiltered());
    const lang = language.value;
    if (canvas.current)
      drawBars(canvas.current, drawn, theme.value, brush.value ?? state.chart.value.filters, (month) =>
        formatDate(month, lang),
      );
  });
  const over = (event: JSX.TargetedPointerEvent<HTMLCanvasElement>): void => {
    const month = monthAt(bars, event.currentTarget, event.offsetX);
    const [from, to] = [start.value, month].sort();
    brush.value = { from: from ?? "", to: to ?? "" };
  };
  return (
    <>
      <WindowForm />
      {bars.length === 0 && <p class="section quiet">{t("timeline.none")}</p>}
      <canvas
        class="timeline-canvas"
        ref={canvas}
        role="img"
        aria-label={t("dock.timeline")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.value = monthAt(bars, event.currentTarget, event.offsetX);
          over(event);
        }}
        onPointerMove={(event) => {
          if (start.value) over(event);
        }}
        onPointerUp={() => {
          const window_ = brush.value;
          start.value = "";
          brush.value = null;
          if (window_) narrow(window_.from, window_.to);
        }}
      />
    </>
  );
}
