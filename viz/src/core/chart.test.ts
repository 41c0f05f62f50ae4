import assert from "node:assert/strict";
import { test } from "node:test";
import * as produce from "./chart.ts";
import { begin, commit, redo, STEPS, undo } from "./history.ts";
import { fromSaved, toSaved } from "./saved.ts";
import { link, node, part } from "./testing.ts";
import { visible } from "./visible.ts";

const three = produce.add(
  produce.emptyChart,
  part([node("a"), node("b"), node("d", "Declaration")], [link("a", "b"), link("d", "a"), link("d", "b")]),
);

test("adding keeps every place that was taken and marks only what is new", () => {
  const before = new Map(three.positions);
  const after = produce.add(three, part([node("a"), node("c")], [link("a", "c")]));
  for (const [id, place] of before) assert.deepEqual(after.positions.get(id), place);
  assert.deepEqual([...after.fresh], ["c"]);
  assert.ok(after.positions.has("c"));
});

test("a link whose ends are not both on the chart is not drawn", () => {
  const state = produce.add(produce.emptyChart, part([node("a")], [link("a", "zz")]));
  assert.equal(state.links.size, 0);
});

test("what is shown and what is hidden adds up", () => {
  const hidden = produce.hide(three, ["b"]);
  const filtered = produce.filter(hidden, { ...produce.noFilters, kinds: ["Declaration"] });
  const counts = visible(filtered);
  assert.equal(counts.nodes.length + counts.byHand + counts.byFilter + counts.byFold, three.nodes.size);
  assert.deepEqual([counts.nodes.length, counts.byHand, counts.byFilter], [1, 1, 1]);
});

test("hidden things come back, by revealing and by being asked for again", () => {
  const hidden = produce.hide(three, ["a", "b"]);
  assert.equal(visible(produce.reveal(hidden)).nodes.length, 3);
  assert.ok(visible(produce.add(hidden, part([node("a")], []))).ids.has("a"));
});

test("folding hides events behind counted links and unfolding restores the chart", () => {
  const sums = {
    count: 7,
    first: "2023-01-01",
    last: "2024-01-01",
    kinds: { Declaration: 7 },
    kg: 0,
    values: {},
  };
  const folded = link("a", "b", {
    id: "f",
    fold: { ...sums, records: ["r"], records_total: 7, events: ["d"] },
  });
  const state = produce.fold(three, ["Declaration"], part([node("a"), node("b")], [folded]));
  assert.deepEqual(
    visible(state).nodes.map((one) => one.id),
    ["a", "b"],
  );
  assert.equal(visible(state).byFold, 1);
  assert.deepEqual([...produce.unfold(state).links.keys()], [...three.links.keys()]);
  const opened = produce.unfoldLink(state, "f", part([node("d", "Declaration")], [link("d", "a")]));
  assert.ok(visible(opened).ids.has("d"));
  assert.ok(!opened.links.has("f"));
});

test("pinning toggles", () => {
  const pinned = produce.togglePin(three, ["a"]);
  assert.ok(pinned.pinned.has("a"));
  assert.equal(produce.togglePin(pinned, ["a"]).pinned.size, 0);
});

test("a path is marked and its things are added", () => {
  const state = produce.markPath(three, part([node("a"), node("x")], [link("a", "x")]));
  assert.deepEqual([...state.path], ["a-x"]);
  assert.ok(state.nodes.has("x"));
});

test("a hundred steps are undone and redone to the very same states", () => {
  let history = begin(three);
  const states = [three];
  for (let step = 0; step < STEPS + 20; step++) {
    const next = produce.move(history.present, new Map([["a", [step, step] as const]]));
    states.push(next);
    history = commit(history, "move", next);
  }
  assert.equal(history.past.length, STEPS);
  for (let step = 0; step < STEPS; step++) history = undo(history);
  assert.equal(history.present, states[20]);
  assert.equal(undo(history), history);
  for (let step = 0; step < STEPS; step++) history = redo(history);
  assert.equal(history.present, states.at(-1));
  assert.equal(redo(history), history);
});

test("a new act forgets what was undone", () => {
  const first = commit(begin(three), "hide", produce.hide(three, ["a"]));
  const other = commit(undo(first), "pin", produce.togglePin(three, ["a"]));
  assert.equal(other.future.length, 0);
});

test("a saved chart opens as it was", () => {
  const arranged = produce.move(produce.hide(three, ["b"]), new Map([["a", [12, 34] as const]]));
  const saved = toSaved(arranged);
  const opened = fromSaved(saved, part([...three.nodes.values()], [...three.links.values()]), null);
  assert.deepEqual(opened.positions.get("a"), [12, 34]);
  assert.deepEqual([...opened.hidden], ["b"]);
  assert.deepEqual([...opened.links.keys()].sort(), [...three.links.keys()].sort());
});

test("a thing that may no longer be seen is left out of an opened chart", () => {
  const opened = fromSaved(toSaved(three), part([node("a")], []), null);
  assert.deepEqual([...opened.nodes.keys()], ["a"]);
});
