import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { generated } from "../../scripts/docs/generated.ts";

const root = resolve(import.meta.dirname, "../..");

test("the references and the JSON Schema are those of the models and docstrings; else: npm run docs", async () => {
  for (const { path, text } of await generated(root)) {
    expect(readFileSync(join(root, path), "utf8"), `${path}: run npm run docs`).toBe(text);
  }
});
