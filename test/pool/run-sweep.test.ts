import { expect, test } from "vitest";
import { runSweep, type Chunk } from "../../src/pool/run-sweep.ts";
import { memoryMap } from "../../src/engine/memory.ts";
import { slotLayout } from "../../src/engine/slot.ts";
import { planOf } from "../../src/engine/sweep-plan.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { evaluateHere, evaluateInPool } from "../support/evaluate.ts";

const flat = { spectrum: "flat", g: 1 };

/** Rows outside the domain in the middle (λ ≥ √(ω₁ω₂)), an odd number of rows, zipped names. */
const spec = {
  model: "qubit-pair",
  equation: "redfield",
  omega_1: 1,
  omega_2: 2,
  bath_A: { spectrum: "power", g: 1, exponent: 1, cutoff: 10 },
  bath_B: flat,
  sweep: [
    { lambda: { linspace: [0, 2, 9] } },
    { T_A: { linspace: [0, 4, 37] }, T_B: { geomspace: [0.1, 3, 37] } },
  ],
};

test("the same bytes for 1, 2 and 3 threads, any chunk size and either backend", async () => {
  const whole = evaluateHere(spec, "wasm").bytes();
  for (const threads of [1, 2, 3]) {
    for (const chunkRows of [1, 2, 3, 5, 64, 111, 332, 333, 1000]) {
      const bytes = (await evaluateInPool(spec, { threads, chunkRows })).bytes();
      expect(bytes.equals(whole), `${threads} threads, ${chunkRows} rows a chunk`).toBe(true);
    }
  }
  expect((await evaluateInPool(spec, { backend: "js", chunkRows: 50 })).bytes().equals(whole)).toBe(
    true,
  );
});

test.each([
  [0, 1],
  [7, 326],
  [100, 101],
])("rows from %i, %i of them, are those of the whole sweep", async (firstRow, rows) => {
  const whole = evaluateHere(spec, "wasm");
  let next = firstRow;
  const range = { firstRow, rows };
  for await (const chunk of runSweep(parseSpec(spec), { range, threads: 2, chunkRows: 50 })) {
    expect(chunk.firstRow).toBe(next);
    next += chunk.rows;
    chunk.columns.forEach((column, c) => {
      const part = whole.columns[c].slice(chunk.firstRow, next);
      expect(Buffer.from(column.slice().buffer).equals(Buffer.from(part.buffer))).toBe(true);
    });
    expect([...chunk.status]).toEqual([...whole.status.subarray(chunk.firstRow, next)]);
  }
  expect(next).toBe(firstRow + rows);
});

test("1, 2, 3 and 5 rows, an axis of one value, no sweep at all", async () => {
  for (const count of [1, 2, 3, 5]) {
    const rows = {
      ...spec,
      sweep: [{ lambda: [0.3] }, { T_A: { linspace: [1, 2, count] } }],
      T_B: 1,
    };
    const { sweep, column, status } = await evaluateInPool(rows, { threads: 2, chunkRows: 2 });
    expect(sweep.rows).toBe(count);
    expect([...column("T_A")]).toEqual(
      Array.from({ length: count }, (_, i) =>
        i === 0 ? 1 : i === count - 1 ? 2 : 1 + (i * 1) / (count - 1),
      ),
    );
    expect([...column("lambda")]).toEqual(Array(count).fill(0.3));
    expect([...status]).toEqual([...status].map((s) => s & ~3));
  }
  const { sweep: _, ...point } = { ...spec, lambda: 0.3, T_A: 2, T_B: 1 };
  expect((await evaluateInPool(point, {})).status).toHaveLength(1);
});

test("rows with λ ≥ √(ω₁ω₂) in the middle of a grid are NaN with status 1, their neighbours untouched", () => {
  const lambdas = [0.1, 1.5, 0.1, Math.SQRT2, 0.1, -2, 0.1];
  const { column, status } = evaluateHere(
    {
      model: "qubit-pair",
      equation: "redfield",
      omega_1: 1,
      omega_2: 2,
      T_A: 2,
      T_B: 1,
      bath_A: flat,
      bath_B: flat,
      sweep: [{ lambda: lambdas }],
    },
    "wasm",
  );
  // √2 rounds up: its square is above 2
  expect([...status]).toEqual([0, 1, 0, 1, 0, 1, 0]);
  const q = column("q_A");
  expect([1, 3, 5].map((k) => q[k])).toEqual([NaN, NaN, NaN]);
  expect([2, 4, 6].map((k) => q[k])).toEqual([q[0], q[0], q[0]]);
  expect(q[0]).toBeGreaterThan(0);
});

test("T = 0, λ = 0 and g = 0: vacuum, product state, equilibrium with the other bath, no steady state", () => {
  for (const method of ["closed", "lu"]) {
    const { column, status } = evaluateHere(
      {
        model: "qubit-pair",
        method,
        omega_1: 1,
        omega_2: 2,
        bath_A: { spectrum: "flat" },
        bath_B: { spectrum: "flat" },
        sweep: [
          {
            lambda: [0.5, 0, 0.5, 0.5, 0],
            T_A: [0, 3, 3, 3, 3],
            T_B: [0, 1, 1, 1, 1],
            g_A: [1, 1, 0, 0, 0],
            g_B: [1, 1, 1, 0, 1],
          },
        ],
      },
      "wasm",
    );
    // both g zero, and a decoupled qubit without a bath: no unique steady state
    expect([...status], method).toEqual([0, 0, 0, 2, 2]);
    const rho = [1, 2, 3, 4].map((n) => column(`rho_${n}${n}`));
    expect(rho.map((c) => c[0])).toEqual([1, 0, 0, 0]);
    // (3.51): ω₁ < ω₂, so level 2 has qubit 1 up
    const up = (omega: number, t: number) => 1 / (1 + Math.exp(omega / t));
    const [a, b] = [up(1, 3), up(2, 1)];
    const product = [(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b];
    product.forEach((p, n) => expect(Math.abs(rho[n][1] - p)).toBeLessThan(1e-15));
    const z = [0, 1, 2, 3].map((n) => rho[n][2]);
    const levels = [-1.5, -Math.sqrt(0.5), Math.sqrt(0.5), 1.5];
    const sum = levels.reduce((s, e) => s + Math.exp(-e), 0);
    levels.forEach((e, n) => expect(Math.abs(z[n] - Math.exp(-e) / sum)).toBeLessThan(1e-15));
    for (const row of [0, 1, 2]) expect(Math.abs(column("q_A")[row])).toBeLessThan(4e-16);
  }
});

test("an abort while the workers start ends them and nothing else", async () => {
  const sweep = parseSpec(spec);
  for (let milliseconds = 1; milliseconds < 80; milliseconds += 2) {
    const controller = new AbortController();
    const { signal } = controller;
    const chunks = runSweep(sweep, { threads: 3, chunkRows: 1, signal });
    setTimeout(() => controller.abort(new Error("enough")), milliseconds);
    let chunk: IteratorResult<Chunk, void> | undefined;
    try {
      do chunk = await chunks.next();
      while (chunk.done !== true);
    } catch (error) {
      expect(error).toBe(signal.reason);
    }
  }
});

test("breaking out of the loop, and aborting, end the workers", async () => {
  const long = parseSpec({
    ...spec,
    sweep: [{ lambda: [0.1] }, { T_A: { linspace: [1, 2, 1e9] } }],
    T_B: 1,
  });
  const before = process.getActiveResourcesInfo().filter((r) => r === "MessagePort").length;
  for await (const chunk of runSweep(long, { threads: 2, chunkRows: 1000 })) {
    if (chunk.firstRow > 5000) break;
  }
  const controller = new AbortController();
  const seen: number[] = [];
  await expect(async () => {
    for await (const chunk of runSweep(long, {
      threads: 2,
      chunkRows: 1000,
      signal: controller.signal,
    })) {
      seen.push(chunk.firstRow);
      if (seen.length === 3) controller.abort(new Error("enough"));
    }
  }).rejects.toThrow("enough");
  expect(seen).toEqual([0, 1000, 2000]);
  const after = process.getActiveResourcesInfo().filter((r) => r === "MessagePort").length;
  expect(after).toBe(before);
});

test("an aborted signal stops before any work, and a slow reader holds at most 2 chunks a thread", async () => {
  const sweep = parseSpec(spec);
  await expect(
    runSweep(sweep, { signal: AbortSignal.abort(new Error("no")) }).next(),
  ).rejects.toThrow("no");
  const chunks = runSweep(sweep, { threads: 2, chunkRows: 10 });
  const first = await chunks.next();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { buffer } = (first.value as Chunk).columns[0];
  // 4 slots of 10 rows, not the 34 chunks of the sweep
  const plan = planOf(sweep);
  const { pages } = memoryMap(plan, slotLayout(sweep, plan, 10), 4);
  expect(buffer.byteLength).toBe(65536 * pages);
  await chunks.return();
});
