/** The handling of a chart: what was put on it together carries the strictest of all its parts. */

const levels = ["OPEN", "RESTRICTED", "CONFIDENTIAL", "SECRET"];
const lights = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"];
/** From the freest to the strictest, of every grading scheme. */
const codes = ["", "1", "2", "3", "P", "H0", "H1", "4", "H2", "C", "5", "H3"];

interface Marking {
  level: string;
  compartments: string[];
  light: string;
  code: string;
}

function parse(banner: string): Marking | null {
  const [level = "", ...rest] = banner.split(" // ");
  const at = rest.findIndex((word) => word.startsWith("TLP:"));
  if (at < 0) return null;
  return {
    level,
    compartments: rest.slice(0, at),
    light: (rest[at] ?? "").slice(4),
    code: rest[at + 1] ?? "",
  };
}

/** The stricter of two words; one that is in no list may forbid anything, so it stands. */
function stricter(order: readonly string[], one: string, other: string): string {
  const rank = (word: string): number => (order.includes(word) ? order.indexOf(word) : order.length);
  return rank(other) > rank(one) ? other : one;
}

/** The join of two banners ("CONFIDENTIAL // TLP:AMBER // C"); "" joins nothing, and what cannot be read is kept whole. */
export function joined(one: string, other: string): string {
  if (!one || !other || one === other) return one || other;
  const [a, b] = [parse(one), parse(other)];
  if (!a || !b) return one.includes(other) ? one : `${one} + ${other}`;
  const compartments = [...new Set([...a.compartments, ...b.compartments])].sort();
  const words = [
    stricter(levels, a.level, b.level),
    ...compartments,
    `TLP:${stricter(lights, a.light, b.light)}`,
    stricter(codes, a.code, b.code),
  ];
  return words.filter(Boolean).join(" // ");
}
