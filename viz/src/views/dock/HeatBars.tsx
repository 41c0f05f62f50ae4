/** The folded dock: when things happened, in 20 pixels. */

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { monthBars } from "../../core/timeline.ts";
import { drawBars } from "./bars.ts";

export function HeatBars(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const bars = monthBars(state.shown.value);
    if (canvas.current) drawBars(canvas.current, bars, theme.value, state.chart.value.filters, null);
  });
  return <canvas ref={canvas} role="img" aria-label={t("dock.timeline")} />;
}
