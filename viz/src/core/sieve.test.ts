import assert from "node:assert/strict";
import { test } from "node:test";
import * as produce from "./chart.ts";
import type { ChartLink } from "./columns.ts";
import { telling } from "./folding.ts";
import { legendOf } from "./legend.ts";
import { certain, linesOf } from "./pasted.ts";
import { link, node, part } from "./testing.ts";
import { visible } from "./visible.ts";

function summed(source: string, target: string, count: number): ChartLink {
  const nothing = { first: "", last: "", kinds: {}, kg: 0, values: {}, records: [], records_total: count };
  return link(source, target, { type: "FOLD", fold: { ...nothing, count, events: ["d"] } });
}

const traders = new Map(
  [
    node("a"),
    node("b"),
    node("v", "Vehicle"),
    node("p", "Place"),
    node("q", "Place"),
    node("c", "Commodity"),
    node("d", "Declaration"),
  ].map((one) => [one.id, one]),
);
const names = (links: readonly ChartLink[]): string[] => links.map((one) => one.id).sort();

test("folding ties parties, not every place and kind of goods that an event names", () => {
  const folds = [summed("a", "b", 3), summed("a", "p", 2), summed("b", "p", 5), summed("p", "q", 9)];
  // The place keeps its busiest party; the other place has nothing but that place.
  assert.deepEqual(names(telling(traders, [], folds, ["Declaration"])), ["a-b", "b-p", "p-q"]);
});

test("a place that is tied otherwise keeps no summed link, one tied to folded events only does", () => {
  const folds = [summed("a", "b", 3), summed("b", "p", 5)];
  const within = link("a", "p", { type: "LOCATED_AT" });
  assert.deepEqual(names(telling(traders, [within], folds, ["Declaration"])), ["a-b"]);
  const event = link("d", "p", { type: "VIA" });
  assert.deepEqual(names(telling(traders, [event], folds, ["Declaration"])), ["a-b", "b-p"]);
});

test("a place is rather tied to a party than to a vehicle with more events", () => {
  const folds = [summed("a", "v", 1), summed("v", "c", 9), summed("a", "c", 2)];
  assert.deepEqual(names(telling(traders, [], folds, ["Declaration"])), ["a-c", "a-v"]);
});

test("folding says how many summed links it left out, unfolding forgets it", () => {
  const state = produce.add(produce.emptyChart, part([...traders.values()], []));
  const folds = part([...traders.values()], [summed("a", "b", 1), summed("a", "p", 4), summed("b", "p", 1)]);
  const folded = produce.fold(state, ["Declaration"], folds);
  assert.equal(folded.leftOut, 1);
  assert.equal(produce.unfold(folded).leftOut, 0);
});

const mixed = produce.add(
  produce.emptyChart,
  part(
    [node("a"), node("b"), node("e", "Phone")],
    [
      link("a", "b", { type: "OWNS", confidence: "confirmed" }),
      link("b", "a", { type: "OWNS", confidence: "unconfirmed" }),
      link("a", "e", { confidence: "confirmed" }),
    ],
  ),
);

test("links shown, filtered and without an end add up to all of them", () => {
  for (const filters of [
    { ...produce.noFilters, confidences: ["confirmed"] },
    { ...produce.noFilters, types: ["OWNS"] },
    { ...produce.noFilters, types: ["OWNS"], kinds: ["Phone"], confidences: ["confirmed"] },
  ]) {
    const { links, filteredLinks, linksByEnds } = visible(produce.filter(mixed, filters));
    assert.equal(links.length + filteredLinks.length + linksByEnds, mixed.links.size);
  }
});

test("the legend counts what a filter keeps off beside what it leaves", () => {
  const shown = visible(produce.filter(mixed, { ...produce.noFilters, confidences: ["confirmed"] }));
  const { styles, types } = legendOf(shown, new Set(), []);
  assert.deepEqual(styles, [
    { key: "confirmed", count: 0, filtered: 2 },
    { key: "unconfirmed", count: 1, filtered: 0 },
  ]);
  assert.deepEqual(types, [
    { key: "OWNS", count: 1, filtered: 1 },
    { key: "USES", count: 0, filtered: 1 },
  ]);
});

test("a pasted list is read line by line, each once", () => {
  assert.deepEqual(linesOf(" 34 ABC 123 \r\n\n\tACME\u2028ACME\n"), ["34 ABC 123", "ACME"]);
});

test("only the same identifier or name is ticked beforehand", () => {
  const lines = [
    {
      hits: [
        { id: "a", why: "identifier" },
        { id: "b", why: "name" },
      ],
    },
    { hits: [{ id: "c", why: "part" }] },
    { hits: [] },
  ];
  assert.deepEqual([...certain(lines)], ["a"]);
});
