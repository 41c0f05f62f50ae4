/** The look of `viz/style.json`, typed; the same file dresses the pictures for case files. */

import look from "../../style.json" with { type: "json" };

export type ThemeName = "light" | "dark";
export type Token = keyof typeof look.tokens.light;
export type Family = keyof typeof look.families;

export interface Mark {
  family: Family;
  icon: string;
  event: boolean;
  shape: string;
  width: number;
  height: number;
  dx: number;
}

const fallback = "Document";
const kinds = look.kinds as Record<string, (typeof look.kinds)[keyof typeof look.kinds] | undefined>;

/** Kinds in the order in which the legend lists them. */
export const kindOrder: readonly string[] = Object.keys(look.kinds);
export const events: ReadonlySet<string> = new Set(kindOrder.filter((kind) => kinds[kind]?.event));

/** Shape, size and icon of a kind. */
export function markOf(kind: string): Mark {
  const held = kinds[kind] ?? look.kinds[fallback];
  const family = held.family as Family;
  const shape = look.families[family];
  return {
    family,
    icon: held.icon,
    event: held.event,
    shape: shape.shape,
    width: shape.width,
    height: shape.height,
    dx: shape.icon_dx,
  };
}

export const token = (theme: ThemeName, name: Token): string => look.tokens[theme][name];
export const familyColour = (theme: ThemeName, family: Family): string => look.families[family][theme];

/** The colour of community number `n` from 1; 0 is "other". */
export function communityColour(theme: ThemeName, n: number): string {
  const family = look.communities[n - 1] as Family | undefined;
  return n > 0 && family ? familyColour(theme, family) : token(theme, "other");
}

export interface Line {
  dash: number[];
  cap: string;
  width: number;
  arrow: string;
  colour: Token;
}

export const lineOf = (style: keyof typeof look.links): Line => look.links[style] as Line;
export const labels = look.labels;
export const states = look.states;
export const motion = look.motion;
export const sizes = look.sizes;
export const sans = look.type.sans.map((name) => (name.includes(" ") ? `"${name}"` : name)).join(", ");
