import * as v from "valibot";
import { checkObject, isObject, objectSchema } from "./check-object.ts";
import { type Issues, wants } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import { numberIn } from "./spec-schema.ts";

/** A points file as a spec names it. */
export interface PointsReference {
  readonly file: string;
  /** Of the file's bytes; they are refused if they have another. */
  readonly sha256?: string | undefined;
  /** The columns to take; all if not given. */
  readonly columns?: readonly string[] | undefined;
  readonly rows?: number | undefined;
}

/** What `columns` of a points file is, in words. */
export const columnNamesText = "a list of different names of columns";

/** Whether it is one. */
export function areColumnNames(input: unknown): input is string[] {
  return (
    Array.isArray(input) &&
    input.length > 0 &&
    new Set(input).size === input.length &&
    input.every((name) => typeof name === "string")
  );
}

const text = v.custom<string>(
  (input) => typeof input === "string" && input !== "",
  ({ input }) => wants(input, "the name of a file"),
);
const schema = objectSchema({
  file: text,
  sha256: v.optional(
    v.custom<string>(
      (input) => typeof input === "string" && /^[0-9a-f]{64}$/.test(input),
      ({ input }) => wants(input, "a SHA-256: 64 digits 0 … 9, a … f"),
    ),
  ),
  columns: v.optional(
    v.custom<string[]>(areColumnNames, ({ input }) => wants(input, columnNamesText)),
  ),
  rows: v.optional(
    numberIn("a count of 1 or more", (value) => Number.isSafeInteger(value) && value >= 1),
  ),
});

/** Reads `points` where it names a file: `FILE` or `{ file: FILE, … }`; else undefined. */
export function pointsReference(input: unknown, issues: Issues): PointsReference | undefined {
  if (typeof input === "string") return pointsReference({ file: input }, issues);
  if (!isObject(input) || !Object.hasOwn(input, "file")) return undefined;
  const before = issues.count;
  const reference = checkObject(schema, input, "points", issues, (key) => {
    return `unknown key${didYouMean(key, schema.keys)}`;
  });
  return issues.count > before ? undefined : (reference as unknown as PointsReference);
}
