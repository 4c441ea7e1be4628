import * as layout from "../../assembly/tape-layout.ts";

/** A value of a tape: a node and its sign, or null, which is 0 for every row. */
export interface Signed {
  readonly node: Node;
  readonly negative: boolean;
}
export type Value = Signed | null;

interface Node {
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

const LEAF = -1;

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

const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/**
 * Builds straight-line arithmetic on columns, which the kernels go through operation by operation. What
 * is the same is made once, what is 0 for every row not at all, and signs are carried to where they
 * cost nothing. What fewer stages decide comes in a segment of its own: it is done once where they stand
 * still. `reserve` gives a new column. What needs `every` stage, and the outputs, is done for each row.
 */
export function tapeBuilder(reserve: () => number, every: number) {
  const nodes: Node[] = [];
  const known = new Map<number, Node>();
  const constants: number[] = [];

  function once(
    operation: number,
    operands: readonly Node[],
    positive: boolean,
    column = -1,
    own = 0,
  ): Node {
    const key = operation === LEAF ? -1 - column : keyOf(operation, operands);
    let node = known.get(key);
    if (node === undefined) {
      // what constants alone decide is done with the model
      const least = operation === LEAF ? own : layout.MODEL_STAGE;
      const needed = operands.reduce((set, n) => set | n.stages, 0) || least;
      const stages = (needed & every) === every ? needed | layout.EACH_ROW : needed;
      node = { id: nodes.length, operation, operands, stages, positive, column };
      known.set(key, node);
      nodes.push(node);
    }
    return node;
  }
  /** A number for an operation on its operands, of which there are fewer than 2²⁴; −1 − column is a leaf's. */
  function keyOf(operation: number, [a, b = a, c]: readonly Node[]): number {
    const key = (32 * a.id + operation) * 2 ** 24 + b.id;
    return c === undefined ? key : (32 * pairOf(key) + operation) * 2 ** 24 + c.id;
  }
  const pairs = new Map<number, number>();
  function pairOf(key: number): number {
    let pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, (pair = pairs.size));
    return pair;
  }

  const plus = (node: Node, negative = false): Signed => ({ node, negative });

  /** What is in a column already, by the stages that decide it. */
  const leaf = (column: number, stages: number, positive = false) =>
    plus(once(LEAF, [], positive, column, stages));

  const numbers = new Map<number, Signed>();
  function constant(value: number): Signed {
    if (value < 0) return negated(constant(-value))!;
    let found = numbers.get(value);
    if (found === undefined) {
      const column = reserve();
      bits[0] = value;
      constants.push(column, halves[0], halves[1]);
      numbers.set(value, (found = leaf(column, 0, true)));
    }
    return found;
  }

  function negated(a: Value): Value {
    return a && plus(a.node, !a.negative);
  }

  function sorted(a: Node, b: Node): readonly [Node, Node] {
    return a.id <= b.id ? [a, b] : [b, a];
  }

  function add(a: Value, b: Value): Value {
    if (!a) return b;
    if (!b) return a;
    if (a.negative === b.negative) {
      const [x, y] = sorted(a.node, b.node);
      return plus(once(layout.ADD, [x, y], x.positive && y.positive), a.negative);
    }
    const [x, y] = a.negative ? [b.node, a.node] : [a.node, b.node];
    return x === y ? null : plus(once(layout.SUBTRACT, [x, y], false));
  }

  const subtract = (a: Value, b: Value) => add(a, negated(b));

  /** Whether x · y is a square, or one of which part is left out. */
  function square(x: Node, y: Node): boolean {
    const root = (n: Node) => (n.operation === layout.KEEP ? n.operands[1] : n);
    return root(x) === root(y) || root(x) === y || x === root(y);
  }

  function multiply(a: Value, b: Value): Value {
    if (!a || !b) return null;
    const negative = a.negative !== b.negative;
    const one = numbers.get(1)?.node;
    if (a.node === one) return plus(b.node, negative);
    if (b.node === one) return plus(a.node, negative);
    const [x, y] = sorted(a.node, b.node);
    const positive = (x.positive && y.positive) || square(x, y);
    return plus(once(layout.MULTIPLY, [x, y], positive), negative);
  }

  function divide(a: Value, b: Value): Value {
    if (!a) return null;
    const { node, negative } = b ?? constant(0);
    const positive = a.node.positive && node.positive;
    return plus(once(layout.DIVIDE, [a.node, node], positive), a.negative !== negative);
  }

  function absolute(a: Value): Value {
    if (!a || a.node.positive) return a && plus(a.node);
    return plus(once(layout.ABSOLUTE, [a.node], true));
  }

  /** A value without a sign of its own. */
  function bare(a: Value): Node {
    if (!a) return numbers.get(0)?.node ?? constant(0).node;
    return a.negative ? once(layout.NEGATE, [a.node], false) : a.node;
  }

  function larger(a: Value, b: Value): Signed {
    const [x, y] = [bare(a), bare(b)];
    return plus(x === y ? x : once(layout.LARGER, [x, y], x.positive || y.positive));
  }

  function smaller(a: Value, b: Value): Signed {
    const [x, y] = [bare(a), bare(b)];
    return plus(x === y ? x : once(layout.SMALLER, [x, y], x.positive && y.positive));
  }

  /** The mask of lanes with a > b. */
  const greater = (a: Value, b: Value) => plus(once(layout.GREATER, [bare(a), bare(b)], false));

  function both(a: Value, b: Value): Value {
    if (!a || !b) return a ?? b;
    const [x, y] = sorted(a.node, b.node);
    return plus(x === y ? x : once(layout.BOTH, [x, y], false));
  }

  /** The value in the lanes of the mask, 0 in the others. */
  function keep(mask: Signed, a: Value): Value {
    return a && plus(once(layout.KEEP, [mask.node, a.node], a.node.positive), a.negative);
  }

  function select(mask: Signed, a: Value, b: Value): Value {
    const [x, y] = [bare(a), bare(b)];
    if (x === y) return a;
    return plus(once(layout.SELECT, [mask.node, x, y], x.positive && y.positive));
  }

  function squareRoot(a: Value): Value {
    return a && plus(once(layout.SQUARE_ROOT, [bare(a)], true));
  }

  const sum = (values: readonly Value[]) => values.reduce<Value>(add, null);

  function copy(of: Node, stages: number): Node {
    const { id, positive } = { id: nodes.length, positive: of.positive };
    const made = { id, operation: layout.BOTH, operands: [of, of], stages, positive, column: -1 };
    nodes.push(made);
    return made;
  }

  /** The node of an output: a constant, or made for each row. */
  function output(a: Value): Node {
    const node = bare(a);
    const constantLeaf = node.operation === LEAF && node.stages === 0;
    const eachRow = (node.stages & layout.EACH_ROW) !== 0;
    return constantLeaf || eachRow ? node : copy(node, every | layout.EACH_ROW);
  }

  /** The tape that makes the outputs, and the values that have to be in given columns. */
  function tape(
    outputs: readonly Value[],
    placed: readonly (readonly [Value, number])[] = [],
  ): Tape {
    const columns = new Map<Node, number>();
    for (const [value, column] of placed) {
      const node = bare(value);
      const own = node.operation !== LEAF && !columns.has(node);
      columns.set(own ? node : copy(node, node.stages || layout.MODEL_STAGE), column);
    }
    return record(nodes, constants, outputs.map(output), columns, reserve);
  }

  return {
    leaf,
    constant,
    negated,
    add,
    subtract,
    multiply,
    divide,
    absolute,
    squareRoot,
    larger,
    smaller,
    greater,
    both,
    keep,
    select,
    sum,
    tape,
  };
}

export type TapeBuilder = ReturnType<typeof tapeBuilder>;

/** An operation of the tape: a node with what it swallows. */
interface Step {
  readonly node: Node;
  readonly operation: number;
  readonly operands: readonly Node[];
  readonly inner: readonly Node[];
}

/** The tape of the nodes that the outputs and those with a column need. */
function record(
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
