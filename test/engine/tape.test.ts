import fc from "fast-check";
import { expect, test } from "vitest";
import * as layout from "../../assembly/tape-layout.ts";
import { interpretLine, interpretModel } from "../../src/engine/js/tape.ts";
import { tapeBuilder, type Value } from "../../src/engine/tape-builder.ts";
import type { Tape } from "../../src/engine/tape-record.ts";
import { seed } from "../support/arbitrary.ts";

/** One step of a random formula: an operation on values made before, by their numbers. */
const step = fc.record({
  operation: fc.constantFrom("add", "subtract", "multiply", "divide", "larger", "smaller", "keep"),
  operands: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  negated: fc.boolean(),
});
const number = fc.double({ min: -4, max: 4, noNaN: true }).map((x) => x + 0);

const direct = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
  larger: (a: number, b: number) => (a < b ? b : a),
  smaller: (a: number, b: number) => (b < a ? b : a),
};

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The words of a tape, and a row of cells with the constants in place. */
function prepared({ segments, count, constants }: Tape, columns: number) {
  const words = new Int32Array(layout.TAPE_HEADER_WORDS + segments.length);
  words[layout.SEGMENTS] = count;
  words[layout.SEGMENT_TABLE] = layout.TAPE_HEADER_WORDS;
  words.set(segments, layout.TAPE_HEADER_WORDS);
  const cells = new Float64Array(columns);
  for (let at = 0; at < constants.length; at += 3) {
    halves.set([constants[at + 1], constants[at + 2]]);
    cells[constants[at]] = double[0];
  }
  return { words, cells };
}

test(`a tape gives what its formula gives, but for the sign of 0, and redoes what its stages have changed (seed ${seed})`, () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 40 });
  const rows = fc.array(fc.tuple(number, number, number, fc.boolean()), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(steps, rows, (formula, given) => {
      let columns = 0;
      const tape = tapeBuilder(() => columns++, 0b1110);
      // three stages of one number each
      const inputs = [0, 1, 2].map(() => columns++);
      const values: Value[] = inputs.map((column, k) => tape.leaf(column, 2 << k));
      values.push(null, tape.constant(0.5));
      for (const { operation, operands, negated } of formula) {
        const [a, b, c] = operands.map((k) => values[k % values.length]);
        const value =
          operation === "keep" ? tape.keep(tape.greater(a, b), c) : tape[operation](a, b);
        values.push(negated ? tape.negated(value) : value);
      }
      const made = tape.tape(values);
      const { words, cells } = prepared(made, columns);
      let before: readonly number[] | undefined;
      for (const [x, y, z, still] of given) {
        const stands = before !== undefined && still;
        const row = [x, stands ? before![1] : y, z];
        inputs.forEach((column, k) => (cells[column] = row[k]));
        interpretModel(words, cells);
        interpretLine(words, cells, stands ? 0b1011 : 0b1111);
        before = row;
        const wanted = [...row, 0, 0.5];
        for (const { operation, operands, negated } of formula) {
          const [a, b, c] = operands.map((k) => wanted[k % wanted.length]);
          const value = operation === "keep" ? (a > b ? c : 0) : direct[operation](a, b);
          wanted.push(negated ? -value : value);
        }
        // 0 for every row is left out: it is not told from 0 times what is not finite
        if (!wanted.every(Number.isFinite)) continue;
        made.outputs.forEach((column, k) => expect(cells[column] + 0).toBe(wanted[k] + 0));
      }
    }),
    { seed, numRuns: 2000 },
  );
});
