import assert from "node:assert/strict";
import { test } from "node:test";
import { joined } from "./handling.ts";

test("a chart carries the strictest level, light and code and all compartments of its parts", () => {
  assert.equal(
    joined("CONFIDENTIAL // TLP:AMBER // C", "CONFIDENTIAL // TLP:AMBER"),
    "CONFIDENTIAL // TLP:AMBER // C",
  );
  assert.equal(joined("RESTRICTED // TLP:RED", "SECRET // TLP:GREEN // H1"), "SECRET // TLP:RED // H1");
  assert.equal(
    joined("OPEN // B // TLP:CLEAR", "OPEN // A // TLP:AMBER+STRICT"),
    "OPEN // A // B // TLP:AMBER+STRICT",
  );
  assert.equal(joined("OPEN // TLP:CLEAR // H3", "OPEN // TLP:CLEAR // 4"), "OPEN // TLP:CLEAR // H3");
});

test("joining is the same in either order, and joining again changes nothing", () => {
  const banners = [
    "",
    "OPEN // TLP:CLEAR",
    "SECRET // X // TLP:RED // H2",
    "RESTRICTED // TLP:AMBER // C",
    "OPEN // Y // TLP:GREEN // 5",
  ];
  for (const one of banners)
    for (const other of banners) {
      const both = joined(one, other);
      assert.equal(both, joined(other, one));
      assert.equal(joined(both, one), both);
    }
});

test("what is in no list is never lowered", () => {
  assert.equal(joined("OPEN // TLP:CLEAR // H3", "OPEN // TLP:CLEAR // NEW"), "OPEN // TLP:CLEAR // NEW");
  assert.equal(joined("SOMETHING ELSE", "OPEN // TLP:CLEAR"), "SOMETHING ELSE + OPEN // TLP:CLEAR");
  assert.equal(
    joined("SOMETHING ELSE + OPEN // TLP:CLEAR", "OPEN // TLP:CLEAR"),
    "SOMETHING ELSE + OPEN // TLP:CLEAR",
  );
});
