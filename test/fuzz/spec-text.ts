/** Random choices from a seed. */
export interface Dice {
  readonly random: () => number;
  readonly chance: (p: number) => boolean;
  readonly below: (n: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

export function dice(random: () => number): Dice {
  const below = (n: number) => Math.floor(random() * n);
  return {
    random,
    below,
    chance: (p) => random() < p,
    pick: (items) => items[below(items.length)],
  };
}

const numbers: readonly unknown[] = [
  0,
  1,
  2,
  0.5,
  -1,
  1e-9,
  3.7,
  10,
  -0,
  1e100,
  1e101,
  1e-100,
  1e-101,
  5e-324,
  Number.MAX_VALUE,
  2 ** 31,
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  Infinity,
  -Infinity,
  NaN,
  "1",
  "one",
  null,
  true,
  [],
  {},
];
const odd: readonly unknown[] = [
  "",
  "x".repeat(300),
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\ud800",
  "ü",
  "a\nb",
  "__proto__",
  null,
  true,
  NaN,
  12,
  [],
  {},
  [[[[1]]]],
  { a: { b: 1 } },
  [null],
  ["q_A", "q_A"],
  Infinity,
];
const keys = [
  "model",
  "equation",
  "method",
  "omega_0",
  "omega_1",
  "omega_2",
  "lambda",
  "T_A",
  "T_B",
  "bath_A",
  "bath_B",
  "sweep",
  "columns",
  "g_A",
  "g",
  "spectrum",
  "exponent",
  "cutoff",
  "linspace",
  "geomspace",
  "random",
  "sobol",
  "__proto__",
  "constructor",
  "toString",
  "omega1",
];

type Entries = Record<string, unknown>;

/** A spec by its grammar, right in most places and wrong in some. */
export function spec(d: Dice): Entries {
  const wrong = (right: unknown, other: readonly unknown[] = odd) =>
    d.chance(0.01) ? d.pick(other) : right;
  const number = () => (d.chance(0.02) ? d.pick(numbers) : Math.exp(6 * d.random() - 3));
  const pair = d.chance(0.6);
  const bath = (): unknown => {
    const spectrum = d.pick(["flat", "power", "drude"]);
    const entries: Entries = { spectrum: wrong(spectrum), g: number() };
    if (spectrum === "power") entries["exponent"] = number();
    if (spectrum !== "flat") entries["cutoff"] = number();
    return wrong(entries);
  };
  const own = pair ? ["omega_1", "omega_2", "lambda"] : ["omega_0"];
  const result: Entries = { model: wrong(pair ? "qubit-pair" : "qubit") };
  if (d.chance(0.6)) {
    result["equation"] = wrong(
      d.pick(["lindblad", "redfield", "redfield-eq213", "redfield-appendix"]),
    );
  }
  if (d.chance(0.4)) result["method"] = wrong(d.pick(["auto", "closed", "lu"]));
  for (const name of [...own, "T_A", "T_B"]) if (!d.chance(0.01)) result[name] = number();
  result["bath_A"] = bath();
  result["bath_B"] = bath();
  if (d.chance(0.5)) {
    const axes = Array.from({ length: 1 + d.below(3) }, () => axis(d, own, number));
    for (const one of axes) for (const name of Object.keys(one)) delete result[name];
    result["sweep"] = wrong(axes);
  }
  if (d.chance(0.3)) {
    const all = ["populations", "currents", "coherences", "errors", "rcond", "residual", "q_A"];
    result["columns"] = wrong(Array.from({ length: 1 + d.below(3) }, () => wrong(d.pick(all))));
  }
  if (d.chance(0.03)) result[d.pick(keys)] = d.pick([...odd, ...numbers]);
  return result;
}

function axis(d: Dice, own: readonly string[], number: () => unknown): Entries {
  const names = [...own, "T_A", "T_B", "g_A", "g_B", d.pick(["g_A", "exponent_B", "cutoff_A"])];
  const count = d.chance(0.03) ? d.pick(numbers) : 1 + d.below(6);
  const entries: Entries = {};
  for (let k = d.chance(0.8) ? 1 : 2; k > 0; k--) {
    const kind = d.pick(["list", "linspace", "geomspace", "random", "sobol"]);
    const size = typeof count === "number" && count <= 6 ? count : 3;
    entries[d.chance(0.02) ? d.pick(keys) : d.pick(names)] =
      kind === "list"
        ? Array.from({ length: size }, number)
        : { [kind]: [number(), number(), count, ...(kind === "random" ? [d.below(9)] : [])] };
  }
  return entries;
}

/** The spec as text: JSON, or YAML in block or flow style, numbers as they come. */
export function textOf(value: unknown, d: Dice): string {
  return d.chance(0.4) ? json(value) : yaml(value, d, 0).trimStart();
}

function json(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "1e999";
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${json(entry)}`)
    .join(",")}}`;
}

function yaml(value: unknown, d: Dice, depth: number): string {
  const plain = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (plain || d.chance(0.3)) {
    const text = json(value);
    return d.chance(0.5) ? text.replaceAll('"', "") : text;
  }
  const indent = `\n${" ".repeat(2 * depth)}`;
  if (Array.isArray(value)) {
    return value.map((item) => `${indent}- ${yaml(item, d, depth + 1).trimStart()}`).join("");
  }
  return Object.entries(value)
    .map(([key, entry]) => `${indent}${key}: ${yaml(entry, d, depth + 1)}`)
    .join("");
}

const pieces = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"',
  "'",
  "-",
  "#",
  "&a ",
  "*a",
  "!!js ",
  "---\n",
  "...",
  "%TAG",
  "\n",
  "\t",
  "\r\n",
  " ",
  "? ",
  "| ",
  "> ",
  "<<: ",
  "~",
  "0x1F",
  ".inf",
  ".nan",
  "1e999",
  "1_000",
  "\u0000",
  "\u001b",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\ud83d",
  "é",
  "__proto__: ",
  "true",
  "null",
];

/** The text with some of it cut, doubled, moved or written over. */
export function mutated(text: string, d: Dice): string {
  let result = text;
  for (let k = 1 + d.below(4); k > 0; k--) {
    const from = d.below(result.length + 1);
    const to = Math.min(result.length, from + d.below(12));
    const [before, part, after] = [result.slice(0, from), result.slice(from, to), result.slice(to)];
    const kind = d.below(5);
    if (kind === 0) result = before + after;
    else if (kind === 1) result = before + part + part + after;
    else if (kind === 2) result = before + d.pick(pieces) + after;
    else if (kind === 3) result = before + d.pick(pieces).repeat(1 + d.below(80)) + part + after;
    else result = before + String.fromCharCode(d.below(d.chance(0.9) ? 128 : 65536)) + after;
  }
  return result;
}
