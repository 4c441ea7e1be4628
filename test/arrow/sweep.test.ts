import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type RecordBatch, tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import { solve, SpecError, sweep } from "../../src/index.ts";
import { scratchFolder } from "./scratch.ts";

const folder = scratchFolder();

const point = {
  model: "qubit-pair",
  equation: "redfield",
  omega_1: 1,
  omega_2: 2,
  T_B: 1,
  bath_A: { spectrum: "flat", g: 1 },
  bath_B: { spectrum: "drude", g: 1, cutoff: 5 },
};
// lambda ≥ √2 lies outside the domain
const spec = { ...point, sweep: [{ lambda: [0, 0.5, 2] }, { T_A: { linspace: [1, 3, 67] } }] };
const small = { chunkRows: 16, threads: 2 };

test("the table holds each row's axes and what solve gives for that point", async () => {
  const table = await sweep(spec, small).toTable();
  expect(table.numRows).toBe(201);
  expect(table.batches).toHaveLength(13);
  for (const row of [0, 66, 67, 100]) {
    const { lambda, T_A, ...results } = table.get(row)!.toJSON();
    expect(lambda).toBe([0, 0.5, 2][Math.floor(row / 67)]);
    expect(results).toEqual(await solve({ ...point, lambda, T_A }));
  }
  expect(table.get(134)!.toJSON()).toMatchObject({ lambda: 2, rho_11: NaN, status: 1 });
});

test("batches come in row order and stay as they are after the sweep", async () => {
  const result = sweep(spec, small);
  const batches: RecordBatch[] = [];
  for await (const batch of result) batches.push(batch);
  const temperatures = batches.flatMap((batch) => [...batch.getChild("T_A")!]);
  expect(temperatures).toEqual([...(await result.toTable()).getChild("T_A")!]);
  expect(result.rows).toBe(201);
  expect(batches[0].schema.fields.map((f) => f.name)).toEqual(
    result.schema.fields.map((f) => f.name),
  );
});

test.each(["x.arrow", "x.arrows"])("%s holds the table, whatever the backend", async (name) => {
  const path = join(folder, name);
  const { rows, bytes } = await sweep(spec, small).toFile(path);
  const file = readFileSync(path);
  expect({ rows, bytes }).toEqual({ rows: 201, bytes: file.length });
  const table = await sweep(spec, { ...small, backend: "js" }).toTable();
  expect(tableFromIPC(file).toArray().map(String)).toEqual(table.toArray().map(String));
  await sweep(spec, { ...small, threads: 1 }).toFile(path);
  expect(readFileSync(path)).toEqual(file);
});

test("progress counts up to all rows", async () => {
  const calls: [number, number][] = [];
  await sweep(spec, { ...small, onProgress: (...call) => calls.push(call) }).toTable();
  expect(calls).toHaveLength(13);
  expect(calls[0]).toEqual([16, 201]);
  expect(calls.at(-1)).toEqual([201, 201]);
});

test("an abort rejects with the signal's reason and leaves no file but a part to go on from", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const onProgress = () => controller.abort(reason);
  const options = { ...small, signal: controller.signal, onProgress };
  await expect(sweep(spec, options).toFile(join(folder, "aborted.arrow"))).rejects.toBe(reason);
  await expect(sweep(spec, options).toTable()).rejects.toBe(reason);
  expect(readdirSync(folder).filter((name) => !name.startsWith("x.arrow"))).toEqual([
    "aborted.arrow.part",
  ]);
  const path = join(folder, "aborted.arrow");
  await expect(sweep(spec, small).toFile(path)).rejects.toThrow("batches of an unfinished run");
  const { rows, resumedRows } = await sweep(spec, small).toFile(path, { resume: true });
  expect(rows).toBe(201);
  expect(resumedRows).toBeGreaterThanOrEqual(16);
  expect(readFileSync(path)).toEqual(readFileSync(join(folder, "x.arrow")));
});

test("leaving the loop, and an abort, end the workers: the process ends by itself", () => {
  const script = `
    import { sweep } from ${JSON.stringify(resolve("dist/src/index.js"))};
    const spec = ${JSON.stringify(spec)};
    for await (const batch of sweep(spec, ${JSON.stringify(small)})) {
      console.log(batch.numRows);
      break;
    }
    const options = { ...${JSON.stringify(small)}, signal: AbortSignal.timeout(0) };
    await sweep({ ...spec, sweep: [{ lambda: [0.5] }, { T_A: { linspace: [1, 3, 1e9] } }] }, options)
      .toFile("/dev/null", { format: "stream" })
      .catch((error) => console.log(error.name));`;
  const args = ["--input-type=module", "--eval", script];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("16\nTimeoutError\n");
});

test("what is wrong with a spec or a name of a file is said at once", async () => {
  expect(() => sweep({ ...spec, lamda: 1 })).toThrow(SpecError);
  await expect(sweep(spec).toFile(join(folder, "x.xlsx"))).rejects.toThrow("arrow (an IPC file");
});

test("solve refuses a sweep", async () => {
  await expect(solve(spec)).rejects.toThrow(SpecError);
  await expect(solve({ ...point, lambda: 0.5 })).rejects.toThrow("T_A");
});
