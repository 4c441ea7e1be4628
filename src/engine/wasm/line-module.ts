import * as common from "../../../assembly/layout.ts";
import * as layout from "../../../assembly/tape-layout.ts";
import * as wasm from "./encode.ts";
import { type Formula, type Segment, segmentCode } from "./segment-code.ts";

const { add, subtract, multiply, divide, absolute, larger, greater, and } = wasm;

/** The operations of `tape-layout.ts`; the arithmetic is that of `assembly/tape.ts`. */
const formulas: ReadonlyMap<number, Formula> = new Map<number, Formula>([
  [layout.ADD, [0, 1, add]],
  [layout.SUBTRACT, [0, 1, subtract]],
  [layout.MULTIPLY, [0, 1, multiply]],
  [layout.DIVIDE, [0, 1, divide]],
  [layout.MULTIPLY_ADD, [2, 0, 1, multiply, add]],
  [layout.MULTIPLY_SUBTRACT, [2, 0, 1, multiply, subtract]],
  [layout.ADD_PRODUCTS, [2, 3, multiply, 0, 1, multiply, add]],
  [layout.ADD_TWO_PRODUCTS, [4, 2, 3, multiply, add, 0, 1, multiply, add]],
  [layout.NEGATE, [0, wasm.negate]],
  [layout.ABSOLUTE, [0, absolute]],
  [layout.ADD_ABSOLUTE, [0, 1, absolute, add]],
  [layout.LARGER, [0, 1, larger]],
  [layout.LARGER_ABSOLUTE, [0, 1, absolute, larger]],
  [layout.SMALLER, [0, 1, wasm.smaller]],
  [layout.GREATER, [0, 1, greater]],
  [layout.GREATER_ABSOLUTE, [0, 1, absolute, greater]],
  [layout.BOTH_GREATER, [2, 0, 1, greater, and]],
  [layout.BOTH, [0, 1, and]],
  [layout.KEEP, [0, 1, and]],
  [layout.SELECT, [1, 2, 0, wasm.select]],
  [layout.SQUARE_ROOT, [0, wasm.squareRoot]],
]);

/** Sweeps of fewer rows are done before a tape is compiled. */
const LEAST_ROWS = 8192;

/** The straight line of a plan, compiled: where it has one and `rows` are worth it. */
export function lineModule(words: Int32Array, rows: number): WebAssembly.Module | undefined {
  if (words[common.SOLVER] !== common.SOLVER_TAPE || rows < LEAST_ROWS) return undefined;
  return new WebAssembly.Module(lineBytes(words));
}

/** Beyond, V8 allocates registers badly, and takes long: longer segments are cut. */
const MOST_OPERATIONS = 32;

/**
 * The tape as functions `runModel` and `runLine`, the contract of `assembly/env.ts`. A part of a segment is a
 * loop over pairs of rows, its values in locals: the operations and their order are those of the tape, so are
 * the bits. Only what another part or the kernel reads is stored. Columns of stages that do not vary have one
 * pair, which is read for every other.
 */
export function lineBytes(words: Int32Array): Uint8Array<ArrayBuffer> {
  const segments = readSegments(words);
  const lasting = new Set([...outputsOf(words), ...segments.flatMap(columnsBefore)]);
  const parts = segments.flatMap((segment) => cut(segment, lasting));
  const stages = new Map(leavesOf(words));
  const functions = parts.map((part) => {
    const code = segmentCode(part, {
      stagesOf: (column) => stages.get(column)!,
      isKept: (column) => part.kept.has(column),
      step: common.CELL_BYTES * words[common.BLOCK_PAIRS],
    });
    for (const { to } of part.operations) stages.set(to, part.stages);
    return code;
  });
  const isModel = ({ stages: own }: Segment) => own === layout.MODEL_STAGE;
  const calls = (wanted: boolean, varying: number) =>
    parts.map((part, k) => {
      if (isModel(part) !== wanted) return [];
      const run = [0, varying, varying + 1].map(wasm.getLocal);
      const call = [run, wasm.call(k)];
      if (wanted) return call;
      const isNew = [wasm.getLocal(1), wasm.integer(part.stages), wasm.andIntegers];
      return [isNew, wasm.when(call)];
    });
  return wasm.moduleOf(functions, {
    runModel: { parameters: 3, integers: 0, lanes: 0, body: calls(true, 1) },
    runLine: { parameters: 4, integers: 0, lanes: 0, body: calls(false, 2) },
  });
}

interface Part extends Segment {
  /** Columns whose values outlive it. */
  readonly kept: ReadonlySet<number>;
}

/** A segment in parts of about the same length; `lasting` are the columns whose values outlive the segment. */
function cut({ stages, operations }: Segment, lasting: ReadonlySet<number>): readonly Part[] {
  const count = Math.ceil(operations.length / MOST_OPERATIONS);
  const length = Math.ceil(operations.length / count);
  const parts: Part[] = [];
  let kept = lasting;
  for (let k = count - 1; k >= 0; k--) {
    const part = { stages, operations: operations.slice(length * k, length * (k + 1)), kept };
    parts.unshift(part);
    const before = new Set(kept);
    for (const { to } of part.operations) if (!lasting.has(to)) before.delete(to);
    for (const column of columnsBefore(part)) before.add(column);
    kept = before;
  }
  return parts;
}

function readSegments(words: Int32Array): readonly Segment[] {
  let at = words[layout.SEGMENT_TABLE];
  return Array.from({ length: words[layout.SEGMENTS] }, () => {
    const [stages, count] = words.subarray(at, at + layout.SEGMENT_WORDS);
    at += layout.SEGMENT_WORDS;
    const operations = Array.from({ length: count }, () => {
      const [operation, to, ...operands] = words.subarray(at, at + layout.OPERATION_WORDS);
      at += layout.OPERATION_WORDS;
      const formula = formulas.get(operation)!;
      const used = formula.filter((item) => typeof item === "number").length;
      return { formula, to, operands: operands.slice(0, used) };
    });
    return { stages, operations };
  });
}

/** Columns a segment reads before it makes them. */
function columnsBefore({ operations }: Segment): readonly number[] {
  const made = new Set<number>();
  return operations.flatMap(({ to, operands }) => {
    const before = operands.filter((column) => !made.has(column));
    made.add(to);
    return before;
  });
}

/** Columns that the kernel reads. */
function outputsOf(words: Int32Array): readonly number[] {
  const table = (slot: number, count: number) => words.subarray(words[slot], words[slot] + count);
  const columns = (slot: number, count: number) =>
    Array.from({ length: count }, (_, k) => words[slot] + k);
  const levels = words[common.LEVELS];
  return [
    ...columns(common.FREQUENCY_CELLS, common.FREQUENCY_SIZE * words[common.FREQUENCIES]),
    ...columns(layout.RANK_CELLS, levels),
    words[common.INSIDE_CELLS],
    words[layout.ACCEPTED],
    words[layout.NEGATIVE],
    words[layout.BROKEN],
    ...table(layout.LEVEL_TABLE, levels),
    ...table(layout.COHERENCE_TABLE, levels * (levels - 1)),
    ...table(layout.CURRENT_TABLE, words[common.BATHS] + 1),
  ];
}

/** Columns that no operation makes, with their stages. */
function leavesOf(words: Int32Array): readonly (readonly [number, number])[] {
  return Array.from({ length: words[layout.LEAVES] }, (_, k) => {
    const at = words[layout.LEAF_TABLE] + layout.LEAF_WORDS * k;
    return [words[at], words[at + 1]] as const;
  });
}
