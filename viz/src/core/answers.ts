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

const internal = /^[0-9a-f]{32,64}$/;

/** Columns that a reader can read: those that hold only ids of things are for the program. */
export function readableColumns(columns: readonly string[], rows: readonly unknown[][]): number[] {
  return columns.flatMap((_, column) => {
    const cells = rows.map((row) => row[column]).filter((cell) => cell !== null && cell !== undefined);
    return cells.length > 0 && cells.every(onlyIds) ? [] : [column];
  });
}

function onlyIds(cell: unknown): boolean {
  if (Array.isArray(cell)) return cell.every(onlyIds);
  return typeof cell === "string" && internal.test(cell);
}

/** The ids of things that a row names, each once. */
export function idsIn(row: unknown): string[] {
  if (typeof row === "string") return internal.test(row) ? [row] : [];
  if (Array.isArray(row)) return [...new Set(row.flatMap(idsIn))];
  if (row === null || typeof row !== "object") return [];
  const { id } = row as { id?: unknown };
  return idsIn(id ?? Object.values(row));
}
