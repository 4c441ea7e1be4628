import { column, word } from "./cells";
import * as layout from "./layout";

/** Whether result k has a sink. */
export function isAsked(words: usize, k: i32): bool {
  return word(words, word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k + 1) != 0;
}

/**
 * Where a solver writes result k of the rows from `row` on: straight to its sink, or to its column where it
 * has none or the block takes the way by `finish`.
 */
export function targetOf(words: usize, slot: usize, k: i32, row: i32, direct: bool): usize {
  if (!direct || !isAsked(words, k)) {
    return column(words, slot, word(words, layout.RESULT_CELLS) + k);
  }
  const sink = word(words, layout.SINK_TABLE) + layout.SINK_WORDS * k;
  return slot + <usize>(word(words, sink) + word(words, sink + 1) * row);
}
