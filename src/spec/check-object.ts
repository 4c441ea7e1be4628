import * as v from "valibot";
import { type Issues, keyPath } from "./issues.ts";

/** The keys an object may have, and what each must be. */
export interface ObjectSchema {
  readonly keys: ReadonlySet<string>;
  readonly schema: v.GenericSchema<unknown, Record<string, unknown>>;
}

/** A schema of exactly these keys. */
export function objectSchema(entries: Record<string, v.GenericSchema>): ObjectSchema {
  return { keys: new Set(Object.keys(entries)), schema: v.object(entries) };
}

/** True for what YAML calls a mapping and JSON an object. */
export function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

/**
 * The entries of `input` that fit the schema; what does not fit goes to `issues`. `unknown` words
 * the message for a key the schema has not. Valibot's own strict objects report one such key only,
 * and pass those every object inherits.
 */
export function checkObject(
  { keys, schema }: ObjectSchema,
  input: Record<string, unknown>,
  path: string,
  issues: Issues,
  unknown: (key: string) => string,
): Record<string, unknown> {
  for (const key of Object.keys(input)) {
    if (!keys.has(key)) issues.add(keyPath(path, key), unknown(key));
  }
  const result = v.safeParse(schema, input);
  const output = result.output as Record<string, unknown>;
  for (const issue of result.issues ?? []) {
    const key = String(issue.path![0].key);
    issues.add(keyPath(path, key), issue.message);
    delete output[key];
  }
  return output;
}
