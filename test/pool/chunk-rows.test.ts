import { expect, test } from "vitest";
import type { Backend } from "../../src/engine/engine.ts";
import { defaultChunkRows, isShort } from "../../src/pool/chunk-rows.ts";
import type { Sweep } from "../../src/spec/sweep.ts";

function sweepOf(levels: number): Sweep {
  return { model: { structure: { levels } } } as Sweep;
}

test.each([
  [2, 65536],
  [4, 65536],
  [5, 16384],
  [8, 1024],
  [16, 256],
])("%i levels: chunks of %i rows", (levels, rows) => {
  expect(defaultChunkRows(sweepOf(levels))).toBe(rows);
});

test.each<[string, Backend, number, number]>([
  ["q_A", "wasm", 4, 65536],
  ["q_A", "wasm", 16, 16],
  ["q_A", "js", 4, 4096],
  ["q_A_error", "wasm", 4, 4096],
  ["rcond", "js", 4, 256],
])(
  "%s, %s, %i levels: the main thread takes chunks of %i rows",
  (column, backend, levels, most) => {
    const sweep = { ...sweepOf(levels), columns: [{ name: column }] } as unknown as Sweep;
    expect([most, most + 1].map((rows) => isShort(sweep, rows, backend))).toEqual([true, false]);
  },
);
