import { dirname, resolve } from "node:path";
import { isObject } from "../spec/check-object.ts";
import { Issues } from "../spec/issues.ts";
import { pointsReference } from "../spec/points-reference.ts";
import { readSpecFile } from "../spec/read-file.ts";

/**
 * A spec with the points file that it names, if it names one, read. `folder` is where relative names
 * start from.
 *
 * @throws SpecError or FileError (rejects)
 */
export async function loadPoints(spec: unknown, folder: string): Promise<unknown> {
  if (!isObject(spec)) return spec;
  const issues = new Issues();
  const reference = pointsReference(spec["points"], issues);
  issues.throwIfAny();
  if (!reference) return spec;
  const { readReference } = await import("./read-reference.ts");
  return { ...spec, points: await readReference(reference, resolve(folder, reference.file)) };
}

/**
 * Reads a spec (YAML or JSON) from a file, and with it the points file that it names: for `sweep` and
 * `parseSpec`.
 *
 * @throws SpecError or FileError (rejects), naming the file
 */
export async function readSpec(path: string): Promise<unknown> {
  return loadPoints(await readSpecFile(path), dirname(path));
}
