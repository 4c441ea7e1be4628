import { isObject } from "../spec/check-object.ts";
import { keyPath, wants } from "../spec/issues.ts";
import { didYouMean } from "../spec/nearest.ts";
import { alternatives } from "../spec/shown.ts";

/** What an option may be where it is given. */
export interface Wanted {
  readonly text: string;
  readonly allowed: (value: unknown) => boolean;
  /** Names among which the nearest to a wrong one is told. */
  readonly names?: readonly string[];
}

/**
 * Throws a RangeError that names the option unless `options` is an object of these options alone, each
 * as wanted or undefined; for callers without types, and for misspelt names, which types let pass in a
 * variable.
 */
export function checkOptions(options: unknown, wanted: Readonly<Record<string, Wanted>>): void {
  const names = Object.keys(wanted);
  if (!isObject(options)) {
    throw new RangeError(`options: ${wants(options, `{ ${names.join(", ")} }`)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(wanted, name)) {
      const hint = didYouMean(name, names) || `; there are ${alternatives(names, "and")}`;
      throw new RangeError(`${keyPath("", name)}: unknown option${hint}`);
    }
    const { text, allowed, names: values = [] } = wanted[name];
    if (value === undefined || allowed(value)) continue;
    throw new RangeError(`${name}: ${wants(value, text)}${didYouMean(value, values)}`);
  }
}

/** One of these names. */
export function oneOf(names: readonly string[]): Wanted {
  const allowed = (value: unknown) => typeof value === "string" && names.includes(value);
  return { text: alternatives(names), allowed, names };
}

export const count: Wanted = {
  text: "a whole number of 1 or more",
  allowed: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

export const flag: Wanted = {
  text: "true or false",
  allowed: (value) => typeof value === "boolean",
};

/** The options of an engine. */
export const engineOptions = { backend: oneOf(["wasm", "js"]) };
