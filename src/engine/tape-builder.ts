import * as layout from "../../assembly/tape-layout.ts";
import { LEAF, type Node, recordTape, type Tape } from "./tape-record.ts";

/** A value of a tape: a node and its sign, or null, which is 0 for every row. */
export interface Signed {
  readonly node: Node;
  readonly negative: boolean;
}
export type Value = Signed | null;

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
    if (a.node === b.node) return null;
    // b − a is −(a − b) to the bit, but for the sign of 0
    const [x, y] = sorted(a.node, b.node);
    return plus(once(layout.SUBTRACT, [x, y], false), (x === a.node ? a : b).negative);
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

  /** Each value once. */
  function different(values: readonly Value[]): readonly Value[] {
    const key = (a: Value) => a && (a.negative ? -1 - a.node.id : a.node.id);
    return [...new Map(values.map((value) => [key(value), value])).values()];
  }

  /** The lanes of all masks. */
  const all = (masks: readonly Value[]) => different(masks).reduce<Value>(both, null);

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
    return recordTape(nodes, constants, outputs.map(output), columns, reserve);
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
    different,
    all,
    keep,
    select,
    sum,
    tape,
  };
}

export type TapeBuilder = ReturnType<typeof tapeBuilder>;
