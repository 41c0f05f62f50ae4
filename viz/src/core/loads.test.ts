import assert from "node:assert/strict";
import { test } from "node:test";
import type { Refused } from "./loads.ts";
import { byReason, hexLines, unaccounted } from "./loads.ts";

const row = (id: string, reason: string): Refused => ({
  id,
  reason,
  file: "a.csv",
  position: id,
  message: "",
});

test("refused rows stand under their reasons, the most frequent first, none lost", () => {
  const rows = [
    row("1", "bad_date"),
    row("2", "missing_key"),
    row("3", "missing_key"),
    row("4", "bad_amount"),
  ];
  assert.deepEqual(
    byReason(rows).map((group) => [group.reason, group.rows.map((one) => one.id)]),
    [
      ["missing_key", ["2", "3"]],
      ["bad_amount", ["4"]],
      ["bad_date", ["1"]],
    ],
  );
  assert.deepEqual(byReason([]), []);
});

test("bytes are told in full and only printable ASCII as letters", () => {
  const bytes = [...Array(40).keys()].map((code) => (code + 20) % 256);
  const hex = bytes.map((code) => code.toString(16).padStart(2, "0")).join("");
  const lines = hexLines(hex);
  assert.deepEqual(
    lines.map((line) => line.at),
    ["0000", "0010", "0020"],
  );
  assert.equal(lines.map((line) => line.hex.replaceAll(" ", "")).join(""), hex);
  assert.equal(
    lines.map((line) => line.text.length).reduce((a, b) => a + b),
    40,
  );
  assert.ok(lines.every((line) => /^[ -~]*$/.test(line.text)));
  assert.equal(hexLines("e280ae3c623e")[0]?.text, "...<b>");
  assert.equal(hexLines("41".repeat(9000)).length, 256);
  assert.deepEqual(hexLines(""), []);
});

test("a load whose counts do not add up says by how many", () => {
  const load = { number: 1, source: "s", at: "", actor: "", state: "complete" };
  assert.equal(unaccounted({ ...load, rows_read: 5, records_new: 3, rows_quarantined: 2 }), 0);
  assert.equal(unaccounted({ ...load, rows_read: 5, records_new: 3 }), 2);
});
