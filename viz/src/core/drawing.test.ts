import assert from "node:assert/strict";
import { test } from "node:test";
import { bundles, widthOf } from "./bundle.ts";
import type { Wish } from "./collide.ts";
import { overlaps, settle } from "./collide.ts";
import type { Point } from "./columns.ts";
import { clean, cutEnd, cutMiddle, labelLines, split, wrap } from "./labels.ts";
import { communityNumbers, legendOf } from "./legend.ts";
import { spread } from "./place.ts";
import { add, emptyChart } from "./chart.ts";
import { link, node, part } from "./testing.ts";
import { visible } from "./visible.ts";

test("control and bidi characters are shown as a symbol", () => {
  assert.equal(clean("a\u202eb\u0000c"), "a▯b▯c");
  assert.equal(clean("line\nbreak"), "line break");
  assert.equal(clean("İğdeli شركة"), "İğdeli شركة");
});

test("labels are cut by grapheme, names at the end, identifiers in the middle", () => {
  assert.equal(cutEnd("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2), "👩‍👩‍👧…");
  const cut = cutMiddle("TR330006100519786457841326", 20);
  assert.ok(cut.endsWith("…41326"));
  assert.equal(split(cut).length, 20);
  assert.deepEqual(labelLines("CSQU3054383", "Container"), ["CSQU3054383"]);
});

test("a name takes at most two lines of twenty graphemes", () => {
  const names = [
    "Akçamlı Nakliyat Ltd. Şti.",
    "x".repeat(90),
    "a",
    "",
    "Şahintepe Gıda San. ve Tic. Ltd. Şti. Mersin",
  ];
  for (const name of names) {
    const lines = wrap(name);
    assert.ok(lines.length <= 2);
    for (const line of lines) assert.ok(split(line).length <= 20, line);
  }
  assert.deepEqual(wrap("Akçamlı Nakliyat Ltd. Şti."), ["Akçamlı Nakliyat", "Ltd. Şti."]);
});

test("no chosen label lies over another or over a thing, and more important ones are kept", () => {
  const wishes: Wish[] = [];
  for (let row = 0; row < 120; row++) {
    const [x, y] = [(row * 37) % 400, (row * 53) % 300];
    const boxes = [0, 20, -20].map((dy) => ({ x, y: y + dy, w: 80, h: 14 }));
    wishes.push({ id: `n${String(row)}`, rank: row, boxes, must: false });
  }
  const things = [{ id: "thing", box: { x: 100, y: 100, w: 60, h: 60 } }];
  const chosen = [...settle(wishes, things)];
  assert.ok(chosen.some(([id]) => id === "n119"));
  for (const [id, box] of chosen) {
    assert.ok(!overlaps(box, { x: 100, y: 100, w: 60, h: 60 }), id);
    for (const [other, its] of chosen) if (other !== id) assert.ok(!overlaps(box, its), `${id} ${other}`);
  }
});

test("what must be drawn is drawn even where it lies over a thing", () => {
  const wish = { id: "a", rank: 0, boxes: [{ x: 0, y: 0, w: 5, h: 5 }], must: true };
  assert.equal(settle([wish], [{ id: "b", box: { x: 0, y: 0, w: 5, h: 5 } }]).size, 1);
});

test("placing is deterministic, moves nothing old and leaves room", () => {
  const links = Array.from({ length: 40 }, (_, row) => link("hub", `n${String(row)}`));
  const ids = links.map((one) => one.target);
  const placed = (): Map<string, Point> => {
    const positions = new Map<string, Point>([["hub", [5, 7]]]);
    spread(positions, [...ids, "alone"], links);
    return positions;
  };
  const first = placed();
  assert.deepEqual(first, placed());
  assert.deepEqual(first.get("hub"), [5, 7]);
  assert.equal(first.size, 42);
  const all = [...first.values()];
  for (const [x, y] of all) assert.ok(Number.isFinite(x) && Number.isFinite(y));
  all.forEach((a, row) => {
    for (const b of all.slice(row + 1)) assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 20);
  });
});

test("parallel links are one curve with their count, but not across confidence", () => {
  const links = [
    link("a", "b", { id: "1" }),
    link("a", "b", { id: "2", type: "OWNS" }),
    link("a", "b", { id: "3", confidence: "confirmed" }),
    link("b", "a", { id: "4" }),
    link("a", "b", { id: "5", basis: "inferred", probability: 0.62 }),
  ];
  const drawn = bundles(links, new Set(["4"]));
  assert.deepEqual(
    drawn.map((bundle) => [bundle.count, bundle.style, bundle.onPath]),
    [
      [2, "probable", false],
      [1, "confirmed", false],
      [1, "probable", true],
      [1, "inferred", false],
    ],
  );
  assert.equal(
    drawn.reduce((sum, bundle) => sum + bundle.count, 0),
    links.length,
  );
  for (const bundle of drawn) assert.ok(widthOf(bundle) >= 1 && widthOf(bundle) <= 6);
});

test("the legend counts everything that is drawn", () => {
  const state = add(
    emptyChart,
    part(
      [node("a"), node("p", "Phone"), node("q", "Phone")],
      [link("a", "p"), link("a", "q", { basis: "inferred" })],
    ),
  );
  const shown = visible(state);
  const legend = legendOf(shown, new Set(), ["Phone", "Company"]);
  assert.deepEqual(legend.kinds, [
    { key: "Phone", count: 2, filtered: 0 },
    { key: "Company", count: 1, filtered: 0 },
  ]);
  assert.equal(
    legend.styles.reduce((sum, row) => sum + row.count, 0),
    shown.links.length,
  );
});

test("communities beyond the seventh are other", () => {
  const list = Array.from({ length: 9 }, (_, row) => ({
    id: String(row),
    name: "",
    members: [`m${String(row)}`],
    confidence: 1,
  }));
  const base = {
    memberConfidence: new Map(),
    modularity: 0,
    stability: 0,
    method: "",
    seed: 0,
    explanation: {},
  };
  const numbers = communityNumbers({ list, ...base });
  assert.equal(numbers.get("m0"), 1);
  assert.equal(numbers.get("m6"), 7);
  assert.equal(numbers.get("m7"), 0);
});
