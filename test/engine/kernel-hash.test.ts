import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { SECTION, sourcesHash } from "../../scripts/stamp/sources-hash.ts";
import { kernelHash } from "../../src/engine/kernel-hash.ts";
import { kernelBytes, kernelModule } from "../../src/engine/wasm/module.ts";

test("the kernels' hash is that of the wasm, which holds the hash of the sources that decide numbers", () => {
  const sections = WebAssembly.Module.customSections(kernelModule(), SECTION);
  const sources = sourcesHash(resolve(import.meta.dirname, "../.."));
  expect(sections.map((section) => Buffer.from(section).toString("hex"))).toEqual([
    Buffer.from(sources).toString("hex"),
  ]);
  expect(kernelHash()).toBe(createHash("sha256").update(kernelBytes()).digest("hex"));
});
