import * as v from "valibot";
import { isObject } from "./check-object.ts";
import { type Issues, keyPath, wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { numberIn } from "./spec-schema.ts";
import type { AxisValues } from "./sweep.ts";

const LONGEST_LIST = 1e6;

const kinds = ["linspace", "geomspace"] as const;
type Kind = (typeof kinds)[number];

const wantedValues =
  "a list of numbers, { linspace: [from, to, count] } or { geomspace: [from, to, count] }";

const finite = numberIn("a finite number", Number.isFinite);
const wholeCount = numberIn(
  `a count: an integer between 1 and ${Number.MAX_SAFE_INTEGER}`,
  (value) => Number.isSafeInteger(value) && value >= 1,
);
const progression = v.pipe(
  v.custom<unknown[]>(
    (input) => Array.isArray(input) && input.length === 3,
    ({ input }) => wants(input, "[from, to, count]"),
  ),
  v.tuple([finite, finite, wholeCount]),
);

/** Reads the values of one name of an axis; undefined, with issues, where they are wrong. */
export function readValues(input: unknown, path: string, issues: Issues): AxisValues | undefined {
  if (Array.isArray(input)) return readList(input, path, issues);
  if (!isObject(input)) {
    issues.wants(path, input, wantedValues);
    return undefined;
  }
  const keys = Object.keys(input);
  const [kind] = keys;
  if (keys.length === 1 && isKind(kind)) {
    return readProgression(kind, input[kind], `${path}.${kind}`, issues);
  }
  const wrong = keys.filter((key) => !isKind(key));
  for (const key of wrong) {
    issues.add(keyPath(path, key), `unknown key, wants ${wantedValues}${didYouMean(key, kinds)}`);
  }
  if (wrong.length === 0) issues.wants(path, input, wantedValues);
  return undefined;
}

function isKind(key: string | undefined): key is Kind {
  return key === "linspace" || key === "geomspace";
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

function readProgression(
  kind: Kind,
  input: unknown,
  path: string,
  issues: Issues,
): AxisValues | undefined {
  const result = v.safeParse(progression, input);
  if (!result.success) {
    for (const issue of result.issues) {
      const [item] = issue.path ?? [];
      issues.add(item ? `${path}[${String(item.key)}]` : path, issue.message);
    }
    return undefined;
  }
  const [from, to, count] = result.output;
  const wanted = kind === "linspace" ? wrongLine(from, to) : wrongRatio(from, to);
  if (wanted === undefined) return { kind, from, to, count };
  issues.wants(path, input, wanted);
  return undefined;
}

function wrongLine(from: number, to: number): string | undefined {
  return Number.isFinite(to - from) ? undefined : "ends whose difference is a finite number";
}

function wrongRatio(from: number, to: number): string | undefined {
  const fits = from !== 0 && to !== 0 && from > 0 === to > 0;
  return fits ? undefined : "ends of one sign, neither of them 0";
}
