import { ExpressionError } from "./expression-error.ts";
import { diagonal } from "./matrix.ts";
import * as sums from "./operator-sum.ts";
import type { FunctionName, OperatorSum } from "./operator-sum.ts";
import { elementary, elementaryOperator, projector } from "./operators.ts";
import { type Expression, parseExpression } from "./parse-expression.ts";

/** What the names in an expression mean. */
export interface Scope {
  /** Levels of each tensor factor, the first one slowest. */
  readonly factors: readonly number[];
  readonly parameters: ReadonlySet<string>;
}

const functions: readonly FunctionName[] = ["sqrt", "exp", "cos", "sin"];
const constants: Readonly<Record<string, OperatorSum>> = {
  i: sums.constant(0, 1),
  pi: sums.constant(Math.PI),
};
const called = [...Object.keys(elementary), "proj", "dag", ...functions];

/** Names an expression has already; no parameter can be called so. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...called,
  "id",
  ...Object.keys(constants),
]);

const HIGHEST_POWER = 16;

/**
 * An expression's text → a sum of operators, or of numbers.
 *
 * @throws {ExpressionError} at the character where it is wrong
 */
export function evaluateExpression(text: string, scope: Scope): OperatorSum {
  return evaluate(parseExpression(text), scope);
}

function evaluate(node: Expression, scope: Scope): OperatorSum {
  switch (node.kind) {
    case "number":
      return sums.constant(node.value);
    case "name":
      return nameValue(node.name, node.at, scope);
    case "negative":
      return sums.multiply(sums.constant(-1), evaluate(node.of, scope));
    case "call":
      return callValue(node, scope);
    default:
      return binaryValue(node, scope);
  }
}

function nameValue(name: string, at: number, { factors, parameters }: Scope): OperatorSum {
  if (parameters.has(name)) return sums.atom({ kind: "parameter", name }, name);
  if (Object.hasOwn(constants, name)) return constants[name];
  if (name === "id") return sums.operator(diagonal(dimension(factors), 1));
  if (called.includes(name)) {
    const example = name === "proj" ? "proj(1, 1, 2)" : `${name}(1)`;
    throw new ExpressionError(`${name} wants brackets, like ${example}`, at);
  }
  const names = [...parameters, ...reservedNames];
  throw new ExpressionError(`unknown name ${name}`, at, { wrong: name, names });
}

function callValue(node: Expression & { kind: "call" }, scope: Scope): OperatorSum {
  const { name, of, at } = node;
  const { factors } = scope;
  if (Object.hasOwn(elementary, name)) {
    wantArguments(node, 1, "the number of a factor");
    const factor = wholeNumber(of[0], scope, factors.length, "a factor") - 1;
    if (elementary[name].twoLevel && factors[factor] !== 2) {
      const levels = `factor ${factor + 1} has ${factors[factor]} levels`;
      throw new ExpressionError(`${name} wants a factor of two levels, ${levels}`, of[0].at);
    }
    return sums.operator(elementaryOperator(name, factors, factor));
  }
  if (name === "proj") {
    wantArguments(node, 3, "a factor and two of its levels, from 1");
    const factor = wholeNumber(of[0], scope, factors.length, "a factor") - 1;
    const [i, j] = [1, 2].map((k) => wholeNumber(of[k], scope, factors[factor], "a level") - 1);
    return sums.operator(projector(factors, factor, i, j));
  }
  if (name === "dag") {
    wantArguments(node, 1, "an operator");
    return sums.adjoint(evaluate(of[0], scope));
  }
  const known = functions.find((f) => f === name);
  if (known) {
    wantArguments(node, 1, "a number");
    return functionValue(known, of[0], scope);
  }
  if (scope.parameters.has(name)) {
    throw new ExpressionError(`${name} is a parameter and takes no brackets`, at);
  }
  throw new ExpressionError(`unknown operator ${name}`, at, { wrong: name, names: called });
}

function functionValue(name: FunctionName, node: Expression, scope: Scope): OperatorSum {
  const of = realNumber(node, scope, `${name} is of a real number`);
  const value = sums.constantOf(of)?.re;
  if (name === "sqrt" && value !== undefined) {
    if (value < 0) throw new ExpressionError(`sqrt of ${value}, which is negative`, node.at);
    return sums.constant(Math.sqrt(value));
  }
  return sums.atom({ kind: "function", name, of }, `${name}${sums.sumKey(of)}`);
}

function binaryValue(node: Expression & { kind: "binary" }, scope: Scope): OperatorSum {
  const { operator, left, right } = node;
  const a = evaluate(left, scope);
  if (operator === "**") return power(a, node, scope);
  const b = evaluate(right, scope);
  if (operator === "*") return bounded(() => sums.multiply(a, b), node.at);
  if (operator === "/") {
    if (!b.scalar) throw new ExpressionError("divides by an operator", right.at);
    return bounded(() => sums.multiply(a, inverse(b, right.at)), node.at);
  }
  if (a.scalar !== b.scalar && a.terms.size > 0 && b.terms.size > 0) {
    const which = a.scalar ? left : right;
    throw new ExpressionError("adds a number to an operator: a number times id is one", which.at);
  }
  const sum = { ...a, scalar: a.scalar && b.scalar };
  const other = operator === "-" ? sums.multiply(sums.constant(-1), b) : b;
  return sums.add(sum, other);
}

function power(a: OperatorSum, node: Expression & { kind: "binary" }, scope: Scope): OperatorSum {
  const { right } = node;
  const exponent = sums.constantOf(realNumber(right, scope, "a power is a whole number"))?.re;
  if (exponent === undefined || !Number.isInteger(exponent)) {
    throw new ExpressionError("a power is a whole number; sqrt is the square root", right.at);
  }
  const least = a.scalar ? -HIGHEST_POWER : 0;
  if (exponent < least || exponent > HIGHEST_POWER) {
    throw new ExpressionError(`wants a power from ${least} to ${HIGHEST_POWER}`, right.at);
  }
  const base = exponent < 0 ? inverse(a, node.at) : a;
  const start = a.scalar ? sums.constant(1) : sums.operator(diagonal(dimension(scope.factors), 1));
  let result = start;
  for (let k = 0; k < Math.abs(exponent); k++) {
    const before = result;
    result = bounded(() => sums.multiply(before, base), node.at);
  }
  return result;
}

function inverse(a: OperatorSum, at: number): OperatorSum {
  if (a.terms.size === 0) throw new ExpressionError("divides by 0", at);
  if (a.terms.size === 1) return sums.reciprocal(a);
  if (!isReal(a)) throw new ExpressionError("divides by a sum that is not real", at);
  return sums.reciprocal(sums.atom({ kind: "sum", of: a }, sums.sumKey(a)));
}

function realNumber(node: Expression, scope: Scope, wanted: string): OperatorSum {
  const value = evaluate(node, scope);
  if (!value.scalar || !isReal(value)) throw new ExpressionError(wanted, node.at);
  return value;
}

function isReal({ terms }: OperatorSum): boolean {
  return [...terms.values()].every(({ matrix }) => matrix.im[0] === 0);
}

function wholeNumber(node: Expression, scope: Scope, most: number, what: string): number {
  const value = sums.constantOf(evaluate(node, scope));
  if (value && value.im === 0 && Number.isInteger(value.re) && value.re >= 1 && value.re <= most) {
    return value.re;
  }
  throw new ExpressionError(`wants ${what}: a whole number from 1 to ${most}`, node.at);
}

function wantArguments(node: Expression & { kind: "call" }, count: number, what: string): void {
  if (node.of.length === count) return;
  throw new ExpressionError(`${node.name} wants ${what}, got ${node.of.length} arguments`, node.at);
}

function bounded(make: () => OperatorSum, at: number): OperatorSum {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ExpressionError(`multiplies out to more than ${sums.MOST_TERMS} terms`, at);
  }
}

export function dimension(factors: readonly number[]): number {
  return factors.reduce((product, d) => product * d, 1);
}
