import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, test } from "vitest";
import { drawModel } from "../../bench/cluster/draw.ts";
import { type Measured, mergeSeconds, shardsFor, sweepSeconds } from "../../bench/cluster/model.ts";
import { modelTables } from "../../bench/cluster/table.ts";

const work = { name: "a", rowsPerSecond: 1e6, bytesPerRow: 50 };
const model: Measured = {
  machine: "",
  startSeconds: 0.5,
  mergeBytesPerSecond: 1e8,
  checkBytesPerSecond: 1e8,
  works: [work],
};

test("cores share the rows; the last round of shards is counted whole; a merge is bytes", () => {
  const rows = 1e9; // 1000 s
  expect(sweepSeconds(model, work, { rows, cores: 1, shards: 10 })).toBeCloseTo(1005, 9);
  expect(sweepSeconds(model, work, { rows, cores: 10, shards: 10 })).toBeCloseTo(100.5, 9);
  expect(sweepSeconds(model, work, { rows, cores: 9, shards: 10 })).toBeCloseTo(201, 9);
  expect(shardsFor(work, rows, 1)).toBe(2);
  expect(shardsFor(work, rows, 64)).toBe(64);
  expect(mergeSeconds(model, work, rows)).toBe(500);
});

test("docs/cluster.md and its picture are what was measured", async () => {
  const measured = JSON.parse(readFileSync("bench/cluster/measured.json", "utf8")) as Measured;
  const tables = await format(modelTables(measured), { parser: "markdown" });
  expect(readFileSync("docs/cluster.md", "utf8")).toContain(tables);
  expect(readFileSync("docs/figures/cluster.svg", "utf8")).toBe(drawModel(measured));
});
