/** Where a view of the dock leaves its own tools for the dock's bar. */

import { signal } from "@preact/signals";
import type { JSX } from "preact";

export const tools = signal<(() => JSX.Element) | null>(null);
