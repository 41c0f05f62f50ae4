/** Lookup of texts: a message with {name} places, or the last part of its key in plain words. */

export type Messages = Readonly<Record<string, string>>;
export type Fill = Readonly<Record<string, string | number>>;

/** The text of a key with its places filled. */
export function say(messages: Messages, key: string, fill: Fill = {}): string {
  const text = messages[key] ?? plain(key);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** A raw name in plain words: `gross_kg` -> "Gross kg", `BY_MEANS_OF` -> "By means of". */
export function plain(key: string): string {
  const word = key
    .slice(key.lastIndexOf(".") + 1)
    .replaceAll("_", " ")
    .trim();
  const lower = word === word.toUpperCase() ? word.toLowerCase() : word;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
