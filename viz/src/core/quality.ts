/** The quality report of a load as it is read: what stands out first, bars and histograms as plain numbers. */

export interface Column {
  name: string;
  state: string;
  reason: string;
  filled: number;
  rate: number;
  rate_before: number | null;
  moved: boolean;
  kind: string;
  distinct: number;
}

export interface Example {
  raw: string;
  kind: string;
  property: string;
  record: string;
  file: string;
  position: string;
}

export interface ValueCheck {
  type: string;
  valid: number;
  invalid: number;
  unknown: number;
  examples: Example[];
}

export interface Vocabulary {
  column: string;
  declared: string[];
  seen: number;
  full: boolean;
  new: { word: string; count: number }[];
}

/** A class of a distribution: of words (`null`: all others), or of numbers above `from` up to `to` (`null`: open). */
export interface Bucket {
  word?: string | null;
  from?: number | null;
  to?: number | null;
  before: number;
  now: number;
}

export interface Distribution {
  column: string;
  kind: string;
  psi: number;
  moved: boolean;
  buckets: Bucket[];
  quantiles?: { before: number[]; now: number[] };
}

export interface Quality {
  batch: number;
  files: unknown;
  compared_with: number | null;
  sampled: number;
  rows: {
    read: number;
    new: number;
    unchanged: number;
    duplicate: number;
    superseded: number;
    quarantined: number;
  };
  columns: Column[];
  unread: { columns: string[]; share: number; left_out_share: number };
  values: ValueCheck[];
  vocabularies: Vocabulary[];
  drift: {
    new: string[];
    missing: string[];
    renamed: { from: string; to: string; why: string; likeness: number }[];
  };
  distributions: Distribution[];
  unplaced: { text: string; count: number }[];
  unplaced_texts: number;
  unplaced_count: number;
  /** Dates after the day of the load, by field. */
  future: { after: string | null; fields: Ahead[] };
  quarantine: { reason: string; count: number }[];
}

export interface Ahead {
  kind: string;
  property: string;
  count: number;
  examples: Omit<Example, "kind">[];
}

/** The parts of a report, in the order in which they stand on the page. */
export const parts = [
  "drift",
  "values",
  "future",
  "vocabularies",
  "distributions",
  "columns",
  "unplaced",
  "duplicates",
  "quarantine",
] as const;
export type Part = (typeof parts)[number];

const counted: Record<Part, (report: Quality) => number> = {
  drift: ({ drift }) => drift.new.length + drift.missing.length + drift.renamed.length,
  values: (report) => sum(report.values.map((check) => check.invalid)),
  future: (report) => sum(report.future.fields.map((field) => field.count)),
  vocabularies: (report) => sum(report.vocabularies.map((one) => one.new.length)),
  distributions: (report) => report.distributions.filter((one) => one.moved).length,
  columns: (report) => report.columns.filter((column) => column.moved).length,
  unplaced: (report) => report.unplaced_texts,
  duplicates: (report) => report.rows.duplicate,
  quarantine: (report) => report.rows.quarantined,
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** What stands out in a report: each part that has something to look at, with how many. */
export function findings(report: Quality): { part: Part; n: number }[] {
  return parts.map((part) => ({ part, n: counted[part](report) })).filter(({ n }) => n > 0);
}

/** Columns as they are listed: those whose filling moved first, then those nobody reads, then the rest as described. */
export function columnsFirst(columns: readonly Column[]): Column[] {
  const rank = (column: Column): number => (column.moved ? 0 : column.state === "unread" ? 1 : 2);
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

/** Checks of values with what is wrong first: most invalid, then most unknown, then by type. */
export function checksFirst(checks: readonly ValueCheck[]): ValueCheck[] {
  return [...checks].sort(
    (a, b) => b.invalid - a.invalid || b.unknown - a.unknown || (a.type < b.type ? -1 : 1),
  );
}

export interface Bar {
  x: number;
  width: number;
  height: number;
}

/** Pairs of bars, then and now, in a box of the given size: the largest share is as high as the box. */
export function histogram(
  buckets: readonly Bucket[],
  width: number,
  height: number,
): { before: Bar; now: Bar; bucket: Bucket }[] {
  const most = Math.max(...buckets.flatMap((bucket) => [bucket.before, bucket.now]), 0);
  const step = width / Math.max(1, buckets.length);
  const bar = Math.max(1, step * 0.4);
  const high = (share: number): number => (most > 0 ? (Math.max(0, share) / most) * height : 0);
  return buckets.map((bucket, row) => ({
    before: { x: row * step + step * 0.08, width: bar, height: high(bucket.before) },
    now: { x: row * step + step * 0.52, width: bar, height: high(bucket.now) },
    bucket,
  }));
}
