import { parseObject } from "./parse-object.ts";
import { readText } from "./read-text.ts";
import type { Sweep } from "./sweep.ts";

/**
 * A spec, as YAML or JSON text or as an object of the same shape, → a valid sweep.
 *
 * @throws {SpecError} with everything found wrong: where, what it got and what it wants
 */
export function parseSpec(input: unknown): Sweep {
  return parseObject(typeof input === "string" ? readText(input) : input);
}
