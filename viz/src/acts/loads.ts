/** What was loaded, one load in detail, and its rows that did not load. */

import { signal } from "@preact/signals";
import { api, ApiError } from "../api/client.ts";
import type { RefusedBytes } from "../api/types.ts";
import type { Load, Refused, Retried } from "../core/loads.ts";
import type { Quality } from "../core/quality.ts";
import { download } from "./keep.ts";
import { working } from "./state.ts";

export const loadList = signal<{ list: Load[]; next: string | null } | null>(null);
export const chosenLoad = signal<number | null>(null);
export const refusedRows = signal<{ of: number; list: Refused[]; next: string | null } | null>(null);
/** The report of the load that is open; null inside if none is kept. */
export const quality = signal<{ report: Quality | null } | null>(null);
/** What the last retry did with rows of a load. */
export const retried = signal<{ of: number; told: Retried } | null>(null);
/** The refused row whose bytes are shown. */
export const refusedRow = signal<RefusedBytes | null>(null);

/** The newest loads. */
export function listLoads(): Promise<void> {
  return working("loads", async () => {
    const page = await api.loads("");
    loadList.value = { list: page.batches, next: page.next };
  });
}

/** Older loads under those that are listed. */
export function moreLoads(): Promise<void> {
  const held = loadList.value;
  if (!held?.next) return Promise.resolve();
  return working("loads", async () => {
    const page = await api.loads(held.next ?? "");
    loadList.value = { list: [...held.list, ...page.batches], next: page.next };
  });
}

/** Open a load: its report and the first of its refused rows. An answer to an earlier choice is dropped. */
export function openLoad(number: number): Promise<void> {
  chosenLoad.value = number;
  refusedRows.value = null;
  quality.value = null;
  retried.value = null;
  return working("load", async () => {
    const [page, told] = await Promise.all([api.refused(number, ""), reportOf(number)]);
    if (chosenLoad.value !== number) return;
    quality.value = told;
    refusedRows.value = { of: number, list: page.rows, next: page.next };
  });
}

/** A load without a report is no failure. */
async function reportOf(number: number): Promise<{ report: Quality | null }> {
  try {
    return { report: await api.quality(number) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { report: null };
    throw error;
  }
}

/** More refused rows of the load that is open. */
export function moreRefused(): Promise<void> {
  const held = refusedRows.value;
  if (!held?.next) return Promise.resolve();
  return working("load", async () => {
    const page = await api.refused(held.of, held.next ?? "");
    if (chosenLoad.value !== held.of) return;
    refusedRows.value = { of: held.of, list: [...held.list, ...page.rows], next: page.next };
  });
}

/** Show one refused row with its bytes. */
export function openRefused(id: string): Promise<void> {
  return working("load", async () => {
    refusedRow.value = await api.refusedRow(id);
  });
}

/** Read refused rows of the open load again, all that wait or one of them, and load those that can be loaded now. */
export function retryRows(of: number, row?: string): Promise<void> {
  return working("retryRows", async (told, signal) => {
    const done = await api.retryRows(row ? { rows: [row] } : { batches: [of] }, told, signal);
    // The loads that it made are new, and the rows that came in wait no longer.
    const [list, page] = await Promise.all([api.loads(""), api.refused(of, "")]);
    loadList.value = { list: list.batches, next: list.next };
    if (chosenLoad.value !== of) return;
    retried.value = { of, told: done };
    refusedRow.value = null;
    refusedRows.value = { of, list: page.rows, next: page.next };
  });
}

/** Save the findings or the refused rows of a load as a table. */
export function saveTable(of: number, what: "quality" | "quarantine"): Promise<void> {
  return working("saveTable", async () => {
    const made = await api.loadTable(of, what);
    download(made.blob, made.name || `${what}-${String(of)}.csv`);
  });
}
