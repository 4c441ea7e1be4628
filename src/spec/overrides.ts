import { bathKeys } from "../models/spectra.ts";
import { isObject } from "./check-object.ts";
import { Issues } from "./issues.ts";
import { Points } from "./points.ts";
import { readText } from "./read-text.ts";
import { shortened, shown } from "./shown.ts";
import { SpecError } from "./spec-error.ts";

/** `key`, or `bath_X.key`. */
const KEY = /^[A-Za-z]\w*(\.[A-Za-z]\w*)?$/;

/** A bath's number by its flat name. */
const FLAT_NAME = new RegExp(`^(${bathKeys.join("|")})_(\\w+)$`);

/**
 * A spec with settings `key=value` put in its place, as `--set` gives them: `T_A=2`,
 * `equation=redfield`, `bath_A.g=0.1` or `g_A=0.1`, `columns=[q_A]`; values are YAML. The spec itself
 * is left as it is.
 *
 * @throws {SpecError} naming the setting: it is malformed, or the spec sweeps what it would fix
 */
export function applyOverrides(spec: unknown, settings: readonly string[]): unknown {
  if (settings.length === 0 || !isObject(spec)) return spec;
  const issues = new Issues();
  const result = { ...spec };
  const flatNames = new Map<string, string>();
  for (const setting of settings) {
    const label = `--set ${shortened(setting)}`;
    const equals = setting.indexOf("=");
    const key = setting.slice(0, Math.max(equals, 0)).trim();
    if (!KEY.test(key)) {
      issues.add("", `${label}: wants key=value, with a key like T_A or bath_A.g`);
      continue;
    }
    const [outer, inner] = pathOf(key);
    flatNames.set(inner === undefined ? outer : outer.replace("bath", inner), label);
    try {
      const value = readText(setting.slice(equals + 1));
      if (inner === undefined) result[outer] = value;
      else
        result[outer] = withEntry(Object.hasOwn(result, outer) ? result[outer] : {}, inner, value);
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      issues.add("", `${label}: ${error.message}`);
    }
  }
  for (const name of sweptNames(result)) {
    const label = flatNames.get(name);
    if (label !== undefined) issues.add("", `${label}: has no effect, for an axis sweeps ${name}`);
  }
  issues.throwIfAny();
  return result;
}

function pathOf(key: string): [outer: string, inner?: string] {
  const flat = FLAT_NAME.exec(key);
  if (flat) return [`bath_${flat[2]}`, flat[1]];
  const [outer, inner] = key.split(".");
  return inner === undefined ? [outer] : [outer, inner];
}

function withEntry(object: unknown, key: string, value: unknown): Record<string, unknown> {
  if (isObject(object)) return { ...object, [key]: value };
  const message = `got ${shown(object)} in the spec, wants an object to set ${key} of`;
  throw new SpecError([{ path: "", message }]);
}

function sweptNames({ sweep, points }: Record<string, unknown>): readonly string[] {
  if (points instanceof Points) return points.names;
  return Array.isArray(sweep)
    ? sweep.flatMap((axis) => (isObject(axis) ? Object.keys(axis) : []))
    : [];
}
