/** Small charts for the tests of core. */

import type { ChartLink, ChartNode, Part } from "./columns.ts";

export function node(id: string, kind = "Company", more: Partial<ChartNode> = {}): ChartNode {
  return { id, kind, label: id, hub: false, degree: null, properties: {}, ...more };
}

export function link(source: string, target: string, more: Partial<ChartLink> = {}): ChartLink {
  return {
    id: `${source}-${target}`,
    source,
    target,
    type: "USES",
    record: "r1",
    at: "",
    basis: "declared",
    confidence: "probable",
    grade: "",
    probability: null,
    properties: {},
    fold: null,
    ...more,
  };
}

export function part(nodes: ChartNode[], links: ChartLink[], cut = 0): Part {
  return { nodes, links, positions: new Map(), counter: 1, handling: "", cut, cursor: "", notes: [] };
}
