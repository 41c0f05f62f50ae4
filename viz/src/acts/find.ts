/** Searching the database: one box, the answer of the latest text only. */

import { effect } from "@preact/signals";
import { api } from "../api/client.ts";
import type { PastedLine } from "../api/types.ts";
import { searchAnswer, searchKind, searchText, working } from "./state.ts";

const PAUSE = 180;
let timer = 0;
let asking: AbortController | null = null;

/** Search whenever the text or the kind changes, after a short pause in typing. */
export function watchSearch(): void {
  effect(() => {
    const text = searchText.value.trim();
    const kind = searchKind.value;
    window.clearTimeout(timer);
    asking?.abort();
    if (!text) {
      searchAnswer.value = null;
      return;
    }
    timer = window.setTimeout(() => void search(text, kind), PAUSE);
  });
}

function search(text: string, kind: string): Promise<void> {
  const mine = new AbortController();
  asking = mine;
  return working("search", async () => {
    const found = await api.search(text, kind, mine.signal);
    if (!mine.signal.aborted) searchAnswer.value = found;
  });
}

/** The best hits of each line of a pasted list. */
export function lookUp(lines: readonly string[], found: (lines: PastedLine[]) => void): Promise<void> {
  return working("lookup", async (_, signal) => {
    const answer = await api.lookup(lines, signal);
    signal.throwIfAborted();
    found(answer.lines);
  });
}
