import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cellText, idsIn, readableColumns } from "./answers.ts";
import { decode } from "./columns.ts";
import type { Columns } from "./columns.ts";
import { formatAmount, formatCountry, formatDate, formatSpan, formatValue } from "./format.ts";
import { gradeLabel } from "./grade.ts";
import { plain, say } from "./messages.ts";
import { actOf, shortcuts } from "./shortcuts.ts";
import { trainingSteps } from "./story.ts";
import { sorted } from "./table.ts";
import { link, node } from "./testing.ts";
import { monthBars } from "./timeline.ts";

type Book = Record<string, string>;

function book(language: string): Book {
  return JSON.parse(readFileSync(new URL(`../i18n/${language}.json`, import.meta.url), "utf8")) as Book;
}

const press = (key: string, more: object = {}): Parameters<typeof actOf>[0] => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test("both languages have the same texts with the same places to fill", () => {
  const [en, tr] = [book("en"), book("tr")];
  assert.deepEqual(Object.keys(en).sort(), Object.keys(tr).sort());
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en)) {
    assert.deepEqual(places(tr[key] ?? ""), places(text), key);
    assert.ok(text.trim() && tr[key]?.trim(), key);
  }
});

test("every key of the keyboard has a name in both languages and no two are alike", () => {
  for (const { act } of shortcuts)
    for (const language of ["en", "tr"]) assert.ok(book(language)[`act.${act}`], act);
  assert.equal(new Set(shortcuts.map((one) => one.keys)).size, shortcuts.length);
});

test("single letters act only in the chart, and never while typing", () => {
  assert.equal(actOf(press("e"), true, false), "expand");
  assert.equal(actOf(press("e"), false, false), null);
  assert.equal(actOf(press("e"), true, true), null);
  assert.equal(actOf(press("?", { shiftKey: true }), true, false), "keys");
  assert.equal(actOf(press("z", { ctrlKey: true }), false, false), "undo");
  assert.equal(actOf(press("z", { ctrlKey: true }), false, true), null);
  assert.equal(actOf(press("Z", { ctrlKey: true, shiftKey: true }), true, false), "redo");
  assert.equal(actOf(press("s", { ctrlKey: true }), false, true), "save");
});

test("countries are named in the language of the reader", () => {
  assert.equal(formatCountry("BG", "tr"), "Bulgaristan (BG)");
  assert.equal(formatCountry("BG", "en"), "Bulgaria (BG)");
  for (const odd of ["QQ", "Nowhere", "", "bg"]) assert.equal(formatCountry(odd, "en"), odd);
});

test("messages are filled, and an unknown key is told in plain words", () => {
  assert.equal(say({ a: "{n} of {m}" }, "a", { n: 1, m: 2 }), "1 of 2");
  assert.equal(say({}, "link.BY_MEANS_OF"), "By means of");
  assert.equal(plain("property.gross_kg"), "Gross kg");
});

test("dates keep their precision and follow the language", () => {
  assert.equal(formatDate("2024", "tr"), "2024");
  assert.equal(formatDate("2024-06-14", "tr"), "14 Haz 2024");
  assert.equal(formatDate("2024-06-14T09:05:00Z", "en-GB"), "14 Jun 2024, 09:05");
  assert.equal(formatDate("2024-08-26", "en"), "26 Aug 2024");
  assert.equal(formatDate("no date", "en"), "no date");
  assert.equal(formatSpan("2024", "2024", "en"), "2024");
  assert.equal(formatAmount(1_200_000, "EUR", "en"), "1.2M EUR");
});

test("empty values are left out", () => {
  assert.equal(formatValue(null, "en"), "");
  assert.equal(formatValue(["a", null, 1234.5], "tr"), "a, 1.234,5");
  assert.equal(cellText([{ label: "x" }, { a: 1 }], "en"), "x, 1");
});

test("grades are written as analysts write them", () => {
  assert.equal(gradeLabel('["admiralty","B","2"]'), "B2");
  assert.equal(gradeLabel('["4x4","A","1","H1"]'), "4x4: A1 H1");
  assert.equal(gradeLabel({ scheme: "admiralty", source: "C", information: "3" }), "C3");
  assert.equal(gradeLabel(""), "");
  assert.equal(gradeLabel("[broken"), "");
});

test("columns become nodes and links by their dictionaries", () => {
  const coded = (word: string): { d: string[]; i: number[] } => ({ d: [word], i: [0] });
  const columns: Columns = {
    v: 1,
    meta: {
      query: "",
      counter: 9,
      handling: "H",
      truncated: { by_limit: 3, by_filter: 0, by_policy: "not told" },
    },
    nodes: {
      id: ["a", "b"],
      kind: { d: ["Phone", "Company"], i: [1, 0] },
      label: ["A", "B"],
      hub: [true, false],
      x: [1, null],
      y: [2, null],
      degree: [5, null],
      properties: [{}, {}],
    },
    edges: {
      id: ["l"],
      s: [0],
      t: [1],
      type: coded("USES"),
      record: ["r"],
      at: ["2024"],
      basis: coded("inferred"),
      confidence: coded("probable"),
      grade: coded(""),
      marking: [0],
      properties: [{}],
      probability: [0.5],
      fold: [null],
    },
  };
  const part = decode(columns);
  assert.deepEqual(
    part.nodes.map((one) => one.kind),
    ["Company", "Phone"],
  );
  assert.deepEqual([...part.positions], [["a", [1, 2]]]);
  assert.equal(part.links[0]?.target, "b");
  assert.equal(part.cut, 3);
});

test("the table sorts by the Turkish alphabet", () => {
  const rows = ["Zeki", "Çelik", "Şahin", "Cem", "Sun", "Iğdır", "İzmir"].map((label) => ({
    id: label,
    kind: "Person",
    label,
    links: 0,
    date: "",
    community: -1,
    betweenness: null,
  }));
  assert.deepEqual(
    sorted(rows, { column: "label", descending: false }, "tr").map((row) => row.label),
    ["Cem", "Çelik", "Iğdır", "İzmir", "Sun", "Şahin", "Zeki"],
  );
});

test("every month between the first and the last has a bar", () => {
  const nodes = [node("d", "Declaration", { properties: { date: "2023-11-05" } })];
  const bars = monthBars({ nodes, links: [link("a", "b", { at: "2024-02-01" })] });
  assert.deepEqual(
    bars.map((bar) => [bar.month, bar.count]),
    [
      ["2023-11", 1],
      ["2023-12", 0],
      ["2024-01", 0],
      ["2024-02", 1],
    ],
  );
});

test("the training story leaves out what the case does not name, and has a text for each step", () => {
  const full = trainingSteps({
    notice: "n",
    plate: "p",
    broker: "b",
    phone: "t",
    seizure: "s",
    observed: ["x", "y"],
  });
  assert.equal(full.length, 8);
  assert.deepEqual(
    trainingSteps({}).map((step) => step.key),
    ["communities", "map", "export"],
  );
  for (const { key } of full) assert.ok(book("en")[`story.${key}`], key);
});

test("columns of ids are left out of an answer, and a row still leads to its things", () => {
  const id = "0123456789abcdef".repeat(2);
  const rows = [["Phone", id, [id]]];
  assert.deepEqual(readableColumns(["kind", "phone_id", "party_ids"], rows), [0]);
  assert.deepEqual(idsIn(rows[0]), [id]);
  assert.deepEqual(idsIn({ id, label: "x" }), [id]);
});
