/** The keys of the workbench: one table for the handler, the tooltips and the list under `?`. */

export interface Shortcut {
  act: string;
  keys: string;
  shown: string;
  /** Only while the chart has the focus, so that single letters never take a typed character. */
  chart: boolean;
}

export const shortcuts: readonly Shortcut[] = [
  { act: "search", keys: "/", shown: "/", chart: false },
  { act: "undo", keys: "ctrl+z", shown: "Ctrl+Z", chart: false },
  { act: "redo", keys: "ctrl+y", shown: "Ctrl+Y", chart: false },
  { act: "save", keys: "ctrl+s", shown: "Ctrl+S", chart: false },
  { act: "keys", keys: "?", shown: "?", chart: false },
  { act: "expand", keys: "e", shown: "E", chart: true },
  { act: "fold", keys: "g", shown: "G", chart: true },
  { act: "hide", keys: "h", shown: "H", chart: true },
  { act: "hideOthers", keys: "shift+h", shown: "Shift+H", chart: true },
  { act: "reveal", keys: "r", shown: "R", chart: true },
  { act: "pin", keys: "p", shown: "P", chart: true },
  { act: "neighbours", keys: "n", shown: "N", chart: true },
  { act: "path", keys: "l", shown: "L", chart: true },
  { act: "communities", keys: "c", shown: "C", chart: true },
  { act: "all", keys: "ctrl+a", shown: "Ctrl+A", chart: true },
  { act: "invert", keys: "i", shown: "I", chart: true },
  { act: "none", keys: "escape", shown: "Esc", chart: true },
  { act: "fit", keys: "f", shown: "F", chart: true },
  { act: "fitSelection", keys: "shift+f", shown: "Shift+F", chart: true },
  { act: "actual", keys: "1", shown: "1", chart: true },
  { act: "zoomIn", keys: "+", shown: "+", chart: true },
  { act: "zoomOut", keys: "-", shown: "-", chart: true },
  { act: "left", keys: "arrowleft", shown: "←", chart: true },
  { act: "right", keys: "arrowright", shown: "→", chart: true },
  { act: "up", keys: "arrowup", shown: "↑", chart: true },
  { act: "down", keys: "arrowdown", shown: "↓", chart: true },
  { act: "nextThing", keys: "]", shown: "]", chart: true },
  { act: "previousThing", keys: "[", shown: "[", chart: true },
];

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const symbol = /^[^\p{L}\p{N}]$/u;

/** The act that a key press asks for, or null. */
export function actOf(press: Press, inChart: boolean, typing: boolean): string | null {
  if (press.altKey) return null;
  const ctrl = press.ctrlKey || press.metaKey;
  if (typing && !ctrl) return null;
  const key = press.key.toLowerCase();
  // Symbols such as ? and + need Shift on some keyboards: the character alone decides.
  const shift = press.shiftKey && !symbol.test(key);
  const keys = `${ctrl ? "ctrl+" : ""}${shift ? "shift+" : ""}${key === "=" ? "+" : key}`;
  if (keys === "ctrl+shift+z") return "redo";
  const found = shortcuts.find((shortcut) => shortcut.keys === keys && (inChart || !shortcut.chart));
  if (!found || (typing && found.act !== "save")) return null;
  return found.act;
}

/** The key of an act as shown in tooltips, or "". */
export function keyOf(act: string): string {
  return shortcuts.find((shortcut) => shortcut.act === act)?.shown ?? "";
}
