/** Cells of a question's answer as text. */

import { formatValue } from "./format.ts";
import { clean } from "./labels.ts";

const LONGEST = 400;

/** A cell in the reader's language; a thing shows its label. */
export function cellText(cell: unknown, language: string): string {
  return clean(cellOf(cell, language)).slice(0, LONGEST);
}

function cellOf(cell: unknown, language: string): string {
  if (cell === null || cell === undefined) return "";
  if (Array.isArray(cell))
    return cell
      .map((one) => cellOf(one, language))
      .filter(Boolean)
      .join(", ");
  if (typeof cell === "object") {
    const held = cell as Record<string, unknown>;
    const label = held["label"] ?? held["display"] ?? held["name"] ?? held["type"];
    if (typeof label === "string") return label;
    return Object.values(held)
      .map((one) => cellOf(one, language))
      .filter(Boolean)
      .join(", ");
  }
  return formatValue(cell as string | number | boolean, language);
}
