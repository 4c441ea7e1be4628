import { expect, test } from "vitest";
import { factorise, solve } from "../../src/engine/js/lu.ts";
import { bufferOf } from "../../src/engine/memory.ts";
import { kernelModule } from "../../src/engine/wasm/module.ts";
import { instantiate } from "../../src/engine/wasm/wasm-engine.ts";
import { seeded } from "../support/random.ts";

const EPSILON = 2 ** -53;

interface Solved {
  /** Cells after the call: factors, pivots and smallest pivot, solution. */
  readonly cells: Float64Array;
}

/** Factorises and solves a system by the twin; cells hold the matrix, then the pivots, then b. */
function byTwin(input: Float64Array, n: number): Solved {
  const cells = input.slice();
  factorise(cells, 0, 2 * n * n, n);
  solve(cells, 0, 2 * n * n, n, 2 * n * n + n + 1);
  return { cells };
}

/**
 * The numbers, −0 counted as 0: a lane whose multiplier is 0 is passed over by the twin alone, and
 * its zero may have either sign. It multiplies, and is never a result.
 */
function numbers({ cells }: Solved): readonly number[] {
  return [...cells].map((x) => x + 0);
}

/** The same, two different systems at once, one in each lane. */
function byLanes(first: Float64Array, second: Float64Array, n: number): readonly [Solved, Solved] {
  const pages = Math.ceil((1024 + 16 * first.length) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const kernels = instantiate(kernelModule(), memory);
  const lanes = new Float64Array(bufferOf(memory), 1024, 2 * first.length);
  first.forEach((x, k) => (lanes[2 * k] = x));
  second.forEach((x, k) => (lanes[2 * k + 1] = x));
  kernels.factorise(1024, 0, 2 * n * n, n);
  kernels.solve(1024, 0, 2 * n * n, n, 2 * n * n + n + 1);
  return [
    { cells: first.map((_, k) => lanes[2 * k]) },
    { cells: second.map((_, k) => lanes[2 * k + 1]) },
  ];
}

function randomSystem(n: number, random: () => number): Float64Array {
  const cells = new Float64Array(2 * n * n + n + 1 + 2 * n);
  for (let k = 0; k < 2 * n * n; k++) cells[k] = random() < 0.2 ? 0 : 2 * random() - 1;
  for (let k = 2 * n * n + n + 1; k < cells.length; k++) cells[k] = 2 * random() - 1;
  return cells;
}

/** ‖Ax − b‖ / (‖A‖ ‖x‖ n ε) in the 1-norm, LAPACK's test ratio. */
function ratio(input: Float64Array, { cells }: Solved, n: number): number {
  const first = 2 * n * n + n + 1;
  let [residual, matrix, solution] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    let re = -input[first + 2 * i];
    let im = -input[first + 2 * i + 1];
    let row = 0;
    for (let j = 0; j < n; j++) {
      const [a, b] = [input[2 * (i * n + j)], input[2 * (i * n + j) + 1]];
      const [x, y] = [cells[first + 2 * j], cells[first + 2 * j + 1]];
      re += a * x - b * y;
      im += a * y + b * x;
      row += Math.hypot(a, b);
    }
    residual = Math.max(residual, Math.hypot(re, im));
    matrix = Math.max(matrix, row);
    solution = Math.max(solution, Math.hypot(cells[first + 2 * i], cells[first + 2 * i + 1]));
  }
  return residual / (matrix * solution * n * EPSILON);
}

test("sizes 1 to 32, different systems and pivots in the lanes: the twin's bits, and LAPACK's residual ratio below 30", () => {
  const random = seeded(1);
  for (let n = 1; n <= 32; n++) {
    for (let k = 0; k < 20; k++) {
      const [a, b] = [randomSystem(n, random), randomSystem(n, random)];
      const [first, second] = byLanes(a, b, n);
      expect(numbers(first)).toEqual(numbers(byTwin(a, n)));
      expect(numbers(second)).toEqual(numbers(byTwin(b, n)));
      if (first.cells[2 * n * n + n] > 1e-12) expect(ratio(a, first, n)).toBeLessThan(30);
    }
  }
});

test("partial pivoting: pivots are the largest of their column, so no multiplier exceeds √2", () => {
  const random = seeded(2);
  for (let n = 2; n <= 16; n++) {
    const { cells } = byTwin(randomSystem(n, random), n);
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const size = Math.hypot(cells[2 * (i * n + j)], cells[2 * (i * n + j) + 1]);
        // |re| + |im| is largest, and lies between the modulus and √2 times it
        expect(size).toBeLessThanOrEqual(Math.SQRT2 * (1 + 4 * EPSILON));
      }
    }
  }
});

test("an exactly singular matrix shows as a smallest pivot of some ε, in its own lane only", () => {
  const random = seeded(3);
  const n = 5;
  const regular = randomSystem(n, random);
  const singular = randomSystem(n, random);
  for (let j = 0; j < 2 * n; j++) singular[2 * n + j] = singular[j];
  const [a, b] = byLanes(regular, singular, n);
  expect(a.cells[2 * n * n + n]).toBeGreaterThan(1e-3);
  expect(b.cells[2 * n * n + n]).toBeLessThan(10 * n * EPSILON);
  expect(numbers(a)).toEqual(numbers(byTwin(regular, n)));
});
