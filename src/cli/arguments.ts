import { parseArgs } from "node:util";
import { didYouMean } from "../spec/nearest.ts";
import { UsageError } from "./usage-error.ts";

/** An option a command takes. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** Whether it may be given more than once. */
  readonly multiple?: boolean;
}

/** A command line that fits a command's options. */
export interface Arguments {
  readonly positionals: readonly string[];
  flag(option: string): boolean;
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
}

/**
 * Parses a command's part of the command line.
 *
 * @param positionals names of the arguments that are not options; the first `required` must be there.
 * @throws UsageError
 */
export function parseArguments(
  args: readonly string[],
  options: Readonly<Record<string, Option>>,
  positionals: readonly string[] = [],
  required = positionals.length,
): Arguments {
  // not strict: its errors suggest nothing
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  const found: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") found.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw new UsageError(unknownOption(rawName, options));
    if (option.type === "boolean" && value !== undefined) {
      throw new UsageError(`${rawName} takes no value`);
    }
    if (option.type === "string" && (!value || (!inlineValue && /^-./.test(value)))) {
      throw new UsageError(`${rawName} needs a value`);
    }
    const before = given.get(name) ?? [];
    if (before.length > 0 && !option.multiple) {
      throw new UsageError(`${rawName} is given more than once`);
    }
    given.set(name, [...before, value ?? ""]);
  }
  const missing = positionals[found.length];
  if (missing !== undefined && found.length < required) {
    throw new UsageError(`${missing} is missing`);
  }
  if (found.length > positionals.length) {
    throw new UsageError(`unexpected argument ${JSON.stringify(found[positionals.length])}`);
  }
  return {
    positionals: found,
    flag: (option) => given.has(option),
    text: (option) => given.get(option)?.[0],
    texts: (option) => given.get(option) ?? [],
  };
}

/** The value of an option that takes one of a few words. */
export function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const word = words.find((w) => w === value);
  if (word) return word;
  throw new UsageError(`${option} must be ${words.join(" or ")}, got ${JSON.stringify(value)}`);
}

/** The value of an option that takes a count of 1 to `most`. */
export function countOf(option: string, value: string, most: number): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= 1 && count <= most) return count;
  const got = JSON.stringify(value);
  throw new UsageError(`${option} must be a whole number from 1 to ${most}, got ${got}`);
}

function unknownOption(rawName: string, options: Readonly<Record<string, Option>>): string {
  const names = Object.entries(options).flatMap(([name, { short }]) =>
    short ? [`--${name}`, `-${short}`] : [`--${name}`],
  );
  return `unknown option ${rawName}${didYouMean(rawName, names)}`;
}
