/** The edge of a side panel, dragged or moved with arrow keys; its width survives a reload. */

import type { JSX } from "preact";
import { t } from "../acts/speak.ts";

const limits = { inspector: [320, 520, 336] } as const;

function widthOf(name: keyof typeof limits): number {
  const [least, most, usual] = limits[name];
  const held = Number(localStorage.getItem(`graphintel.${name}`)) || usual;
  return Math.min(most, Math.max(least, held));
}

function setWidth(name: keyof typeof limits, width: number): void {
  const [least, most] = limits[name];
  const kept = Math.round(Math.min(most, Math.max(least, width)));
  localStorage.setItem(`graphintel.${name}`, String(kept));
  document.documentElement.style.setProperty(`--${name}-width`, `${String(kept)}px`);
}

/** Give the panels the widths they had. */
export function restoreWidths(): void {
  setWidth("inspector", widthOf("inspector"));
}

export function Splitter({ name }: { name: keyof typeof limits }): JSX.Element {
  const [least, most] = limits[name];
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={t(`${name}.label`)}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={widthOf(name)}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") setWidth(name, widthOf(name) + 16);
        if (event.key === "ArrowRight") setWidth(name, widthOf(name) - 16);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          setWidth(name, window.innerWidth - event.clientX);
      }}
    />
  );
}
