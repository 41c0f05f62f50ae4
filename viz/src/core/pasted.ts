/** A pasted list: one line each, and which of its hits are taken unless one says otherwise. */

export const MOST_LINES = 500;

/** The lines that are asked, each once, without the empty ones. */
export function linesOf(text: string): string[] {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}

/** The best hit of each line, where it is the same identifier or the same name: a part of a word is no proof. */
export function certain(lines: readonly { hits: readonly { id: string; why: string }[] }[]): Set<string> {
  const best = lines.flatMap((line) => line.hits.slice(0, 1));
  return new Set(best.filter((hit) => hit.why === "identifier" || hit.why === "name").map((hit) => hit.id));
}
