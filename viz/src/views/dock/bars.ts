/** Heat bars drawn on a canvas: height and depth of colour by count. */

import type { Bar } from "../../core/timeline.ts";
import type { ThemeName } from "../../design/style.ts";
import { sans, token } from "../../design/style.ts";

export interface Window_ {
  from: string;
  to: string;
}

/** Draw bars into a canvas of any size; months outside the window are faint. */
export function drawBars(
  canvas: HTMLCanvasElement,
  bars: readonly Bar[],
  theme: ThemeName,
  window_: Window_,
  labels: ((month: string) => string) | null,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const ratio = devicePixelRatio || 1;
  const { clientWidth: w, clientHeight: h } = canvas;
  canvas.width = Math.round(w * ratio);
  canvas.height = Math.round(h * ratio);
  context.scale(ratio, ratio);
  context.clearRect(0, 0, w, h);
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const floor = labels ? h - 18 : h;
  const width = barWidth(w, bars);
  context.fillStyle = token(theme, "accent");
  bars.forEach((bar, row) => {
    const inside =
      (!window_.from || bar.month >= window_.from.slice(0, 7)) &&
      (!window_.to || bar.month <= window_.to.slice(0, 7));
    context.globalAlpha = inside ? 0.9 : 0.25;
    const height = bar.count === 0 ? 0 : Math.max(2, (floor - 4) * Math.sqrt(bar.count / most));
    context.fillRect(row * width + 0.5, floor - height, Math.max(1, width - 1), height);
  });
  context.globalAlpha = 1;
  if (labels) drawAxis(context, bars, width, floor, theme, labels);
}

function drawAxis(
  context: CanvasRenderingContext2D,
  bars: readonly Bar[],
  width: number,
  floor: number,
  theme: ThemeName,
  labels: (month: string) => string,
): void {
  context.strokeStyle = token(theme, "hairline");
  context.beginPath();
  context.moveTo(0, floor + 0.5);
  context.lineTo(width * bars.length, floor + 0.5);
  context.stroke();
  context.fillStyle = token(theme, "ink2");
  context.font = `12px ${sans}`;
  context.textBaseline = "top";
  const every = Math.max(1, Math.ceil(72 / width));
  bars.forEach((bar, row) => {
    if (row % every === 0 && row * width < width * bars.length - 60)
      context.fillText(labels(bar.month), row * width + 2, floor + 3);
  });
}

function barWidth(width: number, bars: readonly Bar[]): number {
  return Math.min(64, width / Math.max(1, bars.length));
}

/** The month under a horizontal place. */
export function monthAt(bars: readonly Bar[], canvas: HTMLCanvasElement, x: number): string {
  const row = Math.floor(x / Math.max(1, barWidth(canvas.clientWidth, bars)));
  return bars[Math.min(bars.length - 1, Math.max(0, row))]?.month ?? "";
}
