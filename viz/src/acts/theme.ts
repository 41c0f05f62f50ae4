/** Light or dark, as the system has it until somebody chooses. */

import { effect, signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "graphintel.theme";
const held = localStorage.getItem(KEY);
const system: Theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

export const theme = signal<Theme>(held === "light" || held === "dark" ? held : system);

/** Switch, and remember the choice. */
export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, theme.value);
}

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});
