import * as wasm from "./encode.ts";

/** An operation as instructions on a stack; numbers are its operands. */
export type Formula = readonly (number | wasm.Bytes)[];

export interface Operation {
  readonly formula: Formula;
  /** Column of the result, and those of the operands by the numbers of the formula. */
  readonly to: number;
  readonly operands: readonly number[];
}

/** Operations of one set of stages. */
export interface Segment {
  readonly stages: number;
  readonly operations: readonly Operation[];
}

/** What columns are. */
export interface Columns {
  /** The stages that decide a column, none of a constant. */
  readonly stagesOf: (column: number) => number;
  /** Whether something behind these operations reads what they leave in it. */
  readonly isKept: (column: number) => boolean;
  /** Bytes from one to the next. */
  readonly step: number;
}

/** A value in a local from where it is made or loaded to where it is needed last. */
interface Value {
  readonly column: number;
  last: number;
  local: number;
  /** Whether the column has it in the end. */
  remains: boolean;
}

interface Step {
  readonly operation: Operation;
  readonly loaded: readonly Value[];
  readonly operands: readonly Value[];
  readonly result: Value;
}

// parameters of the function, then its own locals
const CELLS = 0;
const VARYING = 1;
const END = 2;
const LAST = 3;
const FIRST_ADDRESS = 4;
const PAIR_BYTES = 16;

/** A segment as a function of cells, the stages that vary, and the byte at which the pairs end. */
export function segmentCode({ stages, operations }: Segment, columns: Columns): wasm.FunctionCode {
  const steps = stepsOf(operations);
  const loaded = steps.flatMap((step) => step.loaded);
  const sets = [...new Set([stages, ...loaded.map(({ column }) => columns.stagesOf(column))])];
  const addressOf = (set: number) => FIRST_ADDRESS + 2 * sets.indexOf(set);
  const strideOf = (set: number) => addressOf(set) + 1;
  const firstLane = FIRST_ADDRESS + 2 * sets.length;
  const { code, lanes } = straightLine(steps, firstLane, {
    load: ({ column }) => [
      wasm.getLocal(addressOf(columns.stagesOf(column))),
      wasm.load(columns.step * column),
    ],
    address: wasm.getLocal(addressOf(stages)),
    store: ({ column, remains }) =>
      remains && columns.isKept(column) ? wasm.store(columns.step * column) : undefined,
  });
  const pair = wasm.integer(PAIR_BYTES);
  const starts = sets.map((set) => [
    [wasm.getLocal(CELLS), wasm.setLocal(addressOf(set))],
    [pair, wasm.integer(0), varies(set), wasm.choose, wasm.setLocal(strideOf(set))],
  ]);
  // one pair of rows at least
  const length = [wasm.getLocal(END), pair, varies(stages), wasm.choose];
  const end = [length, wasm.getLocal(CELLS), wasm.addIntegers, wasm.setLocal(LAST)];
  const moved = (set: number, by: wasm.Bytes) => [
    [wasm.getLocal(addressOf(set)), by],
    wasm.addIntegers,
  ];
  const others = sets
    .slice(1)
    .map((set) => [moved(set, wasm.getLocal(strideOf(set))), wasm.setLocal(addressOf(set))]);
  const own = [moved(stages, pair), wasm.teeLocal(addressOf(stages))];
  return {
    parameters: 3,
    integers: firstLane - LAST,
    lanes,
    body: [starts, end, wasm.repeatBelow(LAST, [code, others, own])],
  };
}

/** Whether a stage of the set varies. */
function varies(set: number): wasm.Bytes {
  return [wasm.getLocal(VARYING), wasm.integer(set), wasm.andIntegers];
}

/** Which value is which: a column may hold one after the other. */
function stepsOf(operations: readonly Operation[]): readonly Step[] {
  const current = new Map<number, Value>();
  return operations.map((operation, k) => {
    const loaded: Value[] = [];
    const operands = operation.operands.map((column) => {
      let value = current.get(column);
      if (value === undefined) {
        loaded.push((value = { column, last: k, local: -1, remains: true }));
        current.set(column, value);
      }
      value.last = k;
      return value;
    });
    const before = current.get(operation.to);
    if (before !== undefined) before.remains = false;
    const result = { column: operation.to, last: k, local: -1, remains: true };
    current.set(operation.to, result);
    return { operation, loaded, operands, result };
  });
}

/** How values come from memory and go there. */
interface Access {
  readonly load: (value: Value) => wasm.Bytes;
  readonly address: wasm.Bytes;
  /** None where a value is not kept. */
  readonly store: (value: Value) => wasm.Bytes | undefined;
}

/** The steps' instructions, and how many locals from `first` on they take. */
function straightLine(
  steps: readonly Step[],
  first: number,
  { load, address, store }: Access,
): { readonly code: wasm.Bytes; readonly lanes: number } {
  let lanes = 0;
  const free: number[] = [];
  const take = () => free.pop() ?? first + lanes++;
  const code: wasm.Bytes[] = [];
  steps.forEach(({ operation, loaded, operands, result }, k) => {
    for (const value of loaded) {
      value.local = take();
      code.push(load(value), wasm.setLocal(value.local));
    }
    const made = operation.formula.map((item) =>
      typeof item === "number" ? wasm.getLocal(operands[item].local) : item,
    );
    for (const value of new Set(operands)) if (value.last === k) free.push(value.local);
    result.local = take();
    const kept = store(result);
    if (kept === undefined) code.push(made, wasm.setLocal(result.local));
    else code.push(address, made, wasm.teeLocal(result.local), kept);
    if (result.last === k) free.push(result.local);
  });
  return { code, lanes };
}
