/** What the inspector shows: one entity, its values, and the records they rest on. */

import { api, ApiError } from "../api/client.ts";
import type { SourceRecord } from "../api/types.ts";
import { entity, failure, loads, records } from "./state.ts";

let asking: AbortController | null = null;

/** Follow the selection to one entity, or to none; an older answer never overtakes a newer question. */
export function inspect(id: string | null): void {
  asking?.abort();
  asking = null;
  if (!id) {
    entity.value = null;
    records.value = null;
    loads.value = [];
    return;
  }
  if (entity.value?.id === id) return;
  const mine = new AbortController();
  asking = mine;
  void follow(id, mine.signal);
}

async function follow(id: string, signal: AbortSignal): Promise<void> {
  try {
    const found = await api.entity(id, signal);
    if (signal.aborted) return;
    entity.value = found;
    records.value = null;
    if (failure.value?.act === "inspect") failure.value = null;
    loads.value = [];
    const [page, brought] = await Promise.all([
      api.entityRecords(id, "", signal),
      api.entityHistory(id, signal),
    ]);
    if (signal.aborted) return;
    records.value = { of: id, list: page.records, next: page.next };
    loads.value = brought;
  } catch (error) {
    if (!(error instanceof ApiError)) {
      if (error instanceof DOMException) return;
      throw error;
    }
    failure.value = {
      act: "inspect",
      code: error.code,
      message: error.message,
      job: "",
      retry: () => inspect(id),
    };
  }
}

/** The next page of an entity's records. */
export async function moreRecords(): Promise<void> {
  const held = records.value;
  if (!held?.next) return;
  const page = await api.entityRecords(held.of, held.next);
  if (records.value === held)
    records.value = { of: held.of, list: [...held.list, ...page.records], next: page.next };
}

const kept = new Map<string, Promise<SourceRecord>>();

/** One source row, asked for once. */
export function recordOf(id: string): Promise<SourceRecord> {
  const loaded = records.value?.list.find((record) => record.id === id);
  if (loaded) return Promise.resolve(loaded);
  const held = kept.get(id) ?? api.record(id);
  kept.set(id, held);
  held.catch(() => kept.delete(id));
  return held;
}
