/** The marks of `viz/style.json` in the renderer's own terms. */

import type { StylesheetJson } from "cytoscape";
import type { ThemeName } from "../../design/style.ts";
import { lineOf, states, token } from "../../design/style.ts";

const STYLES = ["confirmed", "probable", "unconfirmed", "inferred", "path"] as const;

/** How much things and lines are enlarged in the model so that they stay visible on a zoomed-out screen. */
export interface Growth {
  things: number;
  lines: number;
}

/** The growth for a zoom: lines keep their width, things stay near the smallest size that can be told apart. */
export function growthAt(zoom: number): Growth {
  const step = (value: number): number => Math.round(value * 8) / 8;
  return {
    lines: Math.min(3, Math.max(1, step(1 / zoom))),
    things: Math.min(1.625, Math.max(1, step(0.75 / zoom))),
  };
}

function grown(name: string, by: number): never {
  return ((element: { data: (name: string) => number }) => element.data(name) * by) as never;
}

/** The stylesheet of the chart in one theme, for things and lines of a given growth. */
export function stylesheet(theme: ThemeName, { things: grow, lines: thick }: Growth): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        shape: "data(shape)" as never,
        width: grown("w", grow),
        height: grown("h", grow),
        "background-color": "data(fill)",
        "background-image": "data(image)",
        "background-width": grown("icon", grow),
        "background-height": grown("icon", grow),
        "background-offset-x": grown("dx", grow),
        "background-image-containment": "over",
        "overlay-opacity": 0,
        "border-width": 0,
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        "control-point-step-size": 44,
        width: grown("width", thick),
        "arrow-scale": 0.9,
        "target-arrow-shape": "triangle",
        "overlay-opacity": 0,
        "target-distance-from-node": 3,
      },
    },
    ...STYLES.map((name) => {
      const line = lineOf(name);
      const colour = token(theme, line.colour);
      return {
        selector: `edge[style = "${name}"]`,
        style: {
          "line-color": colour,
          "target-arrow-color": colour,
          "target-arrow-fill": line.arrow === "hollow" ? ("hollow" as const) : ("filled" as const),
          "line-style": line.dash.length > 0 ? ("dashed" as const) : ("solid" as const),
          "line-cap": line.cap as "butt" | "round",
          ...(line.dash.length > 0 ? { "line-dash-pattern": line.dash.map((dash) => dash * thick) } : {}),
        },
      };
    }),
    ...ring("node.hover", states.hover * thick, 1, token(theme, "ink2")),
    ...ring("node.flash", 4, 2, token(theme, "accent")),
    ...ring("node.selected", states.select_ring * thick, states.select_gap * thick, token(theme, "ink")),
    {
      selector: "edge.hover, edge.selected",
      style: { "line-color": token(theme, "ink"), "target-arrow-color": token(theme, "ink"), "z-index": 5 },
    },
    {
      selector: "edge.selected",
      style: { "underlay-color": token(theme, "accent"), "underlay-opacity": 0.35, "underlay-padding": 3 },
    },
  ] as StylesheetJson;
}

function ring(selector: string, width: number, gap: number, colour: string): StylesheetJson {
  return [
    {
      selector,
      style: { "outline-width": width, "outline-offset": gap, "outline-color": colour, "outline-opacity": 1 },
    },
  ] as unknown as StylesheetJson;
}
