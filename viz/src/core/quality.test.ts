import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column, Quality, ValueCheck } from "./quality.ts";
import { checksFirst, columnsFirst, findings, histogram } from "./quality.ts";

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  state: "read",
  reason: "",
  filled: 1,
  rate: 1,
  rate_before: 1,
  moved: false,
  kind: "word",
  distinct: 1,
  ...more,
});
const check = (type: string, invalid: number, unknown = 0): ValueCheck => ({
  type,
  valid: 1,
  invalid,
  unknown,
  examples: [],
});

const quiet: Quality = {
  batch: 1,
  files: [],
  compared_with: null,
  sampled: 3,
  rows: { read: 3, new: 3, unchanged: 0, duplicate: 0, superseded: 0, quarantined: 0 },
  columns: [column("a")],
  unread: { columns: [], share: 0, left_out_share: 0 },
  values: [check("plate", 0, 2)],
  vocabularies: [{ column: "a", declared: ["x"], seen: 1, full: false, new: [] }],
  drift: { new: [], missing: [], renamed: [] },
  distributions: [{ column: "a", kind: "word", psi: 0, moved: false, buckets: [] }],
  unplaced: [],
  unplaced_texts: 0,
  unplaced_count: 0,
  future: { after: "2024-05-18", fields: [] },
  quarantine: [],
};

test("a load with nothing odd has no findings", () => {
  assert.deepEqual(findings(quiet), []);
});

test("each part tells how many things it has to look at, in the order of the page", () => {
  const loud: Quality = {
    ...quiet,
    rows: { ...quiet.rows, duplicate: 4, quarantined: 5 },
    columns: [column("a", { moved: true }), column("b")],
    values: [check("plate", 2), check("imo", 1)],
    vocabularies: [{ column: "a", declared: [], seen: 2, full: false, new: [{ word: "x", count: 9 }] }],
    drift: { new: ["n"], missing: ["m"], renamed: [{ from: "a", to: "b", why: "same place", likeness: 1 }] },
    distributions: [{ column: "a", kind: "number", psi: 9, moved: true, buckets: [] }],
    unplaced_texts: 7,
    future: { ...quiet.future, fields: [{ kind: "Seizure", property: "date", count: 6, examples: [] }] },
  };
  assert.deepEqual(
    findings(loud).map(({ part, n }) => [part, n]),
    [
      ["drift", 3],
      ["values", 3],
      ["future", 6],
      ["vocabularies", 1],
      ["distributions", 1],
      ["columns", 1],
      ["unplaced", 7],
      ["duplicates", 4],
      ["quarantine", 5],
    ],
  );
});

test("what is odd stands first, the rest keeps its order", () => {
  const columns = [column("a"), column("b", { state: "unread" }), column("c", { moved: true }), column("d")];
  assert.deepEqual(
    columnsFirst(columns).map((one) => one.name),
    ["c", "b", "a", "d"],
  );
  assert.deepEqual(
    checksFirst([check("b", 0), check("a", 0), check("c", 1), check("d", 0, 1)]).map((one) => one.type),
    ["c", "d", "a", "b"],
  );
});

test("bars stay in their box, side by side, as high as their share of the largest", () => {
  const bars = histogram(
    [
      { from: null, to: 10, before: 0.1, now: 0 },
      { from: 10, to: null, before: 0.4, now: 0.8 },
    ],
    100,
    40,
  );
  assert.equal(bars[1]?.now.height, 40);
  assert.equal(bars[1]?.before.height, 20);
  assert.equal(bars[0]?.now.height, 0);
  for (const { before, now } of bars) {
    assert.ok(before.x >= 0 && before.x + before.width <= now.x);
    assert.ok(now.x + now.width <= 100);
  }
  assert.deepEqual(histogram([], 100, 40), []);
  assert.equal(histogram([{ before: 0, now: 0 }], 100, 40)[0]?.now.height, 0);
});
