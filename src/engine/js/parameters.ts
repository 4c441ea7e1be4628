import * as layout from "../../../assembly/layout.ts";

/**
 * Loads `count` parameters of a row; whether one differs in a bit from those of the row before. With
 * `fresh` there is no row before.
 */
export function loadParameters(
  words: Int32Array,
  cells: Float64Array,
  slot: Float64Array,
  first: number,
  count: number,
  row: number,
  fresh: boolean,
): boolean {
  let changed = fresh;
  for (let p = first; p < first + count; p++) {
    const source = words[layout.SOURCE_TABLE] + layout.SOURCE_WORDS * p;
    const stride = words[source + 1];
    if (stride === 0 && !fresh) continue;
    const value = slot[(words[source] + stride * row) >> 3];
    const at = words[layout.PARAMETER_CELLS] + p;
    if (!Object.is(value, cells[at])) changed = true;
    cells[at] = value;
  }
  return changed;
}
