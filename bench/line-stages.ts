import * as common from "../assembly/layout.ts";
import * as layout from "../assembly/tape-layout.ts";

/** An operation of a tape, and those that made its operands. */
interface Operation {
  readonly stages: number;
  readonly from: readonly Operation[];
  /** Whether it is a division or follows from one. */
  readonly divided: boolean;
}

/**
 * How many operations of a tape belong to each stage of the solution, of those that are done where the bits
 * `changed` of its stages are new. What populations are made of is assembly up to the first division.
 */
export function lineStages(words: Int32Array, changed: number): ReadonlyMap<string, number> {
  const made = new Map<number, Operation>();
  const operations: Operation[] = [];
  let at = words[layout.SEGMENT_TABLE];
  for (let segment = 0; segment < words[layout.SEGMENTS]; segment++) {
    const [stages, count] = words.subarray(at, at + layout.SEGMENT_WORDS);
    at += layout.SEGMENT_WORDS;
    for (let k = 0; k < count; k++, at += layout.OPERATION_WORDS) {
      const [code, to, ...operands] = words.subarray(at, at + layout.OPERATION_WORDS);
      const from = operands.flatMap((column) => made.get(column) ?? []);
      const divided = code === layout.DIVIDE || from.some((operand) => operand.divided);
      const operation = { stages, from, divided };
      made.set(to, operation);
      operations.push(operation);
    }
  }
  const needed = (slot: number, count: number) => {
    const columns = words.subarray(words[slot], words[slot] + count);
    const all = new Set([...columns].flatMap((column) => made.get(column) ?? []));
    for (const { from } of all) for (const operand of from) all.add(operand);
    return all;
  };
  const states = needed(layout.LEVEL_TABLE, words[common.LEVELS]);
  const currents = needed(layout.CURRENT_TABLE, words[common.BATHS]);
  const stageOf = (operation: Operation) => {
    if (states.has(operation)) return operation.divided ? "elimination" : "assembly";
    return currents.has(operation) ? "currents" : "acceptance, status";
  };
  const counts = new Map<string, number>();
  for (const operation of operations) {
    if ((operation.stages & changed) === 0) continue;
    const stage = stageOf(operation);
    counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  return counts;
}
