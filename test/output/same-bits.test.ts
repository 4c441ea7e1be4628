import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Format, sweep } from "../../src/index.ts";
import { numberBatches } from "../../src/tables/number-batches.ts";
import { readContents } from "../../src/tables/read-contents.ts";
import { scratchFolder } from "../arrow/scratch.ts";
import { mixedSpec, seed } from "../support/arbitrary.ts";
import { evaluateHere } from "../support/evaluate.ts";

const root = scratchFolder();

const run = fc.record({
  threads: fc.integer({ min: 1, max: 3 }),
  chunkRows: fc.integer({ min: 1, max: 8 }),
  backend: fc.constantFrom("wasm" as const, "js" as const),
  file: fc.oneof(
    fc.record({ format: fc.constantFrom<Format[]>("arrow", "stream", "csv", "parquet") }),
    fc.record({
      format: fc.constantFrom<Format[]>("arrow", "stream"),
      compress: fc.constantFrom("zstd" as const, "lz4" as const),
    }),
  ),
  /** Interrupted after so many batches and resumed, where the format can be. */
  after: fc.option(fc.integer({ min: 1, max: 3 })),
});

/** Every column of a file, as the readers of qheat have them. */
async function columnsOf(path: string, names: readonly string[]) {
  const contents = await readContents(path, () => {});
  const columns = new Map(names.map((name) => [name, [] as number[]]));
  for await (const batch of await numberBatches(path, contents, names)) {
    for (const [name, values] of batch) columns.get(name)!.push(...values);
  }
  return columns;
}

test(`the same columns, bit for bit, for any threads, chunk size, backend, format, compression and resume point, over random specs (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(mixedSpec, run, async (spec, { file, after, ...options }) => {
      const { format } = file;
      const expected = evaluateHere(spec, "wasm");
      const folder = join(root, "run");
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      const path = join(
        folder,
        `x.${{ arrow: "arrow", stream: "arrows", csv: "csv", parquet: "parquet" }[format]}`,
      );
      let resume = false;
      if (after !== null && format !== "parquet") {
        const controller = new AbortController();
        let batches = 0;
        const first = sweep(spec, {
          ...options,
          signal: controller.signal,
          onProgress: () => {
            if (++batches === after) controller.abort(new Error("enough"));
          },
        });
        // a sweep of few batches may be done before it is interrupted
        await first.toFile(path, file).catch((error: Error) => {
          expect(error.message).toBe("enough");
        });
        resume = true;
      }
      await sweep(spec, options).toFile(path, { ...file, resume });
      const columns = await columnsOf(path, [...expected.names, "status"]);
      expected.names.forEach((name, c) => {
        const values = columns.get(name)!;
        const same = expected.columns[c].every((value, row) => Object.is(value, values[row]));
        expect(same && values.length === expected.status.length, `${format}: ${name}`).toBe(true);
      });
      expect(columns.get("status")).toEqual([...expected.status]);
    }),
    { seed, numRuns: 60 },
  );
}, 600_000);
