/** The camera of the chart while it is mounted: acts that are no steps of the history. */

import { signal } from "@preact/signals";

export interface Camera {
  fit(ids: Iterable<string> | null): void;
  zoomBy(factor: number): void;
  actual(): void;
  panBy(x: number, y: number): void;
}

export interface Picture {
  camera: { zoom: number; x: number; y: number };
  labels: { id: string; text: string; x: number; y: number; w: number; h: number }[];
  screen: (id: string) => [number, number];
}

export const camera = signal<Camera | null>(null);
export const pictureOf = signal<(() => Picture) | null>(null);
