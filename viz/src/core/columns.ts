/** The columnar answer of the API, decoded into nodes and links. */

export interface Coded {
  d: string[];
  i: number[];
}

export interface Fold {
  count: number;
  first: string;
  last: string;
  kinds: Record<string, number>;
  kg: number;
  values: Record<string, number>;
  records: string[];
  records_total: number;
  events: string[];
}

export type Plain = string | number | boolean | null;
export type Properties = Record<string, Plain | Plain[]>;

export interface ChartNode {
  id: string;
  kind: string;
  label: string;
  hub: boolean;
  degree: number | null;
  properties: Properties;
}

export interface ChartLink {
  id: string;
  source: string;
  target: string;
  type: string;
  record: string;
  at: string;
  basis: string;
  confidence: string;
  grade: string;
  probability: number | null;
  properties: Properties;
  fold: Fold | null;
}

export interface Truncated {
  by_limit: number;
  by_filter: number;
  by_policy: string;
}

export interface Columns {
  v: number;
  meta: {
    query: string;
    counter: number;
    handling: string;
    truncated: Truncated;
    cursor?: string;
    notes?: string[];
  };
  nodes: {
    id: string[];
    kind: Coded;
    label: string[];
    hub: boolean[];
    x: (number | null)[];
    y: (number | null)[];
    degree: (number | null)[];
    properties: Properties[];
  };
  edges: {
    id: string[];
    s: number[];
    t: number[];
    type: Coded;
    record: string[];
    at: string[];
    basis: Coded;
    confidence: Coded;
    grade: Coded;
    marking: number[];
    properties: Properties[];
    probability: (number | null)[];
    fold: (Fold | null)[];
  };
}

export type Point = readonly [number, number];

/** A part of the graph as an act received it. */
export interface Part {
  nodes: ChartNode[];
  links: ChartLink[];
  positions: Map<string, Point>;
  counter: number;
  handling: string;
  cut: number;
  cursor: string;
  notes: string[];
}

function word(column: Coded, row: number): string {
  return column.d[column.i[row] ?? -1] ?? "";
}

/** Nodes, links and the positions that the server gave. */
export function decode(columns: Columns): Part {
  const { nodes: n, edges: e, meta } = columns;
  const positions = new Map<string, Point>();
  const nodes = n.id.map((id, row): ChartNode => {
    const x = n.x[row] ?? null;
    const y = n.y[row] ?? null;
    if (x !== null && y !== null) positions.set(id, [x, y]);
    return {
      id,
      kind: word(n.kind, row),
      label: n.label[row] ?? "",
      hub: n.hub[row] ?? false,
      degree: n.degree[row] ?? null,
      properties: n.properties[row] ?? {},
    };
  });
  const links = e.id.map((id, row): ChartLink => ({
    id,
    source: n.id[e.s[row] ?? -1] ?? "",
    target: n.id[e.t[row] ?? -1] ?? "",
    type: word(e.type, row),
    record: e.record[row] ?? "",
    at: e.at[row] ?? "",
    basis: word(e.basis, row),
    confidence: word(e.confidence, row),
    grade: word(e.grade, row),
    probability: e.probability[row] ?? null,
    properties: e.properties[row] ?? {},
    fold: e.fold[row] ?? null,
  }));
  return {
    nodes,
    links,
    positions,
    counter: meta.counter,
    handling: meta.handling,
    cut: meta.truncated.by_limit,
    cursor: meta.cursor ?? "",
    notes: meta.notes ?? [],
  };
}
