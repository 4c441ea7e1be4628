import * as v from "valibot";
import { SOBOL_DIMENSIONS } from "../grid/sobol.ts";
import { axisForms, LONGEST_LIST } from "./axis-forms.ts";
import { isObject } from "./check-object.ts";
import { type Issues, keyPath } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { numberIn } from "./spec-schema.ts";
import type { AxisValues } from "./sweep.ts";

type Kind = keyof typeof axisForms;
const kinds = Object.keys(axisForms) as readonly Kind[];

const wantedValues = "a list of numbers, linspace, geomspace, random or sobol";

const finite = numberIn("a finite number", Number.isFinite);
const seed = numberIn(
  `a seed: an integer between 0 and ${Number.MAX_SAFE_INTEGER}`,
  (value) => Number.isSafeInteger(value) && value >= 0,
);

/** Where values stand in their axis. */
export interface Place {
  readonly name: string;
  /** How many names before this one are of the same Sobol' design. */
  readonly dimension: number;
}

/** Reads the values of one name of an axis; undefined, with issues, where they are wrong. */
export function readValues(
  input: unknown,
  place: Place,
  path: string,
  issues: Issues,
): AxisValues | undefined {
  if (Array.isArray(input)) return readList(input, path, issues);
  if (!isObject(input)) {
    issues.wants(path, input, wantedValues);
    return undefined;
  }
  const keys = Object.keys(input);
  const [kind] = keys;
  if (keys.length === 1 && isKind(kind)) {
    return readRange(kind, input[kind], place, `${path}.${kind}`, issues);
  }
  const wrong = keys.filter((key) => !isKind(key));
  for (const key of wrong) {
    issues.add(keyPath(path, key), `unknown key, wants ${wantedValues}${didYouMean(key, kinds)}`);
  }
  if (wrong.length === 0) issues.wants(path, input, wantedValues);
  return undefined;
}

function isKind(key: string | undefined): key is Kind {
  return key !== undefined && Object.hasOwn(axisForms, key);
}

function readList(input: unknown[], path: string, issues: Issues): AxisValues | undefined {
  if (input.length < 1 || input.length > LONGEST_LIST) {
    issues.add(path, `got a list of ${input.length}, wants 1 to ${LONGEST_LIST} numbers`);
    return undefined;
  }
  const wrong = input.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    issues.wants(`${path}[${wrong}]`, input[wrong], "a finite number");
    return undefined;
  }
  return { kind: "list", values: (input as number[]).map((value) => value + 0) };
}

function readRange(
  kind: Kind,
  input: unknown,
  place: Place,
  path: string,
  issues: Issues,
): AxisValues | undefined {
  const { takes, lengths, longestAxis } = axisForms[kind];
  const [shortest, longest] = lengths;
  if (!Array.isArray(input) || input.length < shortest || input.length > longest) {
    issues.wants(path, input, takes);
    return undefined;
  }
  const schema = v.tuple([
    finite,
    finite,
    countUpTo(longestAxis),
    ...(input.length === 4 ? [seed] : []),
  ]);
  const result = v.safeParse(schema, input);
  if (!result.success) {
    for (const issue of result.issues) {
      issues.add(`${path}[${String(issue.path![0].key)}]`, issue.message);
    }
    return undefined;
  }
  const [from, to, count] = result.output;
  const wanted = kind === "geomspace" ? wrongRatio(from, to) : wrongLine(from, to);
  if (wanted !== undefined) {
    issues.wants(path, input, wanted);
    return undefined;
  }
  const range = { from, to, count };
  if (kind === "linspace" || kind === "geomspace") return { kind, ...range };
  const { name, dimension } = place;
  if (kind === "random") return { kind, ...range, seed: result.output[3], name };
  if (dimension < SOBOL_DIMENSIONS) {
    return { kind, ...range, seed: result.output[3], name, dimension };
  }
  issues.add(path, `a Sobol' design has at most ${SOBOL_DIMENSIONS} names`);
  return undefined;
}

function wrongLine(from: number, to: number): string | undefined {
  return Number.isFinite(to - from) ? undefined : "ends whose difference is a finite number";
}

function wrongRatio(from: number, to: number): string | undefined {
  const fits = from !== 0 && to !== 0 && from > 0 === to > 0;
  return fits ? undefined : "ends of one sign, neither of them 0";
}

function countUpTo(most: number) {
  const fits = (value: number) => Number.isSafeInteger(value) && value >= 1 && value <= most;
  return numberIn(`a count: an integer between 1 and ${most}`, fits);
}
