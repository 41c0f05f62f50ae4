/** Labels as drawn: hostile characters shown as a symbol, cut by grapheme into at most two lines. */

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
// C0, C1, bidi marks and overrides, zero-width characters, line and paragraph separators, byte order mark.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const SYMBOL = "\u25af";

/** The text with control and bidi characters replaced by a visible symbol. */
export function clean(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(unsafe, SYMBOL);
}

/** The graphemes of a text. */
export function split(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** An identifier cut in the middle so that its last five characters stay. */
export function cutMiddle(text: string, width: number): string {
  const parts = split(clean(text));
  if (parts.length <= width) return parts.join("");
  return [...parts.slice(0, width - 6), "…", ...parts.slice(-5)].join("");
}

/** A text cut at its end. */
export function cutEnd(text: string, width: number): string {
  const parts = split(clean(text));
  return parts.length <= width
    ? parts.join("")
    : parts
        .slice(0, width - 1)
        .join("")
        .trimEnd() + "…";
}

/** A name in at most `lines` lines of `width` graphemes, broken at spaces where there are some. */
export function wrap(text: string, width = 20, lines = 2): string[] {
  const words = clean(text).trim().split(/\s+/u).filter(Boolean);
  const made: string[] = [];
  let line: string[] = [];
  while (words.length > 0 && made.length < lines) {
    const word = words[0] ?? "";
    const joined = [...line, word].join(" ");
    if (split(joined).length <= width) {
      line.push(word);
      words.shift();
    } else if (line.length > 0) {
      if (made.length === lines - 1) break;
      made.push(line.join(" "));
      line = [];
    } else if (made.length === lines - 1) {
      break;
    } else {
      const parts = split(word);
      made.push(parts.slice(0, width).join(""));
      words[0] = parts.slice(width).join("");
    }
  }
  const rest = [...line, ...words].join(" ");
  if (rest && made.length < lines) made.push(cutEnd(rest, width));
  return made;
}

const middleKinds = new Set(["Container", "Phone", "Account", "Document", "Declaration", "Vehicle"]);

/** The lines of a node's label: identifiers lose their middle, names their end. */
export function labelLines(label: string, kind: string): string[] {
  if (middleKinds.has(kind) && !/\s/u.test(label.trim())) return [cutMiddle(label, 20)];
  return wrap(label);
}
