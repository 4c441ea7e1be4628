import type { SpectrumName } from "../models/model.ts";
import { bathKeys, spectra } from "../models/spectra.ts";
import { checkObject, isObject } from "./check-object.ts";
import { type Issues, wants } from "./issues.ts";
import { didYouMean, nearestTo } from "./nearest.ts";
import { alternatives } from "./shown.ts";
import { bathSchema } from "./spec-schema.ts";

const names = Object.keys(spectra);
const wanted = alternatives(names);
const wantedBath = `{ spectrum: ${wanted}, g: … }`;

/** A bath as a spec gives it: its spectral function and the numbers that fit. */
export interface Bath {
  readonly spectrum: SpectrumName;
  readonly numbers: Readonly<Record<string, unknown>>;
  /** The object as given, right or wrong. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Reads `bath_X`; undefined where even its spectral function is not known. */
export function readBath(input: unknown, path: string, issues: Issues): Bath | undefined {
  if (input === undefined) {
    issues.add(path, `missing; wants ${wantedBath}`);
    return undefined;
  }
  if (!isObject(input)) {
    issues.wants(path, input, wantedBath);
    return undefined;
  }
  const { spectrum } = input;
  if (!isSpectrum(spectrum)) {
    const got = spectrum === undefined ? `missing; wants ${wanted}` : wants(spectrum, wanted);
    issues.add(`${path}.spectrum`, got + didYouMean(spectrum, names));
    return undefined;
  }
  const schema = bathSchema(spectrum);
  const numbers = checkObject(schema, input, path, issues, (key) =>
    unknownBathKey(key, path, spectrum, schema.keys),
  );
  return { spectrum, numbers, input };
}

/** What is wrong with a key that a bath with this spectral function has not. */
function unknownBathKey(
  key: string,
  path: string,
  spectrum: SpectrumName,
  keys: ReadonlySet<string>,
): string {
  if (isBathKey(key)) return lacking(path, spectrum, key);
  const near = nearestTo(key, [...keys, ...bathKeys]);
  if (near === undefined) return "unknown key";
  const why = keys.has(near) ? "" : ` ${lacking(path, spectrum, near)}`;
  return `unknown key; did you mean ${near}?${why}`;
}

/** `bath_A is flat and has no cutoff; power and drude have` */
export function lacking(path: string, spectrum: SpectrumName, key: string): string {
  const having = Object.values(spectra).filter((s) => s.parameters.some((p) => p.name === key));
  const have = having.length > 1 ? "have" : "has";
  const others = alternatives(
    having.map((s) => s.name),
    "and",
  );
  return `${path} is ${spectrum} and has no ${key}; ${others} ${have}`;
}

function isSpectrum(name: unknown): name is SpectrumName {
  return typeof name === "string" && names.includes(name);
}

function isBathKey(key: string): boolean {
  return (bathKeys as readonly string[]).includes(key);
}
