import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "./folding.cases.json" with { type: "json" };
import type { ChartLink } from "./columns.ts";
import { telling } from "./folding.ts";
import { link, node } from "./testing.ts";

// The pictures for case files are drawn by Python; its tests read the same cases.
for (const one of cases)
  test(`folding: ${one.name}`, () => {
    const nodes = new Map(Object.entries(one.nodes).map(([id, kind]) => [id, node(id, kind)]));
    const links = one.links.map((ends) => link(String(ends[0]), String(ends[1])));
    const folds = one.folds.map(([id, source, target, count]): ChartLink => {
      const nothing = { first: "", last: "", kinds: {}, kg: 0, values: {}, records: [], events: [] };
      const fold = { ...nothing, records_total: 0, count: Number(count) };
      return link(String(source), String(target), { id: String(id), type: "FOLD", fold });
    });
    const kept = telling(nodes, links, folds, one.folded);
    assert.deepEqual(kept.map((fold) => fold.id).sort(), one.kept);
  });
