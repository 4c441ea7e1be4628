import jsep from "jsep";
import { ExpressionError } from "./expression-error.ts";

/** An expression as a tree; `at` is the character it starts at. */
export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | { readonly kind: "negative"; readonly of: Expression; readonly at: number }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "**";
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly of: readonly Expression[];
      readonly at: number;
    };

const LONGEST = 4096;
const DEEPEST = 64;

type Node = jsep.Expression & { start?: number };

let plain = -1;
let readied = false;

/** Leaves of jsep's grammar what an expression of operators has, and makes it note where a token starts. */
function ready(): void {
  if (readied) return;
  readied = true;
  jsep.removeAllBinaryOps();
  jsep.addBinaryOp("+", 9);
  jsep.addBinaryOp("-", 9);
  jsep.addBinaryOp("*", 10);
  jsep.addBinaryOp("/", 10);
  jsep.addBinaryOp("**", 11, true);
  jsep.addBinaryOp("^", 11, true);
  jsep.removeAllUnaryOps();
  jsep.addUnaryOp("-");
  jsep.addUnaryOp("+");
  jsep.removeAllLiterals();
  jsep.hooks.add("gobble-token", function noteStart(env) {
    const start = this.index;
    if (plain === start) return;
    plain = start;
    const node: Node | undefined = this.gobbleToken();
    if (!node) return;
    node.start = start;
    env.node = node;
  });
}

/**
 * An expression's text → its tree. `**` and `^` are powers and bind tighter than a sign before them.
 *
 * @throws {ExpressionError}
 */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) {
    throw new ExpressionError(`longer than ${LONGEST} characters`, LONGEST);
  }
  checkDepth(text);
  ready();
  plain = -1;
  let node: Node;
  try {
    node = jsep(text);
  } catch (error) {
    const { description, index } = error as { description?: string; index?: number };
    if (description === undefined || index === undefined) throw error;
    throw new ExpressionError(lowerFirst(description), index);
  }
  return converted(node, text);
}

/** jsep recurses: brackets and signs are counted before it does. */
function checkDepth(text: string): void {
  let depth = 0;
  let signs = 0;
  for (let k = 0; k < text.length; k++) {
    const c = text[k];
    if (c === "(" || c === "[") depth++;
    if (c === ")" || c === "]") depth--;
    signs = c === "-" || c === "+" || c === "*" || c === "^" ? signs + 1 : c === " " ? signs : 0;
    if (depth > DEEPEST || signs > DEEPEST) {
      throw new ExpressionError(`nested deeper than ${DEEPEST}`, k);
    }
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function converted(node: Node, text: string): Expression {
  const at = startOf(node);
  switch (node.type) {
    case "Literal":
      if (typeof node["value"] === "number") return { kind: "number", value: node["value"], at };
      throw new ExpressionError("got a text, wants numbers and names", at);
    case "Identifier":
      return { kind: "name", name: node["name"] as string, at };
    case "UnaryExpression": {
      const of = converted(node["argument"] as Node, text);
      return node["operator"] === "-" ? { kind: "negative", of, at } : of;
    }
    case "BinaryExpression":
      return binary(node, text, at);
    case "CallExpression": {
      const callee = node["callee"] as Node;
      if (callee.type !== "Identifier") throw new ExpressionError("only a name can be called", at);
      const of = (node["arguments"] as Node[]).map((argument) => converted(argument, text));
      return { kind: "call", name: callee["name"] as string, of, at };
    }
    case "Compound": {
      const second = (node["body"] as Node[]).at(1);
      if (!second) throw new ExpressionError("is empty", 0);
      const message = "an operator is missing before this (a product is a*b)";
      throw new ExpressionError(message, startOf(second));
    }
    default:
      throw new ExpressionError("wants numbers, names, + - * / ** and brackets", at);
  }
}

function binary(node: Node, text: string, at: number): Expression {
  const written = node["operator"] as "+" | "-" | "*" | "/" | "**" | "^";
  const operator = written === "^" ? "**" : written;
  const left = node["left"] as Node;
  // -a**2 is -(a**2), as on paper; the token (-a) starts with its bracket
  if (operator === "**" && left.type === "UnaryExpression" && text[startOf(left)] !== "(") {
    const power = { ...node, left: left["argument"] as Node };
    const of = binary(power, text, startOf(power.left));
    return left["operator"] === "-" ? { kind: "negative", of, at } : of;
  }
  const right = converted(node["right"] as Node, text);
  return { kind: "binary", operator, left: converted(left, text), right, at };
}

function startOf(node: Node): number {
  const left = node["left"] as Node | undefined;
  return node.start ?? (left ? startOf(left) : 0);
}
