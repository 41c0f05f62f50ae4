/** What was loaded, one load in detail, and its rows that did not load. */

import { signal } from "@preact/signals";
import { api, ApiError } from "../api/client.ts";
import type { RefusedBytes } from "../api/types.ts";
import type { Load, Refused } from "../core/loads.ts";
import type { Quality } from "../core/quality.ts";
import { working } from "./state.ts";

export const loadList = signal<{ list: Load[]; next: string | null } | null>(null);
export const chosenLoad = signal<number | null>(null);
export const refusedRows = signal<{ of: number; list: Refused[]; next: string | null } | null>(null);
/** The report of the load that is open, or the sentence that says why there is none. */
export const quality = signal<{ report: Quality | null; why: string } | null>(null);
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
  return working("load", async () => {
    const [page, told] = await Promise.all([api.refused(number, ""), reportOf(number)]);
    if (chosenLoad.value !== number) return;
    quality.value = told;
    refusedRows.value = { of: number, list: page.rows, next: page.next };
  });
}

/** A load without a report is no failure: the server says why there is none. */
async function reportOf(number: number): Promise<{ report: Quality | null; why: string }> {
  try {
    return { report: await api.quality(number), why: "" };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { report: null, why: error.message };
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
