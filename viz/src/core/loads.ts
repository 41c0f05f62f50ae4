/** Loads as people read them: counts that add up, refused rows by reason, and bytes as text that is safe to look at. */

export interface Load {
  number: number;
  source: string;
  at: string;
  actor: string;
  accepted_by?: string;
  state: string;
  training?: boolean;
  file_count?: number;
  seconds?: number;
  mapping_version?: string;
  rows_read?: number;
  records_new?: number;
  records_unchanged?: number;
  records_duplicate?: number;
  rows_quarantined?: number;
}

/** A row that did not load, without its bytes. */
export interface Refused {
  id: string;
  file: string;
  position: string;
  reason: string;
  message: string;
}

/** What became of the rows of a load, in the order in which they are told; together they are the rows read. */
export const outcomes = [
  "records_new",
  "records_unchanged",
  "records_duplicate",
  "rows_quarantined",
] as const;

/** How many rows of a load came to something else than is told: 0 unless a count is wrong. */
export function unaccounted(load: Load): number {
  return (load.rows_read ?? 0) - outcomes.reduce((sum, name) => sum + (load[name] ?? 0), 0);
}

/** Refused rows under their reasons, the most frequent reason first. */
export function byReason(rows: readonly Refused[]): { reason: string; rows: Refused[] }[] {
  const groups = new Map<string, Refused[]>();
  for (const row of rows) {
    const group = groups.get(row.reason);
    if (group) group.push(row);
    else groups.set(row.reason, [row]);
  }
  return [...groups]
    .map(([reason, held]) => ({ reason, rows: held }))
    .sort((a, b) => b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1));
}

/** What a retry did with refused rows. */
export interface Retried {
  rows: number;
  loaded: number;
  superseded: number;
  left: number;
  batches: number[];
}

export interface HexLine {
  at: string;
  hex: string;
  text: string;
}

/** Bytes sixteen to a line, with what of them is printable ASCII; the rest shows as a dot, so nothing can hide or turn. */
export function hexLines(hex: string, most = 4096): HexLine[] {
  const bytes = (hex.slice(0, 2 * most).match(/[0-9a-f]{2}/gi) ?? []).map((pair) => pair.toLowerCase());
  const lines: HexLine[] = [];
  for (let row = 0; row < bytes.length; row += 16) {
    const held = bytes.slice(row, row + 16);
    const letters = held.map((pair) => Number.parseInt(pair, 16));
    lines.push({
      at: row.toString(16).padStart(4, "0"),
      hex: held.join(" "),
      text: letters.map((code) => (code >= 32 && code < 127 ? String.fromCharCode(code) : ".")).join(""),
    });
  }
  return lines;
}
