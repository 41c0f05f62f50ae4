/** The shapes of /api/v1 that the workbench reads. */

import type { Plain, Properties } from "../core/columns.ts";
import type { Refused } from "../core/loads.ts";
import type { SavedData } from "../core/saved.ts";
import type { Filters } from "../core/chart.ts";

export interface Me {
  actor: string;
  local: boolean;
  training: boolean;
  profile: string;
  banner: string;
  version: string;
  opening_chart: string | null;
  counter?: number;
}

export type Bilingual = string | Record<string, string>;

export interface Hit {
  id: string;
  kind: string;
  label: string;
  score: number;
  why: string;
}

export interface SearchAnswer {
  hits: Hit[];
  truncated: unknown;
  query?: string;
}

/** One line of a pasted list with its best hits. */
export interface PastedLine {
  text: string;
  hits: Hit[];
}

export interface StatedValue {
  name: string;
  value: Plain;
  raw: string;
  verdict: string;
  records: string[];
}

export interface MentionRow {
  id: string;
  source: string;
  rule?: string;
  values?: Properties;
}

export interface Entity {
  id: string;
  kind: string;
  label: string;
  hub: boolean;
  values: StatedValue[];
  mentions: MentionRow[];
  links: Record<string, number>;
}

export interface LoadRow {
  batch: number;
  source: string;
  at: string;
  actor: string;
  records: number;
}

export interface SourceRecord {
  id: string;
  source: string;
  key: string;
  content: Record<string, Plain>;
  grade: string | Record<string, Plain>;
  marking: Record<string, Plain | Plain[]> | number;
  banner: string;
  file: string;
  sha256: string;
  position: string | number;
  raw: string | Record<string, Plain> | null;
  batch: string | number;
  mapping_version: string | number;
  deliveries: Plain[];
}

export interface ExpandCount {
  type: string;
  direction: "out" | "in";
  kind: string;
  count: number;
}

export interface Preview {
  counts: ExpandCount[];
  total: number;
  hub: boolean;
}

export interface CommunityAnswer {
  communities: {
    id: string | number;
    name: string;
    members: string[];
    confidence: number;
    /** One for each member, in their order. */
    member_confidence?: number[];
  }[];
  modularity: number;
  stability: number;
  method: string;
  seed: number;
  explanation: Record<string, string>;
  /** The same network with ties drawn by lot; none for very large ones. */
  chance?: { explanation: Record<string, string> } | null;
}

export interface CentralityAnswer {
  nodes: {
    id: string;
    degree: number;
    betweenness: number;
    betweenness_interval?: [number, number] | null;
    pagerank: number;
    core: number;
  }[];
  brokers?: { id: string; label: string; betweenness: number }[];
  articulation_points: string[];
  explanation: Record<string, string>;
}

export interface Job {
  id: string;
  state: string;
  progress: number | null;
  result: unknown;
  error: unknown;
}

export interface RoutePlace {
  id: string;
  name: string;
  lat: number;
  lon: number;
  kind: string;
}

export interface RouteLeg {
  source: string;
  target: string;
  count: number;
  first: string;
  last: string;
  mode: string;
  records: string[];
  records_total: number;
  basis?: string;
  probability?: number | null;
}

export interface Routes {
  places: RoutePlace[];
  legs: RouteLeg[];
  truncated: unknown;
}

export interface QuestionParam {
  name: string;
  type: string;
  label?: Bilingual;
  default?: Plain;
}

export interface Question {
  id: string;
  title: Bilingual;
  question: Bilingual;
  params: QuestionParam[];
}

export interface Rows {
  columns: string[];
  rows: unknown[][];
  truncated: unknown;
  counter: number;
}

export interface ChartRow {
  id: string;
  name: string;
  case: string;
  created_by: string;
  updated_at: string;
  opening?: boolean;
  version?: number;
}

/** The story of a chart: written steps, or the answers of a training case from which the steps are made. */
export interface Story {
  steps?: { text: Bilingual }[];
  training?: boolean;
  case?: Record<string, unknown>;
  selected?: string;
}

export interface Chart extends ChartRow {
  data: SavedData;
  filters: Partial<Filters>;
  look: { theme?: string; selected?: string };
  story?: Story | null;
}

/** A row that did not load, with its bytes as text and as hexadecimal. */
export interface RefusedBytes extends Refused {
  source: string;
  batch: number;
  raw: string;
  raw_hex: string;
}
