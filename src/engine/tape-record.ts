import * as layout from "../../assembly/tape-layout.ts";

/** A value that is made once. */
export interface Node {
  readonly id: number;
  readonly operation: number;
  readonly operands: readonly Node[];
  /** The stages whose parameters it depends on; none of a constant. */
  readonly stages: number;
  /** Whether it cannot be below 0, NaN aside. */
  readonly positive: boolean;
  /** Of a leaf: the column it is in. */
  readonly column: number;
}

/** The operation of a node that is in a column already. */
export const LEAF = -1;

/** The words of a tape, and the columns it works in. */
export interface Tape {
  /** Segments: their stages, how many operations, then these. */
  readonly segments: readonly number[];
  readonly count: number;
  /** Constants: column, low and high half of the double. */
  readonly constants: readonly number[];
  readonly operations: number;
  /** Columns that no operation makes, each with its stages. */
  readonly leaves: readonly number[];
  /** The column of each output. */
  readonly outputs: readonly number[];
}

/** An operation of the tape: a node with what it swallows. */
interface Step {
  readonly node: Node;
  readonly operation: number;
  readonly operands: readonly Node[];
  readonly inner: readonly Node[];
}

/** The tape of the nodes that the outputs and those with a column need. */
export function recordTape(
  nodes: readonly Node[],
  constants: readonly number[],
  outputs: readonly Node[],
  columns: ReadonlyMap<Node, number>,
  reserve: () => number,
): Tape {
  const needed = new Set([...outputs, ...columns.keys()]);
  const uses = countUses(nodes, needed);
  const kept = flagsOf(nodes, needed);
  const swallowed = flagsOf(nodes, []);
  const steps: Step[] = [];
  // from the last on, so that an operand knows whether what needs it takes it in
  for (let k = nodes.length - 1; k >= 0; k--) {
    const node = nodes[k];
    if (node.operation === LEAF || uses[k] === 0 || swallowed[k] !== 0) continue;
    const takes = (of: Node, operation: number) =>
      of.operation === operation &&
      uses[of.id] === 1 &&
      kept[of.id] === 0 &&
      of.stages === node.stages;
    const step = fuse(node, takes);
    for (const inner of step.inner) swallowed[inner.id] = 1;
    steps.push(step);
  }
  steps.reverse();
  const sets = [...new Set(nodes.map(({ stages }) => stages))].toSorted(
    (a, b) => popcount(a) - popcount(b) || a - b,
  );
  const columnOf = (node?: Node) => (node && columns.get(node)) ?? reserve();
  const place = placeColumns(steps, nodes.length, kept, sets, columnOf);
  const segments: number[] = [];
  let count = 0;
  for (const set of sets) {
    const own = steps.filter(({ node }) => node.stages === set);
    if (own.length === 0) continue;
    count++;
    segments.push(set, own.length);
    for (const { node, operation, operands } of own) {
      const words = operands.map(place);
      const unused = Array<number>(layout.OPERATION_WORDS - 2 - words.length).fill(words[0]);
      segments.push(operation, place(node), ...words, ...unused);
    }
  }
  return {
    segments,
    count,
    constants,
    operations: steps.length,
    leaves: nodes.flatMap((n) => (n.operation === LEAF ? [n.column, n.stages] : [])),
    outputs: outputs.map(place),
  };
}

function popcount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** 1 for each of some nodes, by their number. */
function flagsOf(nodes: readonly Node[], of: Iterable<Node>): Uint8Array {
  const flags = new Uint8Array(nodes.length);
  for (const { id } of of) flags[id] = 1;
  return flags;
}

/** How often each node is an operand or an output, of those that an output needs, by its number. */
function countUses(nodes: readonly Node[], outputs: Iterable<Node>): Int32Array {
  const uses = new Int32Array(nodes.length);
  for (const { id } of outputs) uses[id]++;
  for (let k = nodes.length - 1; k >= 0; k--) {
    if (uses[k] > 0) for (const { id } of nodes[k].operands) uses[id]++;
  }
  return uses;
}

/** Operations that can take in an operand. */
const takesIn: ReadonlySet<number> = new Set([
  layout.ADD,
  layout.SUBTRACT,
  layout.BOTH,
  layout.LARGER,
  layout.GREATER,
]);

/**
 * A node that takes in the operands nothing else needs: the same operations, each rounded as before, with
 * fewer values on the way through memory.
 */
function fuse(node: Node, takes: (of: Node, operation: number) => boolean): Step {
  const { operation, operands } = node;
  if (!takesIn.has(operation)) return { node, operation, operands, inner: [] };
  const [a, b] = operands;
  const step = (fused: number, from: readonly Node[], ...inner: Node[]): Step => ({
    node,
    operation: fused,
    operands: from,
    inner,
  });
  if (operation === layout.SUBTRACT && takes(b, layout.MULTIPLY)) {
    return step(layout.MULTIPLY_SUBTRACT, [...b.operands, a], b);
  }
  for (const [x, y] of [operands, operands.toReversed()]) {
    if (operation === layout.ADD && takes(y, layout.MULTIPLY)) {
      if (takes(x, layout.MULTIPLY)) {
        return step(layout.ADD_PRODUCTS, [...y.operands, ...x.operands], x, y);
      }
      const sum = takes(x, layout.ADD) ? x.operands : [];
      for (const [u, v] of sum.length > 0 ? [sum, sum.toReversed()] : []) {
        if (!takes(v, layout.MULTIPLY)) continue;
        return step(layout.ADD_TWO_PRODUCTS, [...y.operands, ...v.operands, u], x, y, v);
      }
      return step(layout.MULTIPLY_ADD, [...y.operands, x], y);
    }
  }
  for (const [x, y] of [operands, operands.toReversed()]) {
    if (operation === layout.ADD && takes(y, layout.ABSOLUTE)) {
      return step(layout.ADD_ABSOLUTE, [x, ...y.operands], y);
    }
    if (operation === layout.BOTH && takes(y, layout.GREATER)) {
      return step(layout.BOTH_GREATER, [...y.operands, x], y);
    }
  }
  if (operation === layout.LARGER && takes(b, layout.ABSOLUTE)) {
    return step(layout.LARGER_ABSOLUTE, [a, ...b.operands], b);
  }
  if (operation === layout.GREATER && takes(b, layout.ABSOLUTE)) {
    return step(layout.GREATER_ABSOLUTE, [a, ...b.operands], b);
  }
  return step(operation, operands);
}

/**
 * A column for every step: one of its own where another segment or the kernel needs the value, which
 * outlives the block; else one that a value of the same segment has left.
 */
function placeColumns(
  steps: readonly Step[],
  nodes: number,
  kept: Uint8Array,
  sets: readonly number[],
  reserve: (node?: Node) => number,
): (node: Node) => number {
  const columns = new Int32Array(nodes).fill(-1);
  const lasting = Uint8Array.from(kept);
  for (const { node, operands } of steps) {
    for (const operand of operands) if (operand.stages !== node.stages) lasting[operand.id] = 1;
  }
  const scratch: number[] = [];
  const lastUse = new Int32Array(nodes);
  for (const set of sets) {
    const own = steps.filter(({ node }) => node.stages === set);
    own.forEach(({ operands }, k) => {
      for (const { id } of operands) lastUse[id] = k;
    });
    const free = [...scratch];
    own.forEach(({ node, operands }, k) => {
      for (const { id } of operands) {
        if (columns[id] < 0 || lasting[id] !== 0 || lastUse[id] !== k) continue;
        free.push(columns[id]);
        // once, though it be two operands
        lastUse[id] = -1;
      }
      let column = lasting[node.id] === 0 ? free.pop() : reserve(node);
      if (column === undefined) scratch.push((column = reserve()));
      columns[node.id] = column;
    });
  }
  return (node) => (node.operation === LEAF ? node.column : columns[node.id]);
}
