const LONGEST = 60;

/** C0 and C1 controls, line separators, and the marks that reorder or hide text on a terminal. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** `text` with what a terminal would act on written as `\uXXXX`. */
export function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `text` on one line of at most `longest` characters. */
export function shortened(text: string, longest = LONGEST): string {
  // Escapes only lengthen, so what lies behind `longest` need not be escaped.
  const safe = escaped(text.slice(0, longest + 1));
  return safe.length > longest ? `${safe.slice(0, longest - 1)}…` : safe;
}

/** A value as an error message shows it: JSON on one line, 60 characters at most, safe to print. */
export function shown(value: unknown): string {
  if (typeof value === "string") return shortened(JSON.stringify(value.slice(0, LONGEST + 1)));
  if (Array.isArray(value)) return shownList(value);
  if (typeof value === "bigint") return shortened(`${value}n`);
  if (value === null || typeof value !== "object") return shortened(String(value));
  const keys = Object.keys(value).slice(0, 4);
  return keys.length === 0 ? "{}" : shortened(`{ ${keys.map((key) => `${key}: …`).join(", ")} }`);
}

function shownList(list: readonly unknown[]): string {
  if (list.length > 4) return `a list of ${list.length}`;
  return shortened(`[${list.map((v) => (Array.isArray(v) ? "[…]" : shown(v))).join(", ")}]`);
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(names: readonly string[], word = "or"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}
