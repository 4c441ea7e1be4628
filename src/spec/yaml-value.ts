import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { shown } from "./shown.ts";
import type { SpecError } from "./spec-error.ts";

/**
 * A composed YAML node as plain data: no aliases, keys are strings and stand once, and `__proto__`
 * is a key like any other.
 */
export function plainValue(
  node: ParsedNode | null,
  wrong: (message: string, offset: number) => SpecError,
): unknown {
  if (node === null) return null;
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plainValue(item, wrong));
  if (!isMap(node)) throw wrong("an alias (*name) is not allowed", node.range[0]);
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.items) {
    const [offset] = key.range;
    if (!isScalar(key)) throw wrong("a key must be a plain name", offset);
    const name = String(key.value);
    if (Object.hasOwn(object, name)) throw wrong(`the key ${shown(name)} stands twice`, offset);
    const property = {
      value: plainValue(value, wrong),
      enumerable: true,
      writable: true,
      configurable: true,
    };
    Object.defineProperty(object, name, property);
  }
  return object;
}
